// The use of contracts, summed up beside the road: in steps, each once, whatever crashes between them; and what is unusual in it.
import type { Pool } from 'pg';
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { UNUSUAL_RULES, unusualDay, unusualRuns, unusualSubjects } from '#inquiries/unusual.ts';
import type { Flag } from '#inquiries/unusual.ts';
import { dayOf, tallied, talliedSubjects, walked, workingDaysBefore } from '#inquiries/use.ts';
import type { AskedRow, DayTally } from '#inquiries/use.ts';
import type { Contract } from '#inquiries/types.ts';
import { addUse, dropSubjects, findWatch, listDays, listRefusals, listUse, raiseFlags } from '#store/contract-use.ts';
import type { UsedRow, Watch } from '#store/contract-use.ts';
import { dropSamples } from '#store/samples.ts';
import type { Road } from '#work/road.ts';
import { flushRefusals } from './refused.ts';

const STEP = 5000;
/** A question is written this long after its own time at the latest: what is younger is summed up in the next round. */
const SETTLED_MS = 10_000;
const ROUND_MS = 30_000;
const START: Watch = { at: '-infinity', inquiry: '', run: null };

const lastRound = new WeakMap<Road, Instant>();

/** One round over all contracts, twice a minute at most. */
export async function sumUpUse(road: Road): Promise<void> {
  const now = road.ports.world.now();
  const last = lastRound.get(road);
  if (last !== undefined && now < plusMillis(last, ROUND_MS)) return;
  lastRound.set(road, now);
  await flushRefusals(road);
  for (const contract of road.catalogue.contracts()) if (!contract.test) await sumUp(road, contract);
}

/** Steps until nothing settled is left. */
export async function sumUp(road: Road, contract: Pick<Contract, 'id'>): Promise<void> {
  const now = road.ports.world.now();
  const upto = plusMillis(now, -SETTLED_MS);
  const calendar = road.catalogue.calendar('city');
  for (;;) {
    const before = await findWatch(road.pool, contract.id);
    const found = await listUse(road.pool, contract.id, { after: before ?? START, upto, most: STEP });
    const last = found.at(-1);
    if (!last) return;
    const rows = rowsOf(road, found);
    const { run, reached } = walked(before?.run ?? undefined, rows);
    const often = await addUse(road.pool, contract.id, {
      before,
      watch: { at: last.at, inquiry: last.id, run: run ?? null },
      days: tallied(rows, calendar),
      subjects: talliedSubjects(rows),
      most: UNUSUAL_RULES['one-person'].most,
    });
    if (!often) return;
    const days = [...new Set(rows.map((one) => dayOf(one.at)))];
    const flags = [...unusualSubjects(often), ...unusualRuns(reached), ...(await unusualDays(road, contract.id, days))];
    await raiseFlags(road.pool, contract.id, flags, now);
    if (found.length < STEP) return;
  }
}

/** What is not summed up yet: of a page's reader, who need not wait for it. */
export async function restOfUse(road: Road, contract: string): Promise<readonly DayTally[]> {
  const after = (await findWatch(road.pool, contract)) ?? START;
  const found = await listUse(road.pool, contract, { after, upto: road.ports.world.now(), most: STEP });
  return tallied(rowsOf(road, found), road.catalogue.calendar('city'));
}

/** Types that a register answers, and gave way where the answer did not come at once. */
function rowsOf(road: Road, found: readonly UsedRow[]): readonly AskedRow[] {
  const types = road.catalogue.inquiryTypes().map(({ inquiry }) => inquiry.type);
  const registered = new Set(types.filter((one) => one.responders[0]?.by === 'register').map((one) => one.id));
  return found.map((one) => ({ ...one, isUnknown: !one.isAtOnce && registered.has(one.type) }));
}

async function unusualDays(road: Road, contract: string, days: readonly string[]): Promise<readonly Flag[]> {
  const calendar = road.catalogue.calendar('city');
  const [first = ''] = days.toSorted();
  const [earliest = first] = workingDaysBefore(calendar, first, UNUSUAL_RULES.volume.days).toReversed();
  const [tallies, refusals] = await Promise.all([
    listDays(road.pool, contract, earliest),
    listRefusals(road.pool, contract, earliest),
  ]);
  const sum = (day: string, of: (one: DayTally) => number): number =>
    tallies.filter((one) => one.day === day).reduce((total, one) => total + of(one), 0);
  const oldest = tallies.at(-1)?.day ?? first;
  return days.flatMap((day) =>
    unusualDay({
      day,
      asked: sum(day, (one) => one.asked),
      outsideHours: sum(day, (one) => one.outsideHours),
      unknown: sum(day, (one) => one.unknown),
      refused: refusals.filter((one) => one.day === day).reduce((total, one) => total + one.refused, 0),
      before: workingDaysBefore(calendar, day, UNUSUAL_RULES.volume.days)
        .filter((one) => one >= oldest)
        .map((one) => sum(one, (each) => each.asked)),
    }),
  );
}

const SUBJECTS_MS = 60 * 86_400_000;
const SAMPLES_MS = 30 * 86_400_000;

/** Who was asked about how often goes after two months, questions of the test environment after one. */
export async function forgetUse(pool: Pool, now: Instant): Promise<void> {
  await dropSubjects(pool, dayOf(plusMillis(now, -SUBJECTS_MS)));
  await dropSamples(pool, plusMillis(now, -SAMPLES_MS));
}
