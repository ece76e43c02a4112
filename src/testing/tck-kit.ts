// The folders of a DMN TCK: which hold tests, which models a test reads, and which of its cases call Java. Reads files; evaluates nothing.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { readDmn } from '#rules/dmn/read.ts';
import type { DmnModel } from '#rules/dmn/model.ts';
import { childrenOf, parseXml, type Element } from '#rules/dmn/xml.ts';

export type KitFolder = {
  readonly name: string;
  readonly path: string;
  readonly tests: readonly KitTests[];
  readonly models: readonly KitModel[];
};
/** A test file; `root` is missing, with the fault, where it is not well-formed. */
export type KitTests = { readonly file: string; readonly root: Element | undefined; readonly fault: string };
export type KitModel = {
  readonly file: string;
  readonly model: DmnModel | undefined;
  readonly root: Element | undefined;
  readonly fault: string;
};

/** Every folder with test files at or below `root`, named by its path from there. */
export function kitFolders(root: string): readonly KitFolder[] {
  return foldersBelow(root)
    .map((path) => kitFolder(path, relative(root, path) || basename(path)))
    .filter(({ tests }) => tests.length > 0)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function foldersBelow(path: string): readonly string[] {
  const inside = readdirSync(path, { withFileTypes: true }).filter((one) => one.isDirectory());
  return [path, ...inside.flatMap(({ name }) => foldersBelow(join(path, name)))];
}

function kitFolder(path: string, name: string): KitFolder {
  const files = readdirSync(path).toSorted();
  return {
    name,
    path,
    tests: files.filter((file) => file.endsWith('.xml')).flatMap((file) => testsIn(path, file)),
    models: files.filter((file) => file.endsWith('.dmn')).map((file) => modelIn(path, file)),
  };
}

function testsIn(path: string, file: string): readonly KitTests[] {
  const text = readFileSync(join(path, file), 'utf8');
  const { root, faults } = parseXml(text);
  if (root?.name === 'testCases' && faults.length === 0) return [{ file, root, fault: '' }];
  const isBroken = faults.length > 0 && text.includes('testCases');
  return isBroken ? [{ file, root: undefined, fault: `line ${faults[0]?.line}: ${faults[0]?.message}` }] : [];
}

/** Whatever is wrong with a model is told by the cases that need it. */
function modelIn(path: string, file: string): KitModel {
  try {
    const text = readFileSync(join(path, file), 'utf8');
    return { file, model: readDmn(text), root: parseXml(text).root, fault: '' };
  } catch (error) {
    return { file, model: undefined, root: undefined, fault: error instanceof Error ? error.message : String(error) };
  }
}

/** The model under test and, after it, those it imports, through all they import. */
export function modelsFor(folder: KitFolder, tests: KitTests): readonly KitModel[] {
  const main = mainModel(folder, tests);
  if (!main) return [];
  const found = [main];
  for (const one of found)
    for (const { namespace } of one.model?.imports ?? []) {
      const other = folder.models.find(({ model }) => model?.namespace === namespace);
      if (other && !found.includes(other)) found.push(other);
    }
  return found;
}

/** By `modelName`; where the file names none, the model whose name begins the test's, or the only one. */
function mainModel({ models }: KitFolder, { file, root }: KitTests): KitModel | undefined {
  const named = root && childrenOf(root, 'modelName')[0]?.text.trim();
  if (named) return models.find((one) => one.file === named || one.file === `${named}.dmn`);
  const stem = (one: KitModel): string => one.file.slice(0, -'.dmn'.length);
  const alike = models.filter((one) => file.startsWith(stem(one))).toSorted((a, b) => stem(b).length - stem(a).length);
  return alike[0] ?? (models.length === 1 ? models[0] : undefined);
}

/** Whether what a name means calls a function written in Java, itself or through anything it requires or imports. */
export function callsJava(name: string, models: readonly KitModel[]): boolean {
  const elements = new Map<string, Element>();
  let start: Element | undefined;
  for (const { root } of models.toReversed())
    for (const element of root?.children ?? []) {
      const { id, name: own } = element.attributes;
      if (id !== undefined) elements.set(`${root?.attributes['namespace']}#${id}`, element).set(id, element);
      if (own === name && element.name !== 'inputData' && element.name !== 'itemDefinition') start = element;
    }
  const seen = new Set<Element>();
  const open = start ? [start] : [];
  for (const element of open) {
    if (seen.has(element)) continue;
    seen.add(element);
    if (isJava(element)) return true;
    open.push(...hrefs(element).flatMap((href) => elements.get(href) ?? elements.get(href.replace(/^.*#/, '')) ?? []));
  }
  return false;
}

function hrefs(element: Element): readonly string[] {
  const own = element.attributes['href'];
  return [...(own === undefined ? [] : [own.replace(/^#/, '')]), ...element.children.flatMap(hrefs)];
}

/** `kind="Java"` (`J` in DMN 1.1) of a function, or FEEL's `external { java: … }`. */
function isJava({ name, attributes, text, children }: Element): boolean {
  const isFunction = name === 'functionDefinition' || name === 'encapsulatedLogic';
  if (isFunction && /^(?:java|j)$/i.test(attributes['kind'] ?? '')) return true;
  if (name === 'text' && /\bexternal\s*\{\s*"?java"?\s*:/.test(text)) return true;
  return children.some(isJava);
}
