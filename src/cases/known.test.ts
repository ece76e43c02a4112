// Once only, judged: whose record a value is taken from, to whom it is shown, and that nothing a browser sends stands in its place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { readForm } from '#forms/read.ts';
import type { Form } from '#forms/types.ts';
import { Refusal } from '#base/refusal.ts';
import { checkedApplication } from './answers.ts';
import { changedSince, correctableForm, standings, statedAnswers, wantedRecords } from './known.ts';
import type { Held, RegisterRecord } from './known.ts';
import type { CaseEnv, CaseState, Command } from './types.ts';

const AS_OF = instant('2026-01-01T00:00:00Z');
const SARA = { kind: 'citizen' as const, nationalId: '9991012346' };
const REZA = { kind: 'citizen' as const, nationalId: '9991023453' };
const FIRM = { kind: 'business' as const, nationalId: '99910001018' };
const CODE = '6-1045-12-7';

const field = (type: string, key: string, properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type,
  id: key,
  key,
  label: key,
  validate: { required: true },
  properties,
  ...more,
});
const group = (id: string, ...components: readonly JsonObject[]): JsonObject => ({ type: 'group', id, label: id, components });

const { form, findings } = readForm('application', {
  components: [
    group('one', field('textfield', 'code', { format: 'renovation-code', register: 'property.renovation-code' })),
    group(
      'two',
      field('textfield', 'owner', { format: 'owner-id', register: 'property.owner-national-id', by: 'code' }),
      field('textfield', 'address', { register: 'property.address', by: 'code' }),
      field('number', 'area', { register: 'property.land-area', by: 'code' }),
      field('textfield', 'mobile', { format: 'mobile', register: 'person.mobile', from: 'applicant', mayDiffer: 'rule 6' }),
      field('textfield', 'phone', { register: 'business.phone', from: 'applicant' }),
      field('textfield', 'purpose', {}),
    ),
  ],
});
assert.ok(form, JSON.stringify(findings));
const FORM: Form = form;

const record = (body: JsonObject, more: Partial<RegisterRecord> = {}): RegisterRecord => ({
  body,
  source: 's',
  asOf: AS_OF,
  ...more,
});
const HELD: Held = {
  property: {
    [CODE]: record(
      { ownerNationalId: SARA.nationalId, address: { fa: 'یوسف‌آباد', en: 'Yousefabad' }, landArea: 180 },
      { provenance: { landArea: { source: 'cadastre', asOf: AS_OF, record: 'cadastre/7' } }, disputes: { landArea: 'd1' } },
    ),
  },
  person: { [SARA.nationalId]: record({ mobile: '09990000011' }), [REZA.nationalId]: record({ mobile: '' }) },
  business: { [FIRM.nationalId]: record({ phone: '021' }) },
};
const TYPED = { code: CODE, purpose: 'loan' };

function stand(applicant: typeof SARA | typeof FIRM, answers: JsonObject = TYPED, held: Held = HELD) {
  return standings(FORM, { applicant, answers, held });
}
const is = (...given: Parameters<typeof stand>) => Object.fromEntries([...stand(...given)].map(([key, one]) => [key, one.is]));

test('the owner’s own property and the applicant’s own person are known; what people of another kind have is none of it', () => {
  assert.deepEqual(is(SARA), { owner: 'known', address: 'known', area: 'known', mobile: 'known', phone: 'unsuited' });
  assert.deepEqual(is(FIRM), { owner: 'asked', address: 'withheld', area: 'withheld', mobile: 'unsuited', phone: 'known' });
});

test('of another’s property nothing is shown, and it looks like one that nobody has; the owner’s number is asked of whoever is not the owner', () => {
  const foreign = is(REZA);
  assert.deepEqual(foreign, { owner: 'asked', address: 'withheld', area: 'withheld', mobile: 'asked', phone: 'unsuited' });
  const nobody: Held = { ...HELD, property: { [CODE]: null } };
  assert.deepEqual(is(REZA, TYPED, nobody), foreign);
});

test('what was not looked up, or has no key yet, waits', () => {
  assert.equal(is(SARA, {})['address'], 'waiting');
  assert.equal(is(SARA, TYPED, {})['area'], 'waiting');
  assert.equal(is(SARA, { code: 'six' })['owner'], 'waiting');
});

test('only the applicant’s own records and those of keys they typed are looked up', () => {
  assert.deepEqual(wantedRecords(FORM, { applicant: SARA, answers: { code: '۶-۱۰۴۵-۱۲-۷' } }), [
    { register: 'property', key: CODE, isTyped: true },
    { register: 'person', key: SARA.nationalId, isTyped: false },
  ]);
  assert.deepEqual(wantedRecords(FORM, { applicant: FIRM, answers: {} }), [
    { register: 'business', key: FIRM.nationalId, isTyped: false },
  ]);
});

test('each datum says where it comes from: the field’s own source before the record’s, and the open dispute', () => {
  const { answers, faults, sources } = statedAnswers(FORM, TYPED, { standings: stand(SARA) });
  assert.deepEqual(faults, []);
  assert.deepEqual(answers, {
    code: CODE,
    owner: SARA.nationalId,
    address: { fa: 'یوسف‌آباد', en: 'Yousefabad' },
    area: 180,
    mobile: '09990000011',
    purpose: 'loan',
  });
  const area = { register: 'property', member: 'landArea', key: CODE, source: 'cadastre', asOf: AS_OF, record: 'cadastre/7' };
  assert.deepEqual(sources['area'], { from: 'register', ...area, disputed: 'd1' });
  assert.equal(sources['mobile']?.from, 'register');
});

test('another value is the applicant’s where the law lets it differ, with the register’s beside it', () => {
  const { answers, sources } = statedAnswers(FORM, { ...TYPED, mobile: '۰۹۱۲۳۴۵۶۷۸۹' }, { standings: stand(SARA) });
  assert.equal(answers['mobile'], '09123456789');
  const stated = sources['mobile'];
  assert.ok(stated?.from === 'applicant');
  assert.equal(stated.against?.value, '09990000011');
  const emptied = statedAnswers(FORM, { ...TYPED, mobile: '' }, { standings: stand(SARA) });
  assert.deepEqual(emptied.faults, [{ pointer: '/mobile', code: 'required' }]);
});

test('what a register lacks is asked, and is the applicant’s own statement', () => {
  const given = { standings: stand(REZA) };
  assert.deepEqual(
    statedAnswers(FORM, TYPED, given).faults.map((one) => one.pointer),
    ['/owner', '/mobile'],
  );
  const { answers, sources } = statedAnswers(FORM, { ...TYPED, owner: SARA.nationalId, mobile: '09123456789' }, given);
  assert.deepEqual([sources['mobile'], sources['owner']], [{ from: 'applicant' }, { from: 'applicant' }]);
  assert.deepEqual([answers['address'], answers['area']], [undefined, undefined], 'what is withheld is no answer either');
});

test('law: whatever a browser sends for what a register gives, the register’s value is the answer', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.boolean(),
    fc.array(fc.string()),
    fc.object() as fc.Arbitrary<never>,
  );
  fc.assert(
    fc.property(
      fc.record({ owner: anything, address: anything, area: anything, phone: anything }, { requiredKeys: [] }),
      (sent) => {
        const honest = statedAnswers(FORM, TYPED, { standings: stand(SARA) });
        assert.deepEqual(statedAnswers(FORM, { ...TYPED, ...(sent as JsonObject) }, { standings: stand(SARA) }), honest);
        const foreign = statedAnswers(FORM, { ...TYPED, ...(sent as JsonObject) }, { standings: stand(REZA) });
        for (const key of ['address', 'area', 'phone']) assert.equal(foreign.answers[key], undefined);
      },
    ),
  );
});

test('what changed since it was shown is named; what was not shown is not', () => {
  const now = stand(SARA);
  assert.deepEqual(changedSince({ area: 180, owner: SARA.nationalId }, now), []);
  assert.deepEqual(changedSince({ area: 175, address: 'x' }, now), ['address', 'area']);
  assert.deepEqual(changedSince({}, now), []);
});

test('a correction in a case leaves out what a register gave, and the key it was found by', () => {
  const { sources } = statedAnswers(FORM, TYPED, { standings: stand(SARA) });
  const left = correctableForm(FORM, sources).pages.flatMap((page) => page.fields.map((one) => one.key));
  assert.deepEqual(left, ['mobile', 'phone', 'purpose']);
  assert.equal(correctableForm(FORM).pages.flatMap((page) => page.fields).length, 7);
});

/** A draft of an application under a form, as it is judged at submission. */
function submitted(of: Form, answers: JsonObject, more: Partial<Extract<Command, { type: 'SubmitApplication' }>> = {}) {
  const state = { applicant: { ...SARA, id: 'sara', name: 'x' }, draft: {}, files: [] } as unknown as CaseState;
  const env = { package: { manifest: { application: 'a' }, forms: { a: of } }, now: AS_OF, calendar: { utcOffset: '+03:30' } };
  const known = { code: HELD['property']?.[CODE]?.body ?? null };
  try {
    return checkedApplication(state, { type: 'SubmitApplication', answers, known, ...more }, env as unknown as CaseEnv).sources;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return (error.facts.fields ?? []).map((one) => `${one.pointer} ${one.code}`);
  }
}

test('a key that nobody has is one fault, and not also what was asked because of it', () => {
  const nobody = { known: { code: null }, held: { ...HELD, property: { [CODE]: null } } };
  assert.deepEqual(submitted(FORM, TYPED, nobody), ['/code unknown-register-key']);
});

test('what was not looked up is asked: nothing is submitted without it', () => {
  const faults = submitted(FORM, TYPED, { held: {} });
  assert.ok(Array.isArray(faults) && faults.includes('/address required') && faults.includes('/owner required'));
});

test('a form of before, that only compares, still does', () => {
  const before: Form = {
    id: 'a',
    pages: [{ ...FORM.pages[1]!, fields: [...FORM.pages[0]!.fields, { ...FORM.pages[1]!.fields[0]!, by: undefined } as never] }],
  };
  assert.deepEqual(submitted(before, { code: CODE, owner: REZA.nationalId }), ['/owner register-mismatch']);
  assert.deepEqual(submitted(before, { code: CODE, owner: SARA.nationalId }), {});
});
