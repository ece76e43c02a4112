// A whole road for tests of work/: a fresh database, the mini service published, a few people, every port real but the payer's bank page.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes, randomUUID } from 'node:crypto';
import { parse } from 'yaml';
import { instant } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { CaseId, PersonId, UnitId } from '#base/ids.ts';
import { readCalendar } from '#calendar/read.ts';
import type { Actor, Applicant, Command, Role } from '#cases/types.ts';
import { compose } from '#main/compose.ts';
import { sha256 } from '#main/sha256.ts';
import { hashPackage } from '#catalog/hash.ts';
import { publishService } from '#store/catalogue.ts';
import { openPool } from '#store/pool.ts';
import { seedCity } from '#store/seed.ts';
import { open, perform } from '#work/perform.ts';
import type { Performed } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { tick } from '#work/tick.ts';
import { ROOT, testDatabase } from './database.ts';
import { MINI_SERVICE } from './mini-service.ts';

export type Person = { readonly actor: Actor; readonly applicant: Applicant };
export type TestRoad = {
  readonly road: Road;
  readonly people: { readonly [name in 'ali' | 'sara' | 'checker' | 'approver' | 'stranger' | 'owner' | 'elsewhere']: Person };
  readonly appUrl: string;
  readonly migratorUrl: string;
  /** Sets the clock; without a call it is the machine's. */
  setNow(at: Instant): void;
  /** A fresh submitted case of Ali's. */
  submitted(): Promise<Performed>;
  give(id: CaseId, person: Person, command: Command, key?: string): Promise<Performed>;
  /** Ticks until nothing is due. */
  settle(): Promise<void>;
  stop(): Promise<void>;
};

function person(name: string, assignments: readonly { readonly role: Role; readonly unit: string }[] = []): Person {
  const id = name as PersonId;
  return {
    actor: { person: id, kind: 'citizen', assignments: assignments.map((one) => ({ role: one.role, unit: one.unit as UnitId })) },
    applicant: { id, kind: 'citizen', nationalId: `nid-${name}`, name },
  };
}

export const PEOPLE = {
  ali: person('ali'),
  sara: person('sara'),
  checker: person('checker', [{ role: 'officer', unit: 'office' }]),
  approver: person('approver', [
    { role: 'officer', unit: 'office' },
    { role: 'manager', unit: 'office' },
  ]),
  stranger: person('stranger', [{ role: 'officer', unit: 'elsewhere' }]),
  owner: person('owner', [{ role: 'owner', unit: 'office' }]),
  elsewhere: person('elsewhere', [{ role: 'owner', unit: 'elsewhere' }]),
};

/** Puts the mini city and service into a database, as its migrator. */
export async function seedMini(migratorUrl: string): Promise<void> {
  const pool = openPool(migratorUrl, { max: 1 });
  const at = instant('2026-01-01T00:00:00Z');
  const { calendar } = readCalendar(parse(await readFile(join(ROOT, 'city', 'calendar.yaml'), 'utf8')));
  if (!calendar) throw new Error('city/calendar.yaml cannot be read');
  const unit = (id: string) => ({ id, parent: null, kind: 'unit', district: null, name: { fa: id, en: id } });
  const people = Object.values(PEOPLE).map(({ applicant, actor }) => ({
    id: applicant.id,
    kind: 'citizen' as const,
    name: { fa: applicant.name, en: applicant.name },
    nationalId: applicant.nationalId,
    assignments: actor.assignments,
  }));
  await seedCity(pool, {
    units: [unit('office'), unit('elsewhere')],
    people,
    records: [],
    calendars: [calendar],
    source: 'test',
    at,
  });
  const definition = hashPackage(MINI_SERVICE, sha256);
  await publishService(pool, {
    definition,
    service: 'mini',
    version: '1.0.0',
    files: MINI_SERVICE,
    author: 'a',
    approver: 'b',
    at,
  });
  await pool.end();
}

export async function testRoad(): Promise<TestRoad> {
  const database = await testDatabase();
  await seedMini(database.migratorUrl);
  const folder = await mkdtemp(join(tmpdir(), 'dargah-road-'));
  let fixed: Instant | undefined;
  const world = { now: () => fixed ?? instant(new Date().toISOString()), random: (bytes: number) => randomBytes(bytes) };
  const composed = await compose({
    appUrl: database.appUrl,
    dataFolder: folder,
    origin: 'http://localhost:8080',
    production: false,
    world,
    ticking: false,
  });
  const { road } = composed;
  const give: TestRoad['give'] = (id, { actor }, command, key = randomUUID()) => perform(road, id, { actor, key, command });
  return {
    road,
    people: PEOPLE,
    appUrl: database.appUrl,
    migratorUrl: database.migratorUrl,
    setNow: (at) => void (fixed = at),
    give,
    async submitted() {
      const { actor, applicant } = PEOPLE.ali;
      const { id } = await open(road, { actor, key: randomUUID(), service: 'mini', command: { type: 'OpenCase', applicant } });
      return give(id, PEOPLE.ali, { type: 'SubmitApplication', answers: { subject: 'دیوار', area: 12 }, known: {} });
    },
    async settle() {
      while ((await tick(road)) > 0);
    },
    async stop() {
      await composed.stop();
      await rm(folder, { recursive: true, force: true });
      await database.drop();
    },
  };
}
