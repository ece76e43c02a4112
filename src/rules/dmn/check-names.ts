// Names in a decision table that nothing has: most often a text without its quotes, which FEEL reads as null and never tells.
// Judges cells and outputs that are names alone; what is inside an expression is not looked into.
import type { Finding } from '#base/finding.ts';
import { normalName } from '#rules/grammar.ts';
import { found } from './check-findings.ts';
import type { Table } from './check-model.ts';
import type { Boxed, DmnModel } from './model.ts';

const NAME = /^[\p{L}_][\p{L}\p{N}_ ]*$/u;
const WORDS = new Set(['true', 'false', 'null']);

export function checkNames(owner: string, table: Table, known: ReadonlySet<string> | undefined): readonly Finding[] {
  if (!known) return [];
  return table.rules.flatMap((rule, at) => {
    const cells = [...rule.tests.flatMap((text) => text.split(',')), ...rule.results].map((text) => text.trim());
    const absent = cells.filter((text) => NAME.test(text) && !WORDS.has(text) && !known.has(normalName(text)));
    return [...new Set(absent)].map((name) => unknown(owner, at, name));
  });
}

/** All names that a table in this logic could read; undefined where a model imported without a name brings its own. */
export function knownNames(model: DmnModel, logic: Boxed | undefined): ReadonlySet<string> | undefined {
  if (model.imports.some((one) => one.name === '')) return undefined;
  const names = [
    ...[...model.inputs, ...model.decisions, ...model.functions, ...model.services].flatMap((one) => [
      one.name,
      one.variable.name,
    ]),
    ...model.imports.map((one) => one.name),
    ...localNames(logic),
  ];
  return new Set(names.map(normalName));
}

/** Names made inside a boxed expression: entries, parameters, variables of loops. */
function localNames(logic: Boxed | undefined): readonly string[] {
  switch (logic?.is) {
    case 'function':
      return [...logic.parameters.map((one) => one.name), ...localNames(logic.body)];
    case 'context':
      return logic.entries.flatMap(({ variable, value }) => [...(variable ? [variable.name] : []), ...localNames(value)]);
    case 'list':
      return logic.items.flatMap(localNames);
    case 'conditional':
      return [logic.whenTrue, logic.whenFalse].flatMap(localNames);
    case 'for':
    case 'some':
    case 'every':
      return [logic.variable, 'partial', ...localNames(logic.body)];
    default:
      return [];
  }
}

function unknown(owner: string, rule: number, name: string): Finding {
  return found({
    severity: 'error',
    code: 'unknown-name',
    owner,
    rule,
    reason: [
      `«${name}» در قاعدهٔ ${rule + 1} نام چیزی نیست و هیچ خوانده می‌شود.`,
      `“${name}” in rule ${rule + 1} is the name of nothing, and reads as null.`,
    ],
    mend: [`اگر متن است آن را در گیومه بنویسید: "${name}".`, `If it is a text, write it in quotes: "${name}".`],
  });
}
