// A package in a city: the services fit the demo city, and what a city lacks is told.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { before, test } from 'node:test';
import { readCity } from '#catalog/city.ts';
import type { City } from '#catalog/city.ts';
import { checkInCity } from '#catalog/in-city.ts';
import { readPackage } from '#catalog/read.ts';
import type { PackageFiles } from '#catalog/types.ts';

const ROOT = join(import.meta.dirname, '..', '..');
let city: City;

function filesIn(folder: string): PackageFiles {
  const at = join(ROOT, folder);
  const entries = readdirSync(at, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    entries.map((one) => join(one.parentPath, one.name)).map((file) => [relative(at, file), readFileSync(file, 'utf8')]),
  );
}

const COMPLETION = filesIn('services/completion-certificate');

before(() => {
  city = readCity(filesIn('city')).city ?? assert.fail('the city has errors');
});

function changed(file: string, from: string | RegExp, to: string, files: PackageFiles = COMPLETION): PackageFiles {
  const text = files[file] ?? '';
  const after = text.replace(from, to);
  assert.ok(after !== text, `${String(from)} is not in ${file}`);
  return { ...files, [file]: after };
}

test('every service of the repository fits the demo city', async () => {
  for (const service of readdirSync(join(ROOT, 'services'))) {
    const { package: pkg } = await readPackage(filesIn(`services/${service}`));
    assert.deepEqual(checkInCity(pkg!, city), []);
  }
});

test('a task that nobody in the city may work is warned of', async () => {
  const { package: pkg } = await readPackage(COMPLETION);
  const personas = city.personas.map((one) =>
    one.id.startsWith('engineer-') ? Object.assign({}, one, { assignments: [] }) : one,
  );
  const without = { ...city, personas };
  assert.deepEqual(
    checkInCity(pkg!, without).map((one) => `${one.severity} ${one.code} ${one.place}`),
    ['warning nobody-to-work Task_visit'],
  );
});

test('a package that names what the city lacks does not fit it', async () => {
  const misfit = async (file: string, from: string | RegExp, to: string): Promise<readonly string[]> => {
    const { package: pkg, findings } = await readPackage(changed(file, from, to));
    assert.ok(pkg, JSON.stringify(findings));
    return checkInCity(pkg, city).map((one) => `${one.severity} ${one.code} ${one.file ?? ''} ${one.place}`);
  };
  assert.deepEqual(await misfit('service.yaml', 'owner: planning-deputy', 'owner: planing'), [
    'error unknown-unit service.yaml duties.owner',
  ]);
  assert.deepEqual(await misfit('service.yaml', 'calendar: city', 'calendar: village'), [
    'error unknown-calendar service.yaml deadline.calendar',
  ]);
  assert.deepEqual(await misfit('examples/happy.yaml', 'by: officer-leila', 'by: officer-layla'), [
    'error unknown-persona examples/happy.yaml officer-layla',
  ]);
  const elsewhere = changed(
    'process.bpmn',
    'unit="fire-service"',
    'unit="metro"',
    changed('service.yaml', 'unit: fire-service', 'unit: metro'),
  );
  const { package: pkg } = await readPackage(elsewhere);
  assert.deepEqual(
    checkInCity(pkg!, city).map((one) => `${one.code} ${one.place}`),
    ['unknown-unit duties.executors[1].unit', 'unknown-unit Task_fire', 'inquiry-responder Task_fire'],
  );
});
