// Decision tables for tests: a table as lists of texts, compiled to a library, and its result as text.
import assert from 'node:assert/strict';
import type { Json } from '#base/json.ts';
import { compileDecisions, type DmnLibrary } from '#rules/dmn/compile.ts';
import { readDmn } from '#rules/dmn/read.ts';
import { textOf } from '#rules/text.ts';
import type { FeelContext } from '#rules/types.ts';
import { toFeel } from '#rules/values.ts';

export type Spec = {
  policy?: string;
  inputs?: readonly string[];
  inputValues?: readonly (string | undefined)[];
  outputs: readonly string[];
  outputValues?: readonly (string | undefined)[];
  otherwise?: readonly string[];
  rules: readonly (readonly [readonly string[], readonly string[]])[];
};
export type Data = { readonly [name: string]: Json };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const element = (name: string, text: string): string => `<${name}><text>${escaped(text)}</text></${name}>`;

export function library(spec: Spec, names: readonly string[]): DmnLibrary {
  const inputs = (spec.inputs ?? []).map((text, at) => {
    const values = spec.inputValues?.[at];
    return `<input>${element('inputExpression', text)}${values ? element('inputValues', values) : ''}</input>`;
  });
  const outputs = spec.outputs.map((text, at) => {
    const [name, type] = text.split(':');
    const values = spec.outputValues?.[at];
    const otherwise = spec.otherwise?.[at];
    return `<output name="${name}"${type ? ` typeRef="${type}"` : ''}>${values ? element('outputValues', values) : ''}${otherwise ? element('defaultOutputEntry', otherwise) : ''}</output>`;
  });
  const rules = spec.rules.map(
    ([tests, results], at) =>
      `<rule id="r${at + 1}">${tests.map((text) => element('inputEntry', text)).join('')}${results.map((text) => element('outputEntry', text)).join('')}</rule>`,
  );
  const { library, findings } = compileDecisions([
    readDmn(`<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="t" name="t" namespace="urn:t">
      ${names.map((name) => `<inputData id="${name}" name="${name}"><variable name="${name}"/></inputData>`).join('')}
      <decision id="d" name="d"><variable name="d"/>${names.map((name) => `<informationRequirement><requiredInput href="#${name}"/></informationRequirement>`).join('')}
      <decisionTable ${spec.policy ?? ''}>${inputs.join('')}${outputs.join('')}${rules.join('')}</decisionTable></decision></definitions>`),
  ]);
  assert.deepEqual(findings, []);
  return library;
}

export function run(spec: Spec, data: Data = {}): string {
  return textOf(library(spec, Object.keys(data)).evaluate('d', toFeel(data) as FeelContext).value);
}

/** A table of one input `x` and one output. */
export const cells = (...rows: readonly (readonly [string, string])[]): Spec => ({
  inputs: ['x'],
  outputs: ['out'],
  rules: rows.map(([test, result]) => [[test], [result]]),
});
