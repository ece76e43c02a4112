// The test environment: questions of a twin contract, answered from the examples that each type publishes, and from nothing else.
// Never reads a register, never writes an inquiry: no unit's inbox, no person's list of looks and no count ever has one.
import { Refusal } from '#base/refusal.ts';
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { canonical } from '#base/json.ts';
import type { JsonObject } from '#base/json.ts';
import type { PersonId } from '#base/ids.ts';
import { samplesOf } from '#catalog/inquiry-samples.ts';
import type { Sample } from '#catalog/inquiry-samples.ts';
import { evolve } from '#inquiries/evolve.ts';
import { validator } from '#inquiries/schema.ts';
import type { Contract, InquiryFact, InquiryId, InquiryState, InquiryType } from '#inquiries/types.ts';
import { insertDelivery } from '#store/hooks.ts';
import { findSample, findSampleByKey, insertSample } from '#store/samples.ts';
import type { SampleRow } from '#store/samples.ts';
import type { KeptAnswer, KeptQuestion } from '#store/partners.ts';
import { digestOf } from '#work/digest.ts';
import type { Road } from '#work/road.ts';

/** How long "people" take. */
const LATER_MS = 3000;

export type SampleQuestion = {
  readonly type: string;
  readonly question: JsonObject;
  readonly key: string;
  readonly kept: KeptQuestion;
  /** The signed answer, to be kept where there is one at once. */
  readonly keep: (state: InquiryState) => Promise<KeptAnswer>;
};

/** Throws Refusal `invalid-answers`, `sample-not-found`, `key-reused`. */
export async function askSample(road: Road, contract: Contract, asked: SampleQuestion): Promise<InquiryState> {
  const { inquiry } = road.catalogue.inquiryType(asked.type);
  const faults = validator(inquiry.type.question)(asked.question);
  if (faults.length > 0) throw new Refusal('invalid-answers', { fields: faults });
  const text = canonical(asked.question);
  const digest = digestOf([asked.type, asked.question]);
  const sample = samplesOf(inquiry).find((one) => canonical(one.question) === text);
  if (!sample) throw new Refusal('sample-not-found', { type: asked.type });
  const now = road.ports.world.now();
  const readyAt = sample.isLater ? plusMillis(now, LATER_MS) : now;
  const id = `t${Buffer.from(road.ports.world.random(12)).toString('hex')}` as InquiryId;
  const state = stateOf(contract, { id, type: inquiry.type, sample, now, readyAt });
  const shown = stateAt(state, readyAt, now);
  const row: SampleRow = {
    id,
    digest,
    readyAt,
    state,
    question: asked.kept,
    answer: shown.answer ? await asked.keep(shown) : null,
  };
  const isNew = await insertSample(road.pool, { ...row, contract: contract.id, key: asked.key, askedAt: now });
  if (!isNew) return before(road, contract, asked.key, digest);
  if (sample.isLater && sample.answer) await tellLater(road, contract, { state, now, readyAt });
  return shown;
}

async function before(road: Road, contract: Contract, key: string, digest: string): Promise<InquiryState> {
  const known = await findSampleByKey(road.pool, contract.id, key);
  if (!known || known.digest !== digest) throw new Refusal('key-reused', {});
  return stateAt(known.state, known.readyAt, road.ports.world.now());
}

type Telling = { readonly state: InquiryState; readonly now: Instant; readonly readyAt: Instant };

/** As in earnest: where the organisation's test system gave an address. */
async function tellLater(road: Road, contract: Contract, { state, now, readyAt }: Telling): Promise<void> {
  const { id, type } = state;
  await insertDelivery(road.pool, {
    id: `msg_${id}_1`,
    contract: contract.id,
    inquiry: id,
    body: { id, inquiryType: type, status: 'answered', test: true },
    createdAt: now,
    dueAt: readyAt,
  });
}

/** Throws Refusal `inquiry-not-found`. */
export async function loadSample(road: Road, contract: Contract, id: string): Promise<SampleRow> {
  const row = await findSample(road.pool, contract.id, id.slice(0, 60));
  if (!row) throw new Refusal('inquiry-not-found', { inquiry: id.slice(0, 60) });
  return { ...row, state: stateAt(row.state, row.readyAt, road.ports.world.now()) };
}

/** Before it is ready, nobody has answered yet. */
function stateAt(state: InquiryState, readyAt: Instant, now: Instant): InquiryState {
  if (now >= readyAt) return state;
  const { answer: _answer, ...waiting } = state;
  return { ...waiting, status: 'waiting' };
}

type Sampling = {
  readonly id: InquiryId;
  readonly type: InquiryType;
  readonly sample: Sample;
  readonly now: Instant;
  readonly readyAt: Instant;
};

/** The life of a real inquiry, folded as one is, without its log. */
function stateOf(contract: Contract, { id, type, sample, now, readyAt }: Sampling): InquiryState {
  const person = `client:${contract.id}` as PersonId;
  const asker = {
    by: 'contract',
    contract: contract.id,
    version: contract.version,
    organisation: contract.organisation.id,
    person,
  } as const;
  const by = sample.isLater ? ('unit' as const) : ('register' as const);
  const { question, answer: value } = sample;
  const facts: readonly (InquiryFact & { readonly at: Instant })[] = [
    {
      type: 'InquiryAsked',
      at: now,
      data: { id, type: type.id, version: type.version, asker, question, subject: {}, due: readyAt },
    },
    {
      type: 'ResponderAsked',
      at: now,
      data: {
        responder: Math.max(
          0,
          type.responders.findIndex((one) => one.by === by),
        ),
      },
    },
    ...(value
      ? [
          {
            type: 'InquiryAnswered' as const,
            at: readyAt,
            data: { value, provenance: { responder: by, source: 'sample', asOf: now } },
          },
        ]
      : []),
  ] as const;
  let state: InquiryState | undefined;
  for (const [at, fact] of facts.entries()) state = evolve(state, { ...fact, seq: at + 1 });
  if (!state) throw new TypeError('a sample is asked');
  return state;
}
