// Two records side by side, what speaks for and against their being one, and the steward's decision: one, or two, or a merge undone. With a reason.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import { Refusal } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { linkerOf } from '#work/registry/link.ts';
import { decideAsSteward } from '#work/registry/steward.ts';
import type { StewardAct } from '#work/registry/steward.ts';
import { mergePage, pairPage, stewardHat } from '#work/views/registry.ts';
import type { PairPage } from '#work/views/registry.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { actOrAgain } from '#portal/inquiries/again.ts';
import { intentOf } from '#portal/intent.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import { href } from '#portal/ui/href.ts';
import { TextArea } from '#portal/ui/inputs.tsx';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { Versus } from './versus.tsx';
import { numberIn, registryViewer } from './viewer.ts';
import { words } from './words.ts';

const LONGEST_REASON = 2000;

export function pairRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/registry/pairs/:one/:other', async (request) => showPair(road, request, { of: await pairOf(road, request) }));
  post(server, '/registry/pairs/:one/:other', async (request) => decidePair(road, request));
  page(server, '/registry/merges/:merge', async (request) => showMerge(road, request, { of: await mergeOf(road, request) }));
  post(server, '/registry/merges/:merge', async (request) => part(road, request));
}

const numbersIn = ({ params }: PageRequest): readonly [number, number] => [numberIn(params['one']), numberIn(params['other'])];
const mergeIn = ({ params }: PageRequest): string => (params['merge'] ?? '').slice(0, 60);

function pairOf(road: Road, request: PageRequest): Promise<PairPage> {
  return pairPage(road, registryViewer(request), numbersIn(request));
}

function mergeOf(road: Road, request: PageRequest): Promise<PairPage> {
  return mergePage(road, registryViewer(request), mergeIn(request));
}

/** `refused`: why the road did not take the decision. */
type Shown = {
  readonly of: PairPage;
  readonly reason?: string;
  readonly missing?: string | undefined;
  readonly refused?: string | undefined;
};

async function decidePair(road: Road, request: PageRequest): Promise<FastifyReply | string> {
  const pair = numbersIn(request);
  const isMerge = textOf(request.body, 'do') === 'merge';
  const act: StewardAct = { do: isMerge ? 'merge' : 'apart', pair };
  const kind = textOf(request.body, 'kind');
  const to = isMerge ? `/registry/entities/${pair[0]}?done=merge` : `/registry/queue?kind=${encodeURIComponent(kind)}&done=apart`;
  return decide(road, request, {
    act,
    to,
    shown: async (more) =>
      showPair(road, request, { of: await pairOf(road, request), ...more, reason: textOf(request.body, 'reason') }),
  });
}

async function part(road: Road, request: PageRequest): Promise<FastifyReply | string> {
  // Sent again, the merge stands no longer: its address names a record of it.
  const number = numberIn(textOf(request.body, 'number'));
  return decide(road, request, {
    act: { do: 'part', merge: mergeIn(request) },
    to: `/registry/entities/${number}?done=part`,
    shown: async (more) =>
      showMerge(road, request, { of: await mergeOf(road, request), ...more, reason: textOf(request.body, 'reason') }),
  });
}

type Decision = {
  readonly act: StewardAct;
  readonly to: string;
  readonly shown: (more: Partial<Shown>) => Promise<string>;
};

async function decide(road: Road, request: PageRequest, { act, to, shown }: Decision): Promise<FastifyReply | string> {
  const { body, language } = request;
  const by = stewardHat(registryViewer(request));
  const reason = textOf(body, 'reason').trim().slice(0, LONGEST_REASON);
  try {
    return await actOrAgain(
      request,
      async () => {
        await decideAsSteward(linkerOf(road), { act, reason, by, key: intentOf(request, body) });
        return to;
      },
      () => shown({ missing: words(language, 'pair.reason-needed') }),
    );
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'merge-refused' || error.facts['why'] === 'parted-already') throw error;
    request.reply.code(422);
    return shown({ refused: whyText(language, error.facts['why']) });
  }
}

const WHYS = ['keys-differ', 'one-already', 'other-kind', 'parted-already'] as const;

function whyText(language: Language, why: unknown): string {
  return words(language, `refused.${WHYS.find((one) => one === why) ?? 'other'}`);
}

function showPair(road: Road, request: PageRequest, shown: Shown): string {
  const { language } = request;
  const { of } = shown;
  const [one, other] = numbersIn(request);
  const title = words(language, 'pair.title');
  const body = (
    <>
      <Heading title={title} caption={words(language, `kind.${of.kind}`)} />
      {shown.refused !== undefined && (
        <Notice language={language} tone="danger" live>
          <p>{shown.refused}</p>
        </Notice>
      )}
      {of.isOne && <Notice language={language} tone="info" title={words(language, 'pair.is-one')} />}
      <Versus language={language} pair={of} />
      {!of.isOne && (
        <Section title={words(language, 'pair.decide')} id="decide">
          <form
            method="post"
            action={href(language, `/registry/pairs/${one}/${other}`)}
            novalidate
            data-keep={`pair-${one}-${other}`}
          >
            <Key />
            <input type="hidden" name="kind" value={of.kind} />
            <Reason language={language} shown={shown} />
            <Actions>
              <Button name="do" value="merge">
                {words(language, 'pair.merge')}
              </Button>
              <Button name="do" value="apart" weight="secondary">
                {words(language, 'pair.apart')}
              </Button>
            </Actions>
          </form>
        </Section>
      )}
    </>
  );
  return composed(road, request, { title, body, shown, back: `/registry/queue?kind=${of.kind}` });
}

function showMerge(road: Road, request: PageRequest, shown: Shown): string {
  const { language } = request;
  const { of } = shown;
  const title = words(language, 'part.title');
  const [{ number }] = of.sides;
  const body = (
    <>
      <Heading title={title} lead={words(language, 'part.lead')} caption={words(language, `kind.${of.kind}`)} />
      {shown.refused !== undefined && (
        <Notice language={language} tone="danger" live>
          <p>{shown.refused}</p>
        </Notice>
      )}
      <Versus language={language} pair={of} />
      <form method="post" action={href(language, `/registry/merges/${mergeIn(request)}`)} novalidate>
        <Key />
        <input type="hidden" name="number" value={number} />
        <Reason language={language} shown={shown} />
        <Actions>
          <Button weight="danger">{words(language, 'part.do')}</Button>
        </Actions>
      </form>
    </>
  );
  return composed(road, request, { title, body, shown, back: `/registry/entities/${number}` });
}

function Reason({ language, shown }: { readonly language: Language; readonly shown: Shown }): JSX.Element {
  return (
    <TextArea
      language={language}
      name="reason"
      label={words(language, 'pair.reason')}
      hint={words(language, 'pair.reason-hint')}
      value={shown.reason}
      error={shown.missing}
      maxLength={LONGEST_REASON}
      rows={3}
    />
  );
}

type Composing = { readonly title: string; readonly body: JSX.Element; readonly shown: Shown; readonly back: string };

function composed(road: Road, request: PageRequest, { title, body, shown, back }: Composing): string {
  const errors = shown.missing === undefined ? [] : [{ message: shown.missing, field: fieldId('reason') }];
  return composePage(road, request, { title, body, errors, wide: true, back: href(request.language, back), personal: true });
}
