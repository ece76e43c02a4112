// The one view: what stands and why, who says otherwise, what was said before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Instant } from '#base/instant.ts';
import { conflicts, golden, type Held, type Policy } from './golden.ts';
import type { Fields, Rule, SourceRecord } from './types.ts';

const at = (day: string): Instant => `2026-${day}T00:00:00.000Z` as Instant;
const record = (source: string, day: string, fields: Fields): SourceRecord => ({
  source,
  key: '1',
  kind: 'person',
  asOf: at(day),
  fields,
});
const held = (now: SourceRecord, ...before: readonly SourceRecord[]): Held => ({ now, before });

const POLICY: Policy = {
  rules: {
    name: [{ by: 'priority', sources: ['civil', 'tax'] }],
    mobile: [{ by: 'newest' }],
    address: [{ by: 'agreed', sources: 2 }, { by: 'most-confident' }],
    '*': [{ by: 'most-confident' }],
  },
  confidence: { civil: { '*': 0.9, address: 0.2 }, post: { address: 0.8 } },
  types: { nationalId: 'national-id', mobile: 'mobile', address: 'address' },
};

const civil = held(
  record('civil', '01-01', { name: 'سارا', nationalId: '0076229645', mobile: '09121111111', address: 'خ آزادی پ ۱' }),
);
const tax = held(
  record('tax', '06-01', { name: 'ساره', nationalId: '۰۰۷۶۲۲۹۶۴۵', mobile: '09122222222', address: 'خیابان انقلاب پلاک ۲' }),
);
const post = held(
  record('post', '03-01', { nationalId: '0076229646', address: 'تهران، خیابان آزادی، پلاک 1', job: null }),
  record('post', '02-01', { address: 'خ آزادی پ ۹' }),
);

test('each field stands by its own rule, with its source and all other claims beside it', () => {
  const view = golden([civil, tax, post], POLICY);
  const said = Object.fromEntries(Object.entries(view.fields).map(([field, { claim, rule }]) => [field, [claim.source, rule]]));
  assert.deepEqual(said, {
    name: ['civil', 'priority'],
    mobile: ['tax', 'newest'],
    address: ['post', 'agreed'],
    nationalId: ['tax', 'well-formed'],
  });
  const { address, nationalId } = view.fields;
  assert.deepEqual(
    address?.agreeing.map(({ source }) => source),
    ['civil'],
    'two spellings of one address agree',
  );
  assert.deepEqual(
    address?.against.map(({ source }) => source),
    ['tax'],
  );
  assert.deepEqual(
    address?.history.map(({ value, asOf }) => [value, asOf]),
    [['خ آزادی پ ۹', at('02-01')]],
  );
  assert.deepEqual([address?.claim.confidence, nationalId?.claim.confidence], [0.8, 0.5]);
  assert.deepEqual([view.id, view.kind, view.records], ['civil/1', 'person', ['civil/1', 'tax/1', 'post/1']]);
});

test('conflicts are listed with the rule that decided; agreement is none', () => {
  const listed = conflicts(golden([civil, tax, post], POLICY)).map(({ field, rule, stands, against }) => [
    field,
    rule,
    stands.source,
    against.length,
  ]);
  assert.deepEqual(listed, [
    ['address', 'agreed', 'post', 1],
    ['mobile', 'newest', 'tax', 1],
    ['name', 'priority', 'civil', 1],
    ['nationalId', 'well-formed', 'tax', 1],
  ]);
  const alone = golden([civil], POLICY);
  assert.deepEqual(conflicts(alone), []);
  assert.equal(alone.fields['name']?.rule, 'only');
  assert.equal(
    golden([civil, held(record('tax', '02-02', { mobile: '۰۹۱۲ ۱۱۱ ۱۱۱۱' }))], POLICY).fields['mobile']?.rule,
    'unanimous',
  );
});

const SOURCES = ['civil', 'tax', 'post', 'guild'];
const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ by: fc.constant('priority' as const), sources: fc.shuffledSubarray(SOURCES) }),
  fc.constantFrom<Rule>({ by: 'newest' }, { by: 'most-confident' }),
  fc.record({ by: fc.constant('agreed' as const), sources: fc.integer({ min: 1, max: 4 }) }),
);
const anyone = fc.record({
  source: fc.constantFrom(...SOURCES),
  key: fc.constantFrom('1', '2', '3'),
  kind: fc.constant('person' as const),
  asOf: fc.constantFrom(at('01-01'), at('02-01')),
  fields: fc.record({ name: fc.constantFrom('الف', 'ب', 'پ', '') }),
});

test('whatever the rules, what stands was claimed, every claim is there once, and the order of the records changes nothing', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyone, { minLength: 1, selector: ({ source, key }) => `${source}/${key}` }),
      fc.array(rule, { maxLength: 4 }),
      (records, rules) => {
        const policy = { ...POLICY, rules: { name: rules } };
        const view = (of: readonly SourceRecord[]) =>
          golden(of.map((one) => held(one)) as unknown as readonly [Held], policy).fields['name'];
        const name = view(records);
        const claims = records.filter(({ fields }) => fields['name'] !== '');
        assert.equal(name === undefined ? 0 : 1 + name.agreeing.length + name.against.length, claims.length);
        assert.deepEqual(view(records.toReversed()), name);
        if (name) for (const { value } of name.agreeing) assert.equal(value, name.claim.value);
      },
    ),
    { numRuns: 500 },
  );
});
