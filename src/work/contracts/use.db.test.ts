// The use of contracts against a real database: summed once whatever stops in between, by the index and not by walking all inquiries, flagged with figures.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { instant, plusMillis } from '#base/instant.ts';
import {
  addUse,
  findWatch,
  findWaits,
  listDays,
  listFlags,
  listRefusals,
  listUse,
  raiseFlags,
  seeFlag,
} from '#store/contract-use.ts';
import { openPool } from '#store/pool.ts';
import { tallied } from '#inquiries/use.ts';
import { testRoad } from '#testing/road.ts';
import type { TestRoad } from '#testing/road.ts';
import { flushRefusals, countingFor } from '#work/contracts/refused.ts';
import { forgetUse, restOfUse, sumUp } from '#work/contracts/use.ts';
import { Refusal } from '#base/refusal.ts';

const NOW = instant('2026-11-24T09:00:00Z');
/** With a million the plans are the same; this many are made in a few seconds. */
const ROWS = 200_000;
const CONTRACTS = 20;
let stage: TestRoad;
before(async () => {
  stage = await testRoad();
  stage.setNow(NOW);
  await insertInquiries(`'q' || n`, ROWS, {
    contract: `'c' || (n % ${CONTRACTS})`,
    at: `timestamptz '2026-11-24T08:00:00Z' - make_interval(secs => n * 10)`,
    waits: `n % 100 = 0`,
  });
  await migrator(`analyze inquiry`);
});
after(() => stage.stop());

async function migrator(text: string): Promise<void> {
  const pool = openPool(stage.migratorUrl, { max: 1, settings: { statement_timeout: '300s' } });
  await pool.query(text);
  await pool.end();
}

type Shape = {
  readonly contract: string;
  readonly at: string;
  readonly waits: string;
  readonly property?: string;
  readonly subject?: string;
};

/** Made by SQL: `n` counts from 1. */
async function insertInquiries(
  id: string,
  count: number,
  { contract, at, waits, property = 'null', subject = `'s' || n % 1000` }: Shape,
): Promise<void> {
  await migrator(
    `insert into inquiry (inquiry_id, seq, type, definition, status, contract, organisation, asker, subject, asked_at, due_at, answered_at,
       question_hash, leaf, state)
     select ${id}, 1, 'duty', 'd', case when ${waits} then 'waiting' else 'answered' end, ${contract}, 'o', 'client:' || ${contract}, ${subject},
       ${at}, ${at}, case when ${waits} then null else ${at} end, 'h', '\\x00',
       jsonb_build_object('subject', jsonb_build_object('property', ${property}::text))
     from generate_series(1, ${count}) as n`,
  );
}

test('a contract among many is summed up exactly, a step at a time, and again changes nothing', async () => {
  const { road } = stage;
  await sumUp(road, { id: 'c7' });
  const asked = async (): Promise<number> =>
    (await listDays(road.pool, 'c7', '2026-01-01')).reduce((sum, one) => sum + one.asked, 0);
  assert.equal(await asked(), ROWS / CONTRACTS);
  await sumUp(road, { id: 'c7' });
  assert.equal(await asked(), ROWS / CONTRACTS);
  assert.equal((await findWaits(road.pool, 'c0', plusMillis(NOW, -28 * 86_400_000))).open, ROWS / 100);
});

test('a step taken by two servers is taken by one', async () => {
  const { road } = stage;
  const after = (await findWatch(road.pool, 'c8')) ?? { at: '-infinity' as const, inquiry: '', run: null };
  const rows = await listUse(road.pool, 'c8', { after, upto: NOW, most: 100 });
  const last = rows.at(-1)!;
  const step = {
    before: undefined,
    watch: { at: last.at, inquiry: last.id, run: null },
    days: tallied(
      rows.map((one) => ({ ...one, isUnknown: false })),
      road.catalogue.calendar('city'),
    ),
    subjects: [{ week: '2026-11-21', subject: 's', asked: 6 }],
    most: 5,
  };
  const both = await Promise.all([addUse(road.pool, 'c8', step), addUse(road.pool, 'c8', step)]);
  assert.deepEqual(
    both.filter((one) => one !== undefined),
    [step.subjects],
  );
  const days = await listDays(road.pool, 'c8', '2026-01-01');
  assert.equal(
    days.reduce((sum, one) => sum + one.asked, 0),
    100,
  );
  await sumUp(road, { id: 'c8' });
  const whole = await listDays(road.pool, 'c8', '2026-01-01');
  assert.equal(
    whole.reduce((sum, one) => sum + one.asked, 0),
    ROWS / CONTRACTS,
    'the rest is added, nothing twice',
  );
});

test('no statement of it walks the inquiries: one step, one contract’s days, what waited', async () => {
  const { pool } = stage.road;
  const plan = async (text: string, values: readonly unknown[]): Promise<{ readonly text: string; readonly rows: number }> => {
    const result = await pool.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
      `explain (analyze, format json) ${text}`,
      [...values],
    );
    const top = result.rows[0]!['QUERY PLAN'][0]!.Plan;
    return { text: JSON.stringify(top), rows: most(top) };
  };
  const step = await plan(
    `select inquiry_id, asked_at from inquiry where contract = $1 and asked_at >= $2 and (asked_at, inquiry_id) > ($2, $3) and asked_at <= $4
     order by asked_at, inquiry_id limit 5000`,
    ['c9', '2026-11-10T00:00:00Z', '', NOW],
  );
  assert.match(step.text, /inquiry_contract/);
  assert.doesNotMatch(step.text, /Seq Scan/);
  assert.ok(step.rows <= ROWS / CONTRACTS, `${step.rows} rows`);
  const waits = await plan(
    `select count(*) from inquiry where contract = $1 and asked_at >= $2 and answered_at is distinct from asked_at`,
    ['c9', '2026-10-27T00:00:00Z'],
  );
  assert.match(waits.text, /inquiry_waited/);
  assert.doesNotMatch(waits.text, /Seq Scan on inquiry"/);
});

type Plan = { readonly 'Actual Rows': number; readonly 'Actual Loops': number; readonly Plans?: readonly Plan[] };
function most(plan: Plan): number {
  return Math.max(plan['Actual Rows'] * plan['Actual Loops'], ...(plan.Plans ?? []).map(most));
}

test('one person again and again, a walk along a street, and what came outside hours are flagged; a flag seen stays as it was seen', async () => {
  const { road } = stage;
  await insertInquiries(`'w' || n`, 12, {
    contract: `'watched'`,
    at: `timestamptz '2026-11-23T21:00:00Z' + make_interval(secs => n)`,
    waits: 'false',
    property: `'6-10-2-' || n`,
    subject: `'one'`,
  });
  await insertInquiries(`'v' || n`, 30, {
    contract: `'watched'`,
    at: `timestamptz '2026-11-23T21:05:00Z' + make_interval(secs => n)`,
    waits: 'false',
    subject: `'x' || n`,
  });
  await sumUp(road, { id: 'watched' });
  const flags = await listFlags(road.pool, 'watched', 10);
  assert.deepEqual(flags.map((one) => one.rule).sort(), ['one-person', 'outside-hours', 'sweep']);
  const sweep = flags.find((one) => one.rule === 'sweep')!;
  assert.deepEqual(sweep.figures, { day: '2026-11-24', from: '6-10-2-1', last: '6-10-2-12', length: 12 });
  assert.deepEqual(flags.find((one) => one.rule === 'one-person')?.figures, { week: '2026-11-21', asked: 12 });
  const seen = { rule: sweep.rule, about: sweep.about, by: 'zahra', reason: 'a test', at: NOW };
  assert.equal(await seeFlag(road.pool, 'watched', seen), true);
  await raiseFlags(road.pool, 'watched', [{ ...sweep, figures: { length: 99 } }], plusMillis(NOW, 1000));
  assert.equal(await seeFlag(road.pool, 'watched', { ...seen, by: 'other', reason: 'late' }), true);
  const again = (await listFlags(road.pool, 'watched', 10)).find((one) => one.rule === 'sweep')!;
  assert.deepEqual([again.figures, again.seenBy, again.reason], [sweep.figures, 'zahra', 'a test']);
  assert.equal(await seeFlag(road.pool, 'watched', { ...seen, about: 'no such' }), false);
});

test('what is younger than its settling is not summed, but shown; in the next round it is summed once', async () => {
  const { road } = stage;
  await insertInquiries(`'y' || n`, 3, {
    contract: `'young'`,
    at: `timestamptz '${NOW}' - make_interval(secs => n * 4)`,
    waits: 'false',
  });
  await sumUp(road, { id: 'young' });
  const summed = async (): Promise<number> =>
    (await listDays(road.pool, 'young', '2026-01-01')).reduce((sum, one) => sum + one.asked, 0);
  const shown = async (): Promise<number> => (await restOfUse(road, 'young')).reduce((sum, one) => sum + one.asked, 0);
  assert.deepEqual([await summed(), await shown()], [1, 2]);
  stage.setNow(plusMillis(NOW, 60_000));
  await sumUp(road, { id: 'young' });
  assert.deepEqual([await summed(), await shown()], [3, 0]);
  stage.setNow(NOW);
});

test('refusals are counted and flushed once; what nobody looks back at is forgotten', async () => {
  const { road } = stage;
  for (let times = 0; times < 3; times += 1)
    await assert.rejects(
      countingFor(road, 'young', () => Promise.reject(new Refusal('rate-limited', {}))),
      Refusal,
    );
  await flushRefusals(road);
  await flushRefusals(road);
  assert.deepEqual(await listRefusals(road.pool, 'young', '2026-01-01'), [
    { day: '2026-11-24', code: 'rate-limited', refused: 3 },
  ]);
  await forgetUse(road.pool, plusMillis(NOW, 90 * 86_400_000));
  const { rows } = await road.pool.query<{ n: number }>('select count(*)::int as n from contract_subject');
  assert.equal(rows[0]?.n, 0);
});
