// A completion certificate under way, for tests of its pages: applied for, worked through the road's own commands, read by browsers without scripts.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { CaseId, PersonId, UnitId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import type { Actor, Command } from '#cases/types.ts';
import type { WaitId } from '#engine/types.ts';
import { attachFile } from '#work/files.ts';
import { beginPayment, settlePayment } from '#work/pay.ts';
import { open, perform } from '#work/perform.ts';
import { submit } from '#work/submit.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import type { TestPortal } from './portal.ts';

const actor = (
  person: string,
  ...hats: readonly (readonly [role: 'officer' | 'manager' | 'engineer', unit: string])[]
): Actor => ({
  person: person as PersonId,
  kind: 'citizen',
  assignments: hats.map(([role, unit]) => ({ role, unit: unit as UnitId })),
});
export const MARYAM = actor('citizen-maryam');
export const LEILA = actor('officer-leila', ['officer', 'district-06-planning']);
export const OMID = actor('officer-omid', ['officer', 'district-06-planning']);
export const NADER = actor('manager-nader', ['manager', 'district-06-planning']);
export const FARHAD = actor('officer-farhad', ['officer', 'fire-service']);
export const KAVEH = actor('engineer-kaveh', ['engineer', 'engineering-supervisors']);
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
export const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=',
  'base64',
);

export const run = (portal: TestPortal, id: CaseId, who: Actor, command: Command) =>
  perform(portal.composed.road, id, { actor: who, key: randomUUID(), command });

/** A submitted application, at its first check. */
export async function apply(portal: TestPortal, who: Actor = MARYAM, more: JsonObject = {}): Promise<CaseId> {
  const { road } = portal.composed;
  const person = who.person as PersonId;
  const nationalId = person === 'officer-omid' ? '9992022221' : '9991034560';
  const { id } = await open(road, {
    actor: who,
    key: randomUUID(),
    service: 'completion-certificate',
    command: { type: 'OpenCase', applicant: { id: person, kind: 'citizen', nationalId, name: 'مریم <b>حسینی</b>' } },
  });
  for (const [field, name, bytes] of [
    ['asBuiltPlan', 'plan.pdf', PDF],
    ['engineerReport', 'report.pdf', PDF],
    ['facadePhoto', 'facade.jpg', JPEG],
  ] as const)
    await attachFile(road, id, { actor: who, key: randomUUID(), field, name, stream: Readable.from([bytes]) });
  const answers = {
    renovationCode: '6-1045-12-9',
    // Asked of those alone who are not the owner.
    ownerId: '9991034560',
    permitNumber: '06-1402-000123',
    currentUse: 'residential',
    builtAreaNow: '296',
    floorsBuilt: '3',
    unitsBuilt: '1',
    parkingsBuilt: '2',
    declared: true,
    ...more,
  };
  await submit(road, id, { actor: who, key: randomUUID(), answers });
  return id;
}

export async function taskAt(portal: TestPortal, id: CaseId, element: string): Promise<WaitId> {
  const { road } = portal.composed;
  for (let tries = 0; tries < 100; tries += 1) {
    const { rows } = await road.pool.query<{ id: string }>(
      `select task_id as id from task where case_id = $1 and element = $2 and status = 'open'`,
      [id, element],
    );
    if (rows[0]) return rows[0].id as WaitId;
    await new Promise((done) => setTimeout(done, 50));
  }
  return assert.fail(`no task stands at ${element}`);
}

type Sent = { readonly status: number; readonly location: string | null; readonly html: string };
type Browser = {
  readonly get: (path: string) => Promise<Sent>;
  readonly post: (path: string, body: Readonly<Record<string, string>> | FormData) => Promise<Sent>;
};

/** A browser without scripts, signed in as a persona. */
export async function browser(portal: TestPortal, persona?: string): Promise<Browser> {
  let cookie = '';
  if (persona !== undefined) {
    const answer = await fetch(`${portal.origin}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ persona }),
    });
    cookie = `dargah=${((await answer.json()) as { token: string }).token}`;
  }
  const send = async (path: string, init: RequestInit): Promise<Sent> => {
    const headers = { cookie, origin: portal.origin, accept: 'text/html' };
    const answer = await fetch(portal.origin + path, { ...init, headers, redirect: 'manual' });
    return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
  };
  return {
    get: (path) => send(path, {}),
    post: (path, body) => send(path, { method: 'POST', body: body instanceof FormData ? body : new URLSearchParams(body) }),
  };
}

/** Where row-level security puts the reader: the same view that the pages read. */
export async function fileFor(portal: TestPortal, who: Actor, id: CaseId): Promise<CaseFile> {
  const reader = { person: who.person, units: who.assignments.map((one) => one.unit) };
  return loadCaseFile(portal.composed.road, { reader, actor: who }, id);
}

/** Through check, inquiry, visit, payment and approval to the document. */
export async function issue(portal: TestPortal): Promise<{ readonly id: CaseId; readonly code: string }> {
  const id = await apply(portal);
  const does = async (who: Actor, element: string, answers: JsonObject): Promise<void> => {
    const task = await taskAt(portal, id, element);
    await run(portal, id, who, { type: 'CompleteTask', task, answers });
  };
  await does(LEILA, 'Task_check', { decision: 'complete' });
  await does(FARHAD, 'Task_fire', { result: 'conditional', notes: 'خاموش‌کننده در هر طبقه' });
  await does(KAVEH, 'Task_visit', { visitedOn: '1405-09-01', measuredArea: '309.5', floorsSeen: '3', opinion: 'conforms' });
  const { road, bank } = portal.composed;
  const state = async () => (await fileFor(portal, NADER, id)).state;
  await until(async () => (await state()).payments.length > 0);
  const payment = (await state()).payments[0]?.id as WaitId;
  const { attempt } = await beginPayment(road, id, { actor: MARYAM, key: randomUUID(), payment });
  await bank.settle(attempt, 'paid', 'reference-7');
  await settlePayment(road, id, attempt);
  await does(NADER, 'Task_approve', { decision: 'approve' });
  await until(async () => (await state()).documents.length > 0);
  return { id, code: (await state()).documents[0]?.code ?? '' };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail('it did not come about');
}
