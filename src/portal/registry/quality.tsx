// How good each source is: its latest figures beside those of others, and one source with its trend, its days and its fields.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { qualityPage, registryAccess, sourceQualityPage } from '#work/views/registry-quality.ts';
import type { DayFigures, SourcePage, SourceQuality } from '#work/views/registry-quality.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { assetUrl } from '#portal/ui/assets.ts';
import { Section } from '#portal/ui/cards.tsx';
import { dateText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { numberText, percentText } from '#portal/ui/numbers.ts';
import { Details, Empty, Heading } from '#portal/ui/parts.tsx';
import { JalaliDateText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { noon, Trend } from './trend.tsx';
import { registryViewer } from './viewer.ts';
import { words } from './words.ts';

export function qualityRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/registry/quality', (request) => listPage(road, request));
  page(server, '/registry/quality/:source', (request) => sourcePage(road, request));
}

const FIGURES = ['completeness', 'validity', 'freshness', 'duplicates'] as const;
type Figure = (typeof FIGURES)[number];

function figureText(language: Language, { figures }: DayFigures, figure: Figure): string {
  const share = figures[figure];
  return share === undefined ? words(language, 'quality.unknown') : percentText(language, share);
}

function figureColumns(language: Language) {
  return [
    { key: 'records', label: words(language, 'quality.records'), number: true },
    ...FIGURES.map((figure) => ({ key: figure, label: words(language, `quality.${figure}`), number: true })),
  ];
}

function figureCells(language: Language, day: DayFigures): { readonly [figure: string]: string } {
  return {
    records: numberText(language, day.figures.records),
    ...Object.fromEntries(FIGURES.map((figure) => [figure, figureText(language, day, figure)])),
  };
}

async function listPage(road: Road, request: PageRequest): Promise<string> {
  const { language } = request;
  const sources = await qualityPage(road, registryViewer(request));
  const title = words(language, 'quality.title');
  const body = (
    <>
      <Heading title={title} lead={words(language, 'quality.lead')} />
      {sources.length === 0 ? (
        <Empty title={words(language, 'quality.none')} />
      ) : (
        <Sources road={road} language={language} sources={sources} />
      )}
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/registry'), personal: true });
}

type SourcesProps = { readonly road: Road; readonly language: Language; readonly sources: readonly SourceQuality[] };

function Sources({ road, language, sources }: SourcesProps): JSX.Element {
  return (
    <Table
      language={language}
      caption={words(language, 'quality.title')}
      captionAway
      columns={[
        { key: 'source', label: words(language, 'quality.source') },
        ...figureColumns(language),
        { key: 'owner', label: words(language, 'quality.owner') },
        { key: 'day', label: words(language, 'quality.day') },
      ]}
      rows={sources.map((one) => ({
        key: one.config.id,
        cells: {
          source: <a href={href(language, `/registry/quality/${one.config.id}`)}>{one.config.title[language]}</a>,
          ...figureCells(language, one),
          owner: road.catalogue.unitName(one.config.owner)[language],
          day: <JalaliDateText language={language} at={noon(one.day)} shape="short" />,
        },
      }))}
    />
  );
}

async function sourcePage(road: Road, request: PageRequest): Promise<string> {
  const viewer = registryViewer(request);
  const { language } = request;
  const source = await sourceQualityPage(road, viewer, request.params['source'] ?? '');
  const { keeps } = await registryAccess(road, viewer);
  const { config, days } = source;
  const [latest] = days;
  const title = config.title[language];
  const body = (
    <>
      <Heading
        title={title}
        caption={words(language, 'quality.title')}
        lead={
          latest &&
          words(language, 'quality.source-lead', {
            count: latest.figures.records,
            day: dateText(language, noon(latest.day)),
            owner: road.catalogue.unitName(config.owner)[language],
            days: config.freshDays,
          })
        }
      />
      {keeps.some(({ id }) => id === config.id) && (
        <p>
          <a href={href(language, `/registry/conflicts?source=${config.id}`)}>{words(language, 'quality.conflicts')}</a>
        </p>
      )}
      <Section title={words(language, 'quality.trend')} id="trend">
        <link rel="stylesheet" href={assetUrl('registry.css')} />
        <div class="trends">
          {FIGURES.map((figure) => (
            <Trend
              key={figure}
              language={language}
              label={words(language, `quality.${figure}`)}
              points={pointsOf(days, figure)}
            />
          ))}
        </div>
      </Section>
      <Section title={words(language, 'quality.fields')} id="fields">
        <Fields language={language} source={source} />
      </Section>
      <Details summary={words(language, 'quality.days')}>
        <Days language={language} days={days} />
      </Details>
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/registry/quality'), personal: true });
}

function pointsOf(days: readonly DayFigures[], figure: Figure): readonly { readonly day: string; readonly share: number }[] {
  return days.toReversed().flatMap(({ day, figures }) => {
    const share = figures[figure];
    return share === undefined ? [] : [{ day, share }];
  });
}

function Fields({ language, source }: { readonly language: Language; readonly source: SourcePage }): JSX.Element {
  const text = (share: number | undefined): string =>
    share === undefined ? words(language, 'quality.unknown') : percentText(language, share);
  return (
    <Table
      language={language}
      caption={words(language, 'quality.fields')}
      captionAway
      columns={[
        { key: 'field', label: words(language, 'quality.field') },
        { key: 'completeness', label: words(language, 'quality.completeness'), number: true },
        { key: 'validity', label: words(language, 'quality.validity'), number: true },
      ]}
      rows={Object.entries(source.days[0]?.figures.fields ?? {}).map(([field, figures]) => ({
        key: field,
        cells: {
          field: source.titleOf(field)[language],
          completeness: text(figures.completeness),
          validity: text(figures.validity),
        },
      }))}
    />
  );
}

function Days({ language, days }: { readonly language: Language; readonly days: readonly DayFigures[] }): JSX.Element {
  return (
    <Table
      language={language}
      caption={words(language, 'quality.days')}
      captionAway
      columns={[{ key: 'day', label: words(language, 'quality.day') }, ...figureColumns(language)]}
      rows={days.map((one) => ({
        key: one.day,
        cells: {
          day: <JalaliDateText language={language} at={noon(one.day)} shape="short" />,
          ...figureCells(language, one),
        },
      }))}
    />
  );
}
