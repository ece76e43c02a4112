// GeoJSON from anyone's file read into one normal form, or refused with each fault and its place. Never throws, whatever it is given.
import { isObject } from '#base/json.ts';
import { isSame } from './geometry.ts';
import type { Box, Geometry, GeometryFault, Position, Ring } from './geometry.ts';
import { GRID, ringFaults, turnOf } from './rings.ts';

/** `mended`: what was put right without a word lost: rings turned to wind as RFC 7946 wants, points that stood twice. */
export type ReadGeometry = {
  readonly geometry?: Geometry;
  readonly mended: readonly ('winding' | 'repeated-point')[];
  readonly faults: readonly GeometryFault[];
};

export type GeometryLimits = { readonly most?: number; readonly region?: Box };

/** A parcel has tens of points, a district hundreds; what has more is no ground plan, and costs whoever looks at it. */
const MOST_POINTS = 5000;
const MOST_FAULTS = 20;
const WGS84 = /(?:CRS84|EPSG:+(?:[\d.]*:)?4326)$/i;

type Reading = {
  readonly faults: GeometryFault[];
  readonly mended: Set<ReadGeometry['mended'][number]>;
  points: number;
  readonly most: number;
  readonly region: Box | undefined;
};

/** Gives nothing, so that a reader can end with it. */
function fault(reading: Reading, code: GeometryFault['code'], pointer: string): undefined {
  if (reading.faults.length < MOST_FAULTS) reading.faults.push({ code, pointer });
  return undefined;
}

/** Never throws, whatever it is given. */
export function readGeometry(value: unknown, { most = MOST_POINTS, region }: GeometryLimits = {}): ReadGeometry {
  const reading: Reading = { faults: [], mended: new Set(), points: 0, most, region };
  const geometry = read(value, reading);
  const { faults } = reading;
  return { ...(geometry && faults.length === 0 && { geometry }), mended: [...reading.mended], faults };
}

function read(value: unknown, reading: Reading): Geometry | undefined {
  if (!isObject(value)) return fault(reading, 'not-geometry', '');
  const { crs, type, coordinates } = value;
  // GeoJSON of 2008 named its system here; RFC 7946 knows WGS 84 alone.
  const named = isObject(crs) && isObject(crs['properties']) ? crs['properties']['name'] : undefined;
  if (crs !== undefined && crs !== null && !(typeof named === 'string' && WGS84.test(named.slice(-100))))
    return fault(reading, 'reference-system', '/crs');
  switch (type) {
    case 'Point': {
      const position = readPosition(coordinates, '/coordinates', reading);
      return position && { type, coordinates: position };
    }
    case 'LineString': {
      const line = readLine(coordinates, '/coordinates', reading);
      if (line && line.length < 2) return fault(reading, 'too-few-points', '/coordinates');
      return line && { type, coordinates: line };
    }
    case 'Polygon': {
      const polygon = readPolygon(coordinates, '/coordinates', reading);
      if (polygon) reading.faults.push(...ringFaults([polygon], () => '/coordinates').slice(0, MOST_FAULTS));
      return polygon && { type, coordinates: polygon };
    }
    case 'MultiPolygon': {
      const parts = every(coordinates, { pointer: '/coordinates', reading }, (part, at) => readPolygon(part, at, reading));
      if (parts) reading.faults.push(...ringFaults(parts, (at) => `/coordinates/${at}`).slice(0, MOST_FAULTS));
      return parts && { type, coordinates: parts };
    }
    default:
      return fault(reading, 'not-geometry', '/type');
  }
}

/** Nothing where any is nothing. A list longer than all points may be is not walked. */
function every<T>(
  list: unknown,
  { pointer, reading }: { readonly pointer: string; readonly reading: Reading },
  each: (one: unknown, pointer: string) => T | undefined,
): readonly T[] | undefined {
  if (!Array.isArray(list) || list.length === 0) return fault(reading, 'not-geometry', pointer);
  if (reading.points + list.length > reading.most) return fault(reading, 'too-many-points', pointer);
  const made = list.map((one, at) => each(one, `${pointer}/${at}`));
  return made.includes(undefined) ? undefined : (made as readonly T[]);
}

function readPosition(value: unknown, pointer: string, reading: Reading): Position | undefined {
  reading.points += 1;
  if (!Array.isArray(value) || value.length < 2 || value.length > 3 || !value.every(Number.isFinite))
    return fault(reading, 'position', pointer);
  const [lon, lat] = value as readonly number[] as readonly [number, number];
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) return fault(reading, 'out-of-range', pointer);
  const { region } = reading;
  if (region && !isInside(region, lon, lat)) return fault(reading, isInside(region, lat, lon) ? 'swapped' : 'outside', pointer);
  return [Math.round(lon * GRID) / GRID, Math.round(lat * GRID) / GRID];
}

function isInside({ west, south, east, north }: Box, lon: number, lat: number): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

/** The points of a line or ring, each once where it stood twice in a row. */
function readLine(value: unknown, pointer: string, reading: Reading): Ring | undefined {
  const points = every(value, { pointer, reading }, (one, at) => readPosition(one, at, reading));
  const once = points?.filter((one, at) => at === 0 || !isSame(one, points[at - 1]));
  if (points && once && once.length < points.length) reading.mended.add('repeated-point');
  return once;
}

function readPolygon(value: unknown, pointer: string, reading: Reading): readonly Ring[] | undefined {
  return every(value, { pointer, reading }, (one, at) => readRing(one, at, reading));
}

function readRing(value: unknown, pointer: string, reading: Reading): Ring | undefined {
  const isHole = !pointer.endsWith('/0');
  const ring = readLine(value, pointer, reading);
  if (!ring) return undefined;
  if (!isSame(ring[0], ring.at(-1))) return fault(reading, 'ring-open', pointer);
  if (ring.length < 4) return fault(reading, 'too-few-points', pointer);
  const turn = turnOf(ring);
  if (turn === 0) return fault(reading, 'no-area', pointer);
  // RFC 7946, 3.1.6: a shell runs counterclockwise, a hole clockwise; readers should not refuse the other.
  if (turn > 0 !== isHole) return ring;
  reading.mended.add('winding');
  return ring.toReversed();
}
