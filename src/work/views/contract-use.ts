// The use of a contract for those who answer for it: owners of its questions and the steward. Its flags are seen with a reason, by name.
// Throws Refusal `contract-not-found`, `not-permitted`.
import { Refusal } from '#base/refusal.ts';
import { plusMillis } from '#base/instant.ts';
import { wrong } from '#inquiries/agreement.ts';
import { dayOf, weekOf } from '#inquiries/use.ts';
import type { DayTally } from '#inquiries/use.ts';
import { countFlags, countSubjects, findWaits, listDays, listFlags, listRefusals, seeFlag } from '#store/contract-use.ts';
import type { FlagRow, RefusalCount, Waits } from '#store/contract-use.ts';
import { listPeople } from '#store/agreements.ts';
import type { KnownPerson } from '#store/agreements.ts';
import { restOfUse, sumUp } from '#work/contracts/use.ts';
import { flushRefusals } from '#work/contracts/refused.ts';
import type { Road } from '#work/road.ts';
import { contractFor } from './contracts.ts';
import type { InquiryViewer } from './inquiries.ts';

export { UNUSUAL_RULES } from '#inquiries/unusual.ts';

const DAYS = 28;
const DAY_MS = 86_400_000;
const MOST_FLAGS = 100;
const LONGEST_REASON = 2000;

export type ContractUse = {
  /** Of the last four weeks, newest first; by day and type and asker. */
  readonly days: readonly DayTally[];
  readonly asked: number;
  readonly atOnce: number;
  readonly waits: Waits;
  /** Different persons asked about since Saturday, of what is summed up. */
  readonly subjects: number;
  /** Of the organisation's people and its programs, who asked how much. */
  readonly askers: readonly { readonly asker: string; readonly asked: number; readonly person?: KnownPerson }[];
  readonly refusals: readonly RefusalCount[];
  readonly flags: readonly FlagRow[];
  /** Everybody named in it. */
  readonly people: readonly KnownPerson[];
};

export async function useOf(road: Road, viewer: InquiryViewer, id: string): Promise<ContractUse> {
  await requireCity(road, viewer, id);
  await Promise.all([sumUp(road, { id }), flushRefusals(road)]);
  const now = road.ports.world.now();
  const from = plusMillis(now, -DAYS * DAY_MS);
  const [summed, rest, waits, subjects, refusals, flags] = await Promise.all([
    listDays(road.pool, id, dayOf(from)),
    restOfUse(road, id),
    findWaits(road.pool, id, from),
    countSubjects(road.pool, id, weekOf(now)),
    listRefusals(road.pool, id, dayOf(from)),
    listFlags(road.pool, id, MOST_FLAGS),
  ]);
  const days = added([...rest, ...summed]);
  const askers = [...new Set(days.map((one) => one.asker))];
  const people = await listPeople(road.pool, [...askers, ...flags.flatMap((one) => one.seenBy ?? [])]);
  const sum = (of: (one: DayTally) => number, which = days): number => which.reduce((total, one) => total + of(one), 0);
  return {
    days,
    asked: sum((one) => one.asked),
    atOnce: sum((one) => one.atOnce),
    waits,
    subjects,
    askers: askers
      .map((asker) => ({
        asker,
        asked: sum((one) => (one.asker === asker ? one.asked : 0)),
        ...personOf(people, asker),
      }))
      .toSorted((a, b) => b.asked - a.asked),
    refusals,
    flags,
    people,
  };
}

function personOf(people: readonly KnownPerson[], asker: string): { readonly person?: KnownPerson } {
  const person = people.find((one) => one.id === asker);
  return person ? { person } : {};
}

/** What is summed up, and what is not yet: one line for a day, a type and an asker. */
function added(tallies: readonly DayTally[]): readonly DayTally[] {
  const sums = new Map<string, DayTally>();
  for (const one of tallies) {
    const key = JSON.stringify([one.day, one.type, one.asker]);
    const before = sums.get(key);
    sums.set(
      key,
      before
        ? {
            ...one,
            asked: one.asked + before.asked,
            atOnce: one.atOnce + before.atOnce,
            unknown: one.unknown + before.unknown,
            outsideHours: one.outsideHours + before.outsideHours,
          }
        : one,
    );
  }
  return [...sums.values()].toSorted((a, b) => (a.day === b.day ? (a.type < b.type ? -1 : 1) : a.day < b.day ? 1 : -1));
}

/** Of each contract the reader may see: flags that nobody has seen. */
export async function openFlags(road: Road, contracts: readonly string[]): Promise<ReadonlyMap<string, number>> {
  return countFlags(road.pool, contracts);
}

/** Somebody looked at it, and says what it was. Throws Refusal `invalid-answers` beside `/reason`. */
export async function acknowledgeFlag(
  road: Road,
  viewer: InquiryViewer,
  id: string,
  flag: { readonly rule: string; readonly about: string; readonly reason: string },
): Promise<void> {
  await requireCity(road, viewer, id);
  const reason = flag.reason.trim().slice(0, LONGEST_REASON);
  if (reason === '') throw wrong('/reason', 'reason-missing');
  const seen = { ...flag, reason, by: viewer.actor.person, at: road.ports.world.now() };
  if (!(await seeFlag(road.pool, id, seen))) throw new Refusal('contract-not-found', { contract: id });
}

async function requireCity(road: Road, viewer: InquiryViewer, id: string): Promise<void> {
  const { isCity } = await contractFor(road, viewer, id);
  if (!isCity) throw new Refusal('not-permitted', { command: 'OverseeContract' });
}
