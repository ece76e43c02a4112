// The process diagram as HTML: what it says of a case, what a file's text may not do to it, and how names are cut into lines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { renderToString } from 'preact-render-to-string';
import { LANGUAGES } from '#base/text.ts';
import type { Drawing, DrawnShape } from '#engine/drawing.ts';
import { Diagram, diagramId } from '#portal/ui/diagram.tsx';
import type { DiagramProps } from '#portal/ui/diagram.tsx';
import { marksOn } from '#portal/ui/diagram-marks.ts';
import { widthOf, wrap } from '#portal/ui/diagram-text.ts';
import { words } from '#portal/ui/words/diagram.ts';

function task(id: string, name: string, x: number): DrawnShape {
  const bounds = { x, y: 0, width: 120, height: 80 };
  return { shape: 'activity', id, activity: 'user', expanded: false, compensates: false, name, bounds };
}

function drawingOf(shapes: readonly DrawnShape[], more: Partial<Drawing> = {}): Drawing {
  const bounds = { x: 0, y: 0, width: shapes.length * 200, height: 100 };
  return { id: 'p', name: 'Permit', bounds, shapes, edges: [], insides: [], hidden: {}, complete: true, ...more };
}

const THREE = drawingOf([task('a', 'Check', 0), task('b', 'بازدید', 200), task('c', '', 400)]);

function html(props: Partial<DiagramProps>): string {
  return renderToString(<Diagram language="en" drawing={THREE} {...props} />);
}

for (const language of LANGUAGES) {
  test(`every shape can be reached by its id and says its kind, name and mark (${language})`, () => {
    const page = html({ language, marks: { b: { state: 'failed', count: 2, text: 'No answer' } } });
    const kind = words(language, 'activity.user');
    for (const id of ['a', 'b', 'c'])
      assert.match(page, new RegExp(`<g id="${diagramId(id)}" class="shape[^"]*" aria-label="[^"]*${kind}`));
    const said = /id="diagram-b"[^>]* aria-label="([^"]*)"/.exec(page)?.[1]?.replaceAll(/[\u2068\u2069]/g, '');
    assert.ok(said?.includes('بازدید') && said.includes(words(language, 'mark.failed')) && said.includes('No answer'), said);
  });
}

test('a mark is a sign, a word and a count, never a colour alone', () => {
  const page = html({ marks: { a: { state: 'done', count: 3 }, b: 'here', c: { state: 'failed', count: 2 } } });
  const badges = [...page.matchAll(/<g class="badge".*?<\/g>/g)].map(([badge]) => [
    /<text[^>]*>([^<]*)/.exec(badge)?.[1],
    badge.includes('<path'),
  ]);
  assert.deepEqual(badges, [
    ['×3', true],
    ['Here', true],
    ['Failed ×2', true],
  ]);
});

test('beside the drawing stands in words where the case is and what it has passed, along the flow', () => {
  const page = html({ marks: { c: 'failed', b: 'here', a: 'done', gone: 'done' } });
  const lists = [...page.matchAll(/<ol.*?<\/ol>/g)].map(([list]) =>
    [...list.matchAll(/<li>(.*?)<\/li>/g)].map(([, item]) =>
      item
        ?.replaceAll(/<[^>]*>/g, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    ),
  );
  assert.deepEqual(lists, [
    ['بازدید Here', 'User task Failed'],
    ['Check Done', 'gone Done'],
  ]);
  assert.doesNotMatch(html({}), /<ol/);
});

test('a drawing is one image; where shapes lead somewhere it is a list of them', () => {
  assert.match(html({}), /<svg[^>]* role="img"/);
  assert.doesNotMatch(html({}), /role="list/);
  const linked = html({ hrefs: { b: '#incident-1' } });
  assert.match(linked, /<svg[^>]* role="list"/);
  assert.equal(linked.match(/role="listitem"/g)?.length, 3);
  assert.match(linked, /<a href="#incident-1" aria-label="[^"]*بازدید/);
});

test('what a collapsed subprocess hides marks it, and is drawn by itself', () => {
  const inside = drawingOf([task('in', 'Inner', 0)], { id: 'a', name: 'Check' });
  const drawing = { ...THREE, insides: [inside], hidden: { in: 'a' } };
  assert.deepEqual(marksOn(drawing, { in: 'failed' }), { in: 'failed', a: 'failed' });
  assert.deepEqual(marksOn(drawing, { in: 'done' }), { in: 'done' });
  assert.deepEqual(marksOn(drawing, { in: 'here', a: 'failed' }), { in: 'here', a: 'failed' });
  const page = html({ drawing, marks: { in: 'here' } });
  assert.equal(page.match(/<figure>/g)?.length, 2);
  assert.match(page, /id="diagram-a" class="shape here"/);
  assert.match(page, /id="diagram-in" class="shape here"/);
});

test('flows that were taken are drawn as such', () => {
  const edge = {
    id: 'f',
    name: '',
    edge: 'sequence',
    from: 'a',
    to: 'b',
    arrows: 'one',
    waypoints: [
      { x: 120, y: 40 },
      { x: 200, y: 40 },
    ],
  } as const;
  const drawing = { ...THREE, edges: [edge] };
  assert.match(html({ drawing, marks: { f: 'done' } }), /<path class="edge taken"/);
  assert.match(html({ drawing }), /<path class="edge"/);
  assert.doesNotMatch(html({ drawing, marks: { f: 'done' } }), /<li>/, 'a flow is no step');
});

test('names in the page’s language take the place of the file’s', () => {
  const page = html({ names: { b: 'Visit' } });
  assert.ok(page.includes('Visit') && !page.includes('بازدید'));
});

test('two diagrams on a page share no id', () => {
  const ids = [...(html({ id: 'one' }) + html({ id: 'two' })).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length);
});

test('what stands in a process file is text, never markup, style or script', () => {
  const evil = '"><script>alert(1)</script><g onload="x" style="y">';
  const page = html({
    drawing: drawingOf([task(evil, evil, 0)], { name: evil }),
    marks: { [evil]: { state: 'here', text: evil } },
    names: { x: evil },
  });
  const tags = [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replaceAll(/"[^"]*"/g, ''));
  assert.ok(
    tags.every((tag) => !/<script|onload|style/.test(tag.replace('<link rel= href=/>', ''))),
    tags.find((tag) => /<script|onload|style/.test(tag)),
  );
});

test('ids like those of objects are ids', () => {
  const page = html({ drawing: drawingOf([task('constructor', 'A', 0), task('toString', 'B', 200)]), marks: {}, hrefs: {} });
  assert.doesNotMatch(page, /class="badge"|<a /);
});

test('an empty drawing says so', () => {
  const page = html({ drawing: drawingOf([], { complete: false }) });
  assert.ok(page.includes(words('en', 'diagram.empty')) && !page.includes('<svg'));
});

const letters = fc.constantFrom(...'ابپتسشمنوهیکگل‌ xyzMW0۱ ');
const names = fc.array(letters, { maxLength: 80 }).map((some) => some.join('').replaceAll(/\s+/g, ' ').trim());

test('a name is cut into lines no wider than their room, and nothing of it is lost but after an ellipsis', () => {
  fc.assert(
    fc.property(names, fc.integer({ min: 30, max: 200 }), fc.integer({ min: 1, max: 5 }), (name, width, lines) => {
      const wrapped = wrap(name, { width, lines, size: 12.5 });
      assert.ok(wrapped.length <= lines);
      for (const line of wrapped) assert.ok(widthOf(line, 12.5) <= width, line);
      const kept = wrapped.join('').replaceAll(' ', '');
      const whole = name.replaceAll(' ', '');
      assert.ok(kept === whole || (kept.endsWith('…') && whole.startsWith(kept.slice(0, -1))), kept);
    }),
  );
});

test('a drawing of sixty shapes takes a few milliseconds', () => {
  const drawing = drawingOf(Array.from({ length: 60 }, (_, index) => task(`t${index}`, 'بررسی کامل بودن پرونده', index * 200)));
  const marks = Object.fromEntries(drawing.shapes.map(({ id }) => [id, 'done' as const]));
  const times = Array.from({ length: 30 }, () => {
    const start = performance.now();
    html({ drawing, marks });
    return performance.now() - start;
  }).sort((a, b) => a - b);
  // The best of thirty: a busy machine slows the others.
  assert.ok((times[0] ?? 0) < 10, `${times[0]} ms`);
});
