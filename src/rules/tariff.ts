// A fee explained: each line with its amount to the rial, how it was rounded, and the rules of the tariff that made it.
// Adds up exactly or is no explanation: then it says what is wrong. Computes no fee of its own.
import { Decimal } from '#base/decimal.ts';
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { money, type Money } from '#base/money.ts';
import type { Text } from '#base/text.ts';
import { roundedTo, readRounding, type Rounding } from './tariff-rounding.ts';
import type { Labels } from './tariff-labels.ts';
import { plainValue, seenRule, type RuleSeen } from './tariff-rules.ts';
import { pairOf } from './tariff-text.ts';
import type { RuleHit } from './types.ts';

export type FeeLine = {
  readonly code: string;
  readonly label: Text;
  readonly amount: Money;
  /** The amount before rounding, where it was rounded. */
  readonly exact?: string;
  /** The computation as people check it: `180 m² × 12500`. */
  readonly basis?: Text;
  readonly citation?: Text;
  readonly rules: readonly RuleSeen[];
};
export type FeeExplanation = {
  readonly lines: readonly FeeLine[];
  readonly total: Money;
  readonly rounding?: Rounding;
  /** Rules that hit on the way and stand behind no line of their own. */
  readonly otherRules: readonly RuleSeen[];
};
const UNLABELLED: Labels = { tables: {}, values: {} };

export type Explained = { readonly explanation?: FeeExplanation; readonly findings: readonly Finding[] };

/**
 * `fee` is what a fee decision gave: `{ lines, total, rounding? }`, as FEEL values or as the log keeps them; `hits` the rules that hit.
 * A line is explained by the rules that have its citation; where several lines share one, by those with an input in the line's code (`waste-1404`).
 */
export function explainFee(fee: unknown, hits: readonly RuleHit[], labels: Labels = UNLABELLED): Explained {
  const value = plainValue(fee);
  if (!isObject(value) || !Array.isArray(value['lines'])) return { findings: [fault('fee-shape', 'fee')] };
  const lines = value['lines'] as readonly Json[];
  const rounding = value['rounding'] === undefined ? undefined : readRounding(value['rounding']);
  const findings = [
    ...(rounding === undefined && value['rounding'] !== undefined ? [fault('fee-rounding', 'rounding')] : []),
    ...lines.flatMap((line, at) => faultsOf(line, at, rounding)),
    ...totalFaults(lines, value['total']),
  ];
  if (findings.length > 0) return { findings };
  const rules = hits.map((hit): Cited => ({ cited: hit.annotations['citation'], rule: seenRule(hit, labels) }));
  const objects = lines.filter(isObject);
  const explained = objects.map((line): FeeLine => lineOf(line, rulesBehind(line, objects, rules)));
  const used = new Set(explained.flatMap((line) => line.rules));
  return {
    explanation: {
      lines: explained,
      total: money(textOf(value['total'])),
      ...(rounding && { rounding }),
      otherRules: rules.flatMap(({ rule }) => (used.has(rule) ? [] : [rule])),
    },
    findings: [],
  };
}

function lineOf(line: JsonObject, rules: readonly RuleSeen[]): FeeLine {
  const words = (name: string): Text | undefined =>
    line[name] === undefined || line[name] === null ? undefined : pairOf(line[name]);
  const basis = words('basis');
  const citation = words('citation');
  return {
    code: textOf(line['code']),
    label: words('label') ?? { fa: textOf(line['code']), en: textOf(line['code']) },
    amount: money(textOf(line['amount'])),
    ...(line['exact'] === undefined || line['exact'] === null ? {} : { exact: textOf(line['exact']) }),
    ...(basis && { basis }),
    ...(citation && { citation }),
    rules,
  };
}

type Cited = { readonly cited: string | undefined; readonly rule: RuleSeen };

function rulesBehind(line: JsonObject, lines: readonly JsonObject[], rules: readonly Cited[]): readonly RuleSeen[] {
  const citation = line['citation'];
  const same = rules.flatMap(({ cited, rule }) => (cited !== undefined && cited === citation ? [rule] : []));
  if (same.length < 2 || lines.filter((one) => one['citation'] === citation).length < 2) return same;
  const parts = new Set(textOf(line['code']).split('-'));
  const own = same.filter((rule) => rule.inputs.some(({ value }) => value !== null && parts.has(textOf(value))));
  return own.length > 0 ? own : same;
}

function faultsOf(line: Json, at: number, rounding: Rounding | undefined): readonly Finding[] {
  const place = `lines[${at}]`;
  const amount = isObject(line) ? decimalOf(line['amount']) : undefined;
  if (!isObject(line) || !amount) return [fault('fee-shape', place)];
  const exact = line['exact'] === undefined || line['exact'] === null ? undefined : decimalOf(line['exact']);
  if (amount.isNegative() || !amount.isInteger()) return [fault('fee-amount', place, amount)];
  if (!rounding) return exact && !exact.eq(amount) ? [fault('fee-rounding', place, amount)] : [];
  const wanted = roundedTo(exact ?? amount, rounding);
  return wanted.eq(amount) ? [] : [fault('fee-rounding', place, amount, wanted)];
}

function totalFaults(lines: readonly Json[], said: Json | undefined): readonly Finding[] {
  const total = decimalOf(said);
  if (!total) return [fault('fee-shape', 'total')];
  const sum = lines.reduce<Decimal>(
    (found, line) => found.plus((isObject(line) ? decimalOf(line['amount']) : undefined) ?? 0),
    new Decimal(0),
  );
  return sum.eq(total) ? [] : [fault('fee-total', 'total', total, sum)];
}

function decimalOf(value: Json | undefined): Decimal | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  try {
    const found = new Decimal(value);
    return found.isFinite() ? found : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

const FAULTS = {
  'fee-shape': [
    'نتیجهٔ محاسبهٔ بها سطرها و جمع ندارد: { lines: [{ code, label, amount, … }], total }.',
    'What the fee decision gave has no lines and total: { lines: [{ code, label, amount, … }], total }.',
  ],
  'fee-amount': [
    'مبلغ {found} ریال درست نیست: باید عدد صحیح و نامنفی باشد.',
    'The amount {found} is not a whole number of rials.',
  ],
  'fee-rounding': [
    'مبلغ {found} از گردکردنی که اعلام شده نیست؛ باید {wanted} می‌شد.',
    'The amount {found} is not what the declared rounding gives; that is {wanted}.',
  ],
  'fee-total': ['جمع {found} با جمع سطرها، {wanted}، یکی نیست.', 'The total {found} is not the sum of its lines, {wanted}.'],
} as const;

function fault(code: keyof typeof FAULTS, place: string, found?: Decimal, wanted?: Decimal): Finding {
  const words = (text: string): string =>
    text.replace('{found}', found?.toFixed() ?? '—').replace('{wanted}', wanted?.toFixed() ?? '—');
  const [fa, en] = FAULTS[code];
  return {
    code,
    severity: 'error',
    place,
    reason: { fa: words(fa), en: words(en) },
    mend: {
      fa: 'تصمیم محاسبهٔ بها را در مدل درست کنید.',
      en: 'Correct the fee decision in the model.',
    },
  };
}
