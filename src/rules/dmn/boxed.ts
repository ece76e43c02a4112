// Boxed expressions compiled to the same closures as literal ones (DMN 1.5 §10.2.2).
import { filtered } from '#rules/access.ts';
import { enter, frame, itemFrame, type Scope } from '#rules/compiler.ts';
import { constantOf, folded, matcherOf, withMatcher } from '#rules/constant.ts';
import { compileExpression, compileUnaryTests, type CompiledExpression, type ExpressionOptions } from '#rules/expression.ts';
import { normalName, type Shape } from '#rules/grammar.ts';
import { closure, invoke } from '#rules/invocation.ts';
import { iteration, itemsOf, quantifier } from '#rules/iteration.ts';
import { putEntry } from '#rules/kinds.ts';
import { conditional } from '#rules/operators.ts';
import { report, type Eval } from '#rules/run.ts';
import type { FeelValue } from '#rules/types.ts';
import { ANY, coerced, type FeelType } from '#rules/typing.ts';
import { shapeOfType } from '#rules/shape.ts';
import type { Boxed, Variable } from './model.ts';
import { shapeOfBoxed, type Site } from './site.ts';
import { compileTable } from './table.ts';

const NOWHERE = { from: 0, to: 0 };
const NULL: Eval = () => null;

export function compileBoxed(boxed: Boxed | undefined, site: Site): Eval {
  if (!boxed) return NULL;
  return typed(untyped(boxed, site), ['function', 'table'].includes(boxed.is) ? undefined : site.types.named(boxed.typeRef));
}

/** Makes the value conform to a declared type, or null with a problem. */
export function typed(value: Eval, type: FeelType | undefined): Eval {
  if (!type || type.is === 'any') return value;
  return folded(
    (env) => {
      const found = coerced(value(env), type);
      return found === undefined ? report(env.run, 'feel-type') : found;
    },
    [value],
  );
}

function untyped(boxed: Boxed, site: Site): Eval {
  switch (boxed.is) {
    case 'literal':
      return literal(boxed.text, site);
    case 'context':
      return context(boxed, site);
    case 'invocation':
      return invocation(boxed, site);
    case 'function':
      return functionDefinition(boxed, site);
    case 'list':
      return list(boxed.items, site);
    case 'relation':
      return relation(boxed, site);
    case 'conditional':
      return conditional(
        compileBoxed(boxed.test, site),
        compileBoxed(boxed.whenTrue, site),
        compileBoxed(boxed.whenFalse, site),
        NOWHERE,
      );
    case 'filter':
      return filtered(compileBoxed(boxed.source, site), compileBoxed(boxed.match, filterSite(boxed.source, site)), NOWHERE);
    case 'for':
    case 'some':
    case 'every':
      return loop(boxed, site);
    case 'table':
      return compileTable(boxed, site, { expression, tests: unaryTests, typed });
    default:
      return boxed satisfies never;
  }
}

function expression(text: string, site: Site): Eval {
  return placed(compileExpression(text, optionsOf(site)), site);
}

function unaryTests(text: string, site: Site): Eval {
  return placed(compileUnaryTests(text, optionsOf(site)), site);
}

function optionsOf(site: Site): ExpressionOptions {
  return { shape: site.shape, scope: site.scope, typeNamed: site.types.named };
}

/** Findings and problems say in which expression of which element they are: their offsets count from its start. */
function placed({ source, findings, run }: CompiledExpression, site: Site): Eval {
  const place = `${site.owner}: ${source}`;
  site.findings.push(...findings.map((finding) => ({ ...finding, place })));
  if (constantOf(run)) return run;
  return withMatcher((env) => {
    const { problems } = env.run;
    const before = problems.length;
    const value = run(env);
    for (let at = before; at < problems.length; at += 1) {
      const problem = problems[at];
      if (problem?.at && problem.place === env.run.source) problems[at] = { ...problem, place };
    }
    return value;
  }, matcherOf(run));
}

function literal(text: string, site: Site): Eval {
  return text === '' ? NULL : expression(text, site);
}

/** The site one frame inside, with these names bound. */
export function within(site: Site, variables: readonly { name: string; shape: Shape | true }[]): Site {
  return {
    ...site,
    scope: frame(
      variables.map(({ name }) => name),
      site.scope,
    ),
    shape: { ...site.shape, ...Object.fromEntries(variables.map(({ name, shape }) => [name, shape])) },
  };
}

function filterSite(source: Boxed | undefined, site: Site): Site {
  const shape = shapeOfBoxed(source, site);
  return { ...site, scope: itemFrame(site.scope), shape: { ...site.shape, ...(shape === true ? {} : shape), item: shape } };
}

/** Entries see those before them; an entry without a name is the result. */
function context(boxed: Boxed & { is: 'context' }, site: Site): Eval {
  const scope = frame([], site.scope);
  const shapes: Record<string, Shape | true> = { ...site.shape };
  const entries: { name: string; value: Eval }[] = [];
  let result: Eval | undefined;
  for (const { variable, value } of boxed.entries) {
    if (!variable) {
      result = compileBoxed(value, inside(site, scope, shapes));
      continue;
    }
    const inner = inside(site, scope, shapes);
    const isFunction = value?.is === 'function';
    if (isFunction) scope.names.push(normalName(variable.name));
    entries.push({
      name: variable.name,
      value: typed(compileBoxed(value, inner), isFunction ? undefined : site.types.named(variable.typeRef)),
    });
    if (!isFunction) scope.names.push(normalName(variable.name));
    shapes[variable.name] = variable.typeRef ? shapeOfType(site.types.named(variable.typeRef)) : shapeOfBoxed(value, inner);
  }
  return (env) => {
    const slots: FeelValue[] = [];
    const local = enter(env, slots);
    const made: Record<string, FeelValue> = {};
    for (const { name, value } of entries) {
      const found = value(local);
      slots.push(found);
      putEntry(made, name, found);
    }
    return result ? result(local) : made;
  };
}

/** The grammar's tracker is made per shape, so each entry gets a shape of its own. */
function inside(site: Site, scope: Scope, shapes: Record<string, Shape | true>): Site {
  return { ...site, scope, shape: Object.assign({}, shapes) };
}

function invocation(boxed: Boxed & { is: 'invocation' }, site: Site): Eval {
  const callee = compileBoxed(boxed.callee, site);
  const names = boxed.bindings.map(({ parameter }) => normalName(parameter));
  const values = boxed.bindings.map(({ value }) => compileBoxed(value, site));
  return (env) => invoke(callee(env), { names, values }, env, NOWHERE);
}

function functionDefinition(boxed: Boxed & { is: 'function' }, site: Site): Eval {
  const { parameters, result, body } = compileFunction(boxed, site);
  return (env) => closure({ parameters, result, at: NOWHERE }, body, env);
}

export function compileFunction(
  boxed: Boxed & { is: 'function' },
  site: Site,
): { parameters: { name: string; type: FeelType }[]; result: FeelType; body: Eval | undefined } {
  const parameters = boxed.parameters.map((of: Variable) => ({ name: of.name, type: site.types.named(of.typeRef) ?? ANY }));
  const inner = within(
    site,
    parameters.map(({ name, type }) => ({ name, shape: shapeOfType(type) })),
  );
  const own = site.types.named(boxed.typeRef);
  const result = own?.is === 'function' ? own.result : (own ?? ANY);
  return { parameters, result, body: boxed.external ? undefined : compileBoxed(boxed.body, inner) };
}

function list(items: readonly Boxed[], site: Site): Eval {
  const values = items.map((item) => compileBoxed(item, site));
  return (env) => values.map((value) => value(env));
}

function relation(boxed: Boxed & { is: 'relation' }, site: Site): Eval {
  const rows = boxed.rows.map((row) =>
    boxed.columns.map((column, at) => ({
      name: column.name,
      value: typed(compileBoxed(row[at], site), site.types.named(column.typeRef)),
    })),
  );
  return (env) =>
    rows.map((row) => {
      const made: Record<string, FeelValue> = {};
      for (const { name, value } of row) putEntry(made, name, value(env));
      return made;
    });
}

function loop(boxed: Boxed & { is: 'for' | 'some' | 'every' }, site: Site): Eval {
  const outer = within(site, boxed.is === 'for' ? [{ name: 'partial', shape: true }] : []);
  const inner = within(outer, [{ name: boxed.variable, shape: shapeOfBoxed(boxed.source, site) }]);
  const source = itemsOf(compileBoxed(boxed.source, outer), NOWHERE);
  const body = compileBoxed(boxed.body, inner);
  return boxed.is === 'for' ? iteration([source], body) : quantifier(boxed.is, [source], body);
}
