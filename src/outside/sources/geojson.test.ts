// Features out of a GeoJSON file as it streams by, wherever its pieces are cut; and where it is broken.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '#base/json.ts';
import { readAll, withFiles } from '#testing/source-files.ts';
import { featureTaker } from './features.ts';
import { openGeojson } from './geojson.ts';

const feature = (id: number, name: string): Json => ({
  type: 'Feature',
  id,
  properties: { name, features: '["}{' },
  geometry: { type: 'Point', coordinates: [51.4, 35.7] },
});
const collection = (features: readonly Json[], indent = 0): string =>
  JSON.stringify({ type: 'FeatureCollection', note: 'features": [{', crs: { features: [] }, features }, null, indent);

test('wherever the bytes are cut, the same features come', () => {
  const features = [feature(1, 'باغ "سبز"'), feature(2, 'با \\ و }'), feature(3, '')];
  const bytes = Buffer.from(collection(features, 2));
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      const taker = featureTaker();
      const taken = places.slice(1).flatMap((end, at) => taker.take(bytes.subarray(places[at], end)).features);
      assert.equal(taker.end(), undefined);
      assert.deepEqual(
        taken.map((one) => one.value),
        features,
      );
    }),
  );
});

test('a file is read by its properties, id and geometry, and goes on behind any feature', () =>
  withFiles(
    {
      'a.geojson': collection(
        Array.from({ length: 5000 }, (_, at) => feature(at, `ملک ${at}`)),
        1,
      ),
    },
    async (folder) => {
      const source = await openGeojson({ by: 'geojson', file: 'a.geojson' }, folder);
      assert.deepEqual(source.columns, ['id', 'name', 'features', 'geometry']);
      const whole = await readAll(source);
      assert.equal(whole.rows.length, 5000);
      assert.deepEqual(whole.rows[1]?.cells, [1, 'ملک 1', '["}{', { type: 'Point', coordinates: [51.4, 35.7] }]);
      assert.ok(whole.positions.length > 1);
      for (const from of whole.positions) {
        assert.ok(await source.mayGoOn(from));
        const { rows, refusal } = await readAll(source, from);
        assert.equal(refusal, undefined);
        assert.deepEqual(rows, whole.rows.slice(whole.rows.length - rows.length));
      }
    },
  ));

test('what is no collection, a feature that is no JSON, and a file cut off are told with the line', () => {
  const text = collection([feature(1, 'a'), feature(2, 'b')], 1);
  return withFiles(
    {
      'list.geojson': '[1, 2]',
      'empty.geojson': '{}',
      'broken.geojson': text.replace('"name": "b"', '"name": b'),
      'cut.geojson': text.slice(0, text.indexOf('"name": "b"')),
      'bare.geojson': '{"type":"FeatureCollection","features":["x"]}',
    },
    async (folder) => {
      const fault = async (file: string): Promise<unknown> => {
        try {
          const { refusal, rows } = await readAll(await openGeojson({ by: 'geojson', file }, folder));
          return [refusal?.facts['fault'], refusal?.facts['place'], rows.length];
        } catch (error) {
          return (error as { facts: Json }).facts;
        }
      };
      assert.deepEqual(await fault('list.geojson'), { place: 'list.geojson:1', fault: 'not-geojson' });
      assert.deepEqual(await fault('empty.geojson'), { place: 'empty.geojson:1', fault: 'not-geojson' });
      assert.deepEqual(await fault('bare.geojson'), { place: 'bare.geojson:1', fault: 'not-geojson' });
      assert.deepEqual(await fault('broken.geojson'), ['not-json', 'broken.geojson:23', 1]);
      assert.deepEqual(await fault('cut.geojson'), ['cut-off', 'cut.geojson:23', 1]);
    },
  );
});
