// Answering like questions together: chosen in the inbox, one form, seen before it is recorded. Changes nothing before "record".
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import type { Language, Text } from '#base/text.ts';
import { judgeBatch, MOST_AT_ONCE, runBatch, startBatch } from '#work/inquiries/batch.ts';
import type { Row } from '#work/inquiries/batch.ts';
import type { Road } from '#work/road.ts';
import type { InquiryView } from '#work/views/inquiries.ts';
import { inquiriesById } from '#work/views/unit-inquiries.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { deskViewer } from '#portal/desk/viewer.ts';
import { intentOf } from '#portal/intent.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button } from '#portal/ui/actions.tsx';
import { href } from '#portal/ui/href.ts';
import { Empty, Heading, Notice } from '#portal/ui/parts.tsx';
import { UserText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { answerIn, batchErrors, BatchForm } from './batch-form.tsx';
import type { BatchErrors } from './batch-form.tsx';
import { inquirer } from './inquirer.ts';
import { lineOf, membersOf, partsOf } from './schema-form.tsx';
import { addressOf, manyOf } from './unit-parts.tsx';
import { unitWords } from './unit-words.ts';

/** After this long a page says how far it is, rather than letting its reader wait. */
const PATIENCE_MS = 2000;
const WHERE = '/desk/inquiries/batch';

export function batchRoutes(server: FastifyInstance, road: Road): void {
  page(server, WHERE, async (request) => {
    deskViewer(request);
    const ids = manyOf(request.query, 'id');
    return formPage(road, request, { views: await chosen(road, request, ids), isCut: ids.length > MOST_AT_ONCE });
  });
  post(server, WHERE, (request) => taken(road, request));
}

/** Those of the chosen that the reader may answer. */
async function chosen(road: Road, request: PageRequest, ids: readonly string[]): Promise<readonly InquiryView[]> {
  const views = await inquiriesById(road, inquirer(request), ids.slice(0, MOST_AT_ONCE));
  return views.filter((one) => one.mine && one.status === 'waiting');
}

type Shown = { readonly views: readonly InquiryView[]; readonly isCut?: boolean; readonly errors?: BatchErrors };

function formPage(road: Road, request: PageRequest, { views, isCut = false, errors }: Shown): string {
  const { language, body: sent } = request;
  const types = new Map(views.map(({ type }) => [type.id, type.title]));
  const title =
    views.length === 0 ? unitWords(language, 'batch.none') : unitWords(language, 'batch.title', { count: views.length });
  const isMixed = types.size > 1;
  const body = (
    <>
      <Heading
        title={title}
        caption={isMixed ? undefined : views[0]?.type.title[language]}
        lead={views.length === 0 || isMixed ? undefined : unitWords(language, 'batch.lead')}
      />
      {isCut && <Notice language={language} tone="info" title={unitWords(language, 'batch.many', { most: MOST_AT_ONCE })} />}
      {views.length === 0 && (
        <Empty title={unitWords(language, 'batch.none')}>
          <p>{unitWords(language, 'batch.none-more')}</p>
        </Empty>
      )}
      {isMixed && <Mixed language={language} types={types} views={views} />}
      {types.size === 1 && <BatchForm language={language} views={views} body={sent} errors={errors} />}
    </>
  );
  const back = href(language, '/desk/inquiries');
  return composePage(road, request, { title, body, errors: errors?.listed ?? [], wide: true, back, personal: true });
}

type MixedProps = {
  readonly language: Language;
  readonly types: ReadonlyMap<string, Text>;
  readonly views: readonly InquiryView[];
};

function Mixed({ language, types, views }: MixedProps): JSX.Element {
  return (
    <Notice language={language} tone="warning" title={unitWords(language, 'batch.mixed')}>
      <p>{unitWords(language, 'batch.mixed-more')}</p>
      <ul>
        {[...types].map(([type, title]) => {
          const own = views.filter((one) => one.type.id === type);
          const query = new URLSearchParams(own.map((one) => ['id', one.id])).toString();
          return (
            <li key={type}>
              <a href={href(language, `${WHERE}?${query}`)}>
                {unitWords(language, 'batch.mixed-one', { title: title[language], count: own.length })}
              </a>
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}

async function taken(road: Road, request: PageRequest): Promise<FastifyReply | string> {
  deskViewer(request);
  const { language, body } = request;
  const step = textOf(body, 'do');
  const ids = manyOf(body, 'id');
  if (step === 'record') return record(road, request, ids);
  const views = await chosen(road, request, ids);
  if (step === 'change' || new Set(views.map((one) => one.type.id)).size !== 1) return formPage(road, request, { views });
  const rows = rowsOf(language, views, body);
  const faults = judgeBatch(rows);
  if (faults.size === 0) return previewPage(road, request, rows);
  request.reply.code(422);
  return formPage(road, request, { views, errors: batchErrors(language, body, faults, views) });
}

function rowsOf(language: Language, views: readonly InquiryView[], body: PageRequest['body']): readonly Row[] {
  return views.map((view) => ({ view, value: answerIn(membersOf(view.type.answer, language), body, view.id) }));
}

/** Also what a colleague answered meanwhile is tried: its row tells so. */
async function record(road: Road, request: PageRequest, ids: readonly string[]): Promise<FastifyReply | string> {
  const viewer = inquirer(request);
  const views = await inquiriesById(road, viewer, ids.slice(0, MOST_AT_ONCE));
  const rows = rowsOf(request.language, views, request.body);
  if (rows.length === 0 || judgeBatch(rows).size > 0) return formPage(road, request, { views });
  const id = await startBatch(road, viewer, { key: intentOf(request, request.body), rows });
  return goOn(road, request, id);
}

/** Runs, and leads to the page that shows how far it is: after two seconds at the latest. What stops it, that page shows by standing still. */
export async function goOn(road: Road, request: PageRequest, id: string): Promise<FastifyReply> {
  const run = runBatch(road, inquirer(request), id).catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((done) => (timer = setTimeout(done, PATIENCE_MS)));
  await Promise.race([run, patience]);
  clearTimeout(timer);
  return request.go(addressOf(`/desk/inquiries/batches/${encodeURIComponent(id)}`, {}));
}

function previewPage(road: Road, request: PageRequest, rows: readonly Row[]): string {
  const { language, body: sent } = request;
  const title = unitWords(language, 'batch.preview', { count: rows.length });
  const body = (
    <>
      <Heading title={title} caption={rows[0]?.view.type.title[language]} lead={unitWords(language, 'batch.preview-lead')} />
      <Table
        language={language}
        caption={title}
        captionAway
        columns={[
          { key: 'question', label: unitWords(language, 'inbox.question') },
          { key: 'answer', label: unitWords(language, 'batch.answer') },
        ]}
        rows={rows.map(({ view, value }) => ({
          key: view.id,
          cells: {
            question: <UserText>{lineOf(language, view.type.question, view.question)}</UserText>,
            answer: (
              <div>
                {partsOf(language, view.type.answer, value).map(({ label, text }) => (
                  <div key={label}>
                    {label}: <UserText>{text}</UserText>
                  </div>
                ))}
              </div>
            ),
          },
        }))}
      />
      <form method="post" action={href(language, WHERE)}>
        <Key />
        <Kept sent={sent} />
        <Actions>
          <Button name="do" value="record">
            {unitWords(language, 'batch.record')}
          </Button>
          <Button name="do" value="change" weight="secondary">
            {unitWords(language, 'batch.change')}
          </Button>
        </Actions>
      </form>
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/desk/inquiries'), personal: true });
}

/** What was typed, carried on. */
function Kept({ sent }: { readonly sent: PageRequest['body'] }): JSX.Element {
  const names = Object.keys(sent).filter((name) => name === 'id' || /^[mr]-/.test(name));
  return (
    <>
      {names.flatMap((name) =>
        manyOf(sent, name).map((value) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />),
      )}
    </>
  );
}
