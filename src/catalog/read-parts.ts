// Each kind of file of a package, read by the room that knows it; the findings get the names of their files here.
// Checks nothing across files: that is references.ts and its neighbours.
import { parse, YAMLParseError } from 'yaml';
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { checkModel } from '#engine/check.ts';
import type { Known } from '#engine/check-references.ts';
import type { Model } from '#engine/model.ts';
import { readModel } from '#engine/read.ts';
import { checkForm } from '#forms/check.ts';
import { readForm } from '#forms/read.ts';
import type { Form, Texts } from '#forms/types.ts';
import { compileDecisions } from '#rules/dmn/compile.ts';
import type { DmnModel } from '#rules/dmn/model.ts';
import { readDmn } from '#rules/dmn/read.ts';
import type { DecisionLibrary } from '#rules/types.ts';
import { checkTariffs } from '#rules/dmn/check-tariffs.ts';
import { checkTables } from '#rules/dmn/check-tables.ts';
import type { Parts } from './parts.ts';
import { inFile, problem } from './findings.ts';
import type { Words } from './findings.ts';
import { readManifest } from './manifest.ts';
import type { Manifest, PackageFiles } from './types.ts';

export function manifestOf(files: PackageFiles, findings: Finding[], isPublished = false): Manifest | undefined {
  const yaml = yamlOf(files, 'service.yaml', findings);
  if (yaml === undefined) return undefined;
  const read = readManifest(yaml);
  findings.push(...read.findings);
  return read.manifest ?? (isPublished && isObject(yaml) ? (yaml as unknown as Manifest) : undefined);
}

/** The parsed file, or undefined with a finding. */
export function yamlOf(files: PackageFiles, file: string, findings: Finding[]): Json | undefined {
  const text = files[file];
  if (text === undefined) {
    findings.push(missing(file));
    return undefined;
  }
  try {
    return parse(text) as Json;
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0]?.line : undefined;
    const place = line === undefined ? file : `line ${line}`;
    findings.push(
      problem({ code: 'yaml-syntax', file, place }, unreadable(file, error), ['نوشتار YAML را درست کنید.', 'Correct its YAML.']),
    );
    return undefined;
  }
}

function jsonOf(files: PackageFiles, file: string, findings: Finding[]): Json | undefined {
  const text = files[file];
  if (text === undefined) {
    findings.push(missing(file));
    return undefined;
  }
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    findings.push(
      problem({ code: 'json-syntax', file }, unreadable(file, error), ['نوشتار JSON را درست کنید.', 'Correct its JSON.']),
    );
    return undefined;
  }
}

function missing(file: string): Finding {
  return problem(
    { code: 'missing-file', file },
    [`پروندهٔ ${file} نیست.`, `There is no ${file}.`],
    ['آن را بیفزایید.', 'Add it.'],
  );
}

function unreadable(file: string, error: unknown): Words {
  const words = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return [`${file} خوانا نیست: ${words}`, `${file} cannot be read: ${words}`];
}

export function textsOf(files: PackageFiles, findings: Finding[]): Texts {
  const read = (file: string): { readonly [key: string]: string } => {
    const json = jsonOf(files, file, findings);
    return isObject(json) ? (json as { readonly [key: string]: string }) : {};
  };
  const texts: Texts = { fa: read('fa.json'), en: read('en.json') };
  for (const [here, there, file] of [
    [texts.fa, texts.en, 'en.json'],
    [texts.en, texts.fa, 'fa.json'],
  ] as const) {
    if (files[file] === undefined) continue;
    for (const key of Object.keys(here).filter((one) => typeof there[one] !== 'string' || there[one].trim() === '')) {
      const where = { code: 'missing-translation', file, place: key };
      findings.push(
        problem(
          where,
          [`متن «${key}» در ${file} نیست.`, `The text “${key}” is not in ${file}.`],
          ['ترجمهٔ آن را بیفزایید.', 'Add its translation.'],
        ),
      );
    }
  }
  return texts;
}

export function formsOf(files: PackageFiles, texts: Texts, findings: Finding[]): { readonly [id: string]: Form } {
  const forms: { [id: string]: Form } = {};
  for (const file of Object.keys(files).filter((one) => /^[\w-]+\.form$/.test(one))) {
    const id = file.slice(0, -'.form'.length);
    const json = jsonOf(files, file, findings);
    if (json === undefined) continue;
    const { form, findings: found } = readForm(id, json);
    findings.push(...inFile(file, found));
    if (!form) continue;
    forms[id] = form;
    findings.push(...inFile(file, checkForm(form, texts)));
  }
  return forms;
}

export type Decisions = { readonly library: DecisionLibrary; readonly dmn: Parts['dmn'] };

export function decisionsOf(files: PackageFiles, findings: Finding[]): Decisions {
  const read = Object.keys(files)
    .filter((one) => one.endsWith('.dmn') && !one.includes('/'))
    .map((file) => ({ file, model: readDmn(files[file] ?? '') }));
  for (const { file, model } of read)
    findings.push(...inFile(file, [...model.findings, ...checkTariffs(model), ...checkTables(model)]));
  const { library, findings: found, checkTypes } = compileDecisions(read.map((one) => one.model));
  // What a file says of itself is listed already; the rest is about an element, whose file its name tells.
  const own = new Set(read.flatMap((one) => one.model.findings));
  for (const one of [...found, ...checkTypes()].filter((each) => !own.has(each))) {
    const file = read.find(({ model }) => ownerOf(model, one.place) !== undefined)?.file ?? read[0]?.file ?? '';
    findings.push(...inFile(file, [one]));
  }
  return { library, dmn: read };
}

/** Findings of compiled logic stand at `<name of the element>: <expression>`. */
function ownerOf(model: DmnModel, place: string): string | undefined {
  const names = [...model.decisions, ...model.functions].map((one) => one.name);
  return names.find((name) => place === name || place.startsWith(`${name}: `));
}

export async function modelOf(
  files: PackageFiles,
  findings: Finding[],
  { known, isPublished }: { readonly known: Known; readonly isPublished: boolean },
): Promise<Model | undefined> {
  const file = 'process.bpmn';
  if (files[file] === undefined) {
    findings.push(missing(file));
    return undefined;
  }
  const { model, findings: read } = await readModel(files[file]);
  const all = inFile(file, [...read, ...(model ? checkModel(model, known) : [])]);
  findings.push(...all);
  return !isPublished && all.some((one) => one.severity === 'error') ? undefined : model;
}

export function examplesOf(files: PackageFiles, findings: Finding[]): { readonly [file: string]: JsonObject } {
  const examples: { [file: string]: JsonObject } = {};
  for (const file of Object.keys(files).filter((one) => /^examples\/.+\.yaml$/.test(one))) {
    const yaml = yamlOf(files, file, findings);
    if (isObject(yaml)) examples[file] = yaml;
    else if (yaml !== undefined)
      findings.push(
        problem(
          { code: 'example-shape', file },
          [`${file} یک شیء نیست.`, `${file} is not an object.`],
          ['title، given، when و then بنویسید.', 'Write title, given, when and then.'],
        ),
      );
  }
  return examples;
}
