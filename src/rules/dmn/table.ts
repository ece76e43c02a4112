// Decision tables (DMN 1.5 chapter 8): inputs, tests, the rules that hit, and the result by hit policy. Notes each hit with its annotations.
import { enter, frame } from '#rules/compiler.ts';
import { constant, constantOf, matcherOf } from '#rules/constant.ts';
import { putEntry } from '#rules/kinds.ts';
import { report, type Env, type Eval } from '#rules/run.ts';
import type { FeelContext, FeelValue, RuleHit } from '#rules/types.ts';
import type { FeelType } from '#rules/typing.ts';
import type { Site } from './site.ts';
import { resultOf, type Hit } from './hit-policy.ts';
import type { DecisionTable } from './model.ts';
import { columnOf, type Column } from './table-index.ts';

/** Compilers of the parts of a table, given so that the chapters do not import each other in a ring. */
export type Parts = {
  expression(text: string, site: Site): Eval;
  tests(text: string, site: Site): Eval;
  typed(value: Eval, type: FeelType | undefined): Eval;
};

type Rule = {
  readonly number: number;
  readonly id: string;
  /** Tests of the inputs that have no column of bits. */
  readonly tests: readonly Cell[];
  readonly outputs: readonly Eval[];
  /** What the rule gives, and what is noted of it, where all its outputs are constant. */
  readonly fixed: { readonly outputs: readonly FeelValue[]; readonly value: FeelValue; readonly noted: FeelContext } | undefined;
  readonly annotations: { readonly [name: string]: string };
};
type Cell = { readonly input: number; readonly test: Eval };
type Input = { readonly text: string; readonly value: Eval; readonly allowed: Eval | undefined };

type Compiled = {
  readonly inputs: readonly Input[];
  readonly columns: readonly { readonly input: number; readonly bits: Column }[];
  readonly rules: readonly Rule[];
  readonly names: readonly string[];
  readonly priorities: readonly (Eval | undefined)[];
  readonly otherwise: readonly (Eval | undefined)[];
};

export function compileTable(table: DecisionTable, site: Site, parts: Parts): Eval {
  const compiled = partsOf(table, site, parts);
  const { inputs, names, priorities, otherwise } = compiled;
  const asked = inputs.some(({ allowed }) => allowed);
  const shape = ({ rule, outputs }: Hit<Rule>): FeelValue => rule.fixed?.value ?? shaped(names, outputs);
  return (env) => {
    const values: FeelValue[] = [];
    for (const input of inputs) values.push(input.value(env));
    const outside = asked ? inputs.find((input, at) => !isAllowed(input, values[at] ?? null, env)) : undefined;
    if (outside) return report(env.run, 'dmn-allowed-value', undefined, outside.text);
    const hits = hitsOf(compiled, values, { env, first: table.hitPolicy === 'FIRST' });
    if (hits.length === 0 && otherwise.some((value) => value !== undefined))
      return shaped(
        names,
        otherwise.map((value) => value?.(env) ?? null),
      );
    const result = resultOf(table, hits, { shape, priorities: () => priorities.map((list) => list?.(env) ?? null) });
    if (result.value === undefined)
      return report(env.run, 'dmn-table-hits', undefined, result.hits.map(({ rule }) => rule.number).join(', '));
    if (env.run.hits) note(env.run.hits, result.hits, { owner: site.owner, inputs, values, names });
    return result.value;
  };
}

function partsOf(table: DecisionTable, site: Site, parts: Parts): Compiled {
  const cell: Site = { ...site, scope: frame(['?'], site.scope) };
  const inputs = table.inputs.map((input): Input => ({
    text: input.text,
    value: parts.typed(input.text === '' ? () => null : parts.expression(input.text, site), site.types.named(input.typeRef)),
    allowed: input.values ? parts.tests(input.values, cell) : undefined,
  }));
  const cells = table.rules.map((rule) => inputs.map((_, at) => testOf(rule.tests[at], cell, parts)));
  const columns = inputs.map((_, at) => columnFor(cells.map((row) => row[at])));
  const names = table.outputs.map(({ name }) => name);
  return {
    inputs,
    columns: columns.flatMap((bits, input) => (bits ? [{ input, bits }] : [])),
    rules: table.rules.map((rule, index): Rule => {
      const outputs = table.outputs.map((output, at) => outputOf(rule.results[at], output.typeRef, { site, parts }));
      const values = outputs.map((output) => constantOf(output)?.value);
      return {
        number: index + 1,
        id: rule.id,
        tests: (cells[index] ?? []).flatMap((test, input) => (test && !columns[input] ? [{ input, test }] : [])),
        outputs,
        fixed: values.every((value) => value !== undefined) ? fixedOf(names, values, site.owner) : undefined,
        annotations: annotationsOf(rule.annotations, table.annotations),
      };
    }),
    names,
    priorities: table.outputs.map(({ values }) => (values ? parts.expression(`[${values}]`, site) : undefined)),
    otherwise: table.outputs.map((output) =>
      output.otherwise ? outputOf(output.otherwise, output.typeRef, { site, parts }) : undefined,
    ),
  };
}

function annotationsOf(texts: readonly string[], names: readonly string[]): Rule['annotations'] {
  return Object.fromEntries(texts.flatMap((text, at) => (text ? [[names[at] ?? `${at + 1}`, text]] : [])));
}

/** A column of bits, where every cell of an input compares with constants alone. */
function columnFor(tests: readonly (Eval | undefined)[]): Column | undefined {
  const matchers = tests.map((test) => test && matcherOf(test));
  return matchers.some((matcher, at) => tests[at] && !matcher) ? undefined : columnOf(matchers);
}

function isAllowed({ allowed }: Input, value: FeelValue, env: Env): boolean {
  return !allowed || value === null || allowed(enter(env, [value])) === true;
}

/** Rules whose bits are set in all columns and whose other tests hold, in their order. */
function hitsOf(table: Compiled, values: readonly FeelValue[], of: { env: Env; first: boolean }): Hit<Rule>[] {
  const { env, first } = of;
  const { columns, rules } = table;
  const bits: Int32Array[] = [];
  let from = 0;
  let to = Math.ceil(rules.length / 32);
  for (const column of columns) {
    const own = column.bits(values[column.input] ?? null);
    bits.push(own.words);
    if (own.from > from) from = own.from;
    if (own.to < to) to = own.to;
  }
  const hits: Hit<Rule>[] = [];
  for (let word = from; word < to; word += 1) {
    let left = -1;
    for (const words of bits) left &= words[word] ?? 0;
    for (; left !== 0; left &= left - 1) {
      const rule = rules[word * 32 + 31 - Math.clz32(left & -left)];
      if (!rule) break; // beyond the last rule of a table without columns
      if (rule.tests.length > 0 && !othersHold(rule, values, env)) continue;
      hits.push({ rule, outputs: rule.fixed?.outputs ?? rule.outputs.map((output) => output(env)) });
      if (first) return hits;
    }
  }
  return hits;
}

function othersHold(rule: Rule, values: readonly FeelValue[], env: Env): boolean {
  for (const { input, test } of rule.tests) if (test(enter(env, [values[input] ?? null])) !== true) return false;
  return true;
}

function testOf(text: string | undefined, cell: Site, parts: Parts): Eval | undefined {
  return text === undefined || text === '' || text === '-' ? undefined : parts.tests(text, cell);
}

function outputOf(text: string | undefined, typeRef: string | undefined, of: { site: Site; parts: Parts }): Eval {
  if (text === undefined || text === '' || text === '-') return constant(null);
  return of.parts.typed(of.parts.expression(text, of.site), of.site.types.named(typeRef));
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

function fixedOf(names: readonly string[], outputs: readonly FeelValue[], owner: string): Rule['fixed'] {
  return { outputs, value: shaped(names, outputs), noted: outputContext(notedNames(names, owner), outputs) };
}

/** An output without a name is noted under that of its decision. */
function notedNames(names: readonly string[], owner: string): string[] {
  return names.map((name) => name || owner);
}

type Noted = { owner: string; inputs: readonly Input[]; values: readonly FeelValue[]; names: readonly string[] };

function note(sink: RuleHit[], hits: readonly Hit<Rule>[], of: Noted): void {
  const inputs = of.inputs.map(({ text }, at) => ({ expression: text, value: of.values[at] ?? null }));
  for (const { rule, outputs } of hits) {
    sink.push({
      decision: of.owner,
      rule: rule.number,
      ruleId: rule.id,
      inputs,
      outputs: rule.fixed?.noted ?? outputContext(notedNames(of.names, of.owner), outputs),
      annotations: rule.annotations,
    });
  }
}
