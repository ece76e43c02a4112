// Runs the public DMN TCK (testCases.xsd) over the rules room: reads its folders, gives passes per folder. Never part of the running system.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decimal } from '#base/decimal.ts';
import { equals } from '#rules/comparison.ts';
import { compileDecisions } from '#rules/dmn/compile.ts';
import { readDmn } from '#rules/dmn/read.ts';
import { childOf, childrenOf, parseXml, type Element } from '#rules/dmn/xml.ts';
import { entry, isContext, isList, kindOf, putEntry } from '#rules/kinds.ts';
import { temporal } from '#rules/literals.ts';
import { textOf } from '#rules/text.ts';
import type { FeelContext, FeelValue } from '#rules/types.ts';

export type TckFailure = {
  readonly folder: string;
  readonly test: string;
  readonly node: string;
  readonly expected: string;
  readonly actual: string;
  readonly problems: string;
};
export type TckFolder = {
  readonly folder: string;
  readonly passed: number;
  readonly total: number;
  readonly failures: readonly TckFailure[];
};
export type TckResult = { readonly passed: number; readonly total: number; readonly folders: readonly TckFolder[] };

const NOW = '2026-11-24T09:00:00.123+03:30';

/** Runs every test case of every folder of one compliance level. A test case passes when all its result nodes do. */
export function runTck(root: string): TckResult {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => runFolder(root, name))
    .filter(({ total }) => total > 0)
    .toSorted((a, b) => a.folder.localeCompare(b.folder));
  const sum = (of: 'passed' | 'total'): number => folders.reduce((total, folder) => total + folder[of], 0);
  return { passed: sum('passed'), total: sum('total'), folders };
}

function runFolder(root: string, folder: string): TckFolder {
  const path = join(root, folder);
  const files = readdirSync(path);
  const failures: TckFailure[] = [];
  let total = 0;
  let passed = 0;
  for (const file of files.filter((name) => name.endsWith('.xml')).toSorted()) {
    const tests = parseXml(readFileSync(join(path, file), 'utf8')).root;
    if (tests?.name !== 'testCases') continue;
    const main = childOf(tests, 'modelName')?.text.trim() ?? '';
    const library = libraryOf(path, files, main);
    for (const test of childrenOf(tests, 'testCase')) {
      total += 1;
      const found = runCase(test, library, folder);
      if (found.length === 0) passed += 1;
      failures.push(...found);
    }
  }
  return { folder, passed, total, failures };
}

type Library = ReturnType<typeof compileDecisions>;

/** The model under test first, then those beside it that it may import. */
function libraryOf(path: string, files: readonly string[], main: string): Library {
  const models = files.filter((name) => name.endsWith('.dmn')).toSorted((a, b) => Number(b === main) - Number(a === main));
  return compileDecisions(models.map((name) => readDmn(readFileSync(join(path, name), 'utf8'))));
}

function runCase(test: Element, of: Library, folder: string): TckFailure[] {
  const inputs: Record<string, FeelValue> = {};
  for (const node of childrenOf(test, 'inputNode')) putEntry(inputs, node.attributes['name'] ?? '', valueOf(node));
  const invocable =
    test.attributes['type'] === undefined || test.attributes['type'] === 'decision'
      ? undefined
      : test.attributes['invocableName'];
  return childrenOf(test, 'resultNode').flatMap((node) => {
    const expectedNode = childOf(node, 'expected');
    const expected = expectedNode ? valueOf(expectedNode) : null;
    const name = node.attributes['name'] ?? '';
    const { actual, problems } = actualOf(of, { name, invocable }, inputs);
    if (agrees(expected, actual)) return [];
    return [
      { folder, test: test.attributes['id'] ?? '', node: name, expected: textOf(expected), actual: textOf(actual), problems },
    ];
  });
}

function actualOf(
  { library, findings }: Library,
  of: { name: string; invocable: string | undefined },
  inputs: FeelContext,
): { actual: FeelValue; problems: string } {
  try {
    const { value, problems } = library.evaluate(of.invocable ?? of.name, inputs, NOW);
    const own = findings.filter(({ place }) => place.startsWith(`${of.name}:`));
    const inside = of.invocable !== undefined && isContext(value) ? (entry(value, of.name) ?? value) : value;
    return { actual: inside, problems: [...own, ...problems].map((found) => `${found.code} ${found.place}`).join('; ') };
  } catch (error) {
    return { actual: `thrown: ${String(error)}`, problems: '' };
  }
}

function isNil(element: Element): boolean {
  return element.attributes['xsi:nil'] === 'true';
}

/** A `valueType` of the test schema as a FEEL value. */
function valueOf(element: Element): FeelValue {
  if (isNil(element)) return null;
  const list = childOf(element, 'list');
  if (list) return isNil(list) ? null : childrenOf(list, 'item').map(valueOf);
  const components = childrenOf(element, 'component');
  if (components.length > 0) {
    const made: Record<string, FeelValue> = {};
    for (const component of components) putEntry(made, component.attributes['name'] ?? '', valueOf(component));
    return made;
  }
  const value = childOf(element, 'value');
  return value && !isNil(value) ? simpleValue(value) : null;
}

function simpleValue(element: Element): FeelValue {
  const type = (element.attributes['xsi:type'] ?? 'xsd:string').replace(/^.*:/, '');
  const text = element.text;
  switch (type) {
    case 'decimal':
    case 'double':
    case 'integer':
    case 'float':
    case 'int':
    case 'long':
      return new Decimal(1).times(text.trim());
    case 'boolean':
      return text.trim() === 'true';
    case 'date':
    case 'time':
    case 'dateTime':
    case 'duration':
    case 'dayTimeDuration':
    case 'yearMonthDuration':
      return temporal(text.trim()) ?? null;
    default:
      return text;
  }
}

const TOLERANCE = new Decimal('1e-8');

/** Numbers agree to eight places, as the TCK asks; other values are equal. */
function agrees(expected: FeelValue, actual: FeelValue): boolean {
  if (expected instanceof Decimal)
    return actual instanceof Decimal && (expected.eq(actual) || expected.minus(actual).abs().lt(TOLERANCE));
  if (isList(expected))
    return isList(actual) && expected.length === actual.length && expected.every((item, at) => agrees(item, actual[at] ?? null));
  if (isContext(expected)) {
    if (!isContext(actual)) return false;
    const names = Object.keys(expected);
    return (
      names.length === Object.keys(actual).length &&
      names.every((name) => Object.hasOwn(actual, name) && agrees(entry(expected, name) ?? null, entry(actual, name) ?? null))
    );
  }
  return (
    kindOf(expected) === kindOf(actual) &&
    (expected === null || (equals(expected, actual) === true && textOf(expected) === textOf(actual)))
  );
}
