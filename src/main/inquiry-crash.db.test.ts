// kill -9 between asking and answering: every question is there once, answered once, and the case that waited goes on.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPool } from '#store/pool.ts';
import { publishAsking } from '#testing/asking-service.ts';
import { runChild } from '#testing/crash-run.ts';
import type { Run } from '#testing/crash-run.ts';
import { testDatabase } from '#testing/database.ts';
import type { CrashPoint } from '#work/road.ts';
import { seed } from './seed.ts';

/** Asked of the register, asked of the unit, answered; opened, submitted, asked by the case, answered, gone on: each commit has its turn. */
const TIMES: Readonly<Partial<Record<CrashPoint, readonly number[]>>> = {
  'before-commit': [0, 1, 2, 5, 6, 7],
  'after-commit': [0, 1, 2, 5, 6],
  'before-effect': [0, 1],
  'after-effect': [0, 1],
};

for (const [point, times] of Object.entries(TIMES))
  for (const after of times)
    test(`inquiries, killed ${point}, having passed it ${after} times`, async () => {
      const database = await testDatabase();
      const folder = await mkdtemp(join(tmpdir(), 'dargah-crash-'));
      try {
        await seed(database.migratorUrl, () => undefined);
        await publishAsking(database.migratorUrl);
        const place = { child: 'inquiry-crash-child.js', appUrl: database.appUrl, folder };
        const first = await runChild(place, { DARGAH_CRASH: `${point}:${after}` });
        assert.equal(first.signal, 'SIGKILL', `${point} is reached: ${first.errors}`);
        // Beyond the leases of the dead, and the hour after which a waiting step looks again by itself.
        const second = await runChild(place, { AHEAD_MS: '3700000' });
        assert.equal(second.code, 0, second.errors);
        await assertOnce(database.appUrl, first);
      } finally {
        await rm(folder, { recursive: true, force: true });
        await database.drop();
      }
    });

async function assertOnce(appUrl: string, first: Run): Promise<void> {
  const pool = openPool(appUrl, { max: 1, settings: { 'dargah.scope': 'road' } });
  try {
    const { rows } = await pool.query<{ id: string; status: string; answers: number; late: number }>(
      `select i.inquiry_id as id, status, count(*) filter (where e.type = 'InquiryAnswered')::int as answers,
         count(*) filter (where e.type = 'LateAnswerKept')::int as late
       from inquiry i join inquiry_event e using (inquiry_id) group by 1, 2`,
    );
    assert.equal(rows.length, 3);
    for (const { status, answers, late } of rows) assert.deepEqual([status, answers, late], ['answered', 1, 0]);
    for (const line of first.lines) {
      const told = line.split(' ')[1];
      assert.ok(
        rows.some((one) => one.id === told),
        `${line} was acknowledged and is there`,
      );
    }
    const { rows: counts } = await pool.query<Record<string, unknown>>(
      `select (select jsonb_path_query_array(state, '$.tasks[*].element') from case_state) as tasks, (select jsonb_agg(kind) from want) as wants,
         (select count(*) from ledger_pending)::int as pending,
         (select count(*) from ledger_leaf)::int - (select count(*) from inquiry_event)::int - (select count(*) from case_event)::int as leaves`,
    );
    assert.deepEqual(counts[0], { tasks: ['Task_check'], wants: ['timer'], pending: 0, leaves: 0 });
  } finally {
    await pool.end();
  }
}
