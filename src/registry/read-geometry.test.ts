// GeoJSON as careful and careless hands write it, and as those who mean harm do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { doubleArea, GEOMETRY_FAULTS } from './geometry.ts';
import { readLayer, readPlans } from './layer.ts';
import { readGeometry } from './read-geometry.ts';

const SQUARE = [
  [51.4, 35.72],
  [51.401, 35.72],
  [51.401, 35.721],
  [51.4, 35.721],
  [51.4, 35.72],
];
const polygon = (...coordinates: unknown[]): unknown => ({ type: 'Polygon', coordinates });
const shifted = (by: number, ring = SQUARE): number[][] => ring.map(([lon = 0, lat = 0]) => [lon + by, lat]);
const scaled = (by: number, at = 0): number[][] =>
  SQUARE.map(([lon = 0, lat = 0]) => [51.4 + at + (lon - 51.4) * by, 35.72 + at + (lat - 35.72) * by]);
const faults = (value: unknown, limits = {}): readonly string[] =>
  readGeometry(value, limits).faults.map((one) => `${one.code} ${one.pointer}`);

const REGION = { west: 51, south: 35, east: 52, north: 36 };

/** Every fault once, with the place that is told. */
const BAD: readonly (readonly [value: unknown, told: string, limits?: object])[] = [
  [null, 'not-geometry '],
  [{ type: 'Circle', coordinates: [1, 2] }, 'not-geometry /type'],
  [{ type: 'Polygon', coordinates: 7 }, 'not-geometry /coordinates'],
  [{ type: 'GeometryCollection', geometries: [] }, 'not-geometry /type'],
  [{ type: 'Point', coordinates: [1, 2], crs: { properties: { name: 'EPSG:32639' } } }, 'reference-system /crs'],
  [{ type: 'Point', coordinates: ['51', 35] }, 'position /coordinates'],
  [{ type: 'Point', coordinates: [51, 35, 0, 0] }, 'position /coordinates'],
  [
    {
      type: 'LineString',
      coordinates: [
        [51, Infinity],
        [51, 35],
      ],
    },
    'position /coordinates/0',
  ],
  [{ type: 'Point', coordinates: [539_000, 3_953_000] }, 'out-of-range /coordinates'],
  [{ type: 'Point', coordinates: [35.72, 51.4] }, 'swapped /coordinates', { region: REGION }],
  [{ type: 'Point', coordinates: [50.9, 35.7] }, 'outside /coordinates', { region: REGION }],
  [polygon(Array.from({ length: 5001 }, (_, at) => [at / 100, 0])), 'too-many-points /coordinates/0'],
  [{ type: 'LineString', coordinates: [[51, 35]] }, 'too-few-points /coordinates'],
  [
    polygon([
      [0, 0],
      [1, 0],
      [0, 0],
    ]),
    'too-few-points /coordinates/0',
  ],
  [polygon(SQUARE.slice(0, 4)), 'ring-open /coordinates/0'],
  [
    polygon([
      [0, 0],
      [1, 1],
      [2, 2],
      [0, 0],
    ]),
    'no-area /coordinates/0',
  ],
  [
    polygon([
      [0, 0],
      [2, 2],
      [2, 0],
      [0, 3],
      [0, 0],
    ]),
    'self-intersection /coordinates/0',
  ],
  [
    polygon([
      [0, 0],
      [4, 0],
      [4, 4],
      [2, 4],
      [2, 6],
      [2, 4],
      [0, 4],
      [0, 0],
    ]),
    'self-intersection /coordinates/0',
  ],
  [polygon(SQUARE, scaled(0.5, 0.0007)), 'rings-cross /coordinates/1'],
  [polygon(SQUARE, shifted(0.1)), 'hole-outside /coordinates/1'],
  [
    polygon(
      [
        [0, 0],
        [3, 0],
        [3, 5],
        [0, 5],
        [0, 0],
      ],
      [
        [1, 1],
        [3, 1],
        [1, 5],
        [1, 1],
      ],
    ),
    'interior-split /coordinates',
  ],
  [{ type: 'MultiPolygon', coordinates: [[SQUARE], [scaled(0.5, 0.0002)]] }, 'parts-overlap /coordinates/1'],
];

test('each fault is named with its place', () => {
  for (const [value, told, limits] of BAD)
    assert.ok(faults(value, limits).includes(told), `${told}: ${faults(value, limits).join()}`);
  assert.deepEqual(new Set(BAD.map(([, told]) => told.split(' ')[0])), new Set(GEOMETRY_FAULTS), 'every fault has its example');
});

test('a ring is turned to wind as RFC 7946 wants, a point that stands twice is one, a height is left out, and that is told', () => {
  const hole = scaled(0.5, 0.0002);
  const {
    geometry,
    mended,
    faults: found,
  } = readGeometry(
    polygon(
      [...SQUARE.slice(0, 2), ...SQUARE.slice(1)].toReversed().map((one) => [...one, 1200]),
      hole,
    ),
  );
  assert.deepEqual([[...mended].sort(), found], [['repeated-point', 'winding'], []]);
  assert.ok(geometry?.type === 'Polygon');
  const [shell, inner] = geometry.coordinates;
  assert.ok(shell && inner && doubleArea(shell) > 0 && doubleArea(inner) < 0);
  assert.deepEqual([shell.length, shell[0]?.length], [5, 2]);
  assert.deepEqual(readGeometry(geometry), { geometry, mended: [], faults: [] }, 'what was read is read as it is');
  assert.ok(
    readGeometry({ type: 'Point', coordinates: [51, 35], crs: { properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } } })
      .geometry,
  );
});

test('a hole that touches its shell in a corner, and parts that touch in a corner, are right', () => {
  const touching = [
    [51.4, 35.72],
    [51.4002, 35.7204],
    [51.4004, 35.7202],
    [51.4, 35.72],
  ];
  assert.deepEqual(faults(polygon(SQUARE, touching)), []);
  const corner = SQUARE.map(([lon = 0, lat = 0]) => [lon + 0.001, lat + 0.001]);
  // The corner is one number in both, however it was reached.
  corner[0] = [51.401, 35.721];
  corner[4] = [51.401, 35.721];
  assert.deepEqual(faults({ type: 'MultiPolygon', coordinates: [[SQUARE], [corner]] }), []);
});

test('nothing throws or takes long, whatever it is given', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { geometry, faults: found } = readGeometry(value);
      assert.equal(geometry === undefined, found.length > 0);
    }),
  );
  const position = fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true }));
  const ring = fc.array(position, { minLength: 3, maxLength: 12 }).map((points) => [...points, points[0]]);
  fc.assert(
    fc.property(fc.array(ring, { minLength: 1, maxLength: 3 }), (coordinates) => {
      const read = readGeometry({ type: 'Polygon', coordinates });
      if (read.geometry) assert.deepEqual(readGeometry(read.geometry).faults, []);
    }),
    { numRuns: 500 },
  );
  let deep: unknown = [51, 35];
  for (let at = 0; at < 10_000; at += 1) deep = [deep];
  const zigzag = Array.from({ length: 2490 }, (_, at) => [at % 2, at / 1e5]);
  const comb = [...zigzag, [5, 0.03], [5, -1], [0, 0]];
  const began = process.hrtime.bigint();
  assert.ok(faults({ type: 'MultiPolygon', coordinates: deep }).length > 0);
  assert.ok(faults(polygon(Array.from({ length: 1_000_000 }, () => []))).length > 0);
  readGeometry(polygon(comb));
  assert.ok(Number(process.hrtime.bigint() - began) / 1e6 < 3000);
});

test('a layer and a set of plans tell each fault with its feature, and twins', () => {
  const text = { fa: 'م', en: 'm' };
  const feature = (id: string, geometry: unknown, more = {}): object => ({
    type: 'Feature',
    id,
    geometry,
    properties: { kind: 'line', name: text, strip: 5, ...more },
  });
  const line = {
    type: 'LineString',
    coordinates: [
      [51.4, 35.7],
      [51.5, 35.7],
    ],
  };
  const collection = (...features: object[]) =>
    JSON.parse(JSON.stringify({ type: 'FeatureCollection', id: 'metro', title: text, legal: text, features }));
  const read = readLayer(collection(feature('a', line)));
  assert.deepEqual(
    read.layer?.features.map((one) => [one.layer, one.id, one.strip, one.box]),
    [['metro', 'a', 5, { west: 51.4, south: 35.7, east: 51.5, north: 35.7 }]],
  );
  const told = readLayer(
    collection(feature('a', line), feature('a', { ...line, coordinates: [[51.4, 35.7]] }), feature('b', line, { strip: -1 })),
  );
  assert.deepEqual(
    told.faults.map((one) => `${one.code} ${one.pointer}`),
    ['twin /features/1/id', 'too-few-points /features/1/geometry/coordinates', 'strip /features/2/properties/strip'],
  );
  assert.deepEqual(
    readLayer({ type: 'Feature' }).faults.map((one) => one.code),
    ['text', 'collection'],
  );
  const plans = readPlans(collection(feature('6-1-1-1', polygon(SQUARE)), feature('6-1-1-2', polygon(SQUARE.slice(1)))));
  assert.deepEqual([plans.plans.map((one) => one.key), plans.faults.map((one) => one.code)], [['6-1-1-1'], ['ring-open']]);
  assert.ok(Math.abs((plans.plans[0]?.area ?? 0) - 10_036) < 5);
});
