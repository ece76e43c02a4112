// Once only: a service that asks what a register knows is refused, with the place and the mend; and one that was published before still runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '#base/json.ts';
import { filesIn } from '#testing/package-files.ts';
import { claimedValue, claimForm, CLAIM_TEXTS } from './claim-form.ts';
import { readPackage } from './read.ts';
import { boundMember, REGISTERS } from './registers.ts';
import type { PackageFiles } from './types.ts';
import { checkForm } from '#forms/check.ts';
import { validateAnswers } from '#forms/validate.ts';

const RENOVATION = filesIn('services/renovation-duty-clearance');

/** The service with one more field on a page: 0 names the property, 1 is about it. */
function planted(page: number, component: JsonObject): PackageFiles {
  const form = JSON.parse(RENOVATION['application.form'] ?? '') as { components: { components: JsonObject[] }[] };
  form.components[page]?.components.push(component);
  return { ...RENOVATION, 'application.form': JSON.stringify(form) };
}

const field = (key: string, properties: JsonObject = {}): JsonObject => ({
  type: 'textfield',
  id: key,
  key,
  label: '$renovationCode',
  properties,
});

async function foundIn(files: PackageFiles): Promise<readonly string[]> {
  const { findings, package: pkg } = await readPackage(files);
  assert.equal(pkg === undefined, findings.length > 0);
  for (const { reason, mend, severity } of findings) {
    assert.equal(severity, 'error');
    for (const words of [reason, mend]) assert.ok(words.fa !== '' && words.en !== '' && words.fa !== words.en);
  }
  return findings.map(({ code, file, place }) => `${code} ${file} ${place}`);
}

test('a field called as what a register knows is refused, whichever register of the city it is', async () => {
  for (const key of ['address', 'fatherName', 'birthDate', 'registrationNumber', 'licence', 'chassis', 'landArea'])
    assert.deepEqual(await foundIn(planted(1, field(key))), [`asks-what-is-known application.form ${key}`]);
});

test('a field that takes a register’s identifier is refused under whatever name, unless it is bound', async () => {
  for (const format of ['national-id', 'legal-id', 'owner-id', 'postal-code', 'mobile', 'renovation-code', 'plate'])
    assert.deepEqual(
      await foundIn(planted(1, field('something', { format }))),
      ['asks-what-is-known application.form something'],
      format,
    );
  // Nobody's register has it; and a key is how a record is named.
  assert.deepEqual(await foundIn(planted(1, field('account', { format: 'iban' }))), []);
  assert.deepEqual(await foundIn(planted(1, field('car', { format: 'plate', register: 'vehicle.plate' }))), []);
});

test('a field that is bound only to be compared asks all the same', async () => {
  const compared = field('holder', { format: 'owner-id', register: 'property.owner-national-id' });
  assert.deepEqual(await foundIn(planted(1, compared)), ['asks-what-is-known application.form holder']);
  const known = field('holder', { format: 'owner-id', register: 'property.owner-national-id', by: 'renovationCode' });
  assert.deepEqual(await foundIn(planted(1, known)), []);
});

test('a binding names what there is: register and member, a key of an earlier page, a register of people', async () => {
  for (const [properties, code] of [
    [{ register: 'property.colour', by: 'renovationCode' }, 'unknown-register'],
    [{ register: 'dogs.name', by: 'renovationCode' }, 'unknown-register'],
    [{ register: 'property.address', by: 'mobile' }, 'register-by'],
    [{ register: 'vehicle.model', by: 'renovationCode' }, 'register-by'],
    [{ register: 'property.address', from: 'applicant' }, 'register-not-of-people'],
  ] as const)
    assert.deepEqual(await foundIn(planted(1, field('planted', properties))), [`${code} application.form planted`], code);
  // On the page of the key itself nothing can be known yet.
  assert.deepEqual(await foundIn(planted(0, field('early', { register: 'property.address', by: 'renovationCode' }))), [
    'register-by application.form early',
  ]);
  const broken: readonly JsonObject[] = [
    { register: 'person.mobile', from: 'officer' },
    { register: 'person.mobile', from: 'applicant', by: 'renovationCode' },
    { by: 'renovationCode' },
    { register: 'property.renovation-code', mayDiffer: '$contact.may-differ' },
  ];
  for (const properties of broken)
    assert.ok((await foundIn(planted(1, field('planted', properties)))).includes('field-shape application.form planted'));
});

test('what was published before is not stopped by it', async () => {
  const { package: pkg } = await readPackage(planted(1, field('mobile2', { format: 'mobile' })), { isPublished: true });
  assert.ok(pkg);
});

test('each register has its key among its fields, each with a title in both languages', () => {
  for (const [name, register] of Object.entries(REGISTERS)) {
    assert.ok(register?.fields[register.key], name);
    for (const { title } of Object.values(register.fields)) assert.ok(title.fa !== '' && title.en !== '');
  }
  assert.deepEqual(boundMember('property.owner-national-id'), {
    register: 'property',
    member: 'ownerNationalId',
    isKey: false,
    isOwner: true,
  });
  for (const none of ['property', 'property.', 'property.address.fa', 'toString.name', 'property.constructor'])
    assert.equal(boundMember(none), undefined, none);
});

test('the form of a claim takes what its type takes, in words of both languages', () => {
  for (const register of Object.values(REGISTERS))
    for (const one of Object.values(register?.fields ?? {})) assert.deepEqual(checkForm(claimForm(one), CLAIM_TEXTS), []);
  const claim = (type: Parameters<typeof claimForm>[0]['type'], claimed: string) => {
    const one = { type, title: { fa: '', en: '' } };
    const { answers, faults } = validateAnswers(claimForm(one), { claimed, reason: 'because' });
    return faults[0]?.code ?? claimedValue(one, answers['claimed']);
  };
  assert.deepEqual(claim('years', '۱۴۰۳، ۱۴۰۴'), [1403, 1404]);
  assert.deepEqual(claim('years', ''), []);
  assert.equal(claim('years', '14O3'), 'pattern');
  assert.equal(claim('amount', '۱۷۵٫۵'), 175.5);
  assert.equal(claim('amount', '-1'), 'too-small');
  assert.equal(claim('count', '2.5'), 'too-many-decimals');
  assert.equal(claim('use', 'farm'), 'not-an-option');
  assert.equal(claim('postal-code', '۱۴۳۶۹۱۳۵۷۱'), '1436913571');
  assert.equal(claim('district', '۰۶'), '06');
  assert.equal(claim('owner-id', '99910001018'), '99910001018');
  assert.equal(claim('day', '1405-1-1'), '2026-03-21');
});
