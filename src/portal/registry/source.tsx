// One source: its records, a load that runs with its progress, its loads with what became of their rows, and what its columns mean.
// Rows are given as a file alone, to the steward and the unit that answers for the source.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import type { RefusalCode } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import { fill, PROBLEMS } from '#door/problems.ts';
import type { Road } from '#work/road.ts';
import { beginLoad, rejectsOf, sourceLoads } from '#work/views/sources.ts';
import type { ShownLoad, ShownTrouble, SourceLoads } from '#work/views/sources.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { href } from '#portal/ui/href.ts';
import { numberText, percentText } from '#portal/ui/numbers.ts';
import { Details, Empty, Heading, Notice } from '#portal/ui/parts.tsx';
import { JalaliTime, UserText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { Status } from './load-status.tsx';
import { words } from './source-words.ts';
import { registryViewer } from './viewer.ts';

export function sourceRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/registry/sources/:source', (request) => sourcePage(road, request));
  post(server, '/registry/sources/:source', (request) => start(road, request));
  page(server, '/registry/sources/:source/rejects/:load', (request) => sendRejects(road, request));
}

/** Sent twice, it is one load: while one runs there is no other, and after it nothing has changed. */
async function start(road: Road, request: PageRequest): Promise<FastifyReply> {
  const { body, params } = request;
  const source = params['source'] ?? '';
  const mode = textOf(body, 'do') === 'full' ? ('full' as const) : undefined;
  await beginLoad(road, registryViewer(request), source, { mode, acceptGone: textOf(body, 'do') === 'accept' });
  return request.go(`/registry/sources/${encodeURIComponent(source)}?begun=1`);
}

async function sendRejects(road: Road, request: PageRequest): Promise<FastifyReply> {
  const { language, params, reply } = request;
  const order = { load: params['load'] ?? '', language };
  const { name, pieces } = await rejectsOf(road, registryViewer(request), params['source'] ?? '', order);
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(pieces));
}

async function sourcePage(road: Road, request: PageRequest): Promise<string> {
  const { language, query } = request;
  const shown = await sourceLoads(road, registryViewer(request), request.params['source'] ?? '');
  const { source, loads } = shown;
  const { config } = source;
  const [latest] = loads;
  const title = config.title[language];
  const lead = words(language, 'one.lead', {
    records: source.records,
    fresh: source.fresh,
    days: config.freshDays,
    owner: road.catalogue.unitName(config.owner)[language],
  });
  const body = (
    <>
      {query['begun'] === '1' && (
        <Notice language={language} tone="success" title={words(language, 'one.begun')} live>
          <p>{words(language, 'one.begun-more')}</p>
        </Notice>
      )}
      <Heading title={title} caption={words(language, 'title')} lead={lead} />
      {latest?.trouble && <Trouble language={language} trouble={latest.trouble} />}
      {latest?.status === 'running' && <Progress language={language} load={latest} source={config.id} />}
      {shown.mayStart && latest?.status !== 'running' && <Start language={language} shown={shown} />}
      <Section title={words(language, 'one.loads')} id="loads">
        {loads.length === 0 ? <Empty title={words(language, 'one.none')} /> : <Loads language={language} shown={shown} />}
      </Section>
      <p>
        <a href={href(language, `/registry/quality/${config.id}`)}>{words(language, 'one.quality')}</a>
      </p>
      <Details summary={words(language, 'one.columns')}>
        <Columns language={language} config={config} types={shown.types} />
      </Details>
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/registry/sources'), personal: true });
}

function Trouble({ language, trouble }: { readonly language: Language; readonly trouble: ShownTrouble }): JSX.Element {
  const { title, mend } = PROBLEMS[trouble.code as RefusalCode];
  const facts = { ...trouble.facts, ...(trouble.fault === undefined ? {} : { fault: trouble.fault[language] }) };
  return (
    <Notice language={language} tone="danger" title={<UserText>{fill(title, facts)[language]}</UserText>}>
      <p>{fill(mend, facts)[language]}</p>
    </Notice>
  );
}

type ProgressProps = { readonly language: Language; readonly load: ShownLoad; readonly source: string };

function Progress({ language, load, source }: ProgressProps): JSX.Element {
  const { done, rows } = load;
  return (
    <Section title={words(language, 'one.now')} id="progress">
      <p>
        <progress aria-label={words(language, 'one.now')} max={1} {...(done === null ? {} : { value: done })} />{' '}
        {done !== null && percentText(language, done)}
      </p>
      <p>{words(language, 'one.progress', { rows })}</p>
      <p>
        <a href={href(language, `/registry/sources/${source}`)}>{words(language, 'one.refresh')}</a>
      </p>
    </Section>
  );
}

function Start({ language, shown }: { readonly language: Language; readonly shown: SourceLoads }): JSX.Element {
  const { source, loads } = shown;
  const [latest] = loads;
  const goesOn = latest !== undefined && latest.status !== 'finished' && latest.position !== null;
  return (
    <form method="post" action={href(language, `/registry/sources/${source.config.id}`)} novalidate>
      <Actions>
        <Button name="do" value="load">
          {words(language, goesOn ? 'one.start-again' : 'one.start')}
        </Button>
        {source.config.mode === 'incremental' && (
          <Button name="do" value="full" weight="secondary">
            {words(language, 'one.start-full')}
          </Button>
        )}
        {latest?.trouble?.code === 'source-shrunk' && (
          <Button name="do" value="accept" weight="danger">
            {words(language, 'one.start-accept')}
          </Button>
        )}
      </Actions>
    </form>
  );
}

const COUNTS = ['rows', 'added', 'changed', 'unchanged', 'rejected', 'gone'] as const;

function Loads({ language, shown }: { readonly language: Language; readonly shown: SourceLoads }): JSX.Element {
  const { loads } = shown;
  return (
    <Table
      language={language}
      caption={words(language, 'one.loads')}
      captionAway
      columns={[
        { key: 'began', label: words(language, 'load.began') },
        { key: 'status', label: words(language, 'status') },
        { key: 'mode', label: words(language, 'load.mode') },
        ...COUNTS.map((count) => ({ key: count, label: words(language, `load.${count}`), number: true })),
        { key: 'by', label: words(language, 'load.by') },
      ]}
      rows={loads.map((load) => ({
        key: load.load,
        cells: {
          began: <JalaliTime language={language} at={load.began} shape="short" />,
          status: <Outcome language={language} load={load} />,
          mode: words(language, `mode.${load.mode}`),
          ...Object.fromEntries(COUNTS.map((count) => [count, numberText(language, load[count])])),
          rejected: <Rejected language={language} load={load} may={shown.mayTakeRejects} />,
          by: load.name?.[language] ?? words(language, 'load.by-machine'),
        },
      }))}
    />
  );
}

function Outcome({ language, load }: { readonly language: Language; readonly load: ShownLoad }): JSX.Element {
  return (
    <>
      <Status language={language} load={load} />
      {load.extra.length > 0 && <span class="soft"> {words(language, 'load.extra', { columns: load.extra.join('، ') })}</span>}
    </>
  );
}

type RejectedProps = { readonly language: Language; readonly load: ShownLoad; readonly may: boolean };

function Rejected({ language, load, may }: RejectedProps): JSX.Element {
  if (load.rejected === 0 || !may) return <>{numberText(language, load.rejected)}</>;
  return (
    <a href={href(language, `/registry/sources/${load.source}/rejects/${load.load}`)} download>
      {words(language, 'load.rejects', { count: load.rejected })}
    </a>
  );
}

type ColumnsProps = {
  readonly language: Language;
  readonly config: SourceLoads['source']['config'];
  readonly types: SourceLoads['types'];
};

function Columns({ language, config, types }: ColumnsProps): JSX.Element {
  return (
    <Table
      language={language}
      caption={words(language, 'one.columns')}
      captionAway
      columns={[
        { key: 'column', label: words(language, 'one.column') },
        { key: 'field', label: words(language, 'one.field') },
        { key: 'type', label: words(language, 'one.type') },
        { key: 'required', label: words(language, 'one.required') },
      ]}
      rows={config.columns.map(({ column, field, type, required }) => ({
        key: column,
        cells: {
          column: <UserText>{column}</UserText>,
          field: (
            <bdi dir="ltr" lang="en">
              {field}
            </bdi>
          ),
          type: types[type]?.[language] ?? type,
          required: words(language, required ? 'yes' : 'no'),
        },
      }))}
    />
  );
}
