// What an inquiry's responders say at once: a standing answer of the same question, a register by the type's rule; else who is asked to answer.
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { plusPeriod } from '#calendar/period.ts';
import { parseWorkingDuration, workingDue, workingMinutesBetween } from '#calendar/working.ts';
import { answerByRule, registerKey, subjectOf } from '#catalog/inquiry-rule.ts';
import type { InquiryPackage } from '#catalog/types.ts';
import { askedNow } from '#inquiries/decide.ts';
import type { Asker, InquiryFact, InquiryId, Provenance } from '#inquiries/types.ts';
import { findKnown } from '#store/known.ts';
import type { Known } from '#store/known.ts';
import type { Road } from '#work/road.ts';
import { besideOf } from './beside.ts';

/** The unit is reminded when a fifth of the working time is left. */
const REMIND_AFTER = 0.8;

export type Found =
  { readonly record: JsonObject; readonly source: string; readonly asOf: Instant; readonly beside?: JsonObject } | undefined;

export type LookedUp = Pick<Known, 'standing' | 'version'> & { readonly found: Found };

/** What is known of a question before it is asked, in one round trip. */
export async function lookUp(road: Road, { type }: InquiryPackage, { given, digest, now }: Looking): Promise<LookedUp> {
  const register = type.responders.find((one) => one.by === 'register');
  const key = register && registerKey(register.key, given.question);
  const { record, ...known } = await findKnown(road.pool, {
    type: type.id,
    hash: type.reuse === undefined ? null : digest,
    now,
    ...(register && key !== undefined && { record: { register: register.register, key } }),
    ...(given.asker.by === 'contract' && { contract: given.asker.contract }),
  });
  if (!record || !register || key === undefined) return { ...known, found: undefined };
  const beside = register.with || register.near ? await besideOf(road, register, key) : undefined;
  return { ...known, found: { record: record.body, source: record.source, asOf: record.asOf, ...(beside && { beside }) } };
}

type Looking = {
  readonly given: { readonly asker: Asker; readonly question: JsonObject };
  /** What makes two questions the same one. */
  readonly digest: string;
  readonly now: Instant;
};

type First = Omit<Looking, 'digest'> & {
  readonly id: InquiryId;
  readonly inquiry: InquiryPackage;
  readonly known: LookedUp;
};

export function firstFacts(
  road: Road,
  { id, given, inquiry, now, known: { found, standing: before } }: First,
): readonly InquiryFact[] {
  const { type } = inquiry;
  const calendar = road.catalogue.calendar('city');
  const due = workingDue(calendar, now, parseWorkingDuration(type.deadline));
  const said = before ? [reused(before)] : respond(inquiry, given.question, { found, now });
  const isOver = said.some((one) => one.type === 'InquiryAnswered');
  const asked: InquiryFact = {
    type: 'InquiryAsked',
    data: {
      id,
      type: type.id,
      version: type.version,
      asker: given.asker,
      question: given.question,
      subject: subjectOf(type, given.question, found?.record ?? null),
      due,
      ...(!isOver && {
        remindAt: workingDue(calendar, now, { minutes: REMIND_AFTER * workingMinutesBetween(calendar, now, due) }),
      }),
    },
  };
  return [asked, ...said];
}

/** The answer that still stands, with where it came from. */
function reused({ id, answer }: NonNullable<LookedUp['standing']>): InquiryFact {
  const { value, provenance, until } = answer;
  return {
    type: 'InquiryAnswered',
    data: { value, provenance: { ...provenance, reused: id }, ...(until !== undefined && { until }) },
  };
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
    if (one.by !== 'register') return [...facts, askedNow(responder, one)];
    const value = answerByRule(inquiry, question, found ?? { record: null });
    const provenance: Provenance = { responder: 'register', source: found?.source ?? one.register, asOf: found?.asOf ?? now };
    facts.push(askedNow(responder, one));
    if (value !== null) return [...facts, { type: 'InquiryAnswered', data: { value, provenance, ...standing(type.reuse, now) } }];
    facts.push({ type: 'ResponderFailed', data: { responder, reason: 'the register does not know' } });
  }
  return [...facts, { type: 'InquiryDied', data: { reason: 'nobody is left to ask' } }];
}

export function standing(reuse: string | undefined, now: Instant): { readonly until?: Instant } {
  return reuse === undefined ? {} : { until: plusPeriod(now, reuse) };
}
