// Measuring: held against geodesics known from elsewhere, and against the laws of a plane.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { boxOf } from './geometry.ts';
import type { Geometry, Position } from './geometry.ts';
import { nearTo } from './near.ts';
import type { Feature } from './near.ts';
import { areaOf, boxesMeet, centroidOf, gapBetween, meets, planeAt, widened } from './plane.ts';
import { placeIn } from './rings.ts';

const MIDDLE: Position = [51.4, 35.72];
const plane = planeAt(MIDDLE);
/** From metres east and north of the demo city's middle. */
const at = (east: number, north: number): Position => [MIDDLE[0] + east / plane.eastward, MIDDLE[1] + north / plane.northward];
const corners = (east: number, north: number, size: number): Position[] => [
  at(east, north),
  at(east + size, north),
  at(east + size, north + size),
  at(east, north + size),
  at(east, north),
];
const square = (east: number, north: number, size: number): Geometry => ({
  type: 'Polygon',
  coordinates: [corners(east, north, size)],
});
const point = (east: number, north: number): Geometry => ({ type: 'Point', coordinates: at(east, north) });
const line = (...spots: readonly [number, number][]): Geometry => ({
  type: 'LineString',
  coordinates: spots.map(([x, y]) => at(x, y)),
});
const close = (a: number, b: number, by: number, what = ''): void =>
  assert.ok(Math.abs(a - b) <= by, `${what} ${a} is not ${b} ± ${by}`);

test('a degree is as long as the WGS 84 ellipsoid has it', () => {
  // Lengths of a degree of latitude and of longitude (NGA, "Length of a degree"), at the equator, 45° and 60°.
  for (const [lat, north, east] of [
    [0, 110_574.3, 111_319.5],
    [45, 111_131.8, 78_846.8],
    [60, 111_412.2, 55_800.0],
  ] as const) {
    const one = planeAt([0, lat]);
    close(one.northward, north, 0.5, `latitude ${lat}`);
    close(one.eastward, east, 0.5, `longitude ${lat}`);
  }
});

test('distances that can be worked out by hand', () => {
  const parcel = square(0, 0, 20);
  close(gapBetween(parcel, square(50, 0, 10)).metres, 30, 0.01, 'beside');
  close(gapBetween(parcel, square(23, 24, 10)).metres, 5, 0.01, 'corner to corner, 3-4-5');
  close(gapBetween(parcel, line([-500, 35], [500, 35])).metres, 15, 0.01, 'a line passes');
  close(gapBetween(parcel, point(10, -12)).metres, 12, 0.01, 'a point');
  assert.equal(gapBetween(parcel, line([-500, 10], [500, 10])).metres, 0, 'a line crosses');
  assert.equal(gapBetween(parcel, square(5, 5, 2)).metres, 0, 'one inside the other');
  assert.equal(gapBetween(square(5, 5, 2), parcel).metres, 0, 'and round');
  const ring: Geometry = { type: 'Polygon', coordinates: [corners(-50, -50, 120), corners(-10, -10, 40).toReversed()] };
  close(gapBetween(parcel, ring).metres, 10, 0.01, 'in the hole of a courtyard');
  close(areaOf(ring), 120 * 120 - 40 * 40, 0.5, 'a hole is not area');
  close(areaOf(parcel), 400, 0.01, 'area');
  assert.equal(areaOf(line([0, 0], [5, 5])), 0);
});

/** What PostGIS 3.3.2 says: ST_Area and ST_Distance of geography, lines cut short (ST_Segmentize), for it takes them for geodesics and RFC 7946 for straight. */
const POSTGIS: readonly (readonly [
  polygon: readonly (readonly Position[])[],
  other: Geometry,
  metres: number,
  square: number,
])[] = [
  [
    [
      [
        [51.402067, 35.740111],
        [51.402175, 35.74013],
        [51.402133, 35.740289],
        [51.402025, 35.74027],
        [51.402067, 35.740111],
      ],
    ],
    {
      type: 'LineString',
      coordinates: [
        [51.3902, 35.7422],
        [51.4248, 35.7402],
      ],
    },
    135.161,
    180.36,
  ],
  [
    [
      [
        [51.4001, 35.7141],
        [51.4004, 35.71415],
        [51.40035, 35.7144],
        [51.40005, 35.71435],
        [51.4001, 35.7141],
      ],
    ],
    {
      type: 'LineString',
      coordinates: [
        [51.3902, 35.7122],
        [51.4248, 35.7172],
      ],
    },
    51.279,
    778.1,
  ],
  [
    [
      [
        [51.4001, 35.7141],
        [51.4004, 35.71415],
        [51.40025, 35.7142],
        [51.40035, 35.7144],
        [51.40005, 35.71435],
        [51.4001, 35.7141],
      ],
    ],
    {
      type: 'Polygon',
      coordinates: [
        [
          [51.4021, 35.7145],
          [51.4031, 35.7145],
          [51.4031, 35.7155],
          [51.4021, 35.7155],
          [51.4021, 35.7145],
        ],
      ],
    },
    158.655,
    602.4,
  ],
  [
    [
      [
        [51.4, 35.7],
        [51.41, 35.7],
        [51.41, 35.71],
        [51.4, 35.71],
        [51.4, 35.7],
      ],
      [
        [51.402, 35.702],
        [51.402, 35.708],
        [51.408, 35.708],
        [51.408, 35.702],
        [51.402, 35.702],
      ],
    ],
    { type: 'Point', coordinates: [51.405, 35.7051] },
    271.495,
    642630.76,
  ],
  [
    [
      [
        [51.2, 35.6],
        [51.2007, 35.6001],
        [51.2006, 35.6006],
        [51.2, 35.6],
      ],
    ],
    { type: 'Point', coordinates: [51.2026, 35.6013] },
    197.172,
    1809.73,
  ],
];

test('a plane measures what PostGIS measures on the ellipsoid', () => {
  for (const [coordinates, other, metres, squareMetres] of POSTGIS) {
    const shape: Geometry = { type: 'Polygon', coordinates };
    close(gapBetween(shape, other).metres, metres, 0.01);
    close(areaOf(shape), squareMetres, 0.01 + squareMetres * 2e-5);
  }
});

const metre = fc.integer({ min: -30_000, max: 30_000 }).map((one) => one / 100);
const size = fc.integer({ min: 100, max: 20_000 }).map((one) => one / 100);
/** Convex: corners of an ellipse in the order of their angles. */
const convex = fc
  .record({
    east: metre,
    north: metre,
    wide: size,
    deep: size,
    angles: fc.uniqueArray(fc.integer({ min: 0, max: 35 }), { minLength: 3, maxLength: 12 }),
  })
  .map(({ east, north, wide, deep, angles }): Geometry => {
    const ring = angles
      .toSorted((a, b) => a - b)
      .map((one) => {
        const turn = (one * Math.PI) / 18;
        return at(east + wide * Math.cos(turn), north + deep * Math.sin(turn));
      });
    return { type: 'Polygon', coordinates: [[...ring, ring[0]!]] };
  });
const way = fc.array(fc.tuple(metre, metre), { minLength: 2, maxLength: 6 }).map((spots) => line(...spots));
const any = fc.oneof(
  convex,
  way,
  fc.tuple(metre, metre).map(([x, y]) => point(x, y)),
);
const moved = (geometry: Geometry, by: Position): Geometry =>
  JSON.parse(
    JSON.stringify(geometry, (_name, value: unknown) =>
      Array.isArray(value) && typeof value[0] === 'number' ? [(value[0] as number) + by[0], (value[1] as number) + by[1]] : value,
    ),
  ) as Geometry;

test('laws: meeting and distance are the same from both sides, 0 is meeting, and moving east changes nothing', () => {
  fc.assert(
    fc.property(any, any, fc.integer({ min: -500, max: 500 }), (a, b, step) => {
      const [there, back] = [gapBetween(a, b).metres, gapBetween(b, a).metres];
      assert.equal(meets(a, b), meets(b, a));
      assert.equal(there === 0, meets(a, b));
      close(there, back, 0.001 * (1 + there), 'both ways');
      const east: Position = [step / 1e4, 0];
      close(gapBetween(moved(a, east), moved(b, east)).metres, there, 1e-5 * (1 + there), 'moved');
      assert.equal(gapBetween(a, a).metres, 0);
    }),
    { numRuns: 1500 },
  );
});

test('laws: area is of the shape, not of where it lies; a convex shape holds its centroid; a part in between is not nearer', () => {
  fc.assert(
    fc.property(convex, any, fc.integer({ min: -500, max: 500 }), (shape, other, step) => {
      const area = areaOf(shape);
      assert.ok(area > 0);
      close(areaOf(moved(shape, [step / 1e4, 0])), area, 1e-6 * area + 1e-4);
      const centre = centroidOf(shape);
      assert.ok(shape.type === 'Polygon' && placeIn(shape.coordinates[0]!, centre) !== 'out');
      const inner = gapBetween({ type: 'Point', coordinates: centre }, other).metres;
      assert.ok(inner >= gapBetween(shape, other).metres - 0.01);
    }),
    { numRuns: 1500 },
  );
});

test('law: what lies within so many metres meets the widened box, so that no index loses it', () => {
  fc.assert(
    fc.property(any, any, fc.integer({ min: 0, max: 2000 }), (a, b, within) => {
      if (gapBetween(a, b).metres <= within) assert.ok(boxesMeet(widened(boxOf(a), within + 0.01), boxOf(b)));
    }),
    { numRuns: 1500 },
  );
});

test('what is near: nearest first, as far as each layer is asked, the strip told, and never farther than it is', () => {
  const name = { fa: 'خ', en: 'l' };
  const feature = (id: string, layer: string, strip: number, geometry: Geometry): Feature => ({
    id,
    layer,
    kind: 'line',
    name,
    strip,
    geometry,
  });
  const features = [
    feature('far', 'metro', 30, line([-500, 320], [500, 320])),
    feature('b', 'metro', 30, line([-500, 68.57], [500, 68.57])),
    feature('a', 'metro', 30, line([-500, 48.97], [500, 48.97])),
    feature('through', 'roads', 0, line([-500, 5], [500, 5])),
    feature('road', 'roads', 0, line([-500, 40], [500, 40])),
    feature('other', 'gas', 9, line([-500, 21], [500, 21])),
  ];
  const facts = nearTo(square(0, 0, 20), features, [
    { layer: 'metro', within: 200 },
    { layer: 'roads', within: 0 },
  ]);
  assert.deepEqual(
    facts.map(({ id, distance, zone }) => [id, distance, zone]),
    [
      ['through', 0, 'inside'],
      ['a', 28.9, 'strip'],
      ['b', 48.5, 'beyond'],
    ],
  );
});
