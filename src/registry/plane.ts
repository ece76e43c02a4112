// Measuring geometry in metres, in a plane laid on the ellipsoid where it is looked at. Reads no files; its geometries are valid (geometry.ts).
// A plane holds for a city's measures: within 2 km of its middle a distance is right to 0.5 m, within 200 m to a centimetre.
import { boxOf, doubleArea, linesOf } from './geometry.ts';
import type { Box, Geometry, Position, Ring } from './geometry.ts';
import { meeting, placeIn } from './rings.ts';

/** Metres east and north of the plane's middle. */
export type Spot = readonly [east: number, north: number];
export type Plane = { readonly middle: Position; readonly eastward: number; readonly northward: number };

/** WGS 84: half the long axis in metres, and the square of its eccentricity. */
const AXIS = 6_378_137;
const ECCENTRICITY = 0.006_694_379_990_14;
const DEGREE = Math.PI / 180;

/** Metres of a degree at a place: along its parallel and its meridian (radii of curvature N·cos φ and M). */
export function planeAt(middle: Position): Plane {
  const phi = middle[1] * DEGREE;
  const flat = 1 - ECCENTRICITY * Math.sin(phi) ** 2;
  const eastward = (AXIS / Math.sqrt(flat)) * Math.cos(phi) * DEGREE;
  const northward = ((AXIS * (1 - ECCENTRICITY)) / flat ** 1.5) * DEGREE;
  return { middle, eastward, northward };
}

export function middleOf({ west, south, east, north }: Box): Position {
  return [(west + east) / 2, (south + north) / 2];
}

export function spotOf({ middle, eastward, northward }: Plane, [lon, lat]: Position): Spot {
  return [(lon - middle[0]) * eastward, (lat - middle[1]) * northward];
}

/** Its rings and lines in metres. */
export function spotsOf(plane: Plane, geometry: Geometry): readonly (readonly Spot[])[] {
  return linesOf(geometry).map((line) => line.map((one) => spotOf(plane, one)));
}

/** A box that holds everything within so many metres of it, and at its corners a little more. */
export function widened(box: Box, metres: number): Box {
  const poleward = Math.min(89, Math.max(Math.abs(box.south), Math.abs(box.north)));
  // A degree is shortest along the parallel nearest the pole, and along the meridian nearest the equator.
  const { eastward } = planeAt([0, poleward]);
  const [east, north] = [metres / eastward, metres / 110_574];
  return { west: box.west - east, south: box.south - north, east: box.east + east, north: box.north + north };
}

export function boxesMeet(a: Box, b: Box): boolean {
  return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
}

/** Square metres; none for points and lines. */
export function areaOf(geometry: Geometry): number {
  if (geometry.type === 'Point' || geometry.type === 'LineString') return 0;
  const plane = planeAt(middleOf(boxOf(geometry)));
  // Holes run the other way round: their areas are negative.
  return spotsOf(plane, geometry).reduce((sum, ring) => sum + doubleArea(ring) / 2, 0);
}

/** The centre of its area; of a line's or point's box. */
export function centroidOf(geometry: Geometry): Position {
  const middle = middleOf(boxOf(geometry));
  if (geometry.type === 'Point' || geometry.type === 'LineString') return middle;
  const plane = planeAt(middle);
  let [east, north, whole] = [0, 0, 0];
  for (const ring of spotsOf(plane, geometry))
    for (let at = 0; at + 1 < ring.length; at += 1) {
      const [a, b] = [ring[at] as Spot, ring[at + 1] as Spot];
      const turn = a[0] * b[1] - b[0] * a[1];
      east += (a[0] + b[0]) * turn;
      north += (a[1] + b[1]) * turn;
      whole += turn;
    }
  return [middle[0] + east / (3 * whole) / plane.eastward, middle[1] + north / (3 * whole) / plane.northward];
}

/** Whether they have a point in common; edges and corners count. */
export function meets(a: Geometry, b: Geometry): boolean {
  if (!boxesMeet(boxOf(a), boxOf(b))) return false;
  return edgesMeet(a, b) || hasInside(a, b) || hasInside(b, a);
}

function edgesMeet(a: Geometry, b: Geometry): boolean {
  return linesOf(a).some((one) =>
    linesOf(b).some((other) =>
      pairsOf(one).some(([from, to]) => pairsOf(other).some(([start, end]) => meeting(from, to, start, end) !== undefined)),
    ),
  );
}

/** The pieces of a line; a single point is a piece from itself to itself. */
function pairsOf(line: Ring): readonly (readonly [Position, Position])[] {
  const [first] = line;
  if (first && line.length === 1) return [[first, first]];
  return line.slice(1).map((to, at) => [line[at] as Position, to]);
}

/** Where no edges meet, one point of each part of the inner tells whether it lies inside. */
function hasInside(outer: Geometry, inner: Geometry): boolean {
  const parts = outer.type === 'Polygon' ? [outer.coordinates] : outer.type === 'MultiPolygon' ? outer.coordinates : [];
  return linesOf(inner).some(([point]) =>
    parts.some(
      ([shell = [], ...holes]) =>
        point !== undefined && placeIn(shell, point) !== 'out' && holes.every((hole) => placeIn(hole, point) !== 'in'),
    ),
  );
}

/** Two points, one of each, that are nearest to each other, and the metres between them. Where they meet, 0, and no such points: the middle of the first. */
export type Gap = { readonly metres: number; readonly from: Position; readonly to: Position };

export function gapBetween(a: Geometry, b: Geometry): Gap {
  const plane = planeAt(middleOf(boxOf(a)));
  if (meets(a, b)) return { metres: 0, from: plane.middle, to: plane.middle };
  const back = ([east, north]: Spot): Position => [
    plane.middle[0] + east / plane.eastward,
    plane.middle[1] + north / plane.northward,
  ];
  let best: Best = { metres: Infinity, from: [0, 0], to: [0, 0] };
  const others = spotsOf(plane, b);
  for (const one of spotsOf(plane, a)) for (const other of others) best = nearest(best, one, other);
  return { metres: best.metres, from: back(best.from), to: back(best.to) };
}

/** The nearest points of two pieces that do not cross are an end of one and a point of the other. Those that lie near are tried first. */
function nearest(before: Best, one: readonly Spot[], other: readonly Spot[]): Best {
  let best = before;
  const [easts, norths] = [one.map(([east]) => east), one.map(([, north]) => north)];
  const frame = [Math.min(...easts), Math.max(...easts), Math.min(...norths), Math.max(...norths)] as const;
  const own = pairsOf(one);
  const pieces = pairsOf(other).map((piece) => ({ piece, off: atLeast(frame, piece) }));
  for (const { piece, off } of pieces.sort((a, b) => a.off - b.off)) {
    if (off >= best.metres) break;
    for (const corner of one) best = nearer(best, corner, foot(corner, piece));
    for (const mine of own) for (const end of piece) best = nearer(best, foot(end, mine), end);
  }
  return best;
}

/** Metres that a piece is off a frame at the least. */
function atLeast(
  [west, east, south, north]: readonly [number, number, number, number],
  [[ax, ay], [bx, by]]: readonly [Spot, Spot],
): number {
  const aside = Math.max(Math.min(ax, bx) - east, west - Math.max(ax, bx), 0);
  const above = Math.max(Math.min(ay, by) - north, south - Math.max(ay, by), 0);
  return Math.hypot(aside, above);
}

type Best = { readonly metres: number; readonly from: Spot; readonly to: Spot };

function nearer(best: Best, from: Spot, to: Spot): Best {
  const metres = Math.hypot(from[0] - to[0], from[1] - to[1]);
  return metres < best.metres ? { metres, from, to } : best;
}

/** The point of a piece nearest to a spot. */
function foot([x, y]: Spot, [[ax, ay], [bx, by]]: readonly [Spot, Spot]): Spot {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return [ax + along * dx, ay + along * dy];
}
