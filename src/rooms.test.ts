// The house keeps its rooms: every import of every file is allowed by rooms.json, and the compiler's references say the same.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseSync } from 'oxc-parser';

const ROOT = join(import.meta.dirname, '..');
const SOURCE = join(ROOT, 'src');

type Room = {
  readonly rooms: readonly string[];
  readonly types?: readonly string[];
  readonly npm: readonly string[];
  readonly node: readonly string[];
};
const { $comment: _comment, ...listed } = JSON.parse(readFileSync(join(ROOT, 'rooms.json'), 'utf8')) as Record<string, Room> & {
  $comment: string;
};
const ROOMS: Readonly<Record<string, Room>> = listed;

type Import = { readonly from: string; readonly isType: boolean };

/** Every import and re-export of a source text; dynamic ones with a literal too. */
function importsOf(file: string, text: string): readonly Import[] {
  const { module, errors } = parseSync(file, text);
  assert.deepEqual(
    errors.map((one) => one.message),
    [],
    file,
  );
  const statics = module.staticImports.map((one) => ({
    from: one.moduleRequest.value,
    isType: one.entries.length > 0 && one.entries.every((entry) => entry.isType),
  }));
  const exports = module.staticExports.flatMap((one) =>
    one.entries.flatMap((entry) => (entry.moduleRequest ? [{ from: entry.moduleRequest.value, isType: entry.isType }] : [])),
  );
  const dynamics = module.dynamicImports.flatMap((one) => {
    const literal = /^['"](.+)['"]$/.exec(text.slice(one.moduleRequest.start, one.moduleRequest.end))?.[1];
    return literal === undefined ? [] : [{ from: literal, isType: false }];
  });
  return [...statics, ...exports, ...dynamics];
}

/** Why an import is forbidden, or undefined. */
function fault(room: string, { from, isType }: Import): string | undefined {
  const rules = ROOMS[room];
  if (!rules) return `${room} is not a room of rooms.json`;
  // Beside and below by `./`, anything else by `#room/…`: no import climbs.
  if (from.startsWith('../')) return `${from} climbs: write #room/…`;
  if (from.startsWith('./')) return undefined;
  if (from.startsWith('#')) {
    const other = from.slice(1).split('/')[0] ?? '';
    if (other === room) return undefined;
    if (rules.rooms.includes('*') || rules.rooms.includes(other)) return undefined;
    if (rules.types?.includes(other) === true) return isType ? undefined : `${from} may be imported as types alone`;
    return `${room} may not know ${other}`;
  }
  if (from.startsWith('node:'))
    return rules.node.includes('node:*') || rules.node.includes(from) ? undefined : `${room} may not use ${from}`;
  const name = from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
  return rules.npm.includes('*') || rules.npm.includes(name) ? undefined : `${room} may not use ${name}`;
}

const files = readdirSync(SOURCE, { recursive: true })
  .map(String)
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && file.includes('/'));
const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);

test('every import is allowed by rooms.json', () => {
  const faults = files
    .filter((file) => !isTest(file))
    .flatMap((file) => {
      const room = file.split('/')[0] ?? '';
      return importsOf(file, readFileSync(join(SOURCE, file), 'utf8'))
        .map((one) => fault(room, one))
        .filter((one) => one !== undefined)
        .map((one) => `${file}: ${one}`);
    });
  assert.deepEqual(faults, []);
});

test('the check can fail: a planted import is found', () => {
  const [planted] = importsOf('x.ts', `import { append } from '#store/append.ts';`);
  assert.ok(planted);
  assert.equal(fault('engine', planted), 'engine may not know store');
  assert.equal(fault('engine', { from: 'node:fs', isType: false }), 'engine may not use node:fs');
  assert.equal(fault('store', { from: '#cases/types.ts', isType: false }), '#cases/types.ts may be imported as types alone');
  assert.equal(fault('store', { from: '#cases/types.ts', isType: true }), undefined);
  assert.equal(fault('base', { from: '../engine/step.ts', isType: false }), '../engine/step.ts climbs: write #room/…');
});

test('the compiler knows the same rooms', () => {
  for (const [room, rules] of Object.entries(ROOMS)) {
    if (rules.rooms.includes('*')) continue;
    const config = JSON.parse(readFileSync(join(SOURCE, room, 'tsconfig.json'), 'utf8')) as {
      references: readonly { path: string }[];
    };
    // A room may have projects of its own below it (what runs in a browser); only what lies beside it is another room.
    const beside = config.references.filter((one) => one.path.startsWith('../'));
    const referenced = beside.map((one) => one.path.slice('../'.length)).sort();
    assert.deepEqual(referenced, [...new Set([...rules.rooms, ...(rules.types ?? [])])].sort(), room);
  }
});

test('every file opens by saying what it is, and none is longer than 400 lines', () => {
  for (const file of files) {
    const text = readFileSync(join(SOURCE, file), 'utf8');
    // A test says what it is by its tests' names.
    if (!isTest(file)) assert.match(text, /^\/[/*]/, `${file} opens with a comment`);
    assert.ok(text.split('\n').length <= 401, `${file} is longer than 400 lines`);
    assert.doesNotMatch(text, /^export default /m, `${file} has a default export`);
  }
});
