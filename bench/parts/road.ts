// Durable steps per second through `perform` beside the raw rate of one-statement transactions, same database, same run.
// The raw statement writes the rows that a step writes (state, event, key, ledger leaf, task) with plain parameters, nothing decided, no rights.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { compose, ROOT } from '#main/compose.ts';
import { openDatabase } from '#main/database.ts';
import { migrate } from '#store/migrate.ts';
import { openPool } from '#store/pool.ts';
import { PEOPLE, seedMini } from '#testing/road.ts';
import { open, perform } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import type { CaseId } from '#base/ids.ts';

const CASES = 256;

/** Best rates by the number of callers, and the size of a case's state in bytes of JSON. */
export type RoadRates = {
  readonly steps1: number;
  readonly steps16: number;
  readonly raw1: number;
  readonly raw16: number;
  readonly bytes: number;
};
export type RoadTime = { readonly seconds: number; readonly rounds: number };
type Work = (caller: number, turn: number) => Promise<unknown>;

/** Calls per second of `work` by that many callers at once. */
async function rate(callers: number, seconds: number, work: Work): Promise<number> {
  const until = performance.now() + seconds * 1000;
  const began = performance.now();
  let calls = 0;
  async function caller(n: number): Promise<void> {
    for (let turn = 0; performance.now() < until; turn += 1) {
      await work(n, turn);
      calls += 1;
    }
  }
  await Promise.all(Array.from({ length: callers }, (_, n) => caller(n)));
  return (calls * 1000) / (performance.now() - began);
}

async function rawTables(pool: Pool): Promise<void> {
  await pool.query(`create table bench_head (id text primary key, seq int not null, state jsonb not null, leaf bytea not null, at timestamptz not null) with (fillfactor = 60);
    create table bench_event (id text, seq int, at timestamptz, type text, person text, role text, data jsonb, derived jsonb, salt bytea, leaf bytea, primary key (id, seq, at));
    create table bench_key (id text, key text, command text, digest text, seq int, at timestamptz, primary key (id, key));
    create table bench_pending (id text, seq int, leaf bytea, at timestamptz, primary key (id, seq));
    create table bench_task (id text primary key, assignee text) with (fillfactor = 80)`);
  await pool.query(`insert into bench_head select n, 0, '{}', '', now() from generate_series(0, ${CASES}) n`);
  await pool.query(`insert into bench_task select n, null from generate_series(0, ${CASES}) n`);
}

function rawStep(pool: Pool, state: string): (caller: number) => Promise<unknown> {
  const bytes = Buffer.alloc(32, 7);
  return (caller) =>
    pool.query({
      name: 'raw',
      text: `with head as (update bench_head set seq = seq + 1, state = $2, leaf = $3, at = now() where id = $1 returning id, seq, at),
               event as (insert into bench_event select id, seq, at, $4, $5, $6, $7, $8, $3, $3 from head),
               used as (insert into bench_key select id, $9, $4, $10, seq, at from head),
               pending as (insert into bench_pending select id, seq, $3, at from head)
             update bench_task set assignee = $5 where id = $1`,
      values: [
        String(caller),
        state,
        bytes,
        'TaskClaimed',
        'checker',
        'officer',
        '{"task":"t1"}',
        '{}',
        randomUUID(),
        bytes.toString('base64url'),
      ],
    });
}

/** Submitted cases, each with its open task. */
async function cases(road: Road): Promise<readonly { readonly id: CaseId; readonly task: string; readonly bytes: number }[]> {
  const { actor, applicant } = PEOPLE.ali;
  return Promise.all(
    Array.from({ length: CASES }, async () => {
      const { id } = await open(road, { actor, key: randomUUID(), service: 'mini', command: { type: 'OpenCase', applicant } });
      const { state } = await perform(road, id, {
        actor,
        key: randomUUID(),
        command: { type: 'SubmitApplication', answers: { subject: 'دیوار', area: 12 }, known: {} },
      });
      return { id, task: state.tasks[0]?.id ?? '', bytes: Buffer.byteLength(JSON.stringify(state)) };
    }),
  );
}

export async function roadRates({ seconds, rounds }: RoadTime): Promise<RoadRates> {
  const folder = await mkdtemp(join(tmpdir(), 'dargah-bench-'));
  const database = await openDatabase({ dataFolder: folder, log: () => undefined });
  try {
    await migrate(database.migratorUrl, join(ROOT, 'migrations'), () => undefined);
    await seedMini(database.migratorUrl);
    const composed = await compose({
      appUrl: database.appUrl,
      dataFolder: folder,
      origin: 'http://localhost',
      production: false,
      ticking: false,
      connections: 16,
    });
    const { road } = composed;
    const made = await cases(road);
    // A step as officers make them: claim and release, alternating, each an event, a task row, a key, a pending leaf.
    const step = (caller: number, turn: number): Promise<unknown> => {
      const one = made[caller % CASES];
      if (!one) throw new Error('no case');
      const type = turn % 2 === 0 ? 'ClaimTask' : 'ReleaseTask';
      return perform(road, one.id, {
        actor: PEOPLE.checker.actor,
        key: randomUUID(),
        command: { type, task: one.task as never },
      });
    };
    const raw = openPool(database.migratorUrl, { max: 16 });
    await rawTables(raw);
    const bare = rawStep(raw, JSON.stringify((await road.pool.query(`select state from case_state limit 1`)).rows[0]?.state));
    const best = { steps1: 0, steps16: 0, raw1: 0, raw16: 0 };
    // Rounds alternate, so that a noisy minute of the machine harms both alike.
    for (let round = 0; round < rounds; round += 1) {
      best.raw1 = Math.max(best.raw1, await rate(1, seconds, bare));
      best.steps1 = Math.max(best.steps1, await rate(1, seconds, step));
      // A caller leaves its task as it found it only every second turn: claims start afresh each round on cases of its own.
      best.raw16 = Math.max(best.raw16, await rate(16, seconds, bare));
      best.steps16 = Math.max(best.steps16, await rate(16, seconds, (caller, turn) => step(caller + 16 * (round + 1), turn)));
    }
    await raw.end();
    await composed.stop();
    return { ...best, bytes: made[0]?.bytes ?? 0 };
  } finally {
    await database.stop();
    if (database.home !== undefined) await rm(database.home, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}
