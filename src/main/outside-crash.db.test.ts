// kill -9 between asking a system outside and recording its answer: it is asked again under the same id, counted once there, answered once here.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPool } from '#store/pool.ts';
import { runChild } from '#testing/crash-run.ts';
import { testDatabase } from '#testing/database.ts';
import { outsideWorld } from '#testing/outside-world.ts';
import { seedMini } from '#testing/road.ts';
import { publishStanding } from '#testing/standing-inquiry.ts';

/** Point, how often it was passed before, and the calls that it all costs: one more where the first was made and not recorded. */
const KILLS = [
  ['before-commit', 0, 1],
  ['after-commit', 0, 1],
  ['before-effect', 0, 1],
  ['after-effect', 0, 2],
  ['before-commit', 1, 2],
  ['after-commit', 1, 1],
] as const;

for (const [point, times, calls] of KILLS)
  test(`a question to a system outside, killed ${point}, having passed it ${times} times`, async () => {
    const database = await testDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'dargah-crash-'));
    const world = await outsideWorld('signed-rest', { timeoutMs: 5000 });
    try {
      await seedMini(database.migratorUrl);
      await publishStanding(database.migratorUrl, world.connector);
      const place = { child: 'outside-crash-child.js', appUrl: database.appUrl, folder };
      const first = await runChild(place, { DARGAH_CRASH: `${point}:${times}` });
      assert.equal(first.signal, 'SIGKILL', `${point} is reached: ${first.errors}`);
      // Beyond the lease of the dead.
      const second = await runChild(place, { AHEAD_MS: '120000' });
      assert.equal(second.code, 0, second.errors);
      assert.deepEqual(world.simulator.counts(), { calls, questions: 1 });
      await assertAnsweredOnce(database.appUrl);
    } finally {
      await world.close();
      await rm(folder, { recursive: true, force: true });
      await database.drop();
    }
  });

async function assertAnsweredOnce(appUrl: string): Promise<void> {
  const pool = openPool(appUrl, { max: 1, settings: { 'dargah.scope': 'road' } });
  try {
    const { rows } = await pool.query<Record<string, unknown>>(
      `select i.status, (select count(*)::int from inquiry_call) as waiting,
         count(*) filter (where e.type = 'InquiryAnswered')::int as answers, count(*) filter (where e.type = 'LateAnswerKept')::int as late
       from inquiry i join inquiry_event e using (inquiry_id) group by i.inquiry_id`,
    );
    assert.deepEqual(rows, [{ status: 'answered', waiting: 0, answers: 1, late: 0 }]);
  } finally {
    await pool.end();
  }
}
