// Every operator with every pair of kinds: what the tables of the standard define has that kind, all else is null; and the static
// types foretell it (DMN 1.5 Tables 50 to 58).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileExpression } from '#rules/expression.ts';
import { inferType } from '#rules/infer.ts';
import { kindOf, type Kind } from '#rules/kinds.ts';
import type { FeelType } from '#rules/typing.ts';

/** A value of each kind. */
const VALUES: { readonly [kind in Kind]: string } = {
  number: '7',
  string: '"text"',
  boolean: 'true',
  date: '@"2026-03-21"',
  time: '@"10:00:00Z"',
  'date and time': '@"2026-03-21T10:00:00Z"',
  'years and months duration': '@"P1Y2M"',
  'days and time duration': '@"P1DT2H"',
  list: '[1, 2]',
  context: '{a: 1}',
  range: '[1..2]',
  function: 'abs',
  null: 'null',
};
const KINDS = Object.keys(VALUES) as Kind[];
const [YEARS, DAYS] = ['years and months duration', 'days and time duration'];

/** `left sign right = result`; all that is not here is null. */
const ARITHMETIC = [
  'number + number = number',
  'string + string = string',
  `date + ${YEARS} = date`,
  `date + ${DAYS} = date`,
  `${YEARS} + date = date`,
  `${DAYS} + date = date`,
  `time + ${DAYS} = time`,
  `${DAYS} + time = time`,
  `date and time + ${YEARS} = date and time`,
  `date and time + ${DAYS} = date and time`,
  `${YEARS} + date and time = date and time`,
  `${DAYS} + date and time = date and time`,
  `${YEARS} + ${YEARS} = ${YEARS}`,
  `${DAYS} + ${DAYS} = ${DAYS}`,
  'number - number = number',
  `date - date = ${DAYS}`,
  `date - date and time = ${DAYS}`,
  `date and time - date = ${DAYS}`,
  `date and time - date and time = ${DAYS}`,
  `time - time = ${DAYS}`,
  `date - ${YEARS} = date`,
  `date - ${DAYS} = date`,
  `time - ${DAYS} = time`,
  `date and time - ${YEARS} = date and time`,
  `date and time - ${DAYS} = date and time`,
  `${YEARS} - ${YEARS} = ${YEARS}`,
  `${DAYS} - ${DAYS} = ${DAYS}`,
  'number * number = number',
  `${YEARS} * number = ${YEARS}`,
  `number * ${YEARS} = ${YEARS}`,
  `${DAYS} * number = ${DAYS}`,
  `number * ${DAYS} = ${DAYS}`,
  'number / number = number',
  `${YEARS} / number = ${YEARS}`,
  `${DAYS} / number = ${DAYS}`,
  `${YEARS} / ${YEARS} = number`,
  `${DAYS} / ${DAYS} = number`,
  'number ** number = number',
];
const DEFINED = new Map(ARITHMETIC.map((row) => row.split(' = ') as [string, Kind]));
const ORDERED: ReadonlySet<Kind> = new Set(
  KINDS.filter((kind) => !['boolean', 'list', 'context', 'range', 'function', 'null'].includes(kind)),
);

function kindGiven(source: string): Kind {
  return kindOf(compileExpression(source).evaluate({}).value);
}

/** Each pair once, with the kinds as static types of names. */
function pairs(): { a: Kind; b: Kind; known: ReadonlyMap<string, FeelType> }[] {
  const typeOf = (kind: Kind): FeelType =>
    kind === 'list' || kind === 'range'
      ? { is: kind, of: { is: 'any' } }
      : kind === 'context'
        ? { is: 'context', entries: [] }
        : kind === 'function'
          ? { is: 'function', parameters: [{ is: 'any' }], result: { is: 'any' } }
          : { is: 'simple', kind };
  return KINDS.flatMap((a) =>
    KINDS.map((b) => ({
      a,
      b,
      known: new Map([
        ['x', typeOf(a)],
        ['y', typeOf(b)],
      ]),
    })),
  );
}

test('arithmetic is defined for the pairs of kinds in the tables, and null for all others', () => {
  for (const { a, b } of pairs()) {
    for (const sign of ['+', '-', '*', '/', '**'])
      assert.equal(
        kindGiven(`${VALUES[a]} ${sign} ${VALUES[b]}`),
        DEFINED.get(`${a} ${sign} ${b}`) ?? 'null',
        `${a} ${sign} ${b}`,
      );
  }
  for (const a of KINDS) {
    const negated = ['number', YEARS, DAYS].includes(a) ? a : 'null';
    assert.equal(kindGiven(`-(${VALUES[a]})`), negated, `- ${a}`);
    assert.equal(kindGiven(`+(${VALUES[a]})`), a === 'number' ? a : 'null', `+ ${a}`);
  }
});

test('values of one ordered kind compare; of one kind, or with null, they are equal or not; all else is null', () => {
  for (const { a, b } of pairs()) {
    const ordered = a === b && ORDERED.has(a) ? 'boolean' : 'null';
    for (const sign of ['<', '<=', '>', '>='])
      assert.equal(kindGiven(`${VALUES[a]} ${sign} ${VALUES[b]}`), ordered, `${a} ${sign} ${b}`);
    assert.equal(kindGiven(`${VALUES[a]} between ${VALUES[b]} and ${VALUES[b]}`), ordered, `${a} between ${b}`);
    const equal = a === b || a === 'null' || b === 'null' ? 'boolean' : 'null';
    for (const sign of ['=', '!=']) assert.equal(kindGiven(`${VALUES[a]} ${sign} ${VALUES[b]}`), equal, `${a} ${sign} ${b}`);
    const range = a === b && ORDERED.has(a) ? 'range' : 'null';
    if (a !== 'null' && b !== 'null') assert.equal(kindGiven(`[${VALUES[a]}..${VALUES[b]}]`), range, `[${a}..${b}]`);
  }
});

test('static types foretell each pair: a finding where all is null, the kind where there is a result', () => {
  for (const { a, b, known } of pairs()) {
    for (const sign of ['+', '-', '*', '/', '**', '<', '<=', '>', '>=', '=', '!=']) {
      const { type, findings } = inferType(`x ${sign} y`, known);
      const given = kindGiven(`${VALUES[a]} ${sign} ${VALUES[b]}`);
      const place = `${a} ${sign} ${b}`;
      if (given !== 'null') {
        assert.deepEqual(findings, [], place);
        assert.ok(type.is === 'any' || (type.is === 'simple' && type.kind === given), place);
      } else if (![a, b].some((kind) => kind === 'null' || kind === 'list')) {
        assert.deepEqual(
          findings.map(({ code }) => code),
          ['feel-operands'],
          place,
        );
      }
    }
  }
});
