// How rings lie to themselves and to each other: what makes a ground plan no ground plan. Knows no metres. Positions that were read stand on
// a grid (read-geometry.ts): counted in halves of its steps, whatever is asked here of less than four degrees is answered without rounding.
import type { GeometryFault, Position, Ring } from './geometry.ts';

type Segment = { readonly a: Position; readonly b: Position; readonly part: number; readonly ring: number; readonly at: number };

/** Positions are kept to so many parts of a degree: a centimetre, as OpenStreetMap does. */
export const GRID = 1e7;

/** Half steps: the middle of two positions is counted exactly, too. */
function steps(from: number, to: number): number {
  return Math.round((to - from) * 2 * GRID);
}

/** Which side of the line a→b the point lies on: positive to the left, 0 on it. */
function side(a: Position, b: Position, point: Position): number {
  return steps(a[0], b[0]) * steps(a[1], point[1]) - steps(a[1], b[1]) * steps(a[0], point[0]);
}

/** Positive where a ring runs counterclockwise, 0 where it holds no area. */
export function turnOf(ring: Ring): number {
  const [first] = ring;
  return ring.slice(1).reduce((sum, to, at) => sum + (first ? side(first, ring[at] as Position, to) : 0), 0);
}

/** On the closed segment, for a point known to lie on its line. */
function isWithin(a: Position, b: Position, [x, y]: Position): boolean {
  return x >= Math.min(a[0], b[0]) && x <= Math.max(a[0], b[0]) && y >= Math.min(a[1], b[1]) && y <= Math.max(a[1], b[1]);
}

/** `across`: they cross, or run along each other; `touch`: they have one point in common, an end of one of them. */
export function meeting(a: Position, b: Position, c: Position, d: Position): 'across' | 'touch' | undefined {
  if (Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.max(c[1], d[1]) < Math.min(a[1], b[1])) return undefined;
  const [atC, atD, atA, atB] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (((atC > 0 && atD < 0) || (atC < 0 && atD > 0)) && ((atA > 0 && atB < 0) || (atA < 0 && atB > 0))) return 'across';
  const ends = [
    ...(atC === 0 && isWithin(a, b, c) ? [c] : []),
    ...(atD === 0 && isWithin(a, b, d) ? [d] : []),
    ...(atA === 0 && isWithin(c, d, a) ? [a] : []),
    ...(atB === 0 && isWithin(c, d, b) ? [b] : []),
  ];
  const [first] = ends;
  if (!first) return undefined;
  return ends.some((one) => one[0] !== first[0] || one[1] !== first[1]) ? 'across' : 'touch';
}

/** `in`, `on` the edge, or `out` of one ring: by the number of its edges that a ray to the east meets. */
export function placeIn(ring: Ring, point: Position): 'in' | 'on' | 'out' {
  let isIn = false;
  for (let at = 0; at + 1 < ring.length; at += 1) {
    const [a, b] = [ring[at] as Position, ring[at + 1] as Position];
    const turn = side(a, b, point);
    if (turn === 0 && isWithin(a, b, point)) return 'on';
    if (a[1] > point[1] !== b[1] > point[1] && turn > 0 === b[1] > a[1]) isIn = !isIn;
  }
  return isIn ? 'in' : 'out';
}

/** Faults of closed rings, part by part; the first ring of a part is its shell. `pointerOf` names a part. */
export function ringFaults(parts: readonly (readonly Ring[])[], pointerOf: (part: number) => string): readonly GeometryFault[] {
  const crossed = crossings(parts, pointerOf);
  // Where rings cross, inside and outside mean nothing.
  if (crossed.length > 0) return crossed;
  const split = parts.flatMap((rings, part): readonly GeometryFault[] =>
    isSplit(rings) ? [{ code: 'interior-split', pointer: pointerOf(part) }] : [],
  );
  return [...split, ...holesOutside(parts, pointerOf), ...overlaps(parts, pointerOf)];
}

/** Pairs are met in the order of their western ends, so that only those that overlap from west to east are compared. */
function crossings(parts: readonly (readonly Ring[])[], pointerOf: (part: number) => string): readonly GeometryFault[] {
  const segments = segmentsOf(parts).sort((one, other) => west(one) - west(other));
  let open: Segment[] = [];
  for (const one of segments) {
    const from = west(one);
    open = open.filter(({ a, b }) => Math.max(a[0], b[0]) >= from);
    for (const other of open) {
      const code = clash(one, other, (parts[one.part]?.[one.ring]?.length ?? 0) - 1);
      // One knot says enough: what lies beyond it means little.
      if (code) return [{ code, pointer: `${pointerOf(one.part)}/${one.ring}` }];
    }
    open.push(one);
  }
  return [];
}

function west({ a, b }: Segment): number {
  return Math.min(a[0], b[0]);
}

function segmentsOf(parts: readonly (readonly Ring[])[]): Segment[] {
  return parts.flatMap((rings, part) =>
    rings.flatMap((line, ring) => line.slice(1).map((b, at): Segment => ({ a: line[at] as Position, b, part, ring, at }))),
  );
}

function clash(one: Segment, other: Segment, length: number): GeometryFault['code'] | undefined {
  const how = meeting(one.a, one.b, other.a, other.b);
  if (!how) return undefined;
  if (one.part !== other.part || one.ring !== other.ring) return how === 'across' ? 'rings-cross' : undefined;
  const apart = Math.abs(one.at - other.at);
  const areNeighbours = apart === 1 || apart === length - 1;
  return areNeighbours && how === 'touch' ? undefined : 'self-intersection';
}

/** Corners and the middles of edges: what crosses through corners alone shows there. */
function probes(ring: Ring): readonly Position[] {
  const middles = ring.slice(1).map(([x, y], at): Position => {
    const [fromX, fromY] = ring[at] as Position;
    return [(x + fromX) / 2, (y + fromY) / 2];
  });
  return [...ring, ...middles];
}

function holesOutside(parts: readonly (readonly Ring[])[], pointerOf: (part: number) => string): readonly GeometryFault[] {
  return parts.flatMap(([shell = [], ...holes], part) =>
    holes.flatMap((hole, at): readonly GeometryFault[] => {
      const isOut = probes(hole).some((one) => placeIn(shell, one) === 'out');
      const isInOther = holes.some((other) => other !== hole && probes(hole).some((one) => placeIn(other, one) === 'in'));
      return isOut || isInOther ? [{ code: 'hole-outside', pointer: `${pointerOf(part)}/${at + 1}` }] : [];
    }),
  );
}

/** Rings that touch around in a circle, two of them in two points at the least, part the inside in two (OGC 06-103r4, 6.1.11.1). */
function isSplit(rings: readonly Ring[]): boolean {
  const above = new Map<string, string>();
  const top = (one: string): string => {
    let at = one;
    for (let up = above.get(at); up !== undefined; up = above.get(at)) at = up;
    return at;
  };
  const touches = rings.flatMap((ring, at) =>
    ring.flatMap((point) => {
      const others = rings.flatMap((other, index) => (index !== at && placeIn(other, point) === 'on' ? [index] : []));
      return others.length === 0 ? [] : [at, ...others].map((index) => [`${index}`, point.join(' ')] as const);
    }),
  );
  const once = new Map(touches.map((one) => [one.join(' at '), one]));
  return [...once.values()].some(([ring, point]) => {
    const [one, other] = [top(ring), top(point)];
    if (one === other) return true;
    above.set(one, other);
    return false;
  });
}

function overlaps(parts: readonly (readonly Ring[])[], pointerOf: (part: number) => string): readonly GeometryFault[] {
  return parts.flatMap((rings, part): readonly GeometryFault[] => {
    const isOver = parts.some((other, at) => at !== part && probes(rings[0] ?? []).some((one) => isInPart(other, one)));
    return isOver ? [{ code: 'parts-overlap', pointer: pointerOf(part) }] : [];
  });
}

/** Strictly inside the shell, and in no hole. */
function isInPart([shell = [], ...holes]: readonly Ring[], point: Position): boolean {
  return placeIn(shell, point) === 'in' && holes.every((hole) => placeIn(hole, point) === 'out');
}
