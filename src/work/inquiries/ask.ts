// Asking: once under its key, answered at once where a register can; question, answer and evidence in one statement.
// A question sent again under its key is the same question.
import { Refusal } from '#base/refusal.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { plusPeriod } from '#calendar/period.ts';
import type { Hat } from '#cases/types.ts';
import { requireAllowed } from '#inquiries/contract.ts';
import { validator } from '#inquiries/schema.ts';
import type { Asker, InquiryId, InquiryState } from '#inquiries/types.ts';
import { findInquiryKey, loadInquiry } from '#store/inquiries.ts';
import type { Evidence, InquiryStep } from '#store/inquiries.ts';
import type { Spending } from '#store/partners.ts';
import { digestOf } from '#work/digest.ts';
import { subjectKey } from '#work/looks.ts';
import { replayRefusal } from '#work/purse.ts';
import type { Road } from '#work/road.ts';
import { append, folded } from './change.ts';
import type { Inquired } from './change.ts';
import { firstFacts, lookUp } from './respond.ts';

export type Question = {
  readonly asker: Asker;
  /** Whose idempotency keys these are: the person or program that asks. */
  readonly by: Hat;
  readonly type: string;
  readonly question: JsonObject;
  readonly key: string;
  /** What is kept of the exchange beside it, once the state is known: nothing is answered that is not kept. */
  readonly evidence?: (state: InquiryState) => Promise<Evidence>;
  /** Gives identifiers of the exchange that are good once: spent by the statement that keeps the question. */
  readonly spends?: () => readonly Spending[];
};

/** Asks. Gives the answer with it where a register has one. Throws Refusal: contract, schema (with pointers), `key-reused`. */
export async function ask(road: Road, given: Question): Promise<Inquired> {
  const { definition, inquiry } = road.catalogue.inquiryType(given.type);
  const now = road.ports.world.now();
  if (given.asker.by === 'contract') requireAllowed(road.catalogue.contract(given.asker.contract), given.type, now);
  const faults = validator(inquiry.type.question)(given.question);
  if (faults.length > 0) throw new Refusal('invalid-answers', { fields: faults });
  const digest = digestOf([given.type, given.question]);
  const id = `q${Buffer.from(road.ports.world.random(12)).toString('hex')}` as InquiryId;
  const known = await lookUp(road, inquiry, { given, digest, now });
  await requireNewest(road, given, known.version);
  const facts = firstFacts(road, { id, given, inquiry, now, known });
  const { state, events } = folded(undefined, facts, { at: now, by: given.by, seq: 0 });
  const evidence = await given.evidence?.(state);
  const written = await append(road, {
    id,
    expected: 0,
    ...(evidence && { evidence }),
    ...(given.spends && { spends: given.spends() }),
    state,
    definition,
    events,
    leaf: '',
    key: { key: given.key, digest },
    asker: given.by.person,
    owner: inquiry.type.owner,
    subject: state.subject.person === undefined ? null : subjectKey(road, state.subject.person),
    questionHash: digest,
    visibleAt: visibleAt(road, given.asker, now),
  });
  if (typeof written === 'object') throw replayRefusal(written.replayed);
  if (written === 'repeated') return askedBefore(road, given, digest);
  if (state.connector !== undefined) road.nudge();
  return { id, seq: events.length, state };
}

/** Under this key something was asked before: the same inquiry, where it was the same question. */
async function askedBefore(road: Road, { by, key }: Question, digest: string): Promise<Inquired> {
  const before = await findInquiryKey(road.pool, by.person, key);
  if (before?.digest !== digest) throw new Refusal('key-reused', {});
  const { state, seq } = await loadInquiry(road.pool, before.id);
  return { id: before.id, seq, state };
}

/** A contract that another server changed or ended is so from the next question on. Throws Refusal `contract-not-in-force`. */
async function requireNewest(road: Road, { asker, type }: Question, version: number | null): Promise<void> {
  if (asker.by !== 'contract' || version === road.catalogue.contract(asker.contract).version) return;
  await road.catalogue.refresh();
  const contract = road.catalogue.contract(asker.contract);
  requireAllowed(contract, type, road.ports.world.now());
  if (contract.version !== asker.version) throw new Refusal('contract-not-in-force', { contract: contract.id });
}

function visibleAt(road: Road, asker: Asker, now: Instant): InquiryStep['visibleAt'] {
  if (asker.by === 'case') return now;
  const { visibility } = road.catalogue.contract(asker.contract);
  if (visibility === 'court') return 'infinity';
  return visibility === 'now' ? now : plusPeriod(now, visibility.after);
}
