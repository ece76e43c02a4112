// Decision tables (DMN 1.5 chapter 8): inputs, tests, the rules that hit, and the result by hit policy. Notes each hit with its annotations.
import { enter, frame } from '#rules/compiler.ts';
import { putEntry } from '#rules/kinds.ts';
import { report, type Env, type Eval } from '#rules/run.ts';
import type { FeelContext, FeelValue } from '#rules/types.ts';
import type { FeelType } from '#rules/typing.ts';
import type { Site } from './site.ts';
import { resultOf, type Hit } from './hit-policy.ts';
import type { DecisionTable } from './model.ts';

/** Compilers of the parts of a table, given so that the chapters do not import each other in a ring. */
export type Parts = {
  expression(text: string, site: Site): Eval;
  tests(text: string, site: Site): Eval;
  typed(value: Eval, type: FeelType | undefined): Eval;
};

type Rule = {
  readonly number: number;
  readonly id: string;
  readonly tests: readonly (Eval | undefined)[];
  readonly outputs: readonly Eval[];
  readonly annotations: { readonly [name: string]: string };
};
type Input = { readonly text: string; readonly value: Eval; readonly allowed: Eval | undefined };

export function compileTable(table: DecisionTable, site: Site, parts: Parts): Eval {
  const cell: Site = { ...site, scope: frame(['?'], site.scope) };
  const inputs = table.inputs.map((input): Input => ({
    text: input.text,
    value: parts.typed(input.text === '' ? () => null : parts.expression(input.text, site), site.types.named(input.typeRef)),
    allowed: input.values ? parts.tests(input.values, cell) : undefined,
  }));
  const rules = table.rules.map((rule, index): Rule => ({
    number: index + 1,
    id: rule.id,
    tests: inputs.map((_, at) => testOf(rule.tests[at], cell, parts)),
    outputs: table.outputs.map((output, at) => outputOf(rule.results[at], output.typeRef, { site, parts })),
    annotations: Object.fromEntries(
      rule.annotations.flatMap((text, at) => (text ? [[table.annotations[at] ?? `${at + 1}`, text]] : [])),
    ),
  }));
  const names = table.outputs.map(({ name }) => name);
  const priorities = table.outputs.map(({ values }) => (values ? parts.expression(`[${values}]`, site) : undefined));
  const otherwise = table.outputs.map((output) =>
    output.otherwise ? outputOf(output.otherwise, output.typeRef, { site, parts }) : undefined,
  );
  const early = table.hitPolicy === 'FIRST';

  return (env) => {
    const values: FeelValue[] = [];
    for (const input of inputs) values.push(input.value(env));
    const cells = values.map((value) => enter(env, [value]));
    if (inputs.some((input, at) => input.allowed && values[at] !== null && input.allowed(cells[at] ?? env) !== true))
      return report(env.run, 'dmn-allowed-value');
    const hits: Hit<Rule>[] = [];
    for (const rule of rules) {
      if (!ruleHits(rule, cells)) continue;
      hits.push({ rule, outputs: rule.outputs.map((output) => output(env)) });
      if (early) break;
    }
    if (hits.length === 0 && otherwise.some((value) => value !== undefined))
      return shaped(
        names,
        otherwise.map((value) => value?.(env) ?? null),
      );
    const result = resultOf(table, hits, {
      shape: (outputs) => shaped(names, outputs),
      priorities: () => priorities.map((list) => list?.(env) ?? null),
    });
    if (result.value === undefined) return report(env.run, 'dmn-table-hits');
    note(env, result.hits, { site, inputs, values, names });
    return result.value;
  };
}

function testOf(text: string | undefined, cell: Site, parts: Parts): Eval | undefined {
  return text === undefined || text === '' || text === '-' ? undefined : parts.tests(text, cell);
}

function outputOf(text: string | undefined, typeRef: string | undefined, of: { site: Site; parts: Parts }): Eval {
  if (text === undefined || text === '' || text === '-') return () => null;
  return of.parts.typed(of.parts.expression(text, of.site), of.site.types.named(typeRef));
}

function ruleHits(rule: Rule, cells: readonly Env[]): boolean {
  for (let at = 0; at < rule.tests.length; at += 1) {
    const test = rule.tests[at];
    const cell = cells[at];
    if (test && cell && test(cell) !== true) return false;
  }
  return true;
}

/** One output is its value; several are a context. */
function shaped(names: readonly string[], outputs: readonly FeelValue[]): FeelValue {
  return names.length === 1 ? (outputs[0] ?? null) : outputContext(names, outputs);
}

function outputContext(names: readonly string[], outputs: readonly FeelValue[]): FeelContext {
  const made: Record<string, FeelValue> = {};
  for (const [at, name] of names.entries()) putEntry(made, name, outputs[at] ?? null);
  return made;
}

type Noted = { site: Site; inputs: readonly Input[]; values: readonly FeelValue[]; names: readonly string[] };

function note(env: Env, hits: readonly Hit<Rule>[], of: Noted): void {
  const { hits: sink } = env.run;
  if (!sink) return;
  const inputs = of.inputs.map(({ text }, at) => ({ expression: text, value: of.values[at] ?? null }));
  const names = of.names.map((name) => name || of.site.owner);
  for (const { rule, outputs } of hits) {
    sink.push({
      decision: of.site.owner,
      rule: rule.number,
      ruleId: rule.id,
      inputs,
      outputs: outputContext(names, outputs),
      annotations: rule.annotations,
    });
  }
}
