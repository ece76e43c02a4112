// Rules between sources as a city writes them, and the keys that find an entity.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysOf, readKey, registerValue } from './registers.ts';
import { readRules } from './rules.ts';

test('rules are read by kind and field', () => {
  const { rules, findings } = readRules(
    `person:\n  '*': [{ by: agreed, sources: 2 }, { by: newest }]\n  mobile: [{ by: priority, sources: [civil] }]`,
    'registry.yaml',
    new Set(['civil']),
  );
  assert.deepEqual(findings, []);
  assert.deepEqual(rules?.person?.['mobile'], [{ by: 'priority', sources: ['civil'] }]);
});

test('each fault of a rule is told at its place, and no rules are given', () => {
  const faults: readonly (readonly [string, string])[] = [
    ['[1, 2', ''],
    ['- a', ''],
    ['planet: {}', 'planet'],
    ['person: 1', 'person'],
    [`person: { mobile: newest }`, 'person.mobile'],
    [`person: { mobile: [] }`, 'person.mobile'],
    [`person: { mobile: [{ by: luck }] }`, 'person.mobile[0]'],
    [`person: { mobile: [{ by: agreed, sources: 1 }] }`, 'person.mobile[0]'],
    [`person: { mobile: [{ by: priority, sources: [] }] }`, 'person.mobile[0]'],
    [`person: { mobile: [{ by: newest, sources: 2 }] }`, 'person.mobile[0]'],
    [`person: { mobile: [{ by: newest, of: all }] }`, 'person.mobile[0]'],
    [`person: { mobile: [{ by: priority, sources: [nobody] }] }`, 'person.mobile[0].sources'],
  ];
  for (const [text, place] of faults) {
    const { rules, findings } = readRules(text, 'registry.yaml', new Set(['civil']));
    assert.equal(rules, undefined, text);
    assert.equal(findings[0]?.place, place, text);
    assert.ok(findings[0]?.reason.fa && findings[0]?.mend.en);
  }
});

test('a typed key is every key that it may be', () => {
  const finds = (text: string, field: string): string | undefined => readKey(text).find((one) => one.field === field)?.value;
  assert.equal(finds('۶-۱۰۴۵-۱۲-۷', 'renovationCode'), '6-1045-12-7');
  assert.equal(finds('06-104512', 'fileNumber'), '06-104512');
  assert.equal(finds('۱۰۴۵ فرعی از ۳۵۲۶ اصلی', 'registrationPlate'), '3526/1045');
  assert.equal(finds('12 ب 345 ایران 67', 'plate'), '12ب345-67');
  assert.equal(finds('99910001018', 'legalId'), '99910001018');
  assert.equal(finds('99910001018', 'ownerNationalId'), '99910001018', 'and what the firm owns');
  assert.deepEqual(readKey('9991012346', ['person']), [{ field: 'nationalId', value: '9991012346' }]);
  assert.deepEqual(readKey('سارا'), []);
});

test('keys of a record are those that are well formed, and a register gives them in their one form', () => {
  const fields = { renovationCode: '6 - 1045 - 12 - 7', postalCode: '12', ownerNationalId: '۹۹۹۱۰۱۲۳۴۶', address: 'کوچهٔ ۷' };
  assert.deepEqual(keysOf('property', fields), [
    { field: 'renovationCode', value: '6-1045-12-7' },
    { field: 'ownerNationalId', value: '9991012346' },
  ]);
  assert.equal(registerValue('property', 'ownerNationalId', fields.ownerNationalId), '9991012346');
  assert.equal(registerValue('property', 'postalCode', '12'), '12', 'what cannot be one stays as its source said it');
  assert.equal(registerValue('property', 'address', fields.address), fields.address);
  assert.deepEqual(registerValue('property', 'unpaidYears', [1404]), [1404]);
});
