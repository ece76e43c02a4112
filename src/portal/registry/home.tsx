// The door of the registry: an entity by any of its keys, and what waits for a steward.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { fieldTitle, findByKey, openCounts } from '#work/views/registry.ts';
import type { FoundEntity } from '#work/views/registry.ts';
import { registryAccess } from '#work/views/registry-quality.ts';
import { Refusal } from '#base/refusal.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Cards } from '#portal/ui/cards.tsx';
import type { CardItem } from '#portal/ui/cards.tsx';
import { href } from '#portal/ui/href.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Empty, Heading, SearchBox } from '#portal/ui/parts.tsx';
import { Code } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { registryViewer } from './viewer.ts';
import { words } from './words.ts';

export function homeRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/registry', (request) => homePage(road, request));
}

async function homePage(road: Road, request: PageRequest): Promise<string> {
  const viewer = registryViewer(request);
  const { language, query } = request;
  const { isSteward, keeps, seesNumbers } = await registryAccess(road, viewer);
  if (!seesNumbers) throw new Refusal('not-permitted', { command: 'registry' });
  const typed = isSteward ? (query['q'] ?? '').slice(0, 100) : '';
  const found = typed === '' ? undefined : await findByKey(road, viewer, typed);
  const waiting = isSteward ? (await openCounts(road, viewer)).reduce((sum, one) => sum + one.doubts + one.torn, 0) : 0;
  const title = words(language, 'home.title');
  const body = (
    <>
      <Heading title={title} lead={words(language, 'home.lead')} />
      {isSteward && (
        <SearchBox
          language={language}
          action={href(language, '/registry')}
          label={words(language, 'find.label')}
          hint={words(language, 'find.hint')}
          value={typed}
        />
      )}
      {found && <Found language={language} found={found} />}
      <Cards items={cardsOf(language, { isSteward, keeps: keeps.length > 0, waiting })} />
    </>
  );
  return composePage(road, request, { title, body, wide: true, personal: true });
}

type Access = { readonly isSteward: boolean; readonly keeps: boolean; readonly waiting: number };

function cardsOf(language: Language, { isSteward, keeps, waiting }: Access): readonly CardItem[] {
  const card = (name: 'queue' | 'conflicts' | 'sources' | 'quality', meta?: string): CardItem => ({
    href: href(language, `/registry/${name}`),
    title: words(language, `home.${name}`),
    text: words(language, `home.${name}-about`),
    ...(meta === undefined ? {} : { meta }),
  });
  return [
    ...(isSteward ? [card('queue', words(language, 'home.waiting', { count: waiting }))] : []),
    ...(keeps ? [card('conflicts')] : []),
    card('sources'),
    card('quality'),
  ];
}

function Found({ language, found }: { readonly language: Language; readonly found: readonly FoundEntity[] }): JSX.Element {
  if (found.length === 0)
    return (
      <Empty title={words(language, 'find.none')}>
        <p>{words(language, 'find.none-more')}</p>
      </Empty>
    );
  return <FoundTable language={language} found={found} caption={words(language, 'find.count', { count: found.length })} />;
}

type FoundProps = {
  readonly language: Language;
  readonly found: readonly FoundEntity[];
  readonly caption: string;
  readonly captionAway?: boolean;
};

/** Entities with the key that found each: no names, which stand behind a look that is written down. */
export function FoundTable({ language, found, caption, captionAway = false }: FoundProps): JSX.Element {
  return (
    <Table
      language={language}
      caption={caption}
      captionAway={captionAway}
      columns={[
        { key: 'what', label: words(language, 'find.what') },
        { key: 'own', label: words(language, 'find.own') },
        { key: 'key', label: words(language, 'find.key') },
        { key: 'records', label: words(language, 'find.records'), number: true },
      ]}
      rows={found.map((one) => ({
        key: `${one.field} ${one.value} ${one.number}`,
        cells: {
          what: <a href={href(language, `/registry/entities/${one.number}`)}>{kindText(language, one)}</a>,
          own: one.own === null ? '' : <Code language={language} code={one.own} />,
          key: (
            <>
              {fieldTitle(one.kind, one.field)[language]} <Code language={language} code={one.value} />
            </>
          ),
          records: numberText(language, one.records),
        },
      }))}
    />
  );
}

const PARTS = ['parcel', 'building', 'unit'] as const;

export function kindText(language: Language, { kind, part }: Pick<FoundEntity, 'kind' | 'part'>): string {
  const known = PARTS.find((one) => one === part);
  const name = words(language, `kind.${kind}`);
  return known === undefined ? name : `${name} · ${words(language, `part.${known}`)}`;
}
