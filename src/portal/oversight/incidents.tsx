// What an owner sees first: cases that stand still, the oldest first, and the versions of their processes that run.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import { printedCaseId, typedCaseId } from '#base/ids.ts';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { openIncidents, ownedServices } from '#work/views/oversight.ts';
import type { OpenIncident, OwnedService } from '#work/views/oversight.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Section } from '#portal/ui/cards.tsx';
import { codeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Empty, Heading, Notice, Tag } from '#portal/ui/parts.tsx';
import { JalaliDateText, JalaliTime, UserText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { overseer } from './overseer.ts';
import { words } from './words.ts';

const MOST = 100;

export function incidentRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/oversight', (request) => listPage(road, request));
}

async function listPage(road: Road, request: PageRequest): Promise<string> {
  const viewer = overseer(request);
  const { language, query } = request;
  const [incidents, services] = await Promise.all([
    openIncidents(road, viewer, { most: MOST + 1, after: query['after'] }),
    ownedServices(road, viewer),
  ]);
  const mended = typedCaseId(query['mended'] ?? '');
  const title = words(language, 'list.title');
  const body = (
    <>
      {mended && <Mended language={language} number={mended} isStill={incidents.some((one) => one.caseId === mended)} />}
      <Heading title={title} lead={words(language, 'list.lead')} />
      <p>
        <a href={href(language, '/oversight/contracts')}>{words(language, 'list.contracts')}</a>
      </p>
      <Section title={words(language, 'list.stuck')} id="stuck">
        <Stuck language={language} incidents={incidents} isLater={query['after'] !== undefined} />
      </Section>
      <Section title={words(language, 'versions.title')} id="versions">
        <Versions language={language} services={services} />
      </Section>
    </>
  );
  return composePage(road, request, { title, body, wide: true, personal: true });
}

type MendedProps = {
  readonly language: Language;
  readonly number: NonNullable<ReturnType<typeof typedCaseId>>;
  readonly isStill: boolean;
};

function Mended({ language, number, isStill }: MendedProps): JSX.Element {
  return (
    <Notice language={language} tone={isStill ? 'warning' : 'success'} title={words(language, 'list.mended')} live>
      <p>
        {words(language, 'case.title', { number: codeText(language, printedCaseId(number)) })}
        {isStill && ` · ${words(language, 'list.mended-still')}`}
      </p>
    </Notice>
  );
}

type StuckProps = { readonly language: Language; readonly incidents: readonly OpenIncident[]; readonly isLater: boolean };

/** `incidents` may hold one more than a page: there is a next one then. */
export function Stuck({ language, incidents, isLater }: StuckProps): JSX.Element {
  const shown = incidents.slice(0, MOST);
  const last = shown.at(-1);
  if (!last)
    return (
      <Empty title={words(language, 'list.none')}>
        <p>{words(language, 'list.none-more')}</p>
      </Empty>
    );
  return (
    <>
      <Table
        language={language}
        caption={words(language, 'list.count', { count: shown.length })}
        columns={[
          { key: 'case', label: words(language, 'list.case') },
          { key: 'service', label: words(language, 'list.service') },
          { key: 'step', label: words(language, 'list.step') },
          { key: 'reason', label: words(language, 'list.reason') },
          { key: 'since', label: words(language, 'list.since') },
        ]}
        rows={shown.map((one) => ({
          key: one.place,
          cells: {
            case: (
              <a href={href(language, `/oversight/cases/${one.caseId}`)}>
                <bdi dir="ltr">{codeText(language, printedCaseId(one.caseId))}</bdi>
              </a>
            ),
            service: one.title[language],
            step: one.step[language],
            reason: <UserText>{one.reason}</UserText>,
            since: <JalaliTime language={language} at={one.openedAt} shape="short" />,
          },
        }))}
      />
      {(isLater || incidents.length > MOST) && (
        <nav class="pagination" aria-label={words(language, 'list.stuck')}>
          {isLater && <a href={href(language, '/oversight')}>{words(language, 'list.first')}</a>}
          {incidents.length > MOST && (
            <a rel="next" href={href(language, `/oversight?after=${encodeURIComponent(last.place)}`)}>
              {words(language, 'list.more')}
            </a>
          )}
        </nav>
      )}
    </>
  );
}

function Versions({
  language,
  services,
}: {
  readonly language: Language;
  readonly services: readonly OwnedService[];
}): JSX.Element {
  const rows = services.flatMap(({ service, title, versions }) => versions.map((one, index) => ({ service, title, one, index })));
  return (
    <Table
      language={language}
      caption={words(language, 'versions.title')}
      captionAway
      columns={[
        { key: 'service', label: words(language, 'versions.service') },
        { key: 'version', label: words(language, 'versions.version') },
        { key: 'since', label: words(language, 'versions.since') },
        { key: 'running', label: words(language, 'versions.running'), number: true },
        { key: 'move', label: words(language, 'versions.move') },
      ]}
      rows={rows.map(({ service, title, one, index }) => ({
        key: one.definition,
        cells: {
          service: title[language],
          version: <bdi dir="ltr">{codeText(language, one.version)}</bdi>,
          since: <JalaliDateText language={language} at={one.publishedAt} shape="short" />,
          running: numberText(language, one.running),
          move:
            index === 0 ? (
              <Tag>{words(language, 'versions.current')}</Tag>
            ) : (
              <a href={href(language, `/oversight/services/${service}/versions/${one.definition}`)}>
                {words(language, 'versions.move')}
              </a>
            ),
        },
      }))}
    />
  );
}
