// A set of DMN files compiled to one library: decisions, knowledge models and services, each with what it requires, ready to evaluate.
import type { Finding } from '#base/finding.ts';
import type { DecisionLibrary } from '#rules/types.ts';
import { itemTypes, type Types } from './item-types.ts';
import { element, type Element, type Linked } from './elements.ts';
import { evaluateDecision, type LibraryResult } from './evaluate.ts';
import { inferDecisions } from './infer-decisions.ts';
import type { DmnModel, Reference } from './model.ts';
import type { FeelContext } from '#rules/types.ts';

export type CompiledDecisions = {
  readonly library: DmnLibrary;
  readonly findings: readonly Finding[];
  /** Certain type errors in the logic of the decisions: for a check, not for running them. */
  checkTypes(): readonly Finding[];
};
export type DmnLibrary = Omit<DecisionLibrary, 'evaluate'> & {
  /** By id or name of a decision, decision service or knowledge model. `now` is an ISO date and time with zone, for `now()` and `today()`. */
  evaluate(decision: string, inputs: FeelContext, now?: string): LibraryResult;
};

/** Where names are the same in several models, the first model has them. */
export function compileDecisions(models: readonly DmnModel[]): CompiledDecisions {
  const findings: Finding[] = models.flatMap((model) => model.findings);
  const set: Models = { models, findings, made: new Map() };
  const linked = models.map((model) => link(model, set));
  const elements = new Map<string, Element>();
  const byId = new Map<string, Element>();
  for (const model of linked) {
    for (const one of model.own.values()) {
      if (!elements.has(one.name)) elements.set(one.name, one);
      if (!byId.has(one.id)) byId.set(one.id, one);
    }
  }
  const all = linked.flatMap((model) => Array.from(model.own.values()));
  for (const one of all) one.prepare();
  const decisions = all
    .filter(({ kind }) => kind === 'decision')
    .map((one) => ({ id: one.id, name: one.name, inputs: inputsOf(one) }));
  return {
    library: {
      decisions,
      evaluate(name, inputs, now) {
        const found = byId.get(name) ?? elements.get(name);
        if (!found || found.kind === 'input') throw new TypeError(`no decision ${name}`);
        return evaluateDecision(found, inputs, now);
      },
    },
    findings,
    checkTypes: () => inferDecisions(all),
  };
}

/** Names of the input data an element needs, through all it requires. */
function inputsOf(of: Element): string[] {
  const seen = new Set<Element>();
  const names = new Set<string>();
  const visit = (one: Element): void => {
    if (seen.has(one)) return;
    seen.add(one);
    if (one.kind === 'input') names.add(one.name);
    for (const { target } of one.requires) visit(target);
  };
  visit(of);
  return [...names];
}

type Model = Linked & { readonly model: DmnModel };

type Models = { readonly models: readonly DmnModel[]; readonly findings: Finding[]; readonly made: Map<DmnModel, Model> };

/** A model with its elements by id and the models it imports, made once per set. */
function link(model: DmnModel, set: Models): Model {
  const known = set.made.get(model);
  if (known) return known;
  const imports = (): { name: string; of: Model }[] =>
    model.imports.flatMap(({ name, namespace }) => {
      const other = set.models.find((one) => one.namespace === namespace);
      return other ? [{ name, of: link(other, set) }] : [];
    });
  const types: Types = itemTypes(model, (name) => imports().find((one) => one.name === name)?.of.types, set.findings);
  const own = new Map<string, Element>();
  const linked: Model = { model, types, own, find: (reference) => find(reference, linked, imports()) };
  set.made.set(model, linked);
  for (const one of [
    ...model.inputs.map((of) => ({ ...of, kind: 'input' as const })),
    ...model.decisions.map((of) => ({ ...of, kind: 'decision' as const })),
    ...model.functions.map((of) => ({ ...of, kind: 'function' as const })),
    ...model.services.map((of) => ({ ...of, kind: 'service' as const })),
  ])
    own.set(one.id, element(one, linked, set.findings));
  for (const { name, namespace } of model.imports) {
    if (!set.models.some((one) => one.namespace === namespace)) set.findings.push(missingImport(name, namespace));
  }
  return linked;
}

/** The element a reference means, with the import name in front when it is another model's. */
function find(
  reference: Reference,
  from: Model,
  imports: readonly { name: string; of: Model }[],
): { target: Element; prefix: string } | undefined {
  const [namespace = '', id = ''] = reference.includes('#') ? splitAt(reference, reference.lastIndexOf('#')) : ['', reference];
  if (namespace === '' || namespace === from.model.namespace) {
    const target = from.own.get(id);
    return target && { target, prefix: '' };
  }
  for (const { name, of } of imports) {
    const target = of.model.namespace === namespace ? of.own.get(id) : undefined;
    if (target) return { target, prefix: name };
  }
  return undefined;
}

function splitAt(text: string, at: number): [string, string] {
  return [text.slice(0, at), text.slice(at + 1)];
}

function missingImport(name: string, namespace: string): Finding {
  return {
    code: 'dmn-missing-import',
    severity: 'error',
    place: name || namespace,
    reason: {
      fa: `مدل واردشدهٔ «${name}» در بسته نیست.`,
      en: `The imported model “${name}” (${namespace}) is not in the package.`,
    },
    mend: { fa: 'فایل آن را به بسته بیفزایید.', en: 'Add its file to the package.' },
  };
}
