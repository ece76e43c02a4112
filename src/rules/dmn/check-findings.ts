// How checks of decision tables report: a code, the table and the rule, the reason and the mend in both languages.
import { Decimal } from '#base/decimal.ts';
import type { Finding } from '#base/finding.ts';
import type { FeelValue } from '#rules/types.ts';

/** Persian first, then English. */
export type Words = readonly [fa: string, en: string];
export type Fault = {
  readonly severity: Finding['severity'];
  readonly code: string;
  readonly owner: string;
  /** Counted from 0; told from 1, as modelers show it. */
  readonly rule?: number;
  readonly reason: Words;
  readonly mend: Words;
};

export function found({ severity, code, owner, rule, reason, mend }: Fault): Finding {
  return {
    code,
    severity,
    file: '',
    place: rule === undefined ? owner : `${owner}: rule ${rule + 1}`,
    reason: { fa: reason[0], en: reason[1] },
    mend: { fa: mend[0], en: mend[1] },
  };
}

/** Rule numbers as people count them; a long list is cut. */
export function numbers(rules: readonly number[]): string {
  const shown = rules.slice(0, 8).map((one) => one + 1);
  return rules.length > shown.length ? `${shown.join(', ')} …` : shown.join(', ');
}

export function valueWords(value: FeelValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return value instanceof Decimal ? value.toFixed() : String(value);
}
