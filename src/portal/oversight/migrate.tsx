// Taking running cases to the version in force: a dry run that shows where each step goes and which cases cannot go; then the move itself.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import { printedCaseId } from '#base/ids.ts';
import { Refusal } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import { fill, PROBLEMS } from '#door/problems.ts';
import { migrateCases, rehearseMigration } from '#work/migrate-cases.ts';
import type { MigrationReport } from '#work/migrate-cases.ts';
import type { Road } from '#work/road.ts';
import { ownedServices } from '#work/views/oversight.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { intentOf } from '#portal/intent.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button, ButtonLink } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import { codeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { TextArea } from '#portal/ui/inputs.tsx';
import { numberText } from '#portal/ui/numbers.ts';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { Table } from '#portal/ui/table.tsx';
import { overseer } from './overseer.ts';
import { words } from './words.ts';

/** Cases of one press: a few seconds' work. */
const MOST = 200;
const LONGEST = 20_000;
const PATH = '/oversight/services/:service/versions/:definition';

export function migrateRoutes(server: FastifyInstance, road: Road): void {
  page(server, PATH, async (request) =>
    migratePage(road, request, { given: await asked(road, request), typed: { mapping: '', reason: '' } }),
  );
  post(server, PATH, (request) => migrate(road, request));
}

type Asked = { readonly service: string; readonly title: string; readonly old: Version; readonly current: Version };
type Version = { readonly definition: string; readonly version: string; readonly running: number };

async function asked(road: Road, request: PageRequest): Promise<Asked> {
  const owned = (await ownedServices(road, overseer(request))).find((one) => one.service === request.params['service']);
  const old = owned?.versions.find((one) => one.definition === request.params['definition']);
  const current = owned?.versions[0];
  if (!owned || !current) throw new Refusal('service-not-found', { service: request.params['service'] });
  const gone = { definition: request.params['definition'] ?? '', version: '', running: 0 };
  return { service: owned.service, title: owned.title[request.language], old: old ?? gone, current };
}

type Typed = { readonly mapping: string; readonly reason: string };

async function migrate(road: Road, request: PageRequest): Promise<FastifyReply | string> {
  const { language, body } = request;
  const viewer = overseer(request);
  const given = await asked(road, request);
  const typed = { mapping: textOf(body, 'mapping').slice(0, LONGEST), reason: textOf(body, 'reason').trim().slice(0, 2000) };
  const isMove = textOf(body, 'do') === 'move';
  const mapping = mappingOf(typed.mapping);
  const errors = {
    ...(mapping ? {} : { mapping: words(language, 'move.mapping-wrong') }),
    ...(isMove && typed.reason === '' ? { reason: words(language, 'mend.reason-needed') } : {}),
  };
  if (!mapping || Object.keys(errors).length > 0)
    return request.reply
      .code(422)
      .type('text/html; charset=utf-8')
      .send(migratePage(road, request, { given, typed, errors }));
  const way = { service: given.service, from: given.old.definition, mapping };
  const report = isMove
    ? await migrateCases(road, viewer, { ...way, reason: typed.reason, key: intentOf(request, body) }, { most: MOST })
    : await rehearseMigration(road, viewer, way, { most: MOST });
  const now = isMove ? await asked(road, request) : given;
  return migratePage(road, request, { given: now, typed, report, isMove });
}

/** Undefined where a line is not `old = new`. */
function mappingOf(text: string): { readonly [id: string]: string } | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const pairs = lines.filter((line) => line !== '').map((line) => /^([^\s=]+)\s*=\s*([^\s=]+)$/.exec(line));
  if (pairs.some((one) => one === null)) return undefined;
  return Object.fromEntries(pairs.map((one) => [one?.[1] ?? '', one?.[2] ?? '']));
}

type Shown = {
  readonly given: Asked;
  readonly typed: Typed;
  readonly report?: MigrationReport;
  readonly isMove?: boolean;
  readonly errors?: { readonly [field: string]: string };
};

function migratePage(road: Road, request: PageRequest, { given, typed, report, isMove = false, errors = {} }: Shown): string {
  const { language, path } = request;
  const title = words(language, 'move.title', { version: codeText(language, given.current.version) });
  const back = href(language, '/oversight');
  const lead = { count: given.old.running, version: codeText(language, given.old.version) };
  const listed = Object.entries(errors).map(([field, message]) => ({ message, field: fieldId(field) }));
  const body = (
    <>
      <Heading
        title={title}
        caption={given.title}
        lead={given.old.running === 0 ? words(language, 'move.none') : words(language, 'move.lead', lead)}
      />
      {report && <Report language={language} report={report} isMove={isMove} />}
      <form method="post" action={href(language, path)} novalidate>
        <Key />
        <TextArea
          language={language}
          name="mapping"
          label={words(language, 'move.mapping')}
          hint={words(language, 'move.mapping-hint')}
          value={typed.mapping}
          error={errors['mapping']}
          required={false}
        />
        <TextArea
          language={language}
          name="reason"
          label={words(language, 'mend.reason')}
          hint={words(language, 'mend.reason-hint')}
          value={typed.reason}
          error={errors['reason']}
          rows={3}
        />
        <Actions>
          <Button name="do" value="rehearse" weight={report && !isMove ? 'secondary' : 'primary'}>
            {words(language, 'move.rehearse')}
          </Button>
          {report && report.moved > 0 && !isMove && (
            <Button name="do" value="move" weight="primary">
              {words(language, 'move.do')}
            </Button>
          )}
          <ButtonLink href={back} weight="quiet">
            {words(language, 'mend.keep')}
          </ButtonLink>
        </Actions>
      </form>
    </>
  );
  return composePage(road, request, { title, body, errors: listed, wide: true, back, personal: true });
}

type ReportProps = { readonly language: Language; readonly report: MigrationReport; readonly isMove: boolean };

function Report({ language, report, isMove }: ReportProps): JSX.Element {
  const counts = { moved: report.moved, refused: report.refused.length };
  return (
    <Section title={words(language, 'move.result')} id="result">
      <Notice
        language={language}
        tone={report.refused.length > 0 ? 'warning' : 'success'}
        title={words(language, isMove ? 'move.went' : 'move.would', counts)}
        live
      >
        {report.next !== undefined && <p>{words(language, 'move.left')}</p>}
      </Notice>
      {report.moves.length > 0 && (
        <Table
          language={language}
          caption={words(language, 'move.moves')}
          columns={[
            { key: 'from', label: words(language, 'move.from') },
            { key: 'to', label: words(language, 'move.to') },
            { key: 'tokens', label: words(language, 'move.tokens'), number: true },
          ]}
          rows={report.moves.map((one) => ({
            key: `${one.from} ${one.to}`,
            cells: {
              from: <code dir="ltr">{one.from}</code>,
              to: <code dir="ltr">{one.to}</code>,
              tokens: numberText(language, one.tokens),
            },
          }))}
        />
      )}
      {report.refused.length > 0 && (
        <>
          <h3>{words(language, 'move.refused')}</h3>
          <ul>
            {report.refused.map((one) => (
              <li key={one.id}>
                <bdi dir="ltr">{codeText(language, printedCaseId(one.id))}</bdi>: {reasonsOf(language, one)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function reasonsOf(language: Language, { code, findings }: MigrationReport['refused'][number]): string {
  const own = findings.map((one) => `${one.reason[language]} ${one.mend[language]}`);
  return own.length > 0 ? own.join(' ') : fill(PROBLEMS[code].title, {})[language];
}
