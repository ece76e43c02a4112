// Certain type errors in the boxed expressions of a set of models: each decision's logic against the types of what it requires and of
// what it declares. What is not certain raises no finding. Evaluates nothing.
import type { Finding } from '#base/finding.ts';
import { inferType } from '#rules/infer.ts';
import { simple, typeName } from '#rules/infer-frame.ts';
import { elementOf, join, kindOfType, mayBe } from '#rules/infer-operators.ts';
import { ANY, plain, type FeelType } from '#rules/typing.ts';
import type { Element } from './elements.ts';
import type { Boxed, DecisionTable } from './model.ts';

type Scope = ReadonlyMap<string, FeelType>;
type Site = { readonly owner: Element; readonly findings: Finding[]; readonly types: Types };
type Types = Map<Element, FeelType>;

export function inferDecisions(elements: readonly Element[]): readonly Finding[] {
  const findings: Finding[] = [];
  const types: Types = new Map();
  for (const one of elements) typeOf(one, { types, findings });
  return findings;
}

/** What an element's name stands for where it is required; found once, and Any while it is being found. */
function typeOf(element: Element, of: { types: Types; findings: Finding[] }): FeelType {
  const made = of.types.get(element);
  if (made) return made;
  of.types.set(element, element.type ?? ANY);
  const site: Site = { owner: element, ...of };
  const logic = element.logicSource;
  if (!logic) return element.type ?? ANY;
  const scope = new Map<string, FeelType>();
  for (const { target, prefix } of element.requires) {
    if (prefix) scope.set(prefix, { is: 'context', entries: [] });
    else scope.set(target.variable, typeOf(target, of));
  }
  const found = inferBoxed(logic, scope, site);
  if (element.kind === 'decision' && element.type) declared(found, element.type, { site, text: '' });
  const type = known(element.type) ?? found;
  of.types.set(element, type);
  return type;
}

/** Any tells less than what is found. */
function known(type: FeelType | undefined): FeelType | undefined {
  return type && plain(type).is === 'any' ? undefined : type;
}

function typeNamed(ref: string | undefined, site: Site): FeelType | undefined {
  return known(site.owner.types.named(ref));
}

function inferBoxed(boxed: Boxed | undefined, scope: Scope, site: Site): FeelType {
  if (!boxed) return ANY;
  const found = untyped(boxed, scope, site);
  const wanted = boxed.is === 'function' || boxed.is === 'table' ? undefined : typeNamed(boxed.typeRef, site);
  if (!wanted) return found;
  declared(found, wanted, { site, text: boxed.is === 'literal' ? boxed.text : '' });
  return wanted;
}

function untyped(boxed: Boxed, scope: Scope, site: Site): FeelType {
  switch (boxed.is) {
    case 'literal':
      return literal(boxed.text, scope, site);
    case 'context':
      return context(boxed, scope, site);
    case 'invocation':
      return invocation(boxed, scope, site);
    case 'function':
      return functionType(boxed, scope, site);
    case 'list':
      return { is: 'list', of: joined(boxed.items.map((item) => inferBoxed(item, scope, site))) };
    case 'relation':
      return relation(boxed, scope, site);
    case 'conditional':
      condition(boxed.test, scope, site);
      return join(inferBoxed(boxed.whenTrue, scope, site), inferBoxed(boxed.whenFalse, scope, site));
    case 'filter':
      return filter(boxed, scope, site);
    case 'for':
    case 'some':
    case 'every':
      return loop(boxed, scope, site);
    case 'table':
      return table(boxed, scope, site);
    default:
      return boxed satisfies never;
  }
}

function joined(types: readonly FeelType[]): FeelType {
  const [first, ...rest] = types;
  return first ? rest.reduce(join, first) : ANY;
}

/** Syntax is found where the models are compiled. */
function literal(text: string, scope: Scope, site: Site): FeelType {
  if (text === '') return ANY;
  const { type, findings } = inferType(text, scope, { typeNamed: site.owner.types.named });
  const place = `${site.owner.name}: ${text}`;
  for (const finding of findings) if (finding.code !== 'feel-syntax') site.findings.push({ ...finding, place });
  return type;
}

function declared(found: FeelType, wanted: FeelType, { site, text }: { site: Site; text: string }): void {
  if (mayBe(found, wanted)) return;
  const [one, other] = [typeName(found), typeName(wanted)];
  site.findings.push({
    code: 'feel-type',
    severity: 'error',
    place: text ? `${site.owner.name}: ${text}` : site.owner.name,
    reason: {
      fa: `نتیجه ${one.fa} است و ${other.fa} اعلام شده است.`,
      en: `The result is ${one.en} where ${other.en} is declared.`,
    },
    mend: { fa: 'عبارت یا نوع اعلام‌شده را اصلاح کنید.', en: 'Mend the expression or the declared type.' },
  });
}

function context(boxed: Boxed & { is: 'context' }, scope: Scope, site: Site): FeelType {
  const inner = new Map(scope);
  const entries: { name: string; type: FeelType }[] = [];
  for (const { variable, value } of boxed.entries) {
    if (!variable) return inferBoxed(value, inner, site);
    if (value?.is === 'function') inner.set(variable.name, ANY);
    const found = inferBoxed(value, inner, site);
    const wanted = value?.is === 'function' ? undefined : typeNamed(variable.typeRef, site);
    if (wanted) declared(found, wanted, { site, text: value?.is === 'literal' ? value.text : '' });
    inner.set(variable.name, wanted ?? found);
    entries.push({ name: variable.name, type: wanted ?? found });
  }
  return { is: 'context', entries, closed: true };
}

function invocation(boxed: Boxed & { is: 'invocation' }, scope: Scope, site: Site): FeelType {
  const callee = plain(inferBoxed(boxed.callee, scope, site));
  for (const { value } of boxed.bindings) inferBoxed(value, scope, site);
  return callee.is === 'function' ? callee.result : ANY;
}

function functionType(boxed: Boxed & { is: 'function' }, scope: Scope, site: Site): FeelType {
  const types = boxed.parameters.map(({ name, typeRef }) => [name, site.owner.types.named(typeRef) ?? ANY] as const);
  const body = boxed.external ? ANY : inferBoxed(boxed.body, new Map([...scope, ...types]), site);
  const own = site.owner.types.named(boxed.typeRef);
  const result = own?.is === 'function' ? own.result : (own ?? body);
  return { is: 'function', parameters: types.map(([, type]) => type), result };
}

function relation(boxed: Boxed & { is: 'relation' }, scope: Scope, site: Site): FeelType {
  const rows = boxed.rows.map((row) => row.map((cell) => inferBoxed(cell, scope, site)));
  const entries = boxed.columns.map(({ name, typeRef }, at) => ({
    name,
    type: typeNamed(typeRef, site) ?? joined(rows.map((row) => row[at] ?? ANY)),
  }));
  return { is: 'list', of: { is: 'context', entries, closed: true } };
}

function condition(boxed: Boxed | undefined, scope: Scope, site: Site): void {
  const kind = kindOfType(inferBoxed(boxed, scope, site));
  if (kind === undefined || kind === 'boolean' || kind === 'null' || kind === 'list') return;
  declared(simple(kind), simple('boolean'), { site, text: boxed?.is === 'literal' ? boxed.text : '' });
}

/** Entries of items hide outer names; where they are not all known, no outer name is sure of its type. */
function filter(boxed: Boxed & { is: 'filter' }, scope: Scope, site: Site): FeelType {
  const item = elementOf(inferBoxed(boxed.source, scope, site));
  const own = plain(item);
  const outer = own.is === 'context' && own.closed ? scope : new Map([...scope.keys()].map((name) => [name, ANY]));
  const entries = own.is === 'context' ? own.entries.map(({ name, type }) => [name, type] as const) : [];
  inferBoxed(boxed.match, new Map([...outer, ['item', item], ...entries]), site);
  return ANY;
}

function loop(boxed: Boxed & { is: 'for' | 'some' | 'every' }, scope: Scope, site: Site): FeelType {
  const source = plain(inferBoxed(boxed.source, scope, site));
  const item = source.is === 'range' ? source.of : elementOf(source);
  const partial: [string, FeelType][] = boxed.is === 'for' ? [['partial', { is: 'list', of: ANY }]] : [];
  const body = inferBoxed(boxed.body, new Map([...scope, ...partial, [boxed.variable, item]]), site);
  return boxed.is === 'for' ? { is: 'list', of: body } : simple('boolean');
}

function table(boxed: DecisionTable, scope: Scope, site: Site): FeelType {
  for (const { text, typeRef } of boxed.inputs) {
    const found = literal(text, scope, site);
    const wanted = typeNamed(typeRef, site);
    if (wanted) declared(found, wanted, { site, text });
  }
  const outputs = boxed.outputs.map((output, at) => {
    const wanted = typeNamed(output.typeRef, site);
    const texts = boxed.rules.map(({ results }) => results[at] ?? '').filter((text) => text !== '' && text !== '-');
    const found = texts.map((text) => {
      const type = literal(text, scope, site);
      if (wanted) declared(type, wanted, { site, text });
      return type;
    });
    return { name: output.name, type: wanted ?? joined(found) };
  });
  const [only] = outputs;
  const one: FeelType = outputs.length === 1 && only ? only.type : { is: 'context', entries: outputs, closed: true };
  const several = ['COLLECT', 'RULE ORDER', 'OUTPUT ORDER'].includes(boxed.hitPolicy);
  if (!several) return one;
  if (boxed.aggregation === undefined) return { is: 'list', of: one };
  return boxed.aggregation === 'COUNT' || boxed.aggregation === 'SUM' ? simple('number') : one;
}
