// A service package from its files: manifest, process, decisions, forms, texts, template, examples; read, checked against each other, compiled.
// Never throws for what an author wrote: every fault is a finding with its file and place.
import { parse, YAMLParseError } from 'yaml';
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import { checkModel } from '#engine/check.ts';
import { compile } from '#engine/compile.ts';
import type { Model } from '#engine/model.ts';
import { readModel } from '#engine/read.ts';
import { step } from '#engine/step.ts';
import { checkForm } from '#forms/check.ts';
import { readForm } from '#forms/read.ts';
import type { Form, Texts } from '#forms/types.ts';
import { compileDecisions } from '#rules/dmn/compile.ts';
import { readDmn } from '#rules/dmn/read.ts';
import type { DecisionLibrary } from '#rules/types.ts';
import { inFile } from './place.ts';
import { checkReferences } from './references.ts';
import { readManifest } from './manifest.ts';
import type { Manifest, PackageFiles, ReadPackage, ServicePackage } from './types.ts';

/** `package` is absent where any finding is an error. */
export async function readPackage(files: PackageFiles): Promise<ReadPackage> {
  const findings: Finding[] = [];
  const manifest = manifestOf(files, findings);
  const texts = textsOf(files, findings);
  const forms = formsOf(files, texts, findings);
  const decisions = decisionsOf(files, findings);
  const model = await modelOf(files, findings, {
    forms: Object.keys(forms),
    decisions: decisions.decisions.map((one) => one.id),
  });
  if (!manifest || !model) return { findings };
  const examples = examplesOf(files, findings);
  const template = manifest.output && files[manifest.output.document];
  findings.push(...checkReferences({ manifest, model, forms, decisions, texts, files }));
  if (findings.some((one) => one.severity === 'error')) return { findings };
  return { package: compiled({ manifest, model, decisions, forms, texts, template, examples, files }), findings };
}

type Parts = Omit<ServicePackage, 'process' | 'template'> & { readonly model: Model; readonly template: string | undefined };

function compiled({ model, template, ...parts }: Parts): ServicePackage {
  const plan = compile(model, parts.decisions);
  const process = {
    elements: plan.elements,
    step: (...[state, input, env]: Parameters<ServicePackage['process']['step']>) => step(plan, state, input, env),
  };
  return { ...parts, process, ...(template === undefined ? {} : { template }) };
}

function manifestOf(files: PackageFiles, findings: Finding[]): Manifest | undefined {
  const yaml = yamlOf(files, 'service.yaml', findings);
  if (yaml === undefined) return undefined;
  const read = readManifest(yaml);
  findings.push(...read.findings);
  return read.manifest;
}

function yamlOf(files: PackageFiles, file: string, findings: Finding[]): Json | undefined {
  const text = files[file];
  if (text === undefined) {
    findings.push(
      packageFinding(
        'missing-file',
        file,
        { fa: `پرونده ${file} در بسته نیست.`, en: `The package has no ${file}.` },
        { fa: 'آن را بیفزایید.', en: 'Add it.' },
      ),
    );
    return undefined;
  }
  try {
    return parse(text) as Json;
  } catch (error) {
    const line = error instanceof YAMLParseError ? String(error.linePos?.[0]?.line ?? '') : '';
    const words = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    findings.push({
      ...packageFinding(
        'yaml-syntax',
        file,
        { fa: `${file} خوانا نیست: ${words}`, en: `${file} cannot be read: ${words}` },
        { fa: 'نوشتار YAML را درست کنید.', en: 'Correct its YAML.' },
      ),
      place: line === '' ? file : `line ${line}`,
    });
    return undefined;
  }
}

function jsonOf(files: PackageFiles, file: string, findings: Finding[]): Json | undefined {
  try {
    return JSON.parse(files[file] ?? '') as Json;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    findings.push(
      packageFinding(
        'json-syntax',
        file,
        { fa: `${file} خوانا نیست: ${words}`, en: `${file} cannot be read: ${words}` },
        { fa: 'نوشتار JSON را درست کنید.', en: 'Correct its JSON.' },
      ),
    );
    return undefined;
  }
}

function textsOf(files: PackageFiles, findings: Finding[]): Texts {
  const read = (file: string): { readonly [key: string]: string } => {
    const json = jsonOf(files, file, findings);
    return isObject(json) ? (json as { readonly [key: string]: string }) : {};
  };
  const texts: Texts = { fa: read('fa.json'), en: read('en.json') };
  for (const [here, there, file] of [
    [texts.fa, texts.en, 'en.json'],
    [texts.en, texts.fa, 'fa.json'],
  ] as const) {
    for (const key of Object.keys(here).filter((one) => typeof there[one] !== 'string' || there[one].trim() === '')) {
      findings.push({
        ...packageFinding(
          'missing-translation',
          file,
          { fa: `متن «${key}» در ${file} نیست.`, en: `The text “${key}” is not in ${file}.` },
          { fa: 'ترجمه آن را بیفزایید.', en: 'Add its translation.' },
        ),
        place: key,
      });
    }
  }
  return texts;
}

function formsOf(files: PackageFiles, texts: Texts, findings: Finding[]): { readonly [id: string]: Form } {
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

function decisionsOf(files: PackageFiles, findings: Finding[]): DecisionLibrary {
  const named = Object.keys(files).filter((one) => one.endsWith('.dmn') && !one.includes('/'));
  const models = named.map((file) => {
    const model = readDmn(files[file] ?? '');
    findings.push(...inFile(file, model.findings));
    return model;
  });
  const { library, findings: found } = compileDecisions(models);
  // What a file says of itself has its name already.
  const own = new Set(models.flatMap((model) => model.findings));
  findings.push(
    ...inFile(
      named[0] ?? '',
      found.filter((one) => !own.has(one)),
    ),
  );
  return library;
}

async function modelOf(
  files: PackageFiles,
  findings: Finding[],
  known: { readonly forms: readonly string[]; readonly decisions: readonly string[] },
): Promise<Model | undefined> {
  const file = 'process.bpmn';
  if (files[file] === undefined) {
    findings.push(
      packageFinding(
        'missing-file',
        file,
        { fa: 'بسته فرایندی ندارد.', en: 'The package has no process.bpmn.' },
        { fa: 'آن را بیفزایید.', en: 'Add it.' },
      ),
    );
    return undefined;
  }
  const { model, findings: read } = await readModel(files[file]);
  const all = inFile(file, [...read, ...(model ? checkModel(model, known) : [])]);
  findings.push(...all);
  return all.some((one) => one.severity === 'error') ? undefined : model;
}

function examplesOf(files: PackageFiles, findings: Finding[]): { readonly [file: string]: JsonObject } {
  const examples: { [file: string]: JsonObject } = {};
  for (const file of Object.keys(files).filter((one) => /^examples\/.+\.yaml$/.test(one))) {
    const yaml = yamlOf(files, file, findings);
    if (isObject(yaml)) examples[file] = yaml;
  }
  return examples;
}

export function packageFinding(code: string, file: string, reason: Text, mend: Text): Finding {
  return { code, severity: 'error', file, place: file, reason, mend };
}
