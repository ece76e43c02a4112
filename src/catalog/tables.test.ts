// Gaps, overlaps and idle rules of decision tables: found with the input that shows them, and nothing found in sound ones.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDmn } from '#rules/dmn/read.ts';
import { checkTables } from './tables.ts';

type Shape = { readonly policy?: string; readonly otherwise?: boolean; readonly inputs?: readonly string[] };

/** A model of one table: each row the cells of its inputs. */
function model(rows: readonly (readonly string[])[], { policy = 'UNIQUE', otherwise = false, inputs = ['area'] }: Shape = {}) {
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const rules = rows.map(
    (cells, at) =>
      `<rule id="r${at}">${cells.map((cell) => `<inputEntry><text>${escaped(cell)}</text></inputEntry>`).join('')}<outputEntry><text>${at}</text></outputEntry></rule>`,
  );
  const fallback = otherwise ? '<defaultOutputEntry><text>0</text></defaultOutputEntry>' : '';
  return readDmn(
    `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d"><decision id="rate" name="rate"><variable name="rate"/><decisionTable hitPolicy="${policy}">${inputs
      .map((name) => `<input><inputExpression><text>${name}</text></inputExpression></input>`)
      .join('')}<output name="rate">${fallback}</output>${rules.join('')}</decisionTable></decision></definitions>`,
  );
}

function found(rows: readonly (readonly string[])[], shape?: Shape): readonly string[] {
  return checkTables(model(rows, shape)).map(({ severity, code, place, reason, mend }) => {
    assert.ok(reason.fa !== '' && mend.fa !== '' && mend.en !== '');
    return `${severity} ${code} ${place}: ${reason.en}`;
  });
}

test('a table that takes every input once has no finding', () => {
  assert.deepEqual(found([['<= 75'], [']75..150]'], ['> 150']]), []);
  assert.deepEqual(found([['"a"'], ['not("a")']], {}), []);
  assert.deepEqual(
    found(
      [
        ['true', '-'],
        ['false', '< 10'],
        ['false', '>= 10'],
      ],
      { inputs: ['own', 'floors'] },
    ),
    [],
  );
  assert.deepEqual(found([['< date("2026-03-21")'], ['>= date("2026-03-21")']]), []);
  assert.deepEqual(found([['-']]), []);
});

test('whole numbers side by side leave no gap: years and floors are counted', () => {
  assert.deepEqual(found([['< 1403'], ['[1403..1404]'], ['>= 1405']]), []);
});

test('a gap is told with an input that falls into it', () => {
  assert.deepEqual(found([['< 0.02'], ['> 0.02']]), ['warning table-gap rate: No rule takes this input: area = 0.02.']);
  assert.deepEqual(found([['<= 100'], ['> 200']]), ['warning table-gap rate: No rule takes this input: area = 200.']);
  assert.deepEqual(
    found(
      [
        ['"a"', '> 1'],
        ['"b"', '-'],
      ],
      { inputs: ['use', 'floors'] },
    ),
    ['warning table-gap rate: No rule takes this input: use = "a", floors = 0.'],
  );
  assert.deepEqual(found([['> date("2026-03-21")']]), ['warning table-gap rate: No rule takes this input: area = 2026-03-20.']);
});

test('a default or a policy that may miss answers a gap', () => {
  assert.deepEqual(found([['> 1']], { otherwise: true }), []);
  assert.deepEqual(found([['> 1']], { policy: 'COLLECT' }), []);
});

test('two rules of a UNIQUE table that take one input are an error with both numbers', () => {
  assert.deepEqual(found([['<= 100'], ['>= 100']]), [
    'error table-overlap rate: rule 2: Rules 1, 2 take the same input, but the table is UNIQUE: area = 100.',
  ]);
  assert.deepEqual(found([['not("a")'], ['not("b")']]), [
    'error table-overlap rate: rule 2: Rules 1, 2 take the same input, but the table is UNIQUE: area = ….',
  ]);
  assert.deepEqual(found([['<= 100'], ['-']], { policy: 'FIRST' }), []);
});

test('a rule behind those that take all before it is told', () => {
  assert.deepEqual(found([['-'], ['> 5']], { policy: 'FIRST' }), [
    'warning rule-never-decides rate: rule 2: Rule 2 never decides anything.',
  ]);
});

test('a table with cells of another kind is not judged', () => {
  assert.deepEqual(found([['list contains(?, "a")']]), []);
  assert.deepEqual(found([['> limit']]), []);
});

test('law: bands cut at any ends are sound, and a band taken away is a gap', () => {
  const ends = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(ends, fc.nat(), (cuts, pick) => {
      // Tenths, so that neighbours are measured numbers, not counted ones.
      const at = cuts.toSorted((a, b) => a - b).map((one) => (one / 10 + 0.05).toFixed(2));
      const bands = [[`<= ${at[0]}`], ...at.slice(1).map((end, index) => [`]${at[index]}..${end}]`]), [`> ${at.at(-1)}`]];
      assert.deepEqual(found(bands), []);
      const gone = found(bands.toSpliced(pick % bands.length, 1));
      assert.equal(gone.filter((one) => one.startsWith('warning table-gap')).length, 1);
    }),
  );
});
