// The front page, the catalogue and each service's start page: what it needs, costs, takes, and who answers for it, before anyone applies.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import { instant } from '#base/instant.ts';
import type { Language } from '#base/text.ts';
import { readerOf } from '#door/visitor.ts';
import type { Road } from '#work/road.ts';
import { ownDraft } from '#work/views/lists.ts';
import { dutyRegister, loadService, serviceList } from '#work/views/public.ts';
import type { ServiceView } from '#work/views/public.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import { Button, ButtonLink } from '#portal/ui/actions.tsx';
import { Cards, Columns, Hero, Section } from '#portal/ui/cards.tsx';
import { who } from '#portal/ui/case-parts.tsx';
import { dateText, durationText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Empty, Heading, Notice, SearchBox, Tag } from '#portal/ui/parts.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { say } from '#portal/ui/words.ts';
import { words } from './words.ts';

export function serviceRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/', async (request) => {
    const services = await serviceList(road, '');
    return composePage(road, request, {
      title: say(request.language, 'nav.home'),
      body: <Home language={request.language} services={services} />,
    });
  });
  page(server, '/services', async (request) => {
    const { language, query } = request;
    const search = query['q'] ?? '';
    const services = await serviceList(road, search);
    const body = (
      <>
        <Heading title={words(language, 'services.title')} />
        <SearchBox
          language={language}
          action={href(language, '/services')}
          label={words(language, 'home.search')}
          value={search}
        />
        {services.length === 0 ? (
          <Empty title={words(language, 'services.none')}>
            <p>
              {words(language, 'services.none-mend')} <a href={href(language, '/services')}>{words(language, 'home.all')}</a>
            </p>
          </Empty>
        ) : (
          <ServiceCards language={language} services={services} level="h2" />
        )}
      </>
    );
    return composePage(road, request, { title: words(language, 'services.title'), body });
  });
  page(server, '/services/:service', async (request) => {
    const { language, visitor, params } = request;
    const view = await loadService(road, params['service'] ?? '');
    const draft = visitor ? await ownDraft(road, readerOf(visitor), view.manifest.id) : undefined;
    const title = view.manifest.title[language];
    return composePage(road, request, {
      title,
      breadcrumbs: [
        { href: href(language, '/services'), label: say(language, 'nav.services') },
        { href: href(language, `/services/${view.manifest.id}`), label: title },
      ],
      body: <ServicePage language={language} view={view} road={road} signedIn={visitor !== undefined} draft={draft} />,
    });
  });
}

function ServiceCards({
  language,
  services,
  level,
}: {
  readonly language: Language;
  readonly services: readonly ServiceView[];
  readonly level: 'h2' | 'h3';
}): JSX.Element {
  return (
    <Cards
      level={level}
      items={services.map(({ manifest }) => ({
        href: href(language, `/services/${manifest.id}`),
        title: manifest.title[language],
        text: manifest.summary[language],
        tags: (
          <>
            <Tag>{say(language, `kind.${manifest.kind}`)}</Tag> <Tag>{say(language, `mode.${manifest.mode}`)}</Tag>{' '}
            {manifest.status !== 'offered' && <Tag tone="warning">{say(language, `offer.${manifest.status}`)}</Tag>}
          </>
        ),
        ...(manifest.expected === undefined
          ? {}
          : {
              meta: words(language, 'services.expected', {
                date: dateText(language, instant(`${manifest.expected}T00:00:00+03:30`)),
              }),
            }),
      }))}
    />
  );
}

function Home({ language, services }: { readonly language: Language; readonly services: readonly ServiceView[] }): JSX.Element {
  return (
    <>
      <Hero title={words(language, 'home.title')} lead={words(language, 'home.lead')}>
        <SearchBox language={language} action={href(language, '/services')} label={words(language, 'home.search')} />
      </Hero>
      <Section title={words(language, 'home.services')} id="services">
        <ServiceCards language={language} services={services} level="h3" />
      </Section>
      <Section title={words(language, 'home.verify')} id="verify">
        <p>{words(language, 'home.verify-lead')}</p>
        <ButtonLink href={href(language, '/verify')} weight="secondary">
          {words(language, 'verify.title')}
        </ButtonLink>
      </Section>
      <Section title={words(language, 'home.duties')} id="duties">
        <p>{words(language, 'home.duties-lead')}</p>
        <ButtonLink href={href(language, '/duties')} weight="secondary">
          {words(language, 'duties.title')}
        </ButtonLink>
      </Section>
    </>
  );
}

type ServiceProps = {
  readonly language: Language;
  readonly view: ServiceView;
  readonly road: Road;
  readonly signedIn: boolean;
  readonly draft: string | undefined;
};

function ServicePage(props: ServiceProps): JSX.Element {
  const { language, view, road } = props;
  const { manifest } = view;
  return (
    <>
      <Heading
        title={manifest.title[language]}
        caption={`${say(language, `kind.${manifest.kind}`)} · ${say(language, `mode.${manifest.mode}`)}${manifest.sample ? ` · ${words(language, 'service.sample')}` : ''}`}
        lead={manifest.summary[language]}
      />
      <Columns label={say(language, 'service.answerable')} aside={<Answerable language={language} view={view} road={road} />}>
        <Start {...props} />
        <Section title={say(language, 'service.needs')} id="needs">
          <ul>
            {manifest.needs.map((need, index) => (
              <li key={index}>
                <strong>{need.what[language]}</strong>:{' '}
                {words(language, `service.${need.source === 'registry' ? 'registry' : need.source}`)}
                {need.from && ` (${need.from[language]})`}
              </li>
            ))}
          </ul>
        </Section>
        <Section title={say(language, 'service.cost')} id="cost">
          <p>{manifest.fees.free === true ? say(language, 'fee.free') : manifest.fees.summary[language]}</p>
        </Section>
        <Section title={say(language, 'service.time')} id="time">
          <Times language={language} view={view} />
        </Section>
      </Columns>
    </>
  );
}

function Start({ language, view, signedIn, draft }: ServiceProps): JSX.Element {
  const { manifest } = view;
  if (manifest.status !== 'offered')
    return <Notice language={language} tone="warning" title={words(language, 'service.closed')} />;
  if (draft !== undefined) {
    return (
      <p>
        <ButtonLink href={href(language, `/cases/${draft}/apply`)}>{words(language, 'service.continue')}</ButtonLink>
      </p>
    );
  }
  return (
    <form method="post" action={href(language, `/services/${manifest.id}/start`)}>
      <Key />
      {!signedIn && <p>{words(language, 'service.sign-in')}</p>}
      <p>
        <Button>{words(language, 'service.start')}</Button>
      </p>
    </form>
  );
}

function Times({ language, view }: { readonly language: Language; readonly view: ServiceView }): JSX.Element {
  const { deadline, visits } = view.manifest;
  const count = (value: number): string => (value === 0 ? words(language, 'service.no-visit') : numberText(language, value));
  const real = view.real
    ? words(language, 'service.real-value', {
        count: numberText(language, view.real.ended),
        median: spanText(language, view.real.medianSeconds),
        p90: spanText(language, view.real.p90Seconds),
      })
    : words(language, 'service.real-none');
  return (
    <SummaryList
      language={language}
      rows={[
        {
          label: words(language, 'service.legal-time'),
          value: `${durationText(language, deadline.time, true)} (${deadline.legal[language]})`,
        },
        { label: words(language, 'service.norm'), value: durationText(language, deadline.norm, true) },
        { label: words(language, 'service.visits'), value: count(visits.applicant) },
        { label: words(language, 'service.city-visits'), value: numberText(language, visits.city) },
        { label: words(language, 'service.real'), value: real },
      ]}
    />
  );
}

/** Seconds as the largest unit that says something: 90 s → 2 minutes, 3 days → 3 days. */
function spanText(language: Language, seconds: number): string {
  if (seconds >= 86_400) return durationText(language, `P${Math.ceil(seconds / 86_400)}D`);
  if (seconds >= 3600) return durationText(language, `PT${Math.ceil(seconds / 3600)}H`);
  return durationText(language, `PT${Math.max(1, Math.ceil(seconds / 60))}M`);
}

function Answerable({
  language,
  view,
  road,
}: {
  readonly language: Language;
  readonly view: ServiceView;
  readonly road: Road;
}): JSX.Element {
  const duty = dutyRegister(road).find((one) => one.service === view.manifest.id);
  return (
    <>
      <h2>{say(language, 'service.answerable')}</h2>
      <dl>
        <dt>{words(language, 'duties.owner')}</dt>
        <dd>{duty?.owner[language]}</dd>
        <dt>{words(language, 'duties.steward')}</dt>
        <dd>{duty?.steward[language]}</dd>
        {duty?.executors.map((one, index) => [
          <dt key={`step-${index}`}>{one.step[language]}</dt>,
          <dd key={`unit-${index}`}>{who(language, one.role as never, one.unit[language])}</dd>,
        ])}
      </dl>
      <h2>{words(language, 'service.audience')}</h2>
      <p>{view.manifest.audience.map((one) => words(language, `audience.${one}`)).join(language === 'fa' ? '، ' : ', ')}</p>
      <h2>{say(language, 'service.legal')}</h2>
      <ul>
        {view.manifest.legal.map((one, index) => (
          <li key={index}>{one.url === undefined ? one.cite[language] : <a href={one.url}>{one.cite[language]}</a>}</li>
        ))}
      </ul>
    </>
  );
}
