// One field of a person's own data: what it is, where it comes from, what it was before, and the form by which they say that it is wrong.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { JSX } from 'preact';
import type { JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { Page } from '#forms/types.ts';
import { dispute } from '#work/disputes/dispute.ts';
import type { DatumName } from '#work/disputes/dispute.ts';
import { openEvidence, sealEvidence } from '#work/disputes/evidence.ts';
import type { Road } from '#work/road.ts';
import { ownDatumView } from '#work/views/own-data.ts';
import type { DatumView } from '#work/views/own-data.ts';
import { faultMessage } from '#portal/answers.tsx';
import { composePage } from '#portal/compose-page.tsx';
import { intentOf } from '#portal/intent.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { takeTexts } from '#portal/sent-form.ts';
import { ButtonLink } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { dateText } from '#portal/ui/format.ts';
import { FormPage, formErrors } from '#portal/ui/form.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { readForm } from '#portal/ui/read-form.ts';
import { sourceText } from './known.tsx';
import { takeClaim } from './sent-claim.ts';
import { DataValue } from './value.tsx';
import { backOf, dataViewer } from './viewer.ts';
import { words } from './words.ts';

const PATH = '/mine/data/:register/:key/:member';

export function datumRoutes(server: FastifyInstance, road: Road): void {
  page(server, PATH, async (request) => {
    const view = await ownDatumView(road, dataViewer(request), nameOf(request));
    return datumPage(road, request, { view, faults: [], values: {}, sealed: '', back: backOf(request.query['back']) });
  });
  post(server, PATH, (request) => send(road, request));
}

function nameOf({ params }: PageRequest): DatumName {
  return { register: params['register'] ?? '', key: params['key'] ?? '', member: params['member'] ?? '' };
}

type Shown = {
  readonly view: DatumView;
  readonly faults: readonly FieldFault[];
  readonly values: JsonObject;
  /** A file that came with a form that was refused: it need not be chosen again. */
  readonly sealed: string;
  readonly back: string | undefined;
};

function datumPage(road: Road, request: PageRequest, shown: Shown): string {
  const { language } = request;
  const { back } = shown;
  const { datum } = shown.view;
  const claim = claimProps(road, request, shown);
  const title = datum.title[language];
  const content = (
    <>
      <Heading title={title} lead={sourceText(language, datum)} />
      <SummaryList
        language={language}
        rows={[
          {
            label: words(language, 'datum.now'),
            value: <DataValue language={language} type={datum.type} value={datum.value} />,
          },
        ]}
      />
      <Claim request={request} view={shown.view} claim={claim} />
      <Past request={request} view={shown.view} />
    </>
  );
  return composePage(road, request, {
    title,
    body: content,
    errors: claim ? formErrors(claim) : [],
    back: href(language, back ?? '/mine/data'),
    personal: true,
  });
}

type Props = { readonly request: PageRequest; readonly view: DatumView };

function Claim({ request, view, claim }: Props & { readonly claim: ReturnType<typeof claimProps> }): JSX.Element {
  const { language } = request;
  const open = view.disputes.find((one) => one.status === 'open');
  if (open)
    return (
      <Notice language={language} tone="info" title={words(language, 'datum.open')}>
        <ButtonLink href={href(language, `/mine/disputes/${open.id}`)} weight="secondary">
          {words(language, 'datum.see')}
        </ButtonLink>
      </Notice>
    );
  if (!claim) return <p>{words(language, 'datum.key')}</p>;
  return (
    <Section title={words(language, 'datum.claim')} id="claim">
      <p>{words(language, 'datum.claim-lead')}</p>
      <FormPage {...claim} />
    </Section>
  );
}

function claimProps(road: Road, request: PageRequest, { view, faults, values, sealed, back }: Shown) {
  const { language } = request;
  if (!view.claim) return undefined;
  const { form, texts } = view.claim;
  const kept = openEvidence(road, dataViewer(request).reader.person, sealed);
  return {
    language,
    page: pageOf(form.pages),
    texts,
    values,
    faults,
    message: faultMessage(texts),
    ...(kept && { uploaded: { evidence: [{ name: kept.name, size: kept.size }] } }),
    action: href(language, request.path.split('?')[0] ?? ''),
    inputs: { key: randomUUID(), ...(back !== undefined && { back }), ...(kept && { sealed }) },
    submit: words(language, 'datum.send'),
    headless: true,
  };
}

function pageOf([first]: readonly Page[]): Page {
  if (!first) throw new TypeError('the form of a claim has its page');
  return first;
}

function Past({ request: { language }, view: { past, datum } }: Props): JSX.Element {
  return (
    <Section title={words(language, 'datum.past')} id="past">
      {past.length === 0 ? (
        <p>{words(language, 'datum.no-past')}</p>
      ) : (
        <ul>
          {past.map((one) => (
            <li key={one.until}>
              <DataValue language={language} type={datum.type} value={one.value} />{' '}
              <span class="soft">
                {words(language, 'datum.as-of', { date: dateText(language, one.asOf) })},{' '}
                {words(language, 'datum.until', { date: dateText(language, one.until) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

async function send(road: Road, request: PageRequest): Promise<FastifyReply> {
  // Nobody is signed in: the texts are read, so that the page that asks to sign in can keep them.
  if (!request.visitor) await takeTexts(request);
  const viewer = dataViewer(request);
  const { person } = viewer.reader;
  const name = nameOf(request);
  const view = await ownDatumView(road, viewer, name);
  if (!view.claim) throw new Refusal('record-not-found', { register: name.register });
  const sent = await takeClaim(road, request);
  const evidence = sent.evidence ?? openEvidence(road, person, textOf(sent.body, 'sealed'));
  const raw = readForm(pageOf(view.claim.form.pages), sent.body) as JsonObject;
  const back = backOf(textOf(sent.body, 'back'));
  try {
    if (sent.faults.length > 0) throw new Refusal('invalid-answers', { fields: [] });
    const id = await dispute(road, viewer, { datum: name, raw, evidence, key: intentOf(request, sent.body) });
    return request.go(`/mine/disputes/${id}?done=1${back === undefined ? '' : `&back=${encodeURIComponent(back)}`}`);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-answers') throw error;
    const faults = [...sent.faults, ...(error.facts.fields ?? [])];
    const sealed = evidence ? sealEvidence(road, person, evidence) : '';
    return request.reply
      .code(422)
      .type('text/html; charset=utf-8')
      .send(datumPage(road, request, { view, faults, values: raw, sealed, back }));
  }
}
