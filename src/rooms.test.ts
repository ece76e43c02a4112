// The house keeps its rooms: every import of every file is allowed by rooms.json, and the compiler's references say the same.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { parseSync } from 'oxc-parser';

const ROOT = join(import.meta.dirname, '..');

type Room = {
  readonly rooms: readonly string[];
  /** Rooms and packages that may be imported with `import type` alone. */
  readonly types?: readonly string[];
  readonly npm: readonly string[];
  readonly node: readonly string[];
};
type Import = { readonly from: string; readonly isType: boolean };

function readJson<T>(...path: readonly string[]): T {
  return JSON.parse(readFileSync(join(ROOT, ...path), 'utf8')) as T;
}

const { $comment: _comment, ...listed } = readJson<Record<string, Room> & { $comment: string }>('rooms.json');
const ROOMS: Readonly<Record<string, Room>> = listed;
const SHIPPED = Object.keys(readJson<{ dependencies: Record<string, string> }>('package.json').dependencies);

const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);

/** Source files below a folder of the project, by their path in it. */
function sources(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true })
    .map(String)
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .sort();
}

/** Every import and re-export of a source text; dynamic ones with a literal too. */
function importsOf(file: string, text: string): readonly Import[] {
  const { module, errors } = parseSync(file, text);
  assert.deepEqual(
    errors.map(({ message }) => message),
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

/** Why `file` (`engine/step.ts`, below src) may not import that, or undefined. */
function fault(file: string, one: Import): string | undefined {
  const room = file.split('/')[0] ?? '';
  const rules = ROOMS[room];
  if (!rules) return `${room} is not a room of rooms.json`;
  if (one.from.startsWith('.')) return relativeFault(one.from);
  if (one.from.startsWith('#')) return roomFault(file, rules, one);
  if (one.from.startsWith('node:')) {
    const allowed = rules.node.includes('node:*') || rules.node.includes(one.from) || mayAsType(rules, one.from, one);
    return allowed ? undefined : `${room} may not use ${one.from}`;
  }
  const name = one.from
    .split('/')
    .slice(0, one.from.startsWith('@') ? 2 : 1)
    .join('/');
  if (!rules.npm.includes('*')) {
    return rules.npm.includes(name) || mayAsType(rules, name, one) ? undefined : `${room} may not use ${name}`;
  }
  return room === 'testing' || SHIPPED.includes(name)
    ? undefined
    : `${name} is not a dependency: it is there for development alone`;
}

function relativeFault(from: string): string | undefined {
  return !from.startsWith('./') || normalize(from).startsWith('..') ? `${from}: imports never climb; name the room` : undefined;
}

function roomFault(file: string, rules: Room, one: Import): string | undefined {
  const room = file.split('/')[0] ?? '';
  const other = one.from.slice(1).split('/')[0] ?? '';
  if (other === room) {
    const isBelow = one.from.slice(1).startsWith(`${dirname(file)}/`);
    return isBelow ? `${one.from}: what lies beside or below is imported with ./` : undefined;
  }
  if (rules.rooms.includes(other)) return undefined;
  // Not even a room that may know all others ships what tests need.
  if (rules.rooms.includes('*')) return other === 'testing' ? `${room} may not know testing` : undefined;
  if (rules.types?.includes(other) !== true) return `${room} may not know ${other}`;
  return one.isType ? undefined : `${one.from} may be imported as types alone`;
}

function mayAsType(rules: Room, name: string, { isType }: Import): boolean {
  return isType && rules.types?.includes(name) === true;
}

/** Why a file is not written as the house writes, or nothing. */
function styleFaults(text: string): readonly string[] {
  return [
    ...(/^(#!.*\n)?\/[/*]/.test(text) ? [] : ['does not open by saying what it is']),
    ...(text.split('\n').length > 401 ? ['is longer than 400 lines'] : []),
    ...(/^export (default|\{[^}]*\bas default\b)/m.test(text) ? ['has a default export'] : []),
  ];
}

function assertNone(faults: readonly string[]): void {
  if (faults.length > 0) assert.fail(`${faults.length} faults:\n${faults.join('\n')}`);
}

test('every import is allowed by rooms.json', () => {
  const files = sources('src').filter((file) => file.includes('/') && !isTest(file));
  assert.ok(files.length > 100, 'the walk finds the house');
  const read = (file: string): readonly Import[] => importsOf(file, readFileSync(join(ROOT, 'src', file), 'utf8'));
  assertNone(
    files.flatMap((file) =>
      read(file)
        .flatMap((one) => fault(file, one) ?? [])
        .map((why) => `${file}: ${why}`),
    ),
  );
});

test('tests may know everything, but are named as tests and never climb', () => {
  const tests = sources('src').filter(isTest);
  const read = (file: string): readonly Import[] => importsOf(file, readFileSync(join(ROOT, 'src', file), 'utf8'));
  const climbs = (file: string): readonly string[] =>
    read(file).flatMap(({ from }) => (from.startsWith('.') ? (relativeFault(from) ?? []) : []));
  assertNone(tests.flatMap((file) => climbs(file).map((why) => `${file}: ${why}`)));
  const strays = sources('src').filter(
    (file) => !isTest(file) && /from 'node:test'/.test(readFileSync(join(ROOT, 'src', file), 'utf8')),
  );
  assertNone(
    strays.filter((file) => !file.startsWith('testing/')).map((file) => `${file}: uses node:test and is not named *.test.ts`),
  );
});

test('the compiler knows the same rooms', () => {
  for (const [room, rules] of Object.entries(ROOMS)) {
    const { references = [] } = readJson<{ references?: readonly { path: string }[] }>('src', room, 'tsconfig.json');
    // A room may have projects of its own below it (what runs in a browser); only what lies beside it is another room.
    const beside = references.filter(({ path }) => path.startsWith('../')).map(({ path }) => path.slice('../'.length));
    const types = (rules.types ?? []).filter((name) => name in ROOMS);
    if (!rules.rooms.includes('*')) assert.deepEqual(beside.sort(), [...new Set([...rules.rooms, ...types])].sort(), room);
    else assertNone(beside.filter((name) => !(name in ROOMS)).map((name) => `${room}: ${name} is not a room`));
  }
  const { references } = readJson<{ references: readonly { path: string }[] }>('tsconfig.json');
  const built = new Set(references.map(({ path }) => path));
  assertNone(
    Object.keys(ROOMS)
      .filter((room) => !built.has(`src/${room}`))
      .map((room) => `tsconfig.json: ${room} is not built`),
  );
});

test('every file opens by saying what it is, is not longer than 400 lines and has no default export', () => {
  const faults = ['src', 'journeys', 'bench'].flatMap((folder) =>
    sources(folder).flatMap((file) =>
      styleFaults(readFileSync(join(ROOT, folder, file), 'utf8')).map((why) => `${folder}/${file} ${why}`),
    ),
  );
  assertNone(faults);
});

test('the checks can fail: each planted fault is found', () => {
  const why = (file: string, text: string): readonly (string | undefined)[] =>
    importsOf(file, text).map((one) => fault(file, one));
  assert.deepEqual(why('engine/x.ts', `import { append } from '#store/append.ts';`), ['engine may not know store']);
  assert.deepEqual(why('engine/x.ts', `export { append } from '#store/append.ts';`), ['engine may not know store']);
  assert.deepEqual(why('engine/x.ts', `const a = await import('#store/append.ts');`), ['engine may not know store']);
  assert.deepEqual(why('engine/x.ts', `import 'node:fs';`), ['engine may not use node:fs']);
  assert.deepEqual(why('engine/x.ts', `import type { Pool } from 'pg';`), ['engine may not use pg']);
  assert.deepEqual(why('store/x.ts', `import { a } from '#cases/types.ts';`), ['#cases/types.ts may be imported as types alone']);
  assert.deepEqual(why('store/x.ts', `import { type A, b } from '#cases/types.ts';`), [
    '#cases/types.ts may be imported as types alone',
  ]);
  assert.deepEqual(why('store/x.ts', `import type { A } from '#cases/types.ts'; import { type B } from '#cases/types.ts';`), [
    undefined,
    undefined,
  ]);
  assert.deepEqual(why('main/x.ts', `import { a } from '#testing/road.ts';`), ['main may not know testing']);
  assert.deepEqual(why('main/x.ts', `import fc from 'fast-check';`), [
    'fast-check is not a dependency: it is there for development alone',
  ]);
  assert.deepEqual(why('rules/dmn/x.ts', `import { a } from '../kinds.ts';`), [
    '../kinds.ts: imports never climb; name the room',
  ]);
  assert.deepEqual(why('rules/dmn/x.ts', `import { a } from './../kinds.ts';`), [
    './../kinds.ts: imports never climb; name the room',
  ]);
  assert.deepEqual(why('rules/dmn/x.ts', `import { a } from '#rules/kinds.ts';`), [undefined]);
  assert.deepEqual(why('rules/x.ts', `import { a } from '#rules/kinds.ts';`), [
    '#rules/kinds.ts: what lies beside or below is imported with ./',
  ]);
  assert.deepEqual(why('nowhere/x.ts', `import { a } from './a.ts';`), ['nowhere is not a room of rooms.json']);
  assert.deepEqual(styleFaults(`export default 1;\n${'\n'.repeat(400)}`), [
    'does not open by saying what it is',
    'is longer than 400 lines',
    'has a default export',
  ]);
});
