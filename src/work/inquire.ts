// The road of inquiries: asked once, answered at once where a register can, else by the people of a unit; all in one statement a step.
// The only functions that change an inquiry. A question sent again under its key is the same question.
import { createHash, createHmac } from 'node:crypto';
import { Refusal } from '#base/refusal.ts';
import type { Instant } from '#base/instant.ts';
import { canonical } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import { plusPeriod } from '#calendar/period.ts';
import { parseWorkingDuration, workingDue } from '#calendar/working.ts';
import { answerByRule, registerKey, subjectOf } from '#catalog/inquiry-rule.ts';
import type { InquiryPackage } from '#catalog/types.ts';
import type { Hat } from '#cases/types.ts';
import { requireAllowed } from '#inquiries/contract.ts';
import { answered, failed, forwarded, passedOn, silent } from '#inquiries/decide.ts';
import { evolve } from '#inquiries/evolve.ts';
import { validator } from '#inquiries/schema.ts';
import type { Asker, InquiryFact, InquiryId, InquiryState, Provenance } from '#inquiries/types.ts';
import { findRegisterRecord } from '#store/catalogue.ts';
import { appendInquiry, findInquiryKey, findStandingAnswer, listOverdueInquiries, loadInquiry } from '#store/inquiries.ts';
import type { Evidence, InquiryStep } from '#store/inquiries.ts';
import { wakeWant } from '#store/wants.ts';
import { commitEvents } from './commit-events.ts';
import type { Road } from './road.ts';

export type Question = {
  readonly asker: Asker;
  /** Whose idempotency keys these are: the person or program that asks. */
  readonly by: Hat;
  readonly type: string;
  readonly question: JsonObject;
  readonly key: string;
  /** What is kept of the exchange beside it, once the state is known: nothing is answered that is not kept. */
  readonly evidence?: (state: InquiryState) => Promise<Evidence>;
};
export type Inquired = { readonly id: InquiryId; readonly seq: number; readonly state: InquiryState };

/** Asks. Gives the answer with it where a register has one. Throws Refusal: contract, schema (with pointers), `key-reused`. */
export async function ask(road: Road, given: Question): Promise<Inquired> {
  const { definition, inquiry } = road.catalogue.inquiryType(given.type);
  const now = road.ports.world.now();
  if (given.asker.by === 'contract') requireAllowed(road.catalogue.contract(given.asker.contract), given.type, now);
  const faults = validator(inquiry.type.question)(given.question);
  if (faults.length > 0) throw new Refusal('invalid-answers', { fields: faults });
  const digest = hash([given.type, given.question]);
  const before = await findInquiryKey(road.pool, given.by.person, given.key);
  if (before) return known(road, before, digest);
  const id = `q${Buffer.from(road.ports.world.random(12)).toString('hex')}` as InquiryId;
  const found = await lookUp(road, inquiry, given.question);
  const facts = await firstFacts(road, { id, given, inquiry, now, found });
  const { state, events } = folded(undefined, facts, { at: now, by: given.by, seq: 0 });
  const evidence = await given.evidence?.(state);
  const written = await append(road, {
    id,
    expected: 0,
    ...(evidence && { evidence }),
    state,
    definition,
    events,
    leaf: '',
    key: { key: given.key, digest },
    asker: given.by.person,
    subject: state.subject.person === undefined ? null : subjectKey(road, state.subject.person),
    questionHash: digest,
    visibleAt: visibleAt(road, given.asker, now),
  });
  if (written === 'repeated') return ask(road, given);
  return { id, seq: events.length, state };
}

async function known(road: Road, before: { readonly id: InquiryId; readonly digest: string }, digest: string): Promise<Inquired> {
  if (before.digest !== digest) throw new Refusal('key-reused', {});
  const { state, seq } = await loadInquiry(road.pool, before.id);
  return { id: before.id, seq, state };
}

type Found = { readonly record: JsonObject; readonly source: string; readonly asOf: Instant } | undefined;

async function lookUp(road: Road, { type }: InquiryPackage, question: JsonObject): Promise<Found> {
  const register = type.responders.find((one) => one.by === 'register');
  const key = register && registerKey(register.key, question);
  if (!register || key === undefined) return undefined;
  const row = await findRegisterRecord(road.pool, register.register, key);
  return row && { record: row.body, source: row.source, asOf: row.asOf };
}

type First = {
  readonly id: InquiryId;
  readonly given: Question;
  readonly inquiry: InquiryPackage;
  readonly now: Instant;
  readonly found: Found;
};

async function firstFacts(road: Road, { id, given, inquiry, now, found }: First): Promise<readonly InquiryFact[]> {
  const { type } = inquiry;
  const calendar = road.catalogue.calendar('city');
  const asked: InquiryFact = {
    type: 'InquiryAsked',
    data: {
      id,
      type: type.id,
      version: type.version,
      asker: given.asker,
      question: given.question,
      subject: subjectOf(type, given.question, found?.record ?? null),
      due: workingDue(calendar, now, parseWorkingDuration(type.deadline)),
    },
  };
  const standing =
    type.reuse === undefined
      ? undefined
      : await findStandingAnswer(road.pool, { type: type.id, hash: hash([type.id, given.question]), now });
  if (standing?.answer) {
    const { value, provenance, until } = standing.answer;
    const reused: Provenance = { ...provenance, reused: standing.id };
    return [asked, { type: 'InquiryAnswered', data: { value, provenance: reused, ...(until !== undefined && { until }) } }];
  }
  return [asked, ...respond(inquiry, given.question, { found, now })];
}

/** The responders that answer without waiting, in turn; the first that has to be waited for is asked. */
function respond(
  inquiry: InquiryPackage,
  question: JsonObject,
  { found, now }: { readonly found: Found; readonly now: Instant },
): readonly InquiryFact[] {
  const { type } = inquiry;
  const facts: InquiryFact[] = [];
  for (const [responder, one] of type.responders.entries()) {
    if (one.by !== 'register')
      return [...facts, { type: 'ResponderAsked', data: { responder, ...(one.by === 'unit' && { unit: one.unit as UnitId }) } }];
    const value = answerByRule(inquiry, question, found?.record ?? null);
    const provenance: Provenance = { responder: 'register', source: found?.source ?? one.register, asOf: found?.asOf ?? now };
    facts.push({ type: 'ResponderAsked', data: { responder } });
    if (value !== null) return [...facts, { type: 'InquiryAnswered', data: { value, provenance, ...standing(type.reuse, now) } }];
    facts.push({ type: 'ResponderFailed', data: { responder, reason: 'the register does not know' } });
  }
  return [...facts, { type: 'InquiryDied', data: { reason: 'nobody is left to ask' } }];
}

function standing(reuse: string | undefined, now: Instant): { readonly until?: Instant } {
  return reuse === undefined ? {} : { until: plusPeriod(now, reuse) };
}

/** What an officer does with an inquiry of their unit. */
export type Act =
  | { readonly do: 'answer'; readonly value: JsonObject }
  | { readonly do: 'forward'; readonly to: UnitId; readonly reason: string }
  | { readonly do: 'pass'; readonly reason: string };

export type Officer = { readonly hat: Hat; readonly nationalId: string };

/** Throws Refusal `inquiry-not-with-unit`, `own-case` where it is about the officer, `invalid-answers` with pointers. */
export async function act(
  road: Road,
  id: InquiryId,
  { officer, act: given }: { readonly officer: Officer; readonly act: Act },
): Promise<Inquired> {
  return change(road, id, officer.hat, async ({ state, definition }) => {
    const { type } = await road.catalogue.inquiryByDefinition(definition);
    const { hat } = officer;
    if (hat.unit === undefined || state.unit !== hat.unit)
      throw new Refusal('inquiry-not-with-unit', { inquiry: id, unit: hat.unit });
    if (state.subject.person === officer.nationalId) throw new Refusal('own-case', {});
    const now = road.ports.world.now();
    switch (given.do) {
      case 'answer': {
        const faults = validator(type.answer)(given.value);
        if (faults.length > 0) throw new Refusal('invalid-answers', { fields: faults });
        const provenance: Provenance = { responder: 'unit', source: hat.unit, asOf: now, person: hat.person as PersonId };
        return answered(state, { value: given.value, provenance, ...standing(type.reuse, now) });
      }
      case 'forward':
        if (!road.catalogue.units().some((one) => one.id === given.to))
          throw new Refusal('invalid-answers', { fields: [{ pointer: '/to', code: 'not-an-option' }] });
        return forwarded(state, { from: hat.unit, to: given.to, reason: given.reason });
      case 'pass':
        return passedOn(state, type, given.reason);
    }
  });
}

/** Lets silence fall on what is overdue. Gives how many. */
export async function silenceInquiries(road: Road): Promise<number> {
  const overdue = await listOverdueInquiries(road.pool, road.ports.world.now(), 100);
  for (const id of overdue)
    await change(road, id, SYSTEM, async ({ state, definition }) => {
      const { type } = await road.catalogue.inquiryByDefinition(definition);
      return silent(state, type, road.ports.world.now());
    });
  return overdue.length;
}

/** A connector's trouble, told by the ticker. */
export async function noteFailure(road: Road, id: InquiryId, reason: string): Promise<Inquired> {
  return change(road, id, SYSTEM, async ({ state, definition }) =>
    failed(state, (await road.catalogue.inquiryByDefinition(definition)).type, reason),
  );
}

const SYSTEM: Hat = { person: 'system', role: 'system' };
const MOST_TRIES = 8;

type Loaded = Awaited<ReturnType<typeof loadInquiry>>;

/** One step on an inquiry: load, decide, append at the expected version; again where another step came first. No facts is no step. */
async function change(
  road: Road,
  id: InquiryId,
  by: Hat,
  decide: (loaded: Loaded) => Promise<readonly InquiryFact[]>,
): Promise<Inquired> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const loaded = await loadInquiry(road.pool, id);
    const facts = await decide(loaded);
    if (facts.length === 0) return { id, seq: loaded.seq, state: loaded.state };
    const { state, events } = folded(loaded.state, facts, { at: road.ports.world.now(), by, seq: loaded.seq });
    const { definition, leaf, seq } = loaded;
    const written = await append(road, {
      id,
      expected: seq,
      state,
      definition,
      events,
      leaf,
      asker: '',
      subject: null,
      questionHash: '',
      visibleAt: null,
    });
    if (written !== 'written') continue;
    await wake(road, state);
    return { id, seq: seq + events.length, state };
  }
  throw new Refusal('conflict-persisted', { inquiry: id });
}

/** For one who has just begun to wait: what was answered in between is not waited for. */
export async function wakeIfAnswered(road: Road, id: InquiryId): Promise<void> {
  await wake(road, (await loadInquiry(road.pool, id)).state);
}

/** A process that waits for this inquiry goes on. A server killed before this looks again by itself (effects.ts). */
async function wake(road: Road, { asker, status }: InquiryState): Promise<void> {
  if (asker.by !== 'case' || asker.wait === undefined || (status !== 'answered' && status !== 'silent')) return;
  await wakeWant(road.pool, { caseId: asker.case, id: asker.wait }, road.ports.world.now());
  road.nudge();
}

type Folding = { readonly at: Instant; readonly by: Hat; readonly seq: number };
type Step = Omit<InquiryStep, 'events'> & { readonly events: ReturnType<typeof folded>['events']; readonly leaf: string };

function folded(before: InquiryState | undefined, facts: readonly InquiryFact[], { at, by, seq }: Folding) {
  let state = before;
  const events = facts.map((fact, index) => ({ ...fact, seq: seq + index + 1, at, hat: by }));
  for (const event of events) state = evolve(state, event);
  if (!state) throw new TypeError('no facts to fold');
  return { state, events };
}

async function append(road: Road, { leaf, events, ...step }: Step): Promise<Awaited<ReturnType<typeof appendInquiry>>> {
  const committed = commitEvents(events, { id: step.id, definition: step.definition, leaf, random: road.ports.world.random });
  road.crash('before-commit');
  const written = await appendInquiry(road.pool, { ...step, events: committed });
  road.crash('after-commit');
  return written;
}

function hash(value: Json): string {
  return createHash('sha256').update(canonical(value)).digest('base64url');
}

/** A keyed hash: whoever reads the table learns nobody's number (ten digits are soon tried through a plain hash). */
export function subjectKey(road: Road, nationalId: string): string {
  return createHmac('sha256', road.secret).update(`subject:${nationalId}`).digest('base64url');
}

function visibleAt(road: Road, asker: Asker, now: Instant): InquiryStep['visibleAt'] {
  if (asker.by === 'case') return now;
  const { visibility } = road.catalogue.contract(asker.contract);
  if (visibility === 'court') return 'infinity';
  return visibility === 'now' ? now : plusPeriod(now, visibility.after);
}
