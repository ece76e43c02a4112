// The worklist: what the reader's units have to do, oldest first. Every filter is part of the address; nothing needs a script.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import { printedCaseId, typedCaseId } from '#base/ids.ts';
import type { Instant } from '#base/instant.ts';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { unitLoad, worklist } from '#work/views/lists.ts';
import { composePage } from '#portal/compose-page.tsx';
import { connectorLinks } from '#portal/inquiries/desk-links.tsx';
import { page } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Stats } from '#portal/ui/cards.tsx';
import type { StatItem } from '#portal/ui/cards.tsx';
import { who } from '#portal/ui/case-parts.tsx';
import { codeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Empty, Heading, Notice } from '#portal/ui/parts.tsx';
import { spanText } from './due.tsx';
import { filterOf, FilterForm, KindTabs, listHref } from './filters.tsx';
import type { Filter } from './filters.tsx';
import { deskViewer } from './viewer.ts';
import { WorkTable } from './work-table.tsx';
import type { WorkTableProps } from './work-table.tsx';
import { words as dataWords } from '#portal/own-data/words.ts';
import { registryLink } from '#portal/registry/desk-link.tsx';
import { say } from '#portal/ui/words.ts';
import { words } from './words.ts';

/** Rows of one page of the list. */
const MOST = 200;

export function worklistRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk', (request) => worklistPage(road, request));
}

async function worklistPage(road: Road, request: PageRequest): Promise<string> {
  const viewer = deskViewer(request);
  const { language, query } = request;
  const services = road.catalogue.services().map(({ package: { manifest } }) => ({ id: manifest.id, title: manifest.title }));
  const filter = filterOf(query, services);
  const { service, whose, kind } = filter;
  const rows = await worklist(road, viewer, {
    // One more than is shown tells whether there is a next page.
    most: MOST + 1,
    ...(service === undefined ? {} : { service }),
    ...(whose === undefined ? {} : { whose }),
    ...(kind === undefined ? {} : { kind }),
    ...(query['after'] === undefined ? {} : { after: query['after'] }),
  });
  const now = road.ports.world.now();
  const load = (await unitLoad(road, viewer.reader)).map((one): StatItem => ({
    label: who(language, one.role as never, road.catalogue.unitName(one.unit)[language]),
    value: numberText(language, one.open),
    note: [
      words(language, 'list.claimed', { count: one.claimed }),
      ...(one.oldest === null ? [] : [words(language, 'list.oldest', { span: spanText(language, one.oldest, now) })]),
    ].join(language === 'fa' ? '؛ ' : '; '),
  }));
  const done = typedCaseId(query['done'] ?? '');
  const body = (
    <>
      {done && <Done language={language} number={done} />}
      <Heading title={words(language, 'list.title')} />
      <p>
        <a href={href(language, '/desk/inquiries')}>{say(language, 'nav.inquiries')}</a>
      </p>
      <p>
        <a href={href(language, '/desk/disputes')}>{dataWords(language, 'desk.title')}</a>
      </p>
      {await connectorLinks(road, request)}
      {await registryLink(road, request)}
      <List
        language={language}
        rows={rows}
        load={load}
        services={services}
        filter={filter}
        now={now}
        me={viewer.visitor.id}
        isLater={query['after'] !== undefined}
      />
    </>
  );
  return composePage(road, request, { title: words(language, 'list.title'), body, wide: true, personal: true });
}

function Done({
  language,
  number,
}: {
  readonly language: Language;
  readonly number: NonNullable<ReturnType<typeof typedCaseId>>;
}) {
  return (
    <Notice language={language} tone="success" title={words(language, 'list.done')} live>
      <p>
        <a href={href(language, `/desk/cases/${number}`)}>
          {words(language, 'list.done-case', { number: codeText(language, printedCaseId(number)) })}
        </a>
      </p>
    </Notice>
  );
}

export type ListProps = Omit<WorkTableProps, 'caption'> & {
  readonly load: readonly StatItem[];
  readonly services: Parameters<typeof FilterForm>[0]['services'];
  readonly filter: Filter;
  readonly now: Instant;
  /** The page is not the first of the list. */
  readonly isLater: boolean;
};

/** `rows` may hold one more than a page: there is a next one then. */
export function List({ language, rows, load, services, filter, now, me, isLater }: ListProps): JSX.Element {
  const shown = rows.slice(0, MOST);
  const last = shown.at(-1);
  return (
    <>
      {load.length > 0 && (
        <section aria-label={words(language, 'list.load')}>
          <Stats items={load} />
        </section>
      )}
      <KindTabs language={language} filter={filter} now={filter.kind ?? 'all'} />
      <FilterForm language={language} filter={filter} services={services} />
      {last === undefined ? (
        <Empty title={words(language, 'list.none')}>
          <p>{words(language, 'list.none-more')}</p>
        </Empty>
      ) : (
        <WorkTable
          language={language}
          rows={shown}
          now={now}
          me={me}
          caption={words(language, 'list.count', { count: shown.length })}
        />
      )}
      {(isLater || rows.length > MOST) && (
        <nav class="pagination" aria-label={words(language, 'list.title')}>
          {isLater && <a href={listHref(language, filter)}>{words(language, 'list.first')}</a>}
          {rows.length > MOST && last && (
            <a rel="next" href={listHref(language, filter, last.place)}>
              {words(language, 'list.more')}
            </a>
          )}
        </nav>
      )}
    </>
  );
}
