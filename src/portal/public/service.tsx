// A service's start page: what it needs, costs, takes, and who answers for it, before anyone applies.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language, Text } from '#base/text.ts';
import type { TariffDateRule } from '#catalog/types.ts';
import { readerOf } from '#door/visitor.ts';
import type { Road } from '#work/road.ts';
import { ownDraft } from '#work/views/lists.ts';
import { dutyRegister, loadService } from '#work/views/public.ts';
import type { Duty, ServiceView } from '#work/views/public.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { feeWords } from '#portal/fee-words.ts';
import { page } from '#portal/page-route.ts';
import { Button, ButtonLink } from '#portal/ui/actions.tsx';
import { Columns, Section } from '#portal/ui/cards.tsx';
import { SummaryList, who } from '#portal/ui/case-parts.tsx';
import { durationText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { say } from '#portal/ui/words.ts';
import { words } from './words.ts';

export function servicePageRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/services/:service', async (request) => {
    const { language, visitor, params } = request;
    const view = await loadService(road, params['service'] ?? '');
    const draft = visitor ? await ownDraft(road, readerOf(visitor), view.manifest.id) : undefined;
    const duty = dutyRegister(road).find((one) => one.service === view.manifest.id);
    const title = view.manifest.title[language];
    return composePage(road, request, {
      title,
      breadcrumbs: [
        { href: href(language, '/services'), label: say(language, 'nav.services') },
        { href: href(language, `/services/${view.manifest.id}`), label: title },
      ],
      body: (
        <ServicePage
          language={language}
          view={view}
          duty={duty}
          signedIn={visitor !== undefined}
          draft={draft}
          inquiries={inquiriesOf(road, view.manifest.inquiries)}
        />
      ),
    });
  });
}

function inquiriesOf(road: Road, ids: readonly string[]): ServiceProps['inquiries'] {
  return road.catalogue.inquiryTypes().flatMap(({ inquiry: { type } }) => (ids.includes(type.id) ? [type] : []));
}

type ServiceProps = {
  readonly language: Language;
  readonly view: ServiceView;
  readonly duty: Duty | undefined;
  readonly signedIn: boolean;
  readonly draft: string | undefined;
  readonly inquiries?: readonly { readonly id: string; readonly title: Text }[];
};

export function ServicePage(props: ServiceProps): JSX.Element {
  const { language, view, duty } = props;
  const { manifest } = view;
  return (
    <>
      <Heading
        title={manifest.title[language]}
        caption={`${say(language, `kind.${manifest.kind}`)} · ${say(language, `mode.${manifest.mode}`)}${manifest.sample ? ` · ${words(language, 'service.sample')}` : ''}`}
        lead={manifest.summary[language]}
      />
      <Columns label={say(language, 'service.answerable')} aside={<Answerable language={language} view={view} duty={duty} />}>
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
          {manifest.fees.date && <p class="soft">{tariffDay(language, manifest.fees.date)}</p>}
        </Section>
        <Inquiries language={language} inquiries={props.inquiries ?? []} />
        <Section title={say(language, 'service.time')} id="time">
          <Times language={language} view={view} />
        </Section>
      </Columns>
    </>
  );
}

function Inquiries({ language, inquiries }: Required<Pick<ServiceProps, 'language' | 'inquiries'>>): JSX.Element | null {
  if (inquiries.length === 0) return null;
  return (
    <Section title={words(language, 'service.inquiries')} id="inquiries">
      <ul>
        {inquiries.map((one) => (
          <li key={one.id}>
            <a href={href(language, `/inquiries/types/${one.id}`)}>{one.title[language]}</a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Which day's tariff an applicant will pay by, said before applying. */
function tariffDay(language: Language, { rule, legal }: TariffDateRule): string {
  return feeWords(language, 'fee.by', { day: feeWords(language, `fee.date.${rule}`), legal: legal[language] });
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

/** Fewer cases say more about those cases than about the service. */
const ENOUGH = 5;

function Times({ language, view }: { readonly language: Language; readonly view: ServiceView }): JSX.Element {
  const { deadline, visits } = view.manifest;
  const count = (value: number): string => (value === 0 ? words(language, 'service.no-visit') : numberText(language, value));
  const real =
    view.real && view.real.ended >= ENOUGH
      ? words(language, 'service.real-value', {
          count: numberText(language, view.real.ended),
          median: spanText(language, view.real.medianSeconds),
          p90: spanText(language, view.real.p90Seconds),
        })
      : words(language, 'service.real-none', { enough: ENOUGH, count: view.real?.ended ?? 0 });
  return (
    <SummaryList
      language={language}
      rows={[
        {
          label: words(language, 'service.legal-time'),
          value: (
            <>
              {durationText(language, deadline.time, true)}
              <p class="soft">{deadline.legal[language]}</p>
            </>
          ),
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
  duty,
}: {
  readonly language: Language;
  readonly view: ServiceView;
  readonly duty: Duty | undefined;
}): JSX.Element {
  return (
    <>
      <h2>{say(language, 'service.answerable')}</h2>
      <dl>
        <dt>
          <strong>{words(language, 'duties.owner')}</strong>
        </dt>
        <dd>{duty?.owner[language]}</dd>
        <dt>
          <strong>{words(language, 'duties.steward')}</strong>
        </dt>
        <dd>{duty?.steward[language]}</dd>
        {duty?.executors.map((one, index) => [
          <dt key={`step-${index}`}>
            <strong>{one.step[language]}</strong>
          </dt>,
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
