// The demo city's places are right, and what is wrong in them is told with its file and place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InquiryType } from '#inquiries/types.ts';
import { filesIn } from '#testing/package-files.ts';
import { missingLayer, readPlaces } from './places.ts';

const CITY = filesIn('city');

test('layers, plans, planning files and vehicles of the demo are right, and planning files are of parcels that have plans', () => {
  const { layers, plans, planning, vehicles, faults } = readPlaces(CITY);
  assert.deepEqual(faults, []);
  assert.deepEqual(layers.map((one) => one.id).sort(), ['districts', 'metro', 'road-widening']);
  assert.ok(vehicles.length >= 6);
  const drawn = new Set(plans.map((one) => one.key));
  assert.deepEqual(
    planning.map((one) => one.key).filter((key) => !drawn.has(key)),
    [],
  );
});

test('a slip is told: latitude first, a ring left open, a plate that is none, a layer that is asked about and not there', () => {
  const broken = (file: string, from: RegExp, to: string): readonly string[] => {
    const text = CITY[file] ?? '';
    assert.match(text, from);
    return readPlaces({ ...CITY, [file]: text.replace(from, to) }).faults;
  };
  assert.deepEqual(broken('layers/metro.geojson', /\[51\.4385, 35\.807\]/, '[35.807, 51.4385]'), [
    'layers/metro.geojson /features/0/geometry/coordinates/0: swapped',
  ]);
  assert.deepEqual(broken('parcels.geojson', /\[51\.402067, 35\.740111\],/, ''), [
    'parcels.geojson /features/0/geometry/coordinates/0: ring-open',
  ]);
  assert.deepEqual(broken('vehicles.yaml', /12ب345-67/, '12345'), ['vehicles.yaml /0/plate: 12345']);
  const { layers } = readPlaces(CITY);
  const near = (layer: string) =>
    ({
      responders: [{ by: 'register', register: 'property', key: 'k', decision: 'd', near: [{ layer, within: 1 }] }],
    }) as unknown as InquiryType;
  assert.deepEqual([missingLayer(near('metro'), layers), missingLayer(near('gas'), layers)], [undefined, 'gas']);
});
