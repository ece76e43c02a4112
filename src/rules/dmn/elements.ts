// The elements of a decision requirements graph, linked: what each requires, under which names, and its logic compiled (DMN 1.5 §10.4).
import type { Finding } from '#base/finding.ts';
import type { Shape } from '#rules/grammar.ts';
import type { Eval } from '#rules/run.ts';
import { ANY, type FeelType } from '#rules/typing.ts';
import { compileBoxed, compileFunction } from './boxed.ts';
import { shapeOfType } from '#rules/shape.ts';
import type { Types } from './item-types.ts';
import type { Boxed, Decision, DecisionService, InputData, KnowledgeModel, Reference } from './model.ts';
import { shapeOfBoxed, type Site } from './site.ts';

export type Linked = {
  readonly types: Types;
  readonly own: Map<string, Element>;
  find(reference: Reference): { target: Element; prefix: string } | undefined;
};

/** A required element and the import name its name stands behind, empty in the same model. */
export type Required = { readonly target: Element; readonly prefix: string };
export type Parameter = { readonly name: string; readonly type: FeelType; readonly target?: Element };

export type Element = {
  readonly kind: 'input' | 'decision' | 'function' | 'service';
  readonly id: string;
  readonly name: string;
  /** The name its value has where it is required. */
  readonly variable: string;
  readonly type: FeelType | undefined;
  /** Names inside the value, by its type or else by its logic. */
  readonly shape: Shape | true;
  readonly requires: readonly Required[];
  /** As the file has it, and the types of its model: what static types are found from. */
  readonly logicSource: Boxed | undefined;
  readonly types: Types;
  /** For decisions the value; for functions the body, in a frame of the parameters. */
  readonly logic: Eval | undefined;
  readonly parameters: readonly Parameter[];
  readonly outputs: readonly Required[];
  /** Links and compiles; called once all elements exist. */
  prepare(): void;
};

type Source =
  | (InputData & { kind: 'input' })
  | (Decision & { kind: 'decision' })
  | (KnowledgeModel & { kind: 'function' })
  | (DecisionService & { kind: 'service' });
type Writable = { -readonly [Key in keyof Element]: Element[Key] };

export function element(source: Source, model: Linked, findings: Finding[]): Element {
  let ready = false;
  const type = model.types.named(source.variable.typeRef);
  const made: Writable = {
    kind: source.kind,
    id: source.id,
    name: source.name,
    variable: source.variable.name,
    type,
    shape: type ? shapeOfType(type) : 'logic' in source ? shapeOfBoxed(source.logic, { types: model.types, shape: {} }) : true,
    requires: [],
    logicSource: 'logic' in source ? source.logic : undefined,
    types: model.types,
    logic: undefined,
    parameters: [],
    outputs: [],
    prepare() {
      if (ready) return;
      ready = true;
      prepare(source, made, { model, findings });
    },
  };
  return made;
}

type In = { readonly model: Linked; readonly findings: Finding[] };

function prepare(source: Source, made: Writable, of: In): void {
  if (source.kind === 'input') return;
  if (source.kind === 'service') {
    made.outputs = references(source.outputs, made, of);
    const inputs = [...references(source.inputData, made, of), ...references(source.inputDecisions, made, of)];
    made.parameters = inputs.map(({ target }) => ({ name: target.variable, type: target.type ?? ANY, target }));
    made.requires = made.outputs;
    return;
  }
  made.requires = references(source.requires, made, of);
  for (const { target } of made.requires) if (target.kind !== 'decision') target.prepare();
  const shape = shapeOf(made.requires);
  const site: Site = {
    owner: source.name,
    // A knowledge model may call itself.
    shape: source.kind === 'function' ? { [made.variable]: true, ...shape } : shape,
    scope: undefined,
    types: of.model.types,
    findings: of.findings,
  };
  if (source.kind === 'decision') made.logic = source.logic && compileBoxed(source.logic, site);
  else if (source.logic?.is === 'function') {
    const compiled = compileFunction(source.logic, site);
    made.parameters = compiled.parameters;
    made.logic = compiled.body;
    const declared = made.type?.is === 'function' ? made.type.result : made.type;
    made.type = {
      is: 'function',
      parameters: compiled.parameters.map(({ type }) => type),
      result: compiled.result.is === 'any' ? (declared ?? ANY) : compiled.result,
    };
  }
}

function references(list: readonly Reference[], made: Writable, of: In): Required[] {
  return list.flatMap((reference) => {
    const found = of.model.find(reference);
    if (!found) of.findings.push(missing(made.name, reference));
    return found ? [found] : [];
  });
}

/** Names in scope, imported ones behind the name of their import. */
function shapeOf(requires: readonly Required[]): Shape {
  const shape: Record<string, Shape | true> = {};
  for (const { target, prefix } of requires) {
    const inner = target.shape;
    if (!prefix) shape[target.variable] = inner;
    else {
      const known = shape[prefix];
      shape[prefix] = { ...(known === true ? {} : known), [target.variable]: inner };
    }
  }
  return shape;
}

function missing(name: string, reference: Reference): Finding {
  return {
    code: 'missing-reference',
    severity: 'error',
    place: name,
    reason: {
      fa: `«${name}» به «${reference}» نیاز دارد که یافت نشد.`,
      en: `“${name}” requires “${reference}”, which is not there.`,
    },
    mend: {
      fa: 'پیوند را اصلاح کنید یا مدل واردشده را به بسته بیفزایید.',
      en: 'Mend the link or add the imported model to the package.',
    },
  };
}
