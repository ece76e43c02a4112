// Item definitions as FEEL types with their allowed values, and the shapes of names the grammar needs (DMN 1.5 §7.3.2).
import type { Finding } from '#base/finding.ts';
import { compileUnaryTests } from '#rules/expression.ts';
import type { FeelValue } from '#rules/types.ts';
import { ANY, builtinType, type FeelType } from '#rules/typing.ts';
import { normalName } from '#rules/grammar.ts';
import type { DmnModel, ItemDefinition } from './model.ts';

export type Types = { named(ref: string | undefined): FeelType | undefined };

type Maker = {
  readonly model: DmnModel;
  readonly items: ReadonlyMap<string, ItemDefinition>;
  readonly made: Map<string, FeelType>;
  readonly findings: Finding[];
  imported(name: string): Types | undefined;
};

/** The types of a model; `imported` gives those of another by its import name. */
export function itemTypes(model: DmnModel, imported: Maker['imported'], findings: Finding[]): Types {
  const items = new Map(model.items.map((item) => [normalName(item.name), item]));
  const maker: Maker = { model, items, made: new Map(), findings, imported };
  return { named: (ref) => named(maker, ref) };
}

/** A reference as files write it: `tLoan`, `tns:tLoan`, `import.tLoan`, `feel:number`. */
function named(maker: Maker, ref: string | undefined): FeelType | undefined {
  if (ref === undefined || ref === '') return undefined;
  const local = ref.replace(/^[^:{}\s]+:/, '').replace(/^\{[^}]*\}/, '');
  return (
    own(maker, ref) ??
    fromImport(maker, ref) ??
    own(maker, local) ??
    builtinType(ref) ??
    builtinType(local) ??
    fromUnnamed(maker, ref)
  );
}

function own(maker: Maker, name: string): FeelType | undefined {
  const key = normalName(name);
  const item = maker.items.get(key);
  const known = maker.made.get(key);
  if (known || !item) return known;
  const knot = new Knot();
  maker.made.set(key, knot);
  const made = ofItem(maker, item);
  if (endsIn(made, knot)) return knot; // a type that is but itself stays Any
  knot.of = made;
  maker.made.set(key, made);
  return made;
}

/** A type while it is made: what its own components see of it, so that types may hold themselves. */
class Knot {
  readonly is = 'restricted';
  of: FeelType = ANY;
  allows(): boolean {
    return true;
  }
}

function endsIn(type: FeelType, knot: Knot): boolean {
  if (type === knot) return true;
  return type.is === 'restricted' && endsIn(type.of, knot);
}

function fromImport(maker: Maker, ref: string): FeelType | undefined {
  for (const { name } of maker.model.imports) {
    if (name && (ref.startsWith(`${name}.`) || ref.startsWith(`${name}:`)))
      return maker.imported(name)?.named(ref.slice(name.length + 1));
  }
  return undefined;
}

function fromUnnamed(maker: Maker, ref: string): FeelType | undefined {
  return maker.model.imports.some(({ name }) => name === '') ? maker.imported('')?.named(ref) : undefined;
}

function ofItem(maker: Maker, item: ItemDefinition): FeelType {
  const each = restricted(maker, { of: baseOf(maker, item), tests: item.allowed }, item);
  return restricted(maker, { of: item.isCollection ? { is: 'list', of: each } : each, tests: item.constraint }, item);
}

function baseOf(maker: Maker, item: ItemDefinition): FeelType {
  if (item.components.length > 0)
    return { is: 'context', entries: item.components.map((part) => ({ name: part.name, type: ofItem(maker, part) })) };
  if (item.function) {
    const parameters = item.function.parameters.map((of) => named(maker, of.typeRef) ?? ANY);
    return { is: 'function', parameters, result: named(maker, item.function.result) ?? ANY };
  }
  if (item.typeRef === undefined) return ANY;
  return named(maker, item.typeRef) ?? unknownType(maker, item);
}

function unknownType(maker: Maker, item: ItemDefinition): FeelType {
  maker.findings.push({
    code: 'dmn-unknown-type',
    severity: 'warning',
    place: item.name,
    reason: { fa: `نوع «${item.typeRef}» تعریف نشده است.`, en: `The type “${item.typeRef}” is not defined.` },
    mend: { fa: 'نوع را تعریف کنید یا نام آن را اصلاح کنید.', en: 'Define the type or mend its name.' },
  });
  return ANY;
}

function restricted(maker: Maker, by: { of: FeelType; tests: string | undefined }, item: ItemDefinition): FeelType {
  if (!by.tests) return by.of;
  const compiled = compileUnaryTests(by.tests, { names: ['?'], typeNamed: (name) => named(maker, name) });
  maker.findings.push(...compiled.findings.map((finding) => Object.assign({}, finding, { place: item.name })));
  return {
    is: 'restricted',
    of: by.of,
    allows: (value: FeelValue) => value === null || compiled.evaluate({ '?': value }).value === true,
  };
}
