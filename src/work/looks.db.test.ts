// Who opened a person's file is theirs to see; nobody else's looks are, and the table tells no numbers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { instant } from '#base/instant.ts';
import type { Person, TestRoad } from '#testing/road.ts';
import { testRoad } from '#testing/road.ts';
import { loadCaseFile } from './views/case-file.ts';
import { looksAt } from './views/looks.ts';

let given: TestRoad;
before(async () => void (given = await testRoad()));
after(() => given.stop());

const viewerOf = ({ actor, applicant }: Person) => ({
  actor,
  reader: { person: applicant.id, units: actor.assignments.map((one) => one.unit) },
  nationalId: applicant.nationalId,
});

test('an officer who opens a file is seen by its applicant once in ten minutes, by role and unit; the applicant’s own reading is no look', async () => {
  const { road, people } = given;
  given.setNow(instant('2026-11-24T09:00:00Z'));
  const { id } = await given.submitted();
  const open = (person: Person) => loadCaseFile(road, viewerOf(person), id);
  await open(people.ali);
  assert.deepEqual(await looksAt(road, viewerOf(people.ali)), []);
  await open(people.checker);
  await open(people.checker);
  given.setNow(instant('2026-11-24T09:11:00Z'));
  await open(people.approver);
  const looks = await looksAt(road, viewerOf(people.ali));
  assert.deepEqual(
    looks.map((one) => [one.kind, one.kind === 'case' ? one.case : '', one.role, one.by?.en, one.at]),
    [
      ['case', id, 'officer', 'office', '2026-11-24T09:11:00.000Z'],
      ['case', id, 'officer', 'office', '2026-11-24T09:00:00.000Z'],
    ],
  );
  assert.deepEqual(await looksAt(road, viewerOf(people.sara)), [], 'nobody else sees it');
  await assert.rejects(open(people.stranger), 'who may not open it leaves no look');
  const { rows } = await road.pool.query<{ subject: string }>(`select subject from look`);
  assert.ok(rows.length === 2 && rows.every((one) => !one.subject.includes('nid')), 'the table tells nobody’s number');
});
