// A service package from its files: manifest, process, decisions, forms, texts, template, examples; read, checked against each other, compiled.
// Never throws for what an author wrote: every fault is a finding with its file and place.
import type { Finding } from '#base/finding.ts';
import { compile } from '#engine/compile.ts';
import { step } from '#engine/step.ts';
import { checkExamples } from './examples.ts';
import { labelsOf } from '#rules/tariff-labels.ts';
import { guardFee, readsTariffDate } from './fees.ts';
import { checkOnceOnly } from './once-only.ts';
import type { Parts } from './parts.ts';
import { decisionsOf, examplesOf, formsOf, manifestOf, modelOf, textsOf } from './read-parts.ts';
import { checkReferences } from './references.ts';
import { checkStepNames } from './step-names.ts';
import type { PackageFiles, ReadPackage, ServicePackage } from './types.ts';
import { knownOf } from './variables.ts';
import { valueWords } from './value-words.ts';
import { checkWork } from './work.ts';

/**
 * `package` is absent where any finding is an error. A published one is given for as long as it can run at all: it was good by the checks of its
 * day, cases live under it, and a check that is new must not stop them.
 */
export async function readPackage(files: PackageFiles, { isPublished = false } = {}): Promise<ReadPackage> {
  const findings: Finding[] = [];
  const manifest = manifestOf(files, findings, isPublished);
  const texts = textsOf(files, findings);
  const forms = formsOf(files, texts, findings);
  const { library, dmn } = decisionsOf(files, findings);
  const decisions = guardFee(library, manifest?.fees.decision);
  const examples = examplesOf(files, findings);
  // Where the fee reads the day and the manifest does not say which, fees.ts tells it in the tariff's own words.
  const isDated = manifest?.fees.date !== undefined || readsTariffDate(library, manifest?.fees.decision);
  const known = knownOf({ forms, decisions, dmn, application: manifest?.application, isDated });
  const model = await modelOf(files, findings, { known, isPublished });
  if (!manifest || !model) return { findings };
  const template = manifest.output && files[manifest.output.document];
  const labels = labelsOf(
    dmn.map((one) => one.model),
    valueWords(Object.values(forms), texts),
  );
  const parts = { manifest, model, decisions, labels, dmn, forms, texts, template, examples, files };
  findings.push(
    ...checkReferences(parts),
    ...checkWork(parts),
    ...checkStepNames(parts),
    ...checkOnceOnly(parts),
    ...checkExamples(parts),
  );
  if (!isPublished && findings.some((one) => one.severity === 'error')) return { findings };
  return { package: compiled(parts), findings };
}

function compiled({ model, template, dmn: _dmn, ...parts }: Parts): ServicePackage {
  const plan = compile(model, parts.decisions);
  const process = {
    plan,
    elements: plan.elements,
    step: (...[state, input, env]: Parameters<ServicePackage['process']['step']>) => step(plan, state, input, env),
  };
  return { ...parts, process, ...(template === undefined ? {} : { template }) };
}
