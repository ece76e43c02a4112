// The demo city as it is, and with one thing wrong in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCity } from '#catalog/city.ts';
import type { PackageFiles } from '#catalog/types.ts';
import { filesIn } from '#testing/package-files.ts';

const FILES: PackageFiles = filesIn('city');

function faults(file: string, from: string | RegExp, to: string): readonly string[] {
  const text = FILES[file] ?? '';
  const after = text.replace(from, to);
  assert.ok(after !== text, `${String(from)} is not in ${file}`);
  const { city, findings } = readCity({ ...FILES, [file]: after });
  assert.ok(city === undefined, `taken with ${to}`);
  for (const { reason, mend } of findings) assert.ok(reason.fa !== '' && reason.en !== '' && mend.fa !== '' && mend.en !== '');
  return findings.map((one) => `${one.code} ${one.file ?? ''} ${one.place}`);
}

test('the demo city has what its services and their examples need', () => {
  const { city, findings } = readCity(FILES);
  assert.deepEqual(findings, []);
  assert.equal(city?.districts.length, 22);
  assert.ok(city.personas.length >= 14 && city.properties.length >= 24);
  assert.equal(city.units.filter((one) => /^district-\d\d-planning$/.test(one.id)).length, 22);
  assert.equal(new Set(city.properties.map((one) => one['district'])).size, 22, 'a property in every district');
  assert.equal(city.calendars[0]?.id, 'city');
});

test('four eyes can be shown: two officers and two managers in one unit, one person among both', () => {
  const { city } = readCity(FILES);
  const holders = (role: string): readonly string[] =>
    (city?.personas ?? [])
      .filter((one) => one.assignments.some((held) => held.role === role && held.unit === 'district-06-planning'))
      .map((one) => one.id);
  assert.ok(holders('officer').length >= 2 && holders('manager').length >= 2);
  assert.ok(holders('manager').some((id) => holders('officer').includes(id)));
});

test('a wrong value is told with its file, its row’s own id and its field', () => {
  assert.deepEqual(faults('personas.yaml', "'9991012346'", "'9991012345'"), [
    'city-shape personas.yaml [citizen-sara].nationalId',
  ]);
  assert.deepEqual(faults('properties.yaml', 'use: residential', 'use: castle'), [
    'city-shape properties.yaml [6-1045-12-7].use',
  ]);
  assert.deepEqual(faults('properties.yaml', 'unpaidYears: [1403,', 'unpaidYears: [2024,'), [
    'city-shape properties.yaml [6-1045-12-7].unpaidYears',
  ]);
  assert.deepEqual(faults('units.yaml', /kind: municipality,(?= district)/, 'kind: castle,'), [
    'city-shape units.yaml [municipality].kind',
  ]);
  assert.deepEqual(faults('city.yaml', "id: '07'", 'id: 7'), ['city-shape city.yaml districts[6].id']);
});

test('a name that is named and not there is a missing reference', () => {
  assert.deepEqual(faults('personas.yaml', 'unit: fire-service', 'unit: fire-servise'), [
    'missing-reference personas.yaml [officer-farhad].assignments[0].unit',
  ]);
  assert.deepEqual(faults('properties.yaml', "district: '06'", "district: '66'"), [
    'missing-reference properties.yaml [6-1045-12-7].district',
  ]);
});

test('twins and units under themselves are found', () => {
  assert.ok(faults('properties.yaml', "'6-1045-12-9'", "'6-1045-12-7'").includes('duplicate-name properties.yaml [6-1045-12-7]'));
  const loop = faults('units.yaml', /id: municipality,\s+parent: null/, 'id: municipality, parent: revenue');
  assert.ok(
    loop.includes('unit-loop units.yaml [revenue].parent') && loop.includes('unit-loop units.yaml [municipality].parent'),
  );
});

test('a missing or unreadable file is told by its name', () => {
  const { 'units.yaml': _units, ...rest } = FILES;
  assert.deepEqual(
    readCity(rest).findings.map((one) => `${one.code} ${one.place}`),
    ['missing-file units.yaml'],
  );
  assert.deepEqual(faults('city.yaml', 'districts:', 'districts: ['), ['yaml-syntax city.yaml city.yaml']);
  assert.deepEqual(faults('calendar.yaml', 'version: 1', 'version: one'), ['calendar-shape calendar.yaml version']);
});
