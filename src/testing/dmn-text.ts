// DMN models as text for tests: definitions, inputs, decisions and knowledge models in one line each, and a decision's value as text.
import assert from 'node:assert/strict';
import type { Json } from '#base/json.ts';
import { compileDecisions } from '#rules/dmn/compile.ts';
import { readDmn } from '#rules/dmn/read.ts';
import { textOf } from '#rules/text.ts';
import type { FeelContext } from '#rules/types.ts';
import { toFeel } from '#rules/values.ts';

const DMN15 = 'https://www.omg.org/spec/DMN/20230324/MODEL/';
const text = (source: string): string => source.replace(/&/g, '&amp;').replace(/</g, '&lt;');
export const feel = (source: string): string => `<literalExpression><text>${text(source)}</text></literalExpression>`;

export function definitions(body: string, of: { name?: string; imports?: string; version?: string } = {}): string {
  const name = of.name ?? 'main';
  return `<definitions xmlns="${of.version ?? DMN15}" id="${name}" name="${name}" namespace="urn:${name}">${of.imports ?? ''}${body}</definitions>`;
}

export const input = (name: string, typeRef = 'Any'): string =>
  `<inputData id="i_${name}" name="${name}"><variable name="${name}" typeRef="${typeRef}"/></inputData>`;

export function needs(...ids: readonly string[]): string {
  return ids
    .map((id) => {
      const local = id.split('#').at(-1) ?? id;
      const kind = local.startsWith('i_') ? 'requiredInput' : local.startsWith('f_') ? 'requiredKnowledge' : 'requiredDecision';
      const requirement = kind === 'requiredKnowledge' ? 'knowledgeRequirement' : 'informationRequirement';
      return `<${requirement}><${kind} href="${id.includes('#') ? id : `#${id}`}"/></${requirement}>`;
    })
    .join('');
}

export const decision = (name: string, logic: string, requires = '', typeRef = 'Any'): string =>
  `<decision id="d_${name}" name="${name}"><variable name="${name}" typeRef="${typeRef}"/>${requires}${logic}</decision>`;

/** The text of a decision's value, and what was found wrong on the way. */
export function run(models: string | readonly string[], name = 'd', inputs: { readonly [name: string]: Json } = {}): string {
  const { library, findings } = compileDecisions((typeof models === 'string' ? [models] : models).map(readDmn));
  assert.deepEqual(findings, []);
  return textOf(library.evaluate(name, toFeel(inputs) as FeelContext, '2026-11-24T09:00:00Z').value);
}

export const bkm = (name: string, parameters: string, logic: string, of: { type?: string; requires?: string } = {}): string =>
  `<businessKnowledgeModel id="f_${name}" name="${name}"><variable name="${name}" typeRef="${of.type ?? 'Any'}"/><encapsulatedLogic>${parameters
    .split(',')
    .filter(Boolean)
    .map((one) => one.split(':'))
    .map(([parameter, type]) => `<formalParameter name="${parameter}" typeRef="${type ?? 'Any'}"/>`)
    .join('')}${logic}</encapsulatedLogic>${of.requires ?? ''}</businessKnowledgeModel>`;
