// Runs any folder of the public DMN TCK (testCases.xsd) over the rules room and says what passes, what fails and what would need Java.
// Whatever a file holds, it fails its cases with a reason and stops nothing. Never part of the running system.
import { compileDecisions, type CompiledDecisions } from '#rules/dmn/compile.ts';
import type { DmnModel } from '#rules/dmn/model.ts';
import { childOf, childrenOf, type Element } from '#rules/dmn/xml.ts';
import { entry, isContext, putEntry } from '#rules/kinds.ts';
import { textOf } from '#rules/text.ts';
import type { FeelContext, FeelValue } from '#rules/types.ts';
import { callsJava, kitFolders, modelsFor, type KitFolder, type KitModel, type KitTests } from './tck-kit.ts';
import { agrees, isTrue, valueOf } from './tck-values.ts';

export type TckFailure = {
  readonly folder: string;
  readonly test: string;
  readonly node: string;
  readonly expected: string;
  readonly actual: string;
  readonly problems: string;
};
/** Results that are errors, and how many of them came with a finding that says what was wrong. */
export type Errors = { readonly errors: number; readonly told: number };
/** `java`: the ids of cases that do not pass and call a function written in Java. `failures` are of the others. */
export type TckFolder = {
  readonly folder: string;
  readonly passed: number;
  readonly total: number;
  readonly java: readonly string[];
  readonly failures: readonly TckFailure[];
} & Errors;
export type TckResult = {
  readonly passed: number;
  readonly total: number;
  readonly java: number;
  readonly folders: readonly TckFolder[];
} & Errors;

const NOW = '2026-11-24T09:00:00.123+03:30';

/** Runs every test case at or below `root`: the kit, one level of it, or one folder. A test case passes when all its result nodes do. */
export function runTck(root: string): TckResult {
  const folders = kitFolders(root).map(runFolder);
  const sum = (of: (folder: TckFolder) => number): number => folders.reduce((total, folder) => total + of(folder), 0);
  return {
    passed: sum(({ passed }) => passed),
    total: sum(({ total }) => total),
    java: sum(({ java }) => java.length),
    errors: sum(({ errors }) => errors),
    told: sum(({ told }) => told),
    folders,
  };
}

function runFolder(folder: KitFolder): TckFolder {
  const failures: TckFailure[] = [];
  const java: string[] = [];
  const count = { errors: 0, told: 0 };
  let total = 0;
  let passed = 0;
  for (const tests of folder.tests) {
    if (!tests.root) {
      total += 1;
      failures.push(failure(folder.name, tests.file, { problems: `the test file cannot be read: ${tests.fault}` }));
      continue;
    }
    const set = modelSet(folder, tests);
    for (const [at, test] of childrenOf(tests.root, 'testCase').entries()) {
      const id = `${folder.tests.length > 1 ? `${tests.file} ` : ''}${test.attributes['id'] ?? at + 1}`;
      const found = runCase(test, set, count).map((one) => failure(folder.name, id, one));
      total += 1;
      if (found.length === 0) passed += 1;
      else if (usesJava(test, set)) java.push(id);
      else failures.push(...found);
    }
  }
  return { folder: folder.name, passed, total, java, failures, ...count };
}

type Wrong = Partial<Omit<TckFailure, 'folder' | 'test'>>;

function failure(folder: string, test: string, { node = '', expected = '', actual = '', problems = '' }: Wrong): TckFailure {
  return { folder, test, node, expected, actual, problems };
}

/** Models of a test, the one under test first, and a library of them made when the first case asks; by namespace where a case names one. */
type ModelSet = { readonly models: readonly KitModel[]; libraryOf(namespace: string | undefined): Compiled };
type Compiled = CompiledDecisions & { readonly main: DmnModel };

function modelSet(folder: KitFolder, tests: KitTests): ModelSet {
  const models = modelsFor(folder, tests);
  const made = new Map<string, Compiled>();
  return {
    models,
    libraryOf(namespace) {
      const known = made.get(namespace ?? '');
      if (known) return known;
      const wanted = models.find(({ model }) => model?.namespace === namespace) ?? models[0];
      if (!wanted) throw new Error('the model of the test is not in its folder');
      const broken = models.find(({ model }) => !model);
      if (broken || !wanted.model) throw new Error(`${broken?.file} cannot be read: ${broken?.fault}`);
      const sorted = models.toSorted((a, b) => Number(b === wanted) - Number(a === wanted));
      const compiled = { ...compileDecisions(sorted.flatMap(({ model }) => model ?? [])), main: wanted.model };
      made.set(namespace ?? '', compiled);
      return compiled;
    },
  };
}

/** What the case asks for: a decision for each result node; or one service or knowledge model, named beside it. */
function invocableOf(test: Element): string | undefined {
  const type = test.attributes['type'] ?? 'decision';
  return type === 'decision' ? undefined : test.attributes['invocableName'];
}

function usesJava(test: Element, { models }: ModelSet): boolean {
  const invocable = invocableOf(test);
  const names =
    invocable === undefined ? childrenOf(test, 'resultNode').map(({ attributes }) => attributes['name'] ?? '') : [invocable];
  return names.some((name) => callsJava(name, models));
}

type Count = { errors: number; told: number };

function runCase(test: Element, set: ModelSet, count: Count): readonly Wrong[] {
  try {
    const inputs: Record<string, FeelValue> = {};
    for (const node of childrenOf(test, 'inputNode')) putEntry(inputs, node.attributes['name'] ?? '', valueOf(node));
    const invocable = invocableOf(test);
    return childrenOf(test, 'resultNode').flatMap((node) =>
      judge(node, { set, count, invocable, inputs, namespace: test.attributes['namespace'] }),
    );
  } catch (error) {
    return [{ problems: error instanceof Error ? error.message : String(error) }];
  }
}

type Asked = {
  readonly set: ModelSet;
  readonly count: Count;
  readonly invocable: string | undefined;
  readonly inputs: FeelContext;
  readonly namespace: string | undefined;
};

/** A result expected to be an error is null, as FEEL has no other errors; what was expected beside it must agree as well. */
function judge(node: Element, asked: Asked): readonly Wrong[] {
  const name = node.attributes['name'] ?? '';
  const wanted = childOf(node, 'expected');
  const isError = isTrue(node.attributes['errorResult']);
  try {
    const expected = wanted ? valueOf(wanted) : null;
    const { value, problems } = resultOf(name, node.attributes['namespace'], asked);
    if (isError) asked.count.errors += 1;
    if (isError && problems !== '') asked.count.told += 1;
    if (isError ? value === null : agrees(expected, value)) return [];
    return [{ node: name, expected: isError ? 'an error' : textOf(expected), actual: textOf(value), problems }];
  } catch (error) {
    return [{ node: name, problems: error instanceof Error ? error.message : String(error) }];
  }
}

function resultOf(
  name: string,
  namespace: string | undefined,
  asked: Asked,
): { readonly value: FeelValue; readonly problems: string } {
  const { library, findings, main } = asked.set.libraryOf(namespace ?? asked.namespace);
  const target = asked.invocable ?? name;
  const { value, problems } = library.evaluate(idOf(main, target), asked.inputs, NOW);
  const own = findings.filter(({ place }) => place.startsWith(`${target}:`));
  return {
    value: isOneOfSeveral(main, asked.invocable) && isContext(value) ? (entry(value, name) ?? value) : value,
    problems: [...own, ...problems].map((found) => `${found.code} ${found.place}`).join('; '),
  };
}

/** Ids are unique in a model and names nearly so; another model's id may be this one's name. */
function idOf(model: DmnModel, name: string): string {
  const found = [...model.decisions, ...model.services, ...model.functions].find((one) => one.name === name);
  return found?.id ?? name;
}

/** A service of several output decisions gives a context of them; a result node names one. */
function isOneOfSeveral(model: DmnModel, service: string | undefined): boolean {
  const outputs = model.services.find(({ name }) => name === service)?.outputs ?? [];
  return outputs.length > 1;
}
