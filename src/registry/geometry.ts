// Geometry as the city keeps it: GeoJSON (RFC 7946) in its normal form, longitude before latitude, WGS 84; and what can be seen without measuring.
// Reading is read-geometry.ts, measuring plane.ts.

/** Longitude, latitude in degrees. A height that a file gives is left out: the city's rules are about the ground plan. */
export type Position = readonly [lon: number, lat: number];
export type Ring = readonly Position[];
export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'LineString'; readonly coordinates: Ring }
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };

export type Box = { readonly west: number; readonly south: number; readonly east: number; readonly north: number };

export const GEOMETRY_FAULTS = [
  'not-geometry', // no Point, LineString, Polygon or MultiPolygon with its lists
  'reference-system', // another one than WGS 84
  'position', // not two or three finite numbers
  'out-of-range', // no longitude and latitude: a projected system, perhaps
  'swapped', // latitude before longitude
  'outside', // not in the region it should be in
  'too-many-points',
  'too-few-points',
  'ring-open', // the last point is not the first
  'no-area',
  'self-intersection',
  'rings-cross',
  'hole-outside',
  'interior-split', // its rings touch so that it falls into parts
  'parts-overlap',
] as const;
export type GeometryFault = { readonly code: (typeof GEOMETRY_FAULTS)[number]; /** RFC 6901. */ readonly pointer: string };

export function isSame(a: Position | undefined, b: Position | undefined): boolean {
  return a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
}

/** Twice the signed area in the units of its points: positive where the ring runs counterclockwise. */
export function doubleArea(ring: readonly (readonly [number, number])[]): number {
  const [from] = ring;
  if (!from) return 0;
  let sum = 0;
  // Against its own first point: far from the origin the products would eat the digits.
  for (let at = 1; at + 1 < ring.length; at += 1) {
    const [a, b] = [ring[at] as Position, ring[at + 1] as Position];
    sum += (a[0] - from[0]) * (b[1] - from[1]) - (b[0] - from[0]) * (a[1] - from[1]);
  }
  return sum;
}

/** Its points, ring by ring or line by line. */
export function linesOf(geometry: Geometry): readonly Ring[] {
  switch (geometry.type) {
    case 'Point':
      return [[geometry.coordinates]];
    case 'LineString':
      return [geometry.coordinates];
    case 'Polygon':
      return geometry.coordinates;
    case 'MultiPolygon':
      return geometry.coordinates.flat();
  }
}

export function boxOf(geometry: Geometry): Box {
  const points = linesOf(geometry).flat();
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  return { west: Math.min(...lons), south: Math.min(...lats), east: Math.max(...lons), north: Math.max(...lats) };
}
