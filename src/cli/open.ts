// What `dargah` is given to look at: the folder of a service or an inquiry type, a folder of models, or one BPMN or DMN file. Reads and checks; publishes nothing.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Finding } from '#base/finding.ts';
import { inFile } from '#catalog/findings.ts';
import { hashPackage } from '#catalog/hash.ts';
import { readInquiryType } from '#catalog/inquiry-type.ts';
import { decisionsOf } from '#catalog/read-parts.ts';
import { readPackage } from '#catalog/read.ts';
import type { InquiryPackage, PackageFiles, ReadPackage } from '#catalog/types.ts';
import { checkModel } from '#engine/check.ts';
import type { Model } from '#engine/model.ts';
import { readModel } from '#engine/read.ts';
import { readFolder } from '#main/seed.ts';
import { sha256 } from '#main/sha256.ts';
import { fromHere } from './paths.ts';

/** `models` by their files, for drawing what was found in them. `alone`: models without a service, which cannot be published. */
export type Opened = ReadPackage & {
  readonly name: string;
  readonly definition: string;
  readonly models: { readonly [file: string]: Model };
  readonly alone?: true;
  readonly inquiry?: InquiryPackage;
};

/** The package in a folder, or the models that are there; what cannot be read is a finding like any other. */
export async function openPackage(name: string): Promise<Opened> {
  try {
    if (/\.(?:bpmn|dmn)$/u.test(name)) {
      const file = basename(name);
      return await openModels(name, { [file]: await readFile(fromHere(name), 'utf8') });
    }
    const files = await readFolder(fromHere(name));
    if (files['inquiry.yaml'] !== undefined)
      return { name, definition: hashPackage(files, sha256), ...readInquiryType(files), models: {} };
    if (files['service.yaml'] === undefined && Object.keys(files).some(isModel)) return await openModels(name, files);
    return { name, definition: hashPackage(files, sha256), ...(await readPackage(files)), models: await modelsOf(files) };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))) throw error;
    return { name, definition: '', findings: [notThere(name)], models: {} };
  }
}

function isModel(file: string): boolean {
  return !file.includes('/') && (file.endsWith('.bpmn') || file.endsWith('.dmn'));
}

function notThere(name: string): Finding {
  return {
    code: 'no-folder',
    severity: 'error',
    place: name,
    reason: { fa: `${name} یافت نشد.`, en: `There is no ${name}.` },
    mend: { fa: 'نشانی پوشهٔ خدمت یا پروندهٔ مدل را بدهید.', en: 'Give the folder of a service, or the file of a model.' },
  };
}

/** Names of forms and decisions are looked up where the folder has any: beside one file alone nothing is known of them. */
async function openModels(name: string, files: PackageFiles): Promise<Opened> {
  const findings: Finding[] = [];
  const { library } = decisionsOf(files, findings);
  const forms = Object.keys(files).flatMap((file) => /^([\w-]+)\.form$/u.exec(file)?.[1] ?? []);
  const isOne = Object.keys(files).length === 1;
  const known = isOne ? undefined : { forms, decisions: library.decisions.map((one) => one.id) };
  const models: { [file: string]: Model } = {};
  for (const [file, xml] of Object.entries(files)) {
    if (!isModel(file) || !file.endsWith('.bpmn')) continue;
    const read = await readModel(xml);
    if (read.model) models[file] = read.model;
    findings.push(...inFile(file, [...read.findings, ...(read.model ? checkModel(read.model, known) : [])]));
  }
  return { name, definition: '', findings, models, alone: true };
}

async function modelsOf(files: PackageFiles): Promise<{ readonly [file: string]: Model }> {
  const file = 'process.bpmn';
  const xml = files[file];
  const model = xml === undefined ? undefined : (await readModel(xml)).model;
  return model ? { [file]: model } : {};
}
