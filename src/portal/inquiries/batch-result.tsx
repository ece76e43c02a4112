// What became of answers given together: how far it is while it runs, then each row's outcome; what was not recorded can be tried again.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import { isObject } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import { fill, PROBLEMS } from '#door/problems.ts';
import { loadBatch } from '#work/inquiries/batch.ts';
import type { Road } from '#work/road.ts';
import type { InquiryView } from '#work/views/inquiries.ts';
import { inquiriesById } from '#work/views/unit-inquiries.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { deskViewer } from '#portal/desk/viewer.ts';
import { page, post } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button } from '#portal/ui/actions.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading, Notice, Tag } from '#portal/ui/parts.tsx';
import { UserText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { goOn } from './batch.tsx';
import { inquirer } from './inquirer.ts';
import { lineOf } from './schema-form.tsx';
import { unitWords } from './unit-words.ts';

/** A batch in which nothing happened for so long was left by a server that ended. */
const STILL_MS = 30_000;
const LOOK_AGAIN_S = 2;

type BatchRow = Awaited<ReturnType<typeof loadBatch>>['rows'][number];

export function batchResultRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/inquiries/batches/:id', (request) => resultPage(road, request));
  post(server, '/desk/inquiries/batches/:id', async (request) => {
    deskViewer(request);
    const { batch } = await loadBatch(road, inquirer(request), request.params['id'] ?? '');
    return goOn(road, request, batch.id);
  });
}

async function resultPage(road: Road, request: PageRequest): Promise<string> {
  deskViewer(request);
  const { language, path } = request;
  const viewer = inquirer(request);
  const { batch, rows } = await loadBatch(road, viewer, request.params['id'] ?? '');
  const seen = await inquiriesById(
    road,
    viewer,
    rows.map((one) => one.inquiry),
  );
  const views = new Map(seen.map((one) => [one.id as string, one]));
  const count = (outcome: BatchRow['outcome']): number => rows.filter((one) => one.outcome === outcome).length;
  const [done, waiting] = [count('answered'), count('waiting')];
  const isRunning = waiting > 0 && Date.parse(road.ports.world.now()) - Date.parse(batch.stirredAt) < STILL_MS;
  if (isRunning) request.reply.header('refresh', String(LOOK_AGAIN_S));
  const title = unitWords(language, 'batch.result', {
    title: road.catalogue.inquiryType(batch.type).inquiry.type.title[language],
  });
  const left = rows.length - done;
  const body = (
    <>
      {isRunning && <Progress language={language} done={rows.length - waiting} of={rows.length} here={href(language, path)} />}
      {!isRunning && left === 0 && (
        <Notice language={language} tone="success" title={unitWords(language, 'batch.all-done', { count: done })} live />
      )}
      {!isRunning && left > 0 && (
        <Notice language={language} tone="warning" title={unitWords(language, 'batch.some-done', { done, left })} live />
      )}
      <Heading title={title} />
      <Rows language={language} rows={rows} views={views} />
      {!isRunning && left > 0 && (
        <form method="post" action={href(language, path)}>
          <Key />
          <p class="hint">{unitWords(language, 'batch.again-lead')}</p>
          <Actions>
            <Button>{unitWords(language, 'batch.again')}</Button>
          </Actions>
        </form>
      )}
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/desk/inquiries'), personal: true });
}

type ProgressProps = { readonly language: Language; readonly done: number; readonly of: number; readonly here: string };

function Progress({ language, done, of, here }: ProgressProps): JSX.Element {
  const said = unitWords(language, 'batch.progress', { done, count: of });
  return (
    <Notice language={language} tone="info" title={said} live>
      <progress value={done} max={of} aria-label={said} />
      <p>
        {unitWords(language, 'batch.running')} <a href={here}>{unitWords(language, 'batch.look')}</a>
      </p>
    </Notice>
  );
}

type RowsProps = {
  readonly language: Language;
  readonly rows: readonly BatchRow[];
  readonly views: ReadonlyMap<string, InquiryView>;
};

const TONES = { answered: 'success', refused: 'danger', waiting: 'info' } as const;

function Rows({ language, rows, views }: RowsProps): JSX.Element {
  return (
    <Table
      language={language}
      caption={unitWords(language, 'batch.outcome')}
      captionAway
      columns={[
        { key: 'question', label: unitWords(language, 'inbox.question') },
        { key: 'outcome', label: unitWords(language, 'batch.outcome') },
      ]}
      rows={rows.map(({ inquiry, outcome, problem }) => {
        const view = views.get(inquiry);
        return {
          key: inquiry,
          cells: {
            // One that went to another unit meanwhile is no longer the reader's to see.
            question: view ? (
              <a href={href(language, `/desk/inquiries/${inquiry}`)}>
                <UserText>{lineOf(language, view.type.question, view.question)}</UserText>
              </a>
            ) : (
              <bdi dir="ltr">{inquiry}</bdi>
            ),
            outcome: (
              <>
                <Tag tone={TONES[outcome]}>{unitWords(language, `batch.${outcome}`)}</Tag> {problem && reason(language, problem)}
              </>
            ),
          },
        };
      })}
    />
  );
}

function reason(language: Language, problem: NonNullable<BatchRow['problem']>): string {
  const { code, facts } = problem;
  const { title, mend } = PROBLEMS[code as keyof typeof PROBLEMS];
  const known = isObject(facts) ? facts : {};
  return `${fill(title, known)[language]} ${fill(mend, known)[language]}`;
}
