// Item definitions as FEEL types with their allowed values, and the shapes of names the grammar needs (DMN 1.5 §7.3.2).
import type { Finding } from '#base/finding.ts';
import { compileUnaryTests } from '#rules/expression.ts';
import type { Shape } from '#rules/grammar.ts';
import type { FeelValue } from '#rules/types.ts';
import { ANY, builtinType, type FeelType } from '#rules/typing.ts';
import { normalName } from '#rules/grammar.ts';
import type { DmnModel, ItemDefinition } from './model.ts';

export type Types = { named(ref: string | undefined): FeelType | undefined };

/** The types of a model; `imported` gives those of another by its import name. */
export function itemTypes(model: DmnModel, imported: (name: string) => Types | undefined, findings: Finding[]): Types {
  const made = new Map<string, FeelType | undefined>();
  const items = new Map(model.items.map((item) => [normalName(item.name), item]));

  function own(name: string): FeelType | undefined {
    const key = normalName(name);
    const item = items.get(key);
    if (!item) return undefined;
    if (!made.has(key)) {
      made.set(key, ANY); // a type that holds itself is Any inside
      made.set(key, ofItem(item));
    }
    return made.get(key);
  }

  function named(ref: string | undefined): FeelType | undefined {
    if (ref === undefined || ref === '') return undefined;
    const local = ref.replace(/^[^:{}\s]+:/, '').replace(/^\{[^}]*\}/, '');
    return own(ref) ?? fromImport(ref) ?? own(local) ?? builtinType(ref) ?? builtinType(local) ?? fromImport(local) ?? fromUnnamed(ref);
  }

  function fromImport(ref: string): FeelType | undefined {
    for (const { name } of model.imports) {
      for (const mark of ['.', ':']) if (name && ref.startsWith(`${name}${mark}`)) return imported(name)?.named(ref.slice(name.length + 1));
    }
    return undefined;
  }

  function fromUnnamed(ref: string): FeelType | undefined {
    return model.imports.some(({ name }) => name === '') ? imported('')?.named(ref) : undefined;
  }

  function ofItem(item: ItemDefinition): FeelType {
    const base = baseOf(item);
    const each = restricted(base, item.allowed, item);
    return restricted(item.isCollection ? { is: 'list', of: each } : each, item.constraint, item);
  }

  function baseOf(item: ItemDefinition): FeelType {
    if (item.components.length > 0) return { is: 'context', entries: item.components.map((part) => ({ name: part.name, type: ofItem(part) })) };
    if (item.function) {
      return { is: 'function', parameters: item.function.parameters.map((of) => named(of.typeRef) ?? ANY), result: named(item.function.result) ?? ANY };
    }
    if (item.typeRef === undefined) return ANY;
    return named(item.typeRef) ?? unknownType(item);
  }

  function unknownType(item: ItemDefinition): FeelType {
    findings.push({
      code: 'dmn-unknown-type',
      severity: 'warning',
      place: item.name,
      reason: { fa: `نوع «${item.typeRef}» تعریف نشده است.`, en: `The type “${item.typeRef}” is not defined.` },
      mend: { fa: 'نوع را تعریف کنید یا نام آن را اصلاح کنید.', en: 'Define the type or mend its name.' },
    });
    return ANY;
  }

  function restricted(of: FeelType, tests: string | undefined, item: ItemDefinition): FeelType {
    if (!tests) return of;
    const compiled = compileUnaryTests(tests, { names: ['?'], typeNamed: named });
    findings.push(...compiled.findings.map((finding) => ({ ...finding, place: item.name })));
    return { is: 'restricted', of, allows: (value: FeelValue) => value === null || compiled.evaluate({ '?': value }).value === true };
  }

  return { named };
}

/** Names inside values of a type: through lists, and of what functions give. */
export function shapeOfType(type: FeelType | undefined, depth = 0): Shape | true {
  if (!type || depth > 6) return true;
  if (type.is === 'restricted' || type.is === 'list') return shapeOfType(type.of, depth);
  if (type.is === 'function') return shapeOfType(type.result, depth + 1);
  if (type.is !== 'context' || type.entries.length === 0) return true;
  return Object.fromEntries(type.entries.map((entry) => [entry.name, shapeOfType(entry.type, depth + 1)]));
}
