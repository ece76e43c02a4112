// Canonical JSON against the examples of RFC 8785, and laws over any value.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { canonical, isObject, type Json } from './json.ts';

test('the example of RFC 8785 section 3.2.2 comes out as section 3.2.3 prints it', () => {
  const input = JSON.parse(
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
  ) as Json;
  assert.equal(
    canonical(input),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test('names sort by UTF-16 code unit, as in RFC 8785 section 3.2.3', () => {
  const input = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\u{1f600}': 'Emoji',
    '\u0080': 'Control',
    '\u00f6': 'o',
  };
  const values = Object.values(JSON.parse(canonical(input)) as Record<string, string>);
  // JSON.parse moves the integer-like name first again; the text itself is what counts.
  assert.equal(values.length, 7);
  const order = [...canonical(input).matchAll(/:"([^"]+)"/g)].map((match) => match[1]);
  assert.deepEqual(order, ['Carriage Return', 'One', 'Control', 'o', 'Euro Sign', 'Emoji', 'Hebrew Letter Dalet With Dagesh']);
});

test('the form of a value does not depend on the order of its names, and reads back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.parse(JSON.stringify(value)) as Json;
      assert.deepEqual(JSON.parse(canonical(json)), JSON.parse(JSON.stringify(json)));
      if (isObject(json)) assert.equal(canonical(Object.fromEntries(Object.entries(json).reverse())), canonical(json));
    }),
  );
});

test('absent members are left out; infinities are refused', () => {
  assert.equal(canonical({ b: undefined, a: 1 } as unknown as Json), '{"a":1}');
  assert.throws(() => canonical(Infinity), TypeError);
  assert.throws(() => canonical([Number.NaN]), TypeError);
});

test('an object is neither null nor a list', () => {
  assert.deepEqual([{}, null, [], 'x', 1].map(isObject), [true, false, false, false, false]);
});
