// Range functions (DMN 1.5 Table 78), after Allen's interval algebra, and `range(from)`.
import { Decimal } from '#base/decimal.ts';
import { compare } from '#rules/comparison.ts';
import { kindOf, Range } from '#rules/kinds.ts';
import { temporal, unquoted } from '#rules/literals.ts';
import { callBuiltin, define, form, type Builtin } from './signature.ts';
import { CONVERSION } from './conversion.ts';
import type { Run } from '#rules/run.ts';
import type { FeelValue } from '#rules/types.ts';

type Relation = (a: Range, b: Range) => boolean | undefined;

/** A point is a range of itself. */
function asRange(value: FeelValue): Range {
  return value instanceof Range ? value : new Range({ start: value, end: value, startIncluded: true, endIncluded: true });
}

/** Order of two endpoints; undefined where they do not compare. An open end is below or above everything. */
function order(a: FeelValue, b: FeelValue, open: { a: -1 | 1; b: -1 | 1 }): number | undefined {
  if (a === null || b === null) return (a === null ? open.a * 2 : 0) - (b === null ? open.b * 2 : 0);
  return compare(a, b) ?? undefined;
}

const starts = (a: Range, b: Range): number | undefined => order(a.start, b.start, { a: -1, b: -1 });
const ends = (a: Range, b: Range): number | undefined => order(a.end, b.end, { a: 1, b: 1 });
const endToStart = (a: Range, b: Range): number | undefined => order(a.end, b.start, { a: 1, b: -1 });

function before(a: Range, b: Range): boolean | undefined {
  const gap = endToStart(a, b);
  return gap === undefined ? undefined : gap < 0 || (gap === 0 && !(a.endIncluded && b.startIncluded));
}

function meets(a: Range, b: Range): boolean | undefined {
  const gap = endToStart(a, b);
  return gap === undefined ? undefined : gap === 0 && a.endIncluded && b.startIncluded;
}

/** a begins before b does, or at the same point while b leaves it out. */
function beginsFirst(a: Range, b: Range): boolean | undefined {
  const gap = starts(a, b);
  return gap === undefined ? undefined : gap < 0 || (gap === 0 && a.startIncluded && !b.startIncluded);
}

function endsFirst(a: Range, b: Range): boolean | undefined {
  const gap = ends(a, b);
  return gap === undefined ? undefined : gap < 0 || (gap === 0 && !a.endIncluded && b.endIncluded);
}

function overlaps(a: Range, b: Range): boolean | undefined {
  const one = before(a, b);
  const other = before(b, a);
  return one === undefined || other === undefined ? undefined : !one && !other;
}

function overlapsBefore(a: Range, b: Range): boolean | undefined {
  return every(beginsFirst(a, b), overlaps(a, b), opposite(endsFirst(b, a)));
}

function finishes(a: Range, b: Range): boolean | undefined {
  const gap = ends(a, b);
  if (gap === undefined) return undefined;
  return every(gap === 0 && a.endIncluded === b.endIncluded, opposite(beginsFirst(a, b)));
}

function startsAs(a: Range, b: Range): boolean | undefined {
  const gap = starts(a, b);
  if (gap === undefined) return undefined;
  return every(gap === 0 && a.startIncluded === b.startIncluded, opposite(endsFirst(b, a)));
}

function includes(a: Range, b: Range): boolean | undefined {
  return every(opposite(beginsFirst(b, a)), opposite(endsFirst(a, b)));
}

function coincides(a: Range, b: Range): boolean | undefined {
  const [start, end] = [starts(a, b), ends(a, b)];
  if (start === undefined || end === undefined) return undefined;
  return start === 0 && end === 0 && a.startIncluded === b.startIncluded && a.endIncluded === b.endIncluded;
}

function every(...tests: readonly (boolean | undefined)[]): boolean | undefined {
  return tests.includes(undefined) ? undefined : !tests.includes(false);
}

function opposite(test: boolean | undefined): boolean | undefined {
  return test === undefined ? undefined : !test;
}

const flip =
  (relation: Relation): Relation =>
  (a, b) =>
    relation(b, a);

/** Forms by what stands on each side, with the parameter names of the standard. */
function relation(
  name: string,
  sides: readonly ('point point' | 'point range' | 'range point' | 'range range')[],
  test: Relation,
): Builtin {
  const body = ([a, b]: [FeelValue, FeelValue]): boolean | undefined => test(asRange(a), asRange(b));
  return define(
    name,
    ...sides.map((side) => {
      const [left, right] = side.split(' ');
      const numbered = left === right;
      const one = `${left}${numbered ? '1' : ''}: ${left === 'point' ? 'ordered' : 'range'}`;
      return form(`${one}, ${right}${numbered ? '2' : ''}: ${right === 'point' ? 'ordered' : 'range'}`, body);
    }),
  );
}

const ENDPOINT = String.raw`(?:-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?|@?"(?:[^"\\]|\\.)*"|(?:date and time|date|time|duration)\s*\(\s*"(?:[^"\\]|\\.)*"\s*\))`;
const LITERAL_RANGE = new RegExp(String.raw`^\s*([[\](])\s*(${ENDPOINT})\s*\.\.\s*(${ENDPOINT})\s*([[\])])\s*$`, 's');

/** `range("[18..21)")`: endpoints are literals of one kind, in order. */
function rangeFrom([from]: [string], run: Run): Range | undefined {
  const part = LITERAL_RANGE.exec(from);
  if (!part) return undefined;
  const [, open, first = '', second = '', close] = part;
  const start = endpoint(first, run);
  const end = endpoint(second, run);
  if (start === undefined || end === undefined || kindOf(start) !== kindOf(end)) return undefined;
  const found = compare(start, end);
  if (found === null || found > 0) return undefined;
  return new Range({ start, end, startIncluded: open === '[', endIncluded: close === ']' });
}

function endpoint(text: string, run: Run): FeelValue | undefined {
  if (text.startsWith('@')) return temporal(unquoted(text.slice(1)));
  if (text.startsWith('"')) return unquoted(text);
  const call = /^([a-z ]+?)\s*\(\s*(".*")\s*\)$/s.exec(text);
  if (!call) return new Decimal(1).times(text);
  const known = CONVERSION.find(({ name }) => name === call[1]);
  return known && callBuiltin(known, [unquoted(call[2] ?? '')], run);
}

export const RANGE: readonly Builtin[] = [
  define('range', form('from: string', rangeFrom)),
  relation('before', ['point point', 'point range', 'range point', 'range range'], before),
  relation('after', ['point point', 'point range', 'range point', 'range range'], flip(before)),
  relation('meets', ['range range'], meets),
  relation('met by', ['range range'], flip(meets)),
  relation('overlaps', ['range range'], overlaps),
  relation('overlaps before', ['range range'], overlapsBefore),
  relation('overlaps after', ['range range'], flip(overlapsBefore)),
  relation('finishes', ['point range', 'range range'], finishes),
  relation('finished by', ['range point', 'range range'], flip(finishes)),
  relation('includes', ['range point', 'range range'], includes),
  relation('during', ['point range', 'range range'], flip(includes)),
  relation('starts', ['point range', 'range range'], startsAs),
  relation('started by', ['range point', 'range range'], flip(startsAs)),
  relation('coincides', ['point point', 'range range'], coincides),
];
