// How much of the pure rooms the unit tests run: lines of TypeScript that compile to code, by room. Measured while the tests run, never beside them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './database.ts';

const PURE_ROOMS = ['base', 'calendar', 'rules', 'engine', 'forms', 'inquiries', 'catalog', 'cases', 'proofs', 'registry'];
/** Per cent of its lines that a pure room's tests must run. */
const LEAST = 95;

/** Files, their lines and how often each ran (scripts/tally.mjs). */
export type Ran = readonly { readonly path: string; readonly lines: readonly (readonly [line: number, count: number])[] }[];
type FileCoverage = { readonly file: string; readonly lines: number; readonly missed: readonly number[] };
export type RoomCoverage = {
  readonly room: string;
  readonly lines: number;
  readonly covered: number;
  readonly percent: number;
  readonly files: readonly FileCoverage[];
  readonly isEnough: boolean;
};

/** Options for `node --test` that count the lines of the pure rooms. */
export const COVERAGE_OPTIONS: readonly string[] = [
  '--experimental-test-coverage',
  ...PURE_ROOMS.flatMap((room) => [`--test-coverage-include=src/${room}/**`, `--test-coverage-include=dist/${room}/**`]),
];

export function roomsCovered(ran: Ran): readonly RoomCoverage[] {
  const counts = new Map(ran.map(({ path, lines }) => [path, new Map(lines)]));
  return PURE_ROOMS.map((room) => {
    const files = sources(join(ROOT, 'src', room)).map((path) => fileCoverage(path, counts.get(path)));
    const lines = files.reduce((sum, file) => sum + file.lines, 0);
    const covered = lines - files.reduce((sum, file) => sum + file.missed.length, 0);
    const percent = lines === 0 ? 100 : (100 * covered) / lines;
    return { room, lines, covered, percent, files, isEnough: percent >= LEAST };
  });
}

/** A table of rooms; with `isFull`, the lines that no test runs as well. */
export function coverageTable(rooms: readonly RoomCoverage[], isFull: boolean): readonly string[] {
  const rows = rooms.flatMap(({ room, lines, covered, percent, files, isEnough }) => [
    `  ${isEnough ? '✓' : '✗'} ${room.padEnd(10)} ${percent.toFixed(2).padStart(6)} %  ${covered} of ${lines} lines`,
    ...(isFull || !isEnough ? files.filter(({ missed }) => missed.length > 0).map(missedLine) : []),
  ]);
  return [`Lines of the pure rooms run by unit tests (at least ${LEAST} %):`, ...rows];
}

function missedLine({ file, lines, missed }: FileCoverage): string {
  const percent = (100 * (lines - missed.length)) / lines;
  return `      ${file} ${percent.toFixed(1)} %: ${ranges(missed)}`;
}

/** `3, 7–9`. */
function ranges(lines: readonly number[]): string {
  const found: [from: number, to: number][] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last?.[1] === line - 1) last[1] = line;
    else found.push([line, line]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name))
    .toSorted();
}

/** A file that no test loads has run no line. */
function fileCoverage(path: string, ran: ReadonlyMap<number, number> | undefined): FileCoverage {
  const code = codeLines(path);
  return { file: path.slice(ROOT.length + 1), lines: code.length, missed: code.filter((line) => (ran?.get(line) ?? 0) === 0) };
}

/** Lines that something in the compiled file came from, comments apart: types and blank lines are no code. */
function codeLines(path: string): readonly number[] {
  const map = path.replace(`${ROOT}/src/`, `${ROOT}/dist/`).replace(/\.ts$/, '.js.map');
  if (!existsSync(map)) return [];
  const { mappings } = JSON.parse(readFileSync(map, 'utf8')) as { readonly mappings: string };
  const text = readFileSync(path, 'utf8').split('\n');
  return [...mappedLines(mappings)]
    .filter((line) => !/^\s*(?:\/\/|\/\*|\*|$)/.test(text[line - 1] ?? ''))
    .toSorted((a, b) => a - b);
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Source lines named in a source map's `mappings` (ECMA-426): the third number of each segment, counted from the segment before. */
function mappedLines(mappings: string): ReadonlySet<number> {
  const lines = new Set<number>();
  let line = 1;
  for (const segment of mappings.split(/[;,]/)) {
    const change = numbers(segment)[2];
    if (change === undefined) continue;
    line += change;
    lines.add(line);
  }
  return lines;
}

/** Base64 digits of five bits, least first, the sixth bit saying that more follow; the lowest bit of a number is its sign. */
function numbers(segment: string): readonly number[] {
  const found: number[] = [];
  let value = 0;
  let shift = 0;
  for (const letter of segment) {
    const digit = BASE64.indexOf(letter);
    value += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    found.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return found;
}
