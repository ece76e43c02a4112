// The sources of the registry: each with what it is read from, who answers for it, how fresh it is and how its last load went.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { sourcesPage } from '#work/views/sources.ts';
import type { ShownSource } from '#work/views/sources.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { href } from '#portal/ui/href.ts';
import { numberText, percentText } from '#portal/ui/numbers.ts';
import { Empty, Heading } from '#portal/ui/parts.tsx';
import { JalaliTime } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { Status } from './load-status.tsx';
import { words } from './source-words.ts';
import { registryViewer } from './viewer.ts';

export function sourcesRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/registry/sources', (request) => listPage(road, request));
}

async function listPage(road: Road, request: PageRequest): Promise<string> {
  const { language } = request;
  const sources = await sourcesPage(road, registryViewer(request));
  const title = words(language, 'title');
  const body = (
    <>
      <Heading title={title} lead={words(language, 'lead')} />
      {sources.length === 0 ? (
        <Empty title={words(language, 'none')} />
      ) : (
        <Sources road={road} language={language} sources={sources} />
      )}
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/registry'), personal: true });
}

type SourcesProps = { readonly road: Road; readonly language: Language; readonly sources: readonly ShownSource[] };

function Sources({ road, language, sources }: SourcesProps): JSX.Element {
  return (
    <Table
      language={language}
      caption={words(language, 'title')}
      captionAway
      columns={[
        { key: 'source', label: words(language, 'source') },
        { key: 'reader', label: words(language, 'reader') },
        { key: 'records', label: words(language, 'records'), number: true },
        { key: 'fresh', label: words(language, 'fresh'), number: true },
        { key: 'rejected', label: words(language, 'rejected'), number: true },
        { key: 'status', label: words(language, 'status') },
        { key: 'last', label: words(language, 'last') },
        { key: 'owner', label: words(language, 'owner') },
      ]}
      rows={sources.map(({ config, records, fresh, last }) => ({
        key: config.id,
        ...(last?.status === 'failed' ? { tone: 'warning' as const } : {}),
        cells: {
          source: <a href={href(language, `/registry/sources/${config.id}`)}>{config.title[language]}</a>,
          reader: words(language, `by.${config.reader.by}`),
          records: numberText(language, records),
          fresh: records === 0 ? '' : percentText(language, fresh / records),
          rejected: last === undefined ? '' : numberText(language, last.rejected),
          status: config.reader.by === 'seed' ? '' : <Status language={language} load={last} />,
          last: last === undefined ? '' : <JalaliTime language={language} at={last.ended ?? last.began} shape="short" />,
          owner: road.catalogue.unitName(config.owner)[language],
        },
      }))}
    />
  );
}
