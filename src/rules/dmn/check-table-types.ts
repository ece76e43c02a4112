// Cells and entries of a decision table against the types of its inputs and outputs: what could never hit, and what would become null.
import type { Finding } from '#base/finding.ts';
import { kindOf, type Kind } from '#rules/kinds.ts';
import { coerced } from '#rules/typing.ts';
import type { FeelValue } from '#rules/types.ts';
import { constantOf, type Cell } from './check-cell.ts';
import { found, valueWords } from './check-findings.ts';
import type { Judged } from './check-model.ts';
import { KIND_WORDS, typedBy, type Typed } from './check-types.ts';
import type { DmnModel } from './model.ts';

/** A column of one type over an expression of another reads null; where neither is told, its cells should agree at least. */
export function checkInputType({ owner, table, cellOf }: Judged, column: number, types: Types): readonly Finding[] {
  const input = table.inputs[column]?.text ?? '';
  const { said, known } = types;
  if (said.kind !== undefined && known.kind !== undefined && !isReadAs(known.kind, said.kind)) {
    const [is, wanted] = [KIND_WORDS[known.kind], KIND_WORDS[said.kind]];
    return [
      found({
        severity: 'error',
        code: 'input-type',
        owner,
        reason: [
          `ستون «${input}» ${wanted[0]} می‌خواهد، اما این مقدار ${is[0]} است و هیچ خواهد شد.`,
          `The column “${input}” wants a ${wanted[1]}, but that is a ${is[1]} and would become null.`,
        ],
        mend: ['نوع ستون یا عبارت آن را درست کنید.', 'Correct the type of the column, or its expression.'],
      }),
    ];
  }
  return said.kind === undefined && known.kind === undefined ? mixed({ owner, table, cellOf }, column) : [];
}

type Types = { readonly said: Typed; readonly known: Typed };

function isReadAs(kind: Kind, wanted: Kind): boolean {
  return kind === wanted || (kind === 'date' && wanted === 'date and time');
}

function mixed({ owner, table, cellOf }: Pick<Judged, 'owner' | 'table' | 'cellOf'>, column: number): readonly Finding[] {
  const ends = table.rules.flatMap((one, rule) => {
    const cell = cellOf((one.tests[column] ?? '-').trim());
    return cell.is === 'any' || cell.is === 'opaque'
      ? []
      : cell.ends.flatMap((value) => (value === null ? [] : [{ rule, value }]));
  });
  const [first] = ends;
  const other = first && ends.find(({ value }) => kindOf(value) !== kindOf(first.value));
  if (!first || !other) return [];
  const input = table.inputs[column]?.text ?? '';
  return [
    found({
      severity: 'warning',
      code: 'cell-type',
      owner,
      rule: other.rule,
      reason: [
        `قاعدهٔ ${first.rule + 1} «${input}» را با ${valueWords(first.value)} می‌سنجد و قاعدهٔ ${other.rule + 1} با ${valueWords(other.value)}: این دو از یک نوع نیستند.`,
        `Rule ${first.rule + 1} compares “${input}” with ${valueWords(first.value)} and rule ${other.rule + 1} with ${valueWords(other.value)}: these are of different kinds.`,
      ],
      mend: ['خانه را درست کنید یا نوع ورودی را بنویسید.', 'Correct the cell, or give the input its type.'],
    }),
  ];
}

export function checkTableTypes(model: DmnModel, judged: Judged): readonly Finding[] {
  const outputs = judged.table.outputs.map((output): Typed => {
    const typed = typedBy(model, output.typeRef);
    return { kind: typed.kind, allowed: output.values ?? typed.allowed };
  });
  return judged.table.rules.flatMap((rule, at) => [
    ...judged.inputs.flatMap((typed, column) => checkCell(judged, { rule: at, column, typed, text: rule.tests[column] ?? '-' })),
    ...outputs.flatMap((typed, column) => checkEntry(judged, { rule: at, column, typed, text: rule.results[column] ?? '' })),
  ]);
}

type Place = { readonly rule: number; readonly column: number; readonly typed: Typed; readonly text: string };

function checkCell({ owner, table, cellOf }: Judged, { rule, column, typed, text }: Place): readonly Finding[] {
  const cell = cellOf(text.trim());
  if (cell.is === 'any' || cell.is === 'opaque') return [];
  const input = table.inputs[column]?.text ?? '';
  const { kind } = typed;
  const wrong = kind === undefined ? undefined : cell.ends.find((end) => end !== null && kindOf(end) !== kind);
  if (wrong !== undefined && kind !== undefined) return [wrongKind({ owner, rule, input, value: wrong }, KIND_WORDS[kind])];
  const allowed: Cell = typed.allowed === undefined ? { is: 'any' } : cellOf(typed.allowed.trim());
  if (cell.is !== 'spans' || cell.ordered) return [];
  const outside = cell.ends.find((end) => isOutside(allowed, end));
  return outside === undefined ? [] : [notAllowed({ owner, rule, input, value: outside }, typed.allowed ?? '')];
}

function isOutside(allowed: Cell, value: FeelValue): boolean {
  if (allowed.is === 'test') return !allowed.takes(value);
  if (allowed.is !== 'spans' || allowed.ordered) return false;
  return !allowed.ends.some((end) => valueWords(end) === valueWords(value));
}

function checkEntry({ owner, table, cellOf }: Judged, { rule, column, typed, text }: Place): readonly Finding[] {
  const value = text.trim() === '-' ? undefined : constantOf(text.trim());
  if (value === undefined || value === null) return [];
  const input = table.outputs[column]?.name ?? '';
  const { kind } = typed;
  if (kind !== undefined && coerced(value, { is: 'simple', kind }) === undefined) {
    const words = KIND_WORDS[kind];
    return [
      found({
        severity: 'error',
        code: 'output-type',
        owner,
        rule,
        reason: [
          `خروجی قاعدهٔ ${rule + 1} (${input}) باید ${words[0]} باشد، اما ${valueWords(value)} است و هیچ خواهد شد.`,
          `The output ${input} of rule ${rule + 1} must be a ${words[1]}, but is ${valueWords(value)} and would become null.`,
        ],
        mend: ['مقدار یا نوع خروجی را درست کنید.', 'Correct the value, or the type of the output.'],
      }),
    ];
  }
  const allowed: Cell = typed.allowed === undefined ? { is: 'any' } : cellOf(typed.allowed.trim());
  return isOutside(allowed, value) ? [notAllowed({ owner, rule, input, value }, typed.allowed ?? '')] : [];
}

type Named = { readonly owner: string; readonly rule: number; readonly input: string; readonly value: FeelValue };

function wrongKind({ owner, rule, input, value }: Named, words: readonly [fa: string, en: string]): Finding {
  return found({
    severity: 'error',
    code: 'cell-type',
    owner,
    rule,
    reason: [
      `«${input}» ${words[0]} است، اما قاعدهٔ ${rule + 1} آن را با ${valueWords(value)} می‌سنجد: هیچ‌گاه برابر نمی‌شود.`,
      `“${input}” is a ${words[1]}, but rule ${rule + 1} compares it with ${valueWords(value)}: that never holds.`,
    ],
    mend: ['خانه یا نوع ورودی را درست کنید.', 'Correct the cell, or the type of the input.'],
  });
}

function notAllowed({ owner, rule, input, value }: Named, allowed: string): Finding {
  return found({
    severity: 'warning',
    code: 'value-not-allowed',
    owner,
    rule,
    reason: [
      `${valueWords(value)} در قاعدهٔ ${rule + 1} از مقدارهای مجاز ${input} نیست: ${allowed}.`,
      `${valueWords(value)} in rule ${rule + 1} is no allowed value of ${input}: ${allowed}.`,
    ],
    mend: ['مقدار یا فهرست مجاز را درست کنید.', 'Correct the value, or the allowed values.'],
  });
}
