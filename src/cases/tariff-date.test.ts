// Which tariff a case keeps: of the day the law names, to the minute of the city's midnight, whatever comes later.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { readCity } from '#catalog/city.ts';
import { readPackage } from '#catalog/read.ts';
import type { PackageFiles, ServicePackage } from '#catalog/types.ts';
import { incidents } from '#engine/waits.ts';
import { stageOf } from '#main/stage.ts';
import { rehearse } from './rehearse.ts';
import type { CaseState } from './types.ts';

const ROOT = join(import.meta.dirname, '..', '..');

function folder(path: string): PackageFiles {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    files.map((one) => join(one.parentPath, one.name)).map((file) => [file.slice(path.length + 1), readFileSync(file, 'utf8')]),
  );
}

const { city } = readCity(folder(join(ROOT, 'city')));
assert.ok(city);
const stage = stageOf(city);
const FILES = folder(join(ROOT, 'services', 'completion-certificate'));

async function ruledBy(rule: string): Promise<ServicePackage> {
  const yaml = (FILES['service.yaml'] ?? '').replace('rule: submission', rule);
  const { package: pkg, findings } = await readPackage({ ...FILES, 'service.yaml': yaml });
  assert.ok(pkg, findings.map((one) => one.reason.en).join('\n'));
  return pkg;
}

const SUBMIT = {
  submit: {
    renovationCode: '6-1045-12-9',
    permitNumber: '06-1402-000123',
    currentUse: 'residential',
    builtAreaNow: 296,
    floorsBuilt: 3,
    unitsBuilt: 1,
    parkingsBuilt: 2,
    asBuiltPlan: 'plan.pdf',
    engineerReport: 'report.pdf',
    facadePhoto: 'facade.jpg',
    declared: true,
  },
};
const CHECK = { complete: { task: 'Task_check', by: 'officer-leila', answers: { decision: 'complete' } } };
const FIRE = { complete: { task: 'Task_fire', by: 'officer-farhad', answers: { result: 'approved' } } };
const visit = (visitedOn: string): JsonObject => ({
  complete: {
    task: 'Task_visit',
    by: 'engineer-kaveh',
    answers: { visitedOn, measuredArea: 296, floorsSeen: 3, deviations: [], opinion: 'conforms' },
  },
});
const APPROVE = {
  complete: { task: 'Task_approve', by: 'manager-nader', answers: { decision: 'return', reason: 'measure the area again' } },
};

function play(pkg: ServicePackage, now: string, when: readonly Json[]): CaseState {
  const { state, failures } = rehearse(pkg, { title: 'x', given: { now, applicant: 'citizen-maryam' }, when }, stage);
  assert.deepEqual(failures, []);
  assert.ok(state);
  return state;
}

function feeOf(state: CaseState): string | undefined {
  return state.fee?.total;
}

test('applied for in the last minute of the old year and paid in the new one: the old tariff', async () => {
  const pkg = await ruledBy('rule: submission');
  const state = play(pkg, '2026-03-20T23:59:00+03:30', [
    SUBMIT,
    { advance: 'P6D' },
    CHECK,
    FIRE,
    visit('2026-03-26'),
    { pay: { result: 'paid' } },
  ]);
  assert.equal(state.tariffDate, '2026-03-20');
  assert.equal(feeOf(state), '1900000');
  assert.equal(state.payments[0]?.status, 'paid');
  assert.equal(state.payments[0]?.amount, '1900000');
});

test('applied for in the first minute of the new year: the new tariff', async () => {
  const pkg = await ruledBy('rule: submission');
  const state = play(pkg, '2026-03-21T00:00:00+03:30', [SUBMIT, CHECK, FIRE, visit('2026-03-21')]);
  assert.equal(state.tariffDate, '2026-03-21');
  assert.equal(feeOf(state), '2500000');
});

test('where the law says completeness, the day the file was found complete rules', async () => {
  const pkg = await ruledBy('rule: completeness\n    step: Task_check');
  const old = play(pkg, '2026-03-18T10:00:00+03:30', [SUBMIT, CHECK, { advance: 'P10D' }, FIRE, visit('2026-03-28')]);
  assert.equal(feeOf(old), '1900000');
  const late = play(pkg, '2026-03-18T10:00:00+03:30', [SUBMIT, { advance: 'P5D' }, CHECK, FIRE, visit('2026-03-23')]);
  assert.equal(late.tariffDate, '2026-03-23');
  assert.equal(feeOf(late), '2500000');
});

test('where the law says assessment, the day the fee is first computed rules, and stays', async () => {
  const pkg = await ruledBy('rule: assessment');
  const state = play(pkg, '2026-03-18T10:00:00+03:30', [SUBMIT, CHECK, { advance: 'P5D' }, FIRE, visit('2026-03-23')]);
  assert.equal(state.tariffDate, '2026-03-23');
  assert.equal(feeOf(state), '2500000');
  const early = [SUBMIT, CHECK, FIRE, visit('2026-03-18'), { pay: { result: 'paid' } }, { advance: 'P10D' }];
  const kept = play(pkg, '2026-03-18T10:00:00+03:30', [...early, APPROVE, CHECK, FIRE, visit('2026-03-28')]);
  assert.equal(kept.tariffDate, '2026-03-18');
  assert.equal(feeOf(kept), '1900000', 'a return in the new year computes by the tariff the case has');
});

test('a fee that does not add up charges nobody: the case stands still, and says why', async () => {
  const duty = (FILES['duty.dmn'] ?? '').replace('<text>sum(lines.amount)</text>', '<text>sum(lines.amount) + 1</text>');
  const { package: pkg } = await readPackage({ ...FILES, 'duty.dmn': duty });
  const state = play(pkg!, '2026-04-18T10:00:00+03:30', [SUBMIT, CHECK, FIRE, visit('2026-04-18')]);
  assert.equal(state.fee, undefined);
  assert.deepEqual(state.payments, []);
  const [incident] = incidents(state.engine!);
  assert.equal(incident?.element, 'Rule_duty');
  assert.match(incident.reason, /is not the sum of its lines/);
});

test('a service without a dated tariff has no tariff date', async () => {
  const { package: pkg } = await readPackage(folder(join(ROOT, 'services', 'renovation-duty-clearance')));
  const [example] = Object.values(pkg!.examples);
  const { state } = rehearse(pkg!, isObject(example) ? example : {}, stage);
  assert.equal(state?.tariffDate, undefined);
});
