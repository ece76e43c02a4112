// The steward's queue: pairs that may be one, surest first, and entities that a source tore. Each leads to where it is decided.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { fieldTitle, queuePage } from '#work/views/registry.ts';
import type { QueuePage } from '#work/views/registry.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Section } from '#portal/ui/cards.tsx';
import { href } from '#portal/ui/href.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Empty, Heading, Notice, Tabs } from '#portal/ui/parts.tsx';
import { JalaliDateText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { registryViewer } from './viewer.ts';
import { words } from './words.ts';

const MOST = 50;
const KINDS = ['person', 'business', 'property', 'engineer', 'vehicle'] as const;

export function queueRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/registry/queue', (request) => listPage(road, request));
}

async function listPage(road: Road, request: PageRequest): Promise<string> {
  const { language, query } = request;
  const kind = KINDS.find((one) => one === query['kind']) ?? 'person';
  // One more than is shown tells whether there is a next page.
  const queue = await queuePage(road, registryViewer(request), { kind, after: query['after'], most: MOST + 1 });
  const title = words(language, 'queue.title');
  const body = (
    <>
      {query['done'] === 'apart' && (
        <Notice language={language} tone="success" title={words(language, 'queue.done-apart')} live />
      )}
      <Heading title={title} lead={words(language, 'queue.lead')} />
      <Tabs
        language={language}
        label={title}
        links={queue.counts.map((one) => ({
          href: href(language, `/registry/queue?kind=${one.kind}`),
          label: words(language, 'queue.kind', { kind: words(language, `kind.${one.kind}`), count: one.doubts + one.torn }),
          current: one.kind === kind,
        }))}
      />
      {queue.doubts.length === 0 ? (
        <Empty title={words(language, 'queue.none')} />
      ) : (
        <Doubts language={language} queue={queue} isLater={query['after'] !== undefined} />
      )}
      {queue.torn.length > 0 && (
        <Section title={words(language, 'queue.torn')} id="torn">
          <ul>
            {queue.torn.map(({ number, field }) => (
              <li key={number}>
                <a href={href(language, `/registry/entities/${number}`)}>
                  {words(language, 'queue.torn-one', { field: fieldTitle(kind, field)[language] })} ·{' '}
                  {words(language, 'conflicts.number', { number: numberText(language, number) })}
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/registry'), personal: true });
}

type DoubtsProps = { readonly language: Language; readonly queue: QueuePage; readonly isLater: boolean };

function Doubts({ language, queue, isLater }: DoubtsProps): JSX.Element {
  const shown = queue.doubts.slice(0, MOST);
  const last = shown.at(-1);
  const address = (after?: string): string =>
    href(language, `/registry/queue?kind=${queue.kind}${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`);
  const sourceOf = (record: string): string => queue.nameOf(record.slice(0, record.indexOf('/')))[language];
  return (
    <>
      <Table
        language={language}
        caption={words(language, 'queue.count', { count: shown.length })}
        columns={[
          { key: 'pair', label: words(language, 'queue.pair') },
          { key: 'sources', label: words(language, 'queue.sources') },
          { key: 'score', label: words(language, 'queue.score'), number: true },
          { key: 'why', label: words(language, 'queue.why') },
          { key: 'since', label: words(language, 'queue.since') },
        ]}
        rows={shown.map(({ one, other, numbers, score, why, foundAt }) => ({
          key: `${one} ${other}`,
          cells: {
            pair: (
              <a href={href(language, `/registry/pairs/${numbers[0]}/${numbers[1]}`)}>
                {numbers
                  .map((number) => words(language, 'conflicts.number', { number: numberText(language, number) }))
                  .join(' · ')}
              </a>
            ),
            sources: `${sourceOf(one)} · ${sourceOf(other)}`,
            score: numberText(language, Math.round(score * 10) / 10),
            why: words(language, `why.${why}`),
            since: <JalaliDateText language={language} at={foundAt} shape="short" />,
          },
        }))}
      />
      {(isLater || queue.doubts.length > MOST) && last && (
        <nav class="pagination" aria-label={words(language, 'queue.title')}>
          {isLater && <a href={address()}>{words(language, 'queue.first')}</a>}
          {queue.doubts.length > MOST && (
            <a rel="next" href={address(`${last.score}~${last.one}~${last.other}`)}>
              {words(language, 'queue.more')}
            </a>
          )}
        </nav>
      )}
    </>
  );
}
