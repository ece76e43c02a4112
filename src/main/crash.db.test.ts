// kill -9 at each named point around a commit, on a real database: nothing acknowledged is lost, nothing is done twice.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPool } from '#store/pool.ts';
import { runChild } from '#testing/crash-run.ts';
import type { Run } from '#testing/crash-run.ts';
import { testDatabase } from '#testing/database.ts';
import { seedMini } from '#testing/road.ts';
import { CRASH_POINTS } from '#work/road.ts';
import type { CrashPoint } from '#work/road.ts';

const WHOLE_LIFE = [
  'CaseOpened',
  'ApplicationSubmitted',
  'TaskCompleted',
  'PaymentStarted',
  'PaymentReceived',
  'TaskCompleted',
  'DocumentIssued',
];

/** Which time at the point: every commit of the life has its turn; effect and checkpoint come once. */
const TIMES: Readonly<Record<CrashPoint, readonly number[]>> = {
  'before-commit': [0, 2, 5],
  'after-commit': [0, 1, 3, 5],
  'before-effect': [0],
  'after-effect': [0],
  'before-checkpoint': [0],
};

for (const point of CRASH_POINTS) {
  for (const after of TIMES[point]) {
    test(`killed ${point}, having passed it ${after} times`, async () => {
      const database = await testDatabase();
      const folder = await mkdtemp(join(tmpdir(), 'dargah-crash-'));
      try {
        await seedMini(database.migratorUrl);
        const place = { child: 'crash-child.js', appUrl: database.appUrl, folder };
        const first = await runChild(place, { DARGAH_CRASH: `${point}:${after}` });
        assert.equal(first.signal, 'SIGKILL', `${point} is reached: ${first.errors}`);
        const second = await runChild(place, { ...tasksOf(first), AHEAD_MS: '120000' });
        assert.equal(second.code, 0, second.errors);
        await assertWhole(database.appUrl, first);
      } finally {
        await rm(folder, { recursive: true, force: true });
        await database.drop();
      }
    });
  }
}

/** What the killed process told of its tasks: its successor answers for the same ones. */
function tasksOf(run: Run): Readonly<Record<string, string>> {
  const told = (name: string): string => run.lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
  return { CHECK_TASK: told('task'), APPROVE_TASK: told('task2') };
}

async function assertWhole(appUrl: string, first: Run): Promise<void> {
  const pool = openPool(appUrl, { max: 1, settings: { 'dargah.scope': 'road' } });
  try {
    const { rows: events } = await pool.query<{ seq: number; type: string }>('select seq, type from case_event order by seq');
    assert.deepEqual(
      events.map((one) => one.type),
      WHOLE_LIFE,
    );
    for (const line of first.lines.filter((one) => /^(open|k-\w+) \d+$/.test(one))) {
      const [, seq = ''] = line.split(' ');
      assert.ok(
        events.some((one) => one.seq === Number(seq)),
        `${line} was acknowledged and is there`,
      );
    }
    const { rows: counts } = await pool.query<Record<string, number>>(
      `select (select count(*) from case_state)::int as cases, (select count(*) from document)::int as documents, (select count(*) from sandbox_payment)::int as payments,
         (select count(*) from want)::int as wants, (select count(*) from ledger_leaf)::int as leaves, (select max(size) from ledger_checkpoint)::int as size,
         (select count(*) from ledger_pending)::int as pending`,
    );
    assert.deepEqual(counts[0], {
      cases: 1,
      documents: 1,
      payments: 1,
      wants: 0,
      leaves: WHOLE_LIFE.length,
      size: WHOLE_LIFE.length,
      pending: 0,
    });
  } finally {
    await pool.end();
  }
}
