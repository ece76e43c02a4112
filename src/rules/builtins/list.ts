// List functions (DMN 1.5 Table 74). Positions start at 1; a negative one counts from the end.
import type { Decimal } from '#base/decimal.ts';
import { compare, equals } from '#rules/comparison.ts';
import { numberOf, ofDouble } from '#rules/decimals.ts';
import { Func, isList } from '#rules/kinds.ts';
import type { Run } from '#rules/run.ts';
import type { FeelValue } from '#rules/types.ts';
import { define, form, type Builtin, type Form } from './signature.ts';

type List = readonly FeelValue[];

function same(a: FeelValue, b: FeelValue): boolean {
  return equals(a, b) === true;
}

/** Index of a position, or undefined outside the list. */
function indexAt(position: Decimal, length: number): number | undefined {
  if (!position.isInteger() || position.isZero()) return undefined;
  const at = numberOf(position);
  const index = at < 0 ? length + at : at - 1;
  return index >= 0 && index < length ? index : undefined;
}

function sublist([list, start, length]: [List, Decimal, Decimal | undefined]): List | undefined {
  const from = indexAt(start, list.length);
  if (from === undefined) return undefined;
  if (!length) return list.slice(from);
  const count = length.toNumber();
  return !length.isInteger() || count < 0 || from + count > list.length ? undefined : list.slice(from, from + count);
}

function insertBefore([list, position, item]: [List, Decimal, FeelValue]): List | undefined {
  const index = indexAt(position, list.length);
  return index === undefined ? undefined : list.toSpliced(index, 0, item);
}

function remove([list, position]: [List, Decimal]): List | undefined {
  const index = indexAt(position, list.length);
  return index === undefined ? undefined : list.toSpliced(index, 1);
}

function replaceAt([list, position, item]: [List, Decimal, FeelValue]): List | undefined {
  const index = indexAt(position, list.length);
  return index === undefined ? undefined : list.with(index, item);
}

function replaceMatching([list, match, item]: [List, Func, FeelValue], run: Run): List | undefined {
  if (match.parameters.length !== 2) return undefined;
  const made: FeelValue[] = [];
  for (const own of list) {
    const hit = match.call([own, item], run);
    if (typeof hit !== 'boolean') return undefined;
    made.push(hit ? item : own);
  }
  return made;
}

function indexOf([list, match]: [List, FeelValue]): List {
  return list.flatMap((item, at) => (same(item, match) ? [ofDouble(at + 1)] : []));
}

function distinct(list: List): List {
  const seen = new Set<FeelValue>();
  const kept: FeelValue[] = [];
  for (const item of list) {
    const plain = typeof item === 'string' || typeof item === 'boolean' || item === null;
    if (plain ? seen.has(item) : kept.some((known) => same(known, item))) continue;
    if (plain) seen.add(item);
    kept.push(item);
  }
  return kept;
}

function flatten(list: List): List {
  return list.flatMap((item) => (isList(item) ? flatten(item) : [item]));
}

function extreme(list: List, sign: 1 | -1): FeelValue | undefined {
  let best: FeelValue | undefined;
  for (const item of list) {
    if (best === undefined) {
      if (compare(item, item) === null) return undefined;
      best = item;
      continue;
    }
    const order = compare(item, best);
    if (order === null) return undefined;
    if (order * sign > 0) best = item;
  }
  return best ?? null;
}

/** `all` and `any` of booleans in three values: the decisive one wins, then null. */
function quantify(list: List, decisive: boolean): boolean | null | undefined {
  if (list.some((item) => item !== null && typeof item !== 'boolean')) return undefined;
  if (list.includes(decisive)) return decisive;
  return list.includes(null) ? null : !decisive;
}

function sort([list, precedes]: [List, Func | null | undefined], run: Run): List | undefined {
  let valid = true;
  const order = (a: FeelValue, b: FeelValue): number => {
    const found = precedes ? byFunction(precedes, [a, b], run) : compare(a, b);
    if (found === null) valid = false;
    return found ?? 0;
  };
  if (precedes && precedes.parameters.length !== 2) return undefined;
  const sorted = list.toSorted(order);
  return valid ? sorted : undefined;
}

function byFunction(precedes: Func, [a, b]: [FeelValue, FeelValue], run: Run): number | null {
  const first = precedes.call([a, b], run);
  if (first === true) return -1;
  const second = precedes.call([b, a], run);
  if (typeof first !== 'boolean' || typeof second !== 'boolean') return null;
  return second ? 1 : 0;
}

/** A function of a list, or of the items themselves as arguments. */
export function overList(body: (list: List) => FeelValue | undefined): readonly [Form, Form] {
  return [
    form('list: list', ([list]: [List]) => body(list)),
    form('...item: any', (items: List) => (items.length < 2 ? undefined : body(items))),
  ];
}

export const LIST: readonly Builtin[] = [
  define(
    'list contains',
    form('list: list, element: any', ([list, item]: [List, FeelValue]) => list.some((own) => same(own, item))),
  ),
  define('count', ...overList((list) => ofDouble(list.length))),
  define('min', ...overList((list) => extreme(list, -1))),
  define('max', ...overList((list) => extreme(list, 1))),
  define('all', ...overList((list) => quantify(list, false))),
  define('any', ...overList((list) => quantify(list, true))),
  define('sublist', form('list: list, start position: number, length?: number', sublist)),
  define(
    'append',
    form('list: list, ...item: any', ([list, ...items]: [List, ...FeelValue[]]) => [...list, ...items]),
  ),
  define(
    'concatenate',
    form('...list: list', (lists: readonly List[]) => lists.flat()),
  ),
  define('insert before', form('list: list, position: number, newItem: any', insertBefore)),
  define('remove', form('list: list, position: number', remove)),
  define(
    'list replace',
    form('list: list, position: number, newItem: any', replaceAt),
    form('list: list, match: function, newItem: any', replaceMatching),
  ),
  define(
    'reverse',
    form('list: list', ([list]: [List]) => list.toReversed()),
  ),
  define('index of', form('list: list, match: any', indexOf)),
  define(
    'union',
    form('...list: list', (lists: readonly List[]) => distinct(lists.flat())),
  ),
  define(
    'distinct values',
    form('list: list', ([list]: [List]) => distinct(list)),
  ),
  define(
    'flatten',
    form('list: list', ([list]: [List]) => flatten(list)),
  ),
  define('sort', form('list: list, precedes?: function|null', sort)),
];
