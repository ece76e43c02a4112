// Structured fields: the RFC's own examples, what it refuses, and that what is written reads the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  parseDictionary,
  parseItem,
  parseList,
  serialiseDictionary,
  serialiseList,
  serialiseMember,
} from './structured-fields.ts';
import type { Bare, InnerList, Item, Member, Parameters } from './structured-fields.ts';

const item = (text: string): string | undefined => {
  const read = parseItem(text);
  return read && serialiseMember(read);
};
const dictionary = (text: string): string | undefined => {
  const read = parseDictionary(text);
  return read && serialiseDictionary(read);
};
const list = (text: string): string | undefined => {
  const read = parseList(text);
  return read && serialiseList(read);
};

test('items of every kind are read, and written in their one form', () => {
  for (const [text, written] of [
    ['42', '42'],
    ['  42  ', '42'],
    ['-0', '0'],
    ['007', '7'],
    ['-999999999999999', '-999999999999999'],
    ['4.5', '4.5'],
    ['4.500', '4.5'],
    ['-100.0', '-100.0'],
    ['999999999999.999', '999999999999.999'],
    ['"hello \\"world\\" \\\\"', '"hello \\"world\\" \\\\"'],
    ['""', '""'],
    ['foo123/456', 'foo123/456'],
    ['*a:b', '*a:b'],
    [':cHJldGVuZCB0aGlzIGlzIGJpbmFyeSBjb250ZW50Lg==:', ':cHJldGVuZCB0aGlzIGlzIGJpbmFyeSBjb250ZW50Lg==:'],
    ['::', '::'],
    ['?1', '?1'],
    ['?0', '?0'],
    ['@1659578233', '@1659578233'],
    ['5; a=1;  b', '5;a=1;b'],
    ['5;a=?1;b=?0', '5;a;b=?0'],
    ['text/html;charset=utf-8', 'text/html;charset=utf-8'],
  ] as const)
    assert.equal(item(text), written, text);
});

test('dictionaries and lists are read, and written in their one form', () => {
  assert.equal(dictionary(''), '');
  assert.equal(dictionary('en="Applepie",  da=:w4ZibGV0w6ZydGU=:'), 'en="Applepie", da=:w4ZibGV0w6ZydGU=:');
  assert.equal(dictionary('a=?0, b, c; foo=bar'), 'a=?0, b, c;foo=bar');
  assert.equal(dictionary('rating=1.5,\tfeelings=(joy sadness)'), 'rating=1.5, feelings=(joy sadness)');
  assert.equal(dictionary('a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid'), 'a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid');
  assert.equal(dictionary('a=1, b=2, a=3'), 'a=3, b=2');
  assert.equal(dictionary('a=1;x=1;x=2'), 'a=1;x=2');
  assert.equal(list('sugar, tea , rum'), 'sugar, tea, rum');
  assert.equal(list('( "foo"  "bar" ), ("baz"), ()'), '("foo" "bar"), ("baz"), ()');
  assert.equal(list('("foo"; a=1;b=2);lvl=5, ("bar" "baz");lvl=1'), '("foo";a=1;b=2);lvl=5, ("bar" "baz");lvl=1');
});

test('what the RFC does not allow is refused whole', () => {
  const items = [
    '',
    '-',
    '--1',
    '1.',
    '.1',
    '1.2345',
    '1234567890123.1',
    '1234567890123456',
    '1e3',
    '1 2',
    '\t1',
    '1\t',
    '@1.5',
    '@',
    '?2',
  ];
  const texts = [
    '"',
    '"a',
    '"\\n"',
    '"é"',
    '"a\u0001"',
    "'a'",
    ':YQ=:',
    ':YQ:',
    ':YR==:',
    ':Y Q==:',
    ':YQ==',
    '%"x"',
    'a b',
    'é',
    'a;',
    'a;A',
    'a; =1',
    '{',
    '1;a=',
    '1;a==2',
  ];
  for (const text of [...items, ...texts]) assert.equal(item(text), undefined, JSON.stringify(text));
  for (const text of [
    'a=1,',
    ',',
    'a=1,,b=2',
    'a=1 b=2',
    'A=1',
    '1=2',
    'a=',
    'a=(1',
    'a=(1 2',
    'a=(1,2)',
    'a=(1)(2)',
    'a=(1"b")',
    'a=1;',
    'a=((1))',
  ])
    assert.equal(dictionary(text), undefined, text);
  for (const text of ['a,', ',a', 'a,,b', 'a b', '(a', 'a)', '(a\tb)']) assert.equal(list(text), undefined, text);
});

test('a text longer than any honest field is refused, and a long one is read in time of its length', () => {
  assert.equal(parseList(`${'a,'.repeat(9000)}a`), undefined);
  assert.equal(parseList(`${'a, '.repeat(5000)}a`)?.length, 5001);
  assert.equal(parseItem(`"${'\\'.repeat(16_000)}`), undefined);
  assert.equal(parseDictionary(`a${';'.repeat(16_000)}`), undefined);
  assert.equal(parseDictionary('('.repeat(16_000)), undefined);
});

test('what no field can carry is not written', () => {
  const params: Parameters = new Map();
  for (const bare of [
    { kind: 'string', value: 'سلام' },
    { kind: 'string', value: 'a\nb' },
    { kind: 'integer', value: 1e15 },
    { kind: 'integer', value: 1.5 },
    { kind: 'token', value: '1a' },
    { kind: 'decimal', value: 1e12 },
    { kind: 'decimal', value: Number.NaN },
  ] as const)
    assert.throws(() => serialiseMember({ bare, params }), TypeError, JSON.stringify(bare));
  assert.throws(() => serialiseDictionary(new Map([['A', { bare: { kind: 'integer', value: 1 }, params }]])), TypeError);
});

const bare: fc.Arbitrary<Bare> = fc.oneof(
  fc
    .integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 })
    .map((value) => ({ kind: 'integer', value: value + 0 }) as const),
  fc.integer({ min: -999_999_999, max: 999_999_999 }).map((value) => ({ kind: 'decimal', value: value / 1000 + 0 }) as const),
  fc.integer({ min: -9_999_999_999, max: 9_999_999_999 }).map((value) => ({ kind: 'date', value: value + 0 }) as const),
  fc.stringMatching(/^[ -~]{0,20}$/).map((value) => ({ kind: 'string', value }) as const),
  fc.stringMatching(/^[A-Za-z*][\w!#$%&'*+.^`|~:/-]{0,12}$/).map((value) => ({ kind: 'token', value }) as const),
  fc.uint8Array({ maxLength: 40 }).map((value) => ({ kind: 'bytes', value: Uint8Array.from(value) }) as const),
  fc.boolean().map((value) => ({ kind: 'boolean', value }) as const),
);
const key = fc.stringMatching(/^[a-z*][a-z0-9_.*-]{0,8}$/);
const params = fc.array(fc.tuple(key, bare), { maxLength: 3 }).map((all) => new Map(all));
const anyItem: fc.Arbitrary<Item> = fc.record({ bare, params }, { noNullPrototype: true });
const innerList: fc.Arbitrary<InnerList> = fc.record(
  { items: fc.array(anyItem, { maxLength: 4 }), params },
  { noNullPrototype: true },
);
const member: fc.Arbitrary<Member> = fc.oneof(anyItem, innerList);

test('law: what is written is read again as it was', () => {
  const members = fc.array(fc.tuple(key, member), { maxLength: 5 }).map((all) => new Map(all));
  fc.assert(fc.property(members, (all) => assert.deepEqual(parseDictionary(serialiseDictionary(all)), all)));
  fc.assert(fc.property(fc.array(member, { maxLength: 5 }), (all) => assert.deepEqual(parseList(serialiseList(all)), all)));
});

test('law: any text is either refused, or read, written and read to the same', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'ab1-.,;=()":?@*\\ \t') }));
  fc.assert(
    fc.property(text, (any) => {
      const once = dictionary(any);
      if (once !== undefined) assert.equal(dictionary(once), once);
    }),
    { numRuns: 3000 },
  );
});
