// Where sources differ: what stands, by which rule, and what stands against it. Filters and paging are the address.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { conflictsPage } from '#work/views/registry-quality.ts';
import type { ConflictsPage } from '#work/views/registry-quality.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Button, HiddenInputs } from '#portal/ui/actions.tsx';
import { Select } from '#portal/ui/choices.tsx';
import { href } from '#portal/ui/href.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Empty, Heading, Tabs } from '#portal/ui/parts.tsx';
import { Table } from '#portal/ui/table.tsx';
import { Value, valueText } from './value.tsx';
import { registryViewer } from './viewer.ts';
import { words } from './words.ts';

const MOST = 50;
const KINDS = ['person', 'business', 'property', 'engineer', 'vehicle'] as const;
const RULES = ['only', 'unanimous', 'well-formed', 'priority', 'newest', 'most-confident', 'agreed', 'order'] as const;

export function conflictRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/registry/conflicts', (request) => listPage(road, request));
}

type Chosen = { readonly kind: string; readonly field?: string | undefined; readonly source?: string | undefined };

function address(language: Language, { kind, field, source }: Chosen, after?: string): string {
  const query = new URLSearchParams({
    kind,
    ...(field === undefined ? {} : { field }),
    ...(source === undefined ? {} : { source }),
    ...(after === undefined ? {} : { after }),
  });
  return href(language, `/registry/conflicts?${query.toString()}`);
}

async function listPage(road: Road, request: PageRequest): Promise<string> {
  const { language, query } = request;
  const filter = { kind: query['kind'], field: query['field'], source: query['source'], after: query['after'], most: MOST + 1 };
  const list = await conflictsPage(road, registryViewer(request), filter);
  const { kind, source, isSteward } = list;
  const title = words(language, 'conflicts.title');
  const chosen: Chosen = {
    kind,
    source,
    field: list.fields.some(({ field }) => field === query['field']) ? query['field'] : undefined,
  };
  const body = (
    <>
      <Heading title={title} lead={words(language, 'conflicts.lead')} />
      {isSteward && (
        <Tabs
          language={language}
          label={words(language, 'conflicts.kind')}
          links={KINDS.map((one) => ({
            href: address(language, { kind: one }),
            label: words(language, `kind.${one}`),
            current: one === kind,
          }))}
        />
      )}
      <Filter language={language} list={list} chosen={chosen} />
      {list.conflicts.length === 0 ? (
        <Empty title={words(language, 'conflicts.none')} />
      ) : (
        <Conflicts language={language} list={list} chosen={chosen} isLater={query['after'] !== undefined} />
      )}
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/registry'), personal: true });
}

type FilterProps = { readonly language: Language; readonly list: ConflictsPage; readonly chosen: Chosen };

function Filter({ language, list, chosen }: FilterProps): JSX.Element {
  const sources = list.isSteward ? list.sources.filter(({ kind }) => kind === list.kind) : list.sources;
  return (
    <form class="filters" method="get" action={href(language, '/registry/conflicts')}>
      <HiddenInputs values={{ kind: list.kind }} />
      <Select
        language={language}
        name="field"
        label={words(language, 'conflicts.field')}
        value={chosen.field}
        options={list.fields.map(({ field, title }) => ({ value: field, label: title[language] }))}
      />
      <Select
        language={language}
        name="source"
        label={words(language, 'conflicts.source')}
        value={chosen.source}
        options={sources.map(({ id, title }) => ({ value: id, label: title[language] }))}
      />
      <Button weight="secondary">{words(language, 'conflicts.filter')}</Button>
    </form>
  );
}

type ConflictsProps = FilterProps & { readonly isLater: boolean };

function Conflicts({ language, list, chosen, isLater }: ConflictsProps): JSX.Element {
  const shown = list.conflicts.slice(0, MOST);
  const last = shown.at(-1);
  const nameOf = (source: string): string => list.nameOf(source)[language];
  const number = (one: number): string => words(language, 'conflicts.number', { number: numberText(language, one) });
  return (
    <>
      <Table
        language={language}
        caption={words(language, 'conflicts.count', { count: shown.length })}
        columns={[
          { key: 'entity', label: words(language, 'conflicts.entity') },
          { key: 'field', label: words(language, 'conflicts.field') },
          { key: 'stands', label: words(language, 'conflicts.stands') },
          { key: 'rule', label: words(language, 'conflicts.rule') },
          { key: 'against', label: words(language, 'conflicts.against') },
        ]}
        rows={shown.map(({ entity, field, title, rule, body }) => ({
          key: `${field} ${entity}`,
          cells: {
            // An owner of a source finds the record by its key there; the whole view is the steward's.
            entity: list.isSteward ? (
              <a href={href(language, `/registry/entities/${body.number}`)}>{number(body.number)}</a>
            ) : (
              recordsIn(list, body).join(' · ') || number(body.number)
            ),
            field: title[language],
            stands: (
              <>
                <Value language={language} value={body.stands.value} /> <span class="soft">({nameOf(body.stands.source)})</span>
              </>
            ),
            rule: words(language, `rule.${RULES.find((one) => one === rule) ?? 'order'}`),
            against: body.against.map(({ record, source, value }) => (
              <span class="pair" key={record}>
                {words(language, 'entity.against', { source: nameOf(source), value: valueText(language, value) })}
              </span>
            )),
          },
        }))}
      />
      {(isLater || list.conflicts.length > MOST) && last && (
        <nav class="pagination" aria-label={words(language, 'conflicts.title')}>
          {isLater && <a href={address(language, chosen)}>{words(language, 'conflicts.first')}</a>}
          {list.conflicts.length > MOST && (
            <a rel="next" href={address(language, chosen, last.place)}>
              {words(language, 'conflicts.more')}
            </a>
          )}
        </nav>
      )}
    </>
  );
}

/** The keys of the chosen source's own records in a conflict. */
function recordsIn({ source = '' }: ConflictsPage, body: ConflictsPage['conflicts'][number]['body']): readonly string[] {
  return [body.stands, ...body.against]
    .filter((one) => one.source === source)
    .map(({ record }) => record.slice(source.length + 1));
}
