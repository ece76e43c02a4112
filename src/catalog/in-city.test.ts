// A package in a city: the services fit the demo city, and what a city lacks is told.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { before, test } from 'node:test';
import { readCity } from '#catalog/city.ts';
import type { City } from '#catalog/city.ts';
import { checkInCity } from '#catalog/in-city.ts';
import { readInquiryType } from '#catalog/inquiry-type.ts';
import { checkInquiryInCity } from '#catalog/inquiry-in-city.ts';
import { readPackage } from '#catalog/read.ts';
import { mayAsk } from '#inquiries/may-ask.ts';
import type { InquiryType } from '#inquiries/types.ts';
import type { PackageFiles } from '#catalog/types.ts';

const ROOT = join(import.meta.dirname, '..', '..');
let city: City;
let inquiries: readonly InquiryType[];

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
  inquiries = readdirSync(join(ROOT, 'inquiries')).map((id) => readInquiryType(filesIn(`inquiries/${id}`)).inquiry!.type);
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
    assert.deepEqual(checkInCity(pkg!, city, inquiries), []);
  }
});

test('a task that nobody in the city may work is warned of', async () => {
  const { package: pkg } = await readPackage(COMPLETION);
  const personas = city.personas.map((one) =>
    one.id.startsWith('engineer-') ? Object.assign({}, one, { assignments: [] }) : one,
  );
  const without = { ...city, personas };
  assert.deepEqual(
    checkInCity(pkg!, without, inquiries).map((one) => `${one.severity} ${one.code} ${one.place}`),
    ['warning nobody-to-work Task_visit'],
  );
});

test('a package that names what the city lacks does not fit it', async () => {
  const misfit = async (file: string, from: string | RegExp, to: string): Promise<readonly string[]> => {
    const { package: pkg, findings } = await readPackage(changed(file, from, to));
    assert.ok(pkg, JSON.stringify(findings));
    return checkInCity(pkg, city, inquiries).map((one) => `${one.severity} ${one.code} ${one.file ?? ''} ${one.place}`);
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
    checkInCity(pkg!, city, inquiries).map((one) => `${one.code} ${one.place}`),
    ['unknown-unit duties.executors[1].unit', 'unknown-unit Task_fire', 'inquiry-responder Task_fire'],
  );
});

test('a service whose owner may not ask an inquiry is refused; units under one that may are allowed', async () => {
  const { package: pkg } = await readPackage(COMPLETION);
  const among = (asks: readonly string[]) => inquiries.map((one) => (one.id === 'fire-safety' ? { ...one, asks } : one));
  const found = (asks: readonly string[]) => checkInCity(pkg!, city, among(asks)).map((one) => `${one.code} ${one.place}`);
  assert.deepEqual(found(['revenue']), ['inquiry-not-askable inquiries']);
  assert.deepEqual(found(['municipality']), []);
  assert.deepEqual(
    checkInCity(pkg!, city, []).map((one) => one.code),
    ['unknown-inquiry'],
  );
});

test('every inquiry type of the repository fits the demo city, and what the city lacks is told', () => {
  for (const type of inquiries) assert.deepEqual(checkInquiryInCity(type, city), [], type.id);
  const misfit = (change: Partial<InquiryType>): readonly string[] =>
    checkInquiryInCity({ ...inquiries[0]!, ...change }, city).map((one) => `${one.severity} ${one.code} ${one.place}`);
  assert.deepEqual(misfit({ owner: 'nobody' }), ['error unknown-unit owner']);
  assert.deepEqual(misfit({ asks: ['revenue', 'district-*-gardens'] }), ['error unknown-unit asks.1']);
  assert.deepEqual(misfit({ responders: [{ by: 'unit', unit: 'metro' }] }), ['error unknown-unit responders.0']);
  assert.deepEqual(misfit({ responders: [{ by: 'unit', unit: 'inspection' }] }), ['warning nobody-to-answer responders.0']);
  assert.deepEqual(misfit({ responders: [{ by: 'register', register: 'weather', key: 'x', decision: 'y' }] }), [
    'error unknown-register responders.0',
  ]);
});

test('a unit may ask where it, or a unit above it, is named; a star is any district', () => {
  const above = (unit: string) => city.units.find((one) => one.id === unit)?.parent;
  const may = (asks: readonly string[], unit: string): boolean => mayAsk({ asks }, unit, above);
  assert.ok(may(['planning-deputy'], 'article-100-commission'));
  assert.ok(may(['district-*-planning'], 'district-06-planning'));
  assert.ok(!may(['district-*-planning'], 'district-06-revenue') && !may(['district-*-planning'], 'district-06'));
  assert.ok(!may(['revenue'], 'finance-deputy') && !may([], 'municipality'));
  assert.ok(!mayAsk({}, 'revenue', above), 'where nobody is named, nobody asks');
});
