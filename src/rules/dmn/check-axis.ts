// One input of a decision table as finitely many classes of values: within a class every rule's cell gives the same answer.
// What the ends of the cells cannot tell apart is one class, so judging a sample of each judges all values.
import { Decimal } from '#base/decimal.ts';
import { compare, equals } from '#rules/comparison.ts';
import { kindOf, type Kind } from '#rules/kinds.ts';
import type { FeelValue } from '#rules/types.ts';
import { bits, both, has, membersOf, put, putAll, type Bits } from './check-bits.ts';
import type { Cell, Span } from './check-cell.ts';
import { areNeighbours, between, beyond } from './check-line.ts';

/** `asked`: a table must have a rule for it. Null, a text that no cell takes by name or by `not`, and what lies between 3 and 4 can come, but need not be taken. */
export type Atom = { readonly value: FeelValue; readonly asked: boolean };
/** `sure`: rules that take the class; `maybe`: those and the rules whose cell cannot be judged. */
export type Class = Atom & { readonly sure: Bits; readonly maybe: Bits };
/** `idle`: no rule looks at it. */
export type Axis = { readonly name: string; readonly classes: readonly Class[]; readonly idle: boolean };

export type Column = {
  readonly name: string;
  /** For each rule its cells on this input, all of which must hold: the same expression may head several columns. */
  readonly cells: readonly (readonly Cell[])[];
  /** What the input may be at all, and of what kind, where that is declared. */
  readonly allowed: Cell;
  readonly kind: Kind | undefined;
};

type Line = { readonly points: readonly FeelValue[]; readonly ordered: boolean; readonly start: number };
type Atoms = { readonly list: readonly (Atom | undefined)[]; readonly lines: readonly Line[] };

export function axisOf(column: Column): Axis {
  const rules = column.cells.length;
  const atoms = atomsOf(column);
  const none = (): Bits[] => atoms.list.map(() => bits(rules));
  const sure = none();
  const isOpaque = column.cells.some((cells) => cells.some((cell) => cell.is === 'opaque'));
  const maybe = isOpaque ? none() : sure;
  const known = new Map<Cell, Bits>();
  const taken = (cell: Cell): Bits => {
    const set = known.get(cell) ?? takenBy(cell, atoms);
    known.set(cell, set);
    return set;
  };
  for (const [rule, cells] of column.cells.entries()) {
    const set = cells.map(taken).reduce(both);
    const isSure = cells.every((cell) => cell.is !== 'opaque');
    for (const at of membersOf(set)) {
      put(maybe[at] ?? set, rule);
      if (isSure) put(sure[at] ?? set, rule);
    }
  }
  const isAllowed = taken(column.allowed);
  const alive = atoms.list.flatMap((atom, at) => {
    const [own, other] = [sure[at], maybe[at]];
    return atom && own && other && (atom.value === null || has(isAllowed, at)) ? [{ ...atom, sure: own, maybe: other }] : [];
  });
  const idle = column.cells.every((cells) => cells.every((cell) => cell.is === 'any' || cell.is === 'opaque'));
  return { name: column.name, classes: merged(alive), idle };
}

/** Atoms that the same rules take are one class; one that is asked speaks for it. */
function merged(atoms: readonly Class[]): readonly Class[] {
  const classes = new Map<string, Class>();
  for (const atom of atoms) {
    const key = atom.maybe === atom.sure ? atom.sure.join() : `${atom.sure.join()};${atom.maybe.join()}`;
    const known = classes.get(key);
    if (!known || (atom.asked && !known.asked)) classes.set(key, atom);
  }
  return [...classes.values()];
}

function atomsOf(column: Column): Atoms {
  const cells = [...new Set([...column.cells.flat(), column.allowed])];
  const judged = cells.filter((cell) => cell.is === 'spans' || cell.is === 'test');
  const ends = judged
    .flatMap((cell) => cell.ends)
    .filter((value) => column.kind === undefined || value === null || kindOf(value) === column.kind);
  const list: (Atom | undefined)[] = [];
  const lines: Line[] = [];
  for (const points of linesOf(ends)) {
    const isText = typeof points[0] === 'string';
    const ordered = !isText || judged.some((cell) => cell.ordered && cell.ends.some((end) => typeof end === 'string'));
    lines.push({ points, ordered, start: list.length });
    list.push(...(ordered ? along(points) : points.map(asked)));
    if (isText && !ordered) list.push(unnamed(points, judged));
  }
  if (column.kind === 'boolean' || ends.some((end) => typeof end === 'boolean')) list.push(asked(true), asked(false));
  if (list.length === 0) list.push(asked(exampleOf(column.kind)));
  list.push({ value: null, asked: ends.includes(null) });
  return { list, lines };
}

function asked(value: FeelValue): Atom {
  return { value, asked: true };
}

/** Before the first point, at it, between it and the next … : the point `n` stands at `2n + 1`. */
function along(points: readonly FeelValue[]): readonly (Atom | undefined)[] {
  const isMeasured = points.some((end) => end instanceof Decimal && !end.isInteger());
  const atom = (value: FeelValue | undefined, isAsked = true): Atom | undefined =>
    value === undefined ? undefined : { value, asked: isAsked };
  return [
    atom(beyond(points[0] ?? null, 'before')),
    ...points.flatMap((point, at) => {
      const next = points[at + 1];
      if (next === undefined) return [asked(point), atom(beyond(point, 'after'))];
      return [asked(point), atom(between(point, next), isMeasured || !areNeighbours(point, next))];
    }),
  ];
}

/** Ends that compare with each other, sorted, each once. Truth values and what has no order lie on no line. */
function linesOf(ends: readonly FeelValue[]): readonly (readonly FeelValue[])[] {
  const groups: FeelValue[][] = [];
  for (const end of ends) {
    if (compare(end, end) === null) continue;
    const group = groups.find(([first = null]) => compare(first, end) !== null);
    if (group) group.push(end);
    else groups.push([end]);
  }
  return groups.map((group) => {
    const sorted = group.toSorted((a, b) => compare(a, b) ?? 0);
    return sorted.filter((value, at) => at === 0 || compare(sorted[at - 1] ?? null, value) !== 0);
  });
}

function takenBy(cell: Cell, atoms: Atoms): Bits {
  const set = bits(atoms.list.length);
  if (cell.is === 'any' || cell.is === 'opaque') putAll(set, 0, atoms.list.length - 1);
  else if (cell.is === 'test') {
    for (const [at, atom] of atoms.list.entries()) if (atom && cell.takes(atom.value)) put(set, at);
  } else for (const span of cell.spans) putSpan(set, span, atoms);
  return set;
}

function putSpan(set: Bits, span: Span, atoms: Atoms): void {
  const one = (span.from ?? span.to)?.value ?? null;
  if (typeof one === 'boolean') {
    for (const [at, atom] of atoms.list.entries()) if (atom && equals(atom.value, one) === true) put(set, at);
    return;
  }
  const line = atoms.lines.find(({ points }) => compare(points[0] ?? null, one) !== null);
  if (!line) return;
  const step = line.ordered ? 2 : 1;
  const from = span.from ? placeOf(line.points, span.from.value) : undefined;
  const to = span.to ? placeOf(line.points, span.to.value) : undefined;
  if (from === -1 || to === -1) return;
  const offset = line.ordered ? 1 : 0;
  const first = from === undefined ? 0 : from * step + offset + (span.from?.included === true ? 0 : 1);
  const last = to === undefined ? line.points.length * 2 : to * step + offset - (span.to?.included === true ? 0 : 1);
  putAll(set, line.start + first, line.start + last);
}

/** By halves; -1 where the value is no point of the line. */
function placeOf(points: readonly FeelValue[], value: FeelValue): number {
  let low = 0;
  let high = points.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const order = compare(points[middle] ?? null, value);
    if (order === null) return -1;
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** A text that no cell names: asked where a cell like `not("a")` takes it, or the allowed values do. */
function unnamed(points: readonly FeelValue[], cells: readonly Cell[]): Atom {
  let value = 'other';
  while (points.includes(value)) value += '!';
  return { value, asked: cells.some((cell) => cell.is === 'test' && cell.takes(value)) };
}

function exampleOf(kind: Kind | undefined): FeelValue {
  return kind === 'number' ? new Decimal(0) : 'other';
}
