// The map of a parcel says in words and in a table whatever it draws, in both languages, and is never mirrored.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import type { Place } from '#work/views/place.ts';
import { PlaceMap } from './place-map.tsx';

const SQUARE = [
  [-10, -10],
  [10, -10],
  [10, 10],
  [-10, 10],
  [-10, -10],
] as const;
const NAME = { fa: 'خط ۲', en: 'Line 2' };
const PLACE: Place = {
  key: '6-1130-2-1',
  half: 80,
  parcel: { id: '6-1130-2-1', isClosed: true, lines: [SQUARE] },
  neighbours: [{ id: '6-1130-2-3', isClosed: true, lines: [SQUARE] }],
  features: [
    {
      id: 'line-2',
      isClosed: false,
      kind: 'line',
      name: NAME,
      strip: 30,
      lines: [
        [
          [-500, -24.4],
          [500, -24.4],
        ],
      ],
    },
  ],
  near: [{ layer: 'metro', id: 'line-2', kind: 'line', name: NAME, distance: 14.4, strip: 30, zone: 'strip' }],
  within: 200,
  gap: { from: [0, -10], to: [0, -24.4] },
  area: 400,
  landArea: 420,
};

test('what is drawn is said: the parcel, each feature with its distance, strip and zone; a difference of areas', () => {
  const english = renderToString(<PlaceMap language="en" place={PLACE} />);
  assert.match(
    english,
    /role="img" aria-label="The parcel 6-1130-2-1 and what lies within 200 m of it; the table below says the same\."/,
  );
  for (const said of ['Line 2', '14.4', '30', 'in the strip', '400 m²', '420 m²', 'differs from the register by 4.8%'])
    assert.ok(english.includes(said), said);
  const persian = renderToString(<PlaceMap language="fa" place={PLACE} />);
  for (const said of ['خط ۲', '۱۴٫۴', 'در حریم', '۴۰۰ متر مربع']) assert.ok(persian.includes(said), said);
  assert.match(persian, /<text direction="rtl"[^>]*>۱۴٫۴ متر<\/text>/);
});

test('a strip is a stroke twice as wide as its law; north is up; nothing is fetched and nothing runs', () => {
  const html = renderToString(<PlaceMap language="en" place={PLACE} />);
  assert.match(html, /class="in-strip line" d="M-500 24\.4L500 24\.4" stroke-width="60"/);
  assert.match(html, /class="parcel" d="M-10 10L10 10L10 -10L-10 -10L-10 10Z"/);
  assert.doesNotMatch(html, /<image|<script|https?:/);
});

test('where nothing is near, that is said, and how far was looked', () => {
  const { gap: _none, ...rest } = PLACE;
  const html = renderToString(<PlaceMap language="en" place={{ ...rest, near: [], features: [], landArea: 400 }} />);
  assert.match(html, /Nothing of what is asked about lies within 200 m/);
  assert.doesNotMatch(html, /differs|class="gap"|<table/);
});
