// One evaluation: what expressions read from (root context, time) and where they write problems; and the scopes of local names.
// Problems are listed, never thrown.
import type { Finding } from '#base/finding.ts';
import type { Text } from '#base/text.ts';
import type { FeelContext, FeelValue, RuleHit } from './types.ts';

export type Run = {
  readonly root: FeelContext;
  /** ISO date and time with its zone: what `now()` and `today()` give. */
  readonly now: string | undefined;
  readonly problems: Finding[];
  readonly source: string;
  /** Where decision tables note the rules that hit. */
  readonly hits?: RuleHit[] | undefined;
};

/** A frame of local names: slots are numbered by the compiler. */
export type Env = { readonly slots: FeelValue[]; readonly up: Env | undefined; readonly run: Run };
export type Eval = (env: Env) => FeelValue;
export type Place = { readonly from: number; readonly to: number };

const MOST_PROBLEMS = 50;

const REASONS = {
  'feel-operands': {
    fa: 'این عمل برای این نوع مقدارها تعریف نشده است؛ نتیجه null است.',
    en: 'The operation is not defined for these kinds of values; the result is null.',
  },
  'feel-unknown-name': { fa: 'این نام در داده‌ها نیست؛ نتیجه null است.', en: 'No value has this name; the result is null.' },
  'feel-argument': {
    fa: 'تابع این آرگومان‌ها را نمی‌پذیرد؛ نتیجه null است.',
    en: 'The function does not take these arguments; the result is null.',
  },
  'feel-not-a-function': {
    fa: 'آنچه فراخوانده شده تابع نیست؛ نتیجه null است.',
    en: 'What is invoked is not a function; the result is null.',
  },
  'feel-property': {
    fa: 'این مقدار چنین ویژگی‌ای ندارد؛ نتیجه null است.',
    en: 'The value has no such property; the result is null.',
  },
  'feel-type': {
    fa: 'مقدار با نوع اعلام‌شده سازگار نیست؛ نتیجه null است.',
    en: 'The value does not conform to its declared type; the result is null.',
  },
  'feel-condition': {
    fa: 'شرط نه درست است و نه نادرست؛ نتیجه null است.',
    en: 'The condition is neither true nor false; the result is null.',
  },
  'feel-iteration': {
    fa: 'این مقدار پیمودنی نیست؛ نتیجه null است.',
    en: 'The value cannot be iterated over; the result is null.',
  },
  'feel-duplicate-key': {
    fa: 'یک نام دو بار در بافت آمده است؛ نتیجه null است.',
    en: 'A context has the same entry twice; the result is null.',
  },
  'feel-depth': {
    fa: 'تابع بی‌پایان خود را فرامی‌خواند؛ نتیجه null است.',
    en: 'The function calls itself without end; the result is null.',
  },
  'feel-external': {
    fa: 'تابع‌های بیرونی (Java و PMML) پشتیبانی نمی‌شوند؛ نتیجه null است.',
    en: 'External functions (Java, PMML) are not supported; the result is null.',
  },
  'dmn-table-hits': {
    fa: 'قاعده‌های برخوردکرده با سیاست جدول سازگار نیستند؛ نتیجه null است.',
    en: 'The rules that hit contradict the hit policy of the table; the result is null.',
  },
  'dmn-allowed-value': { fa: 'مقدار در میان مقدارهای مجاز نیست.', en: 'The value is not among the allowed values.' },
} satisfies Record<string, Text>;

export type ProblemCode = keyof typeof REASONS;

/** The same, where the word that is meant is known: a name, a function, the rules of a table. */
const SAID: { readonly [code in ProblemCode]?: (word: string) => Text } = {
  'feel-unknown-name': (word) => ({
    fa: `«${word}» در داده‌ها نیست؛ نتیجه null است.`,
    en: `No value is named “${word}”; the result is null.`,
  }),
  'feel-argument': (word) => ({
    fa: `«${word}» این آرگومان‌ها را نمی‌پذیرد؛ نتیجه null است.`,
    en: `“${word}” does not take these arguments; the result is null.`,
  }),
  'feel-property': (word) => ({
    fa: `این مقدار «${word}» ندارد؛ نتیجه null است.`,
    en: `The value has no “${word}”; the result is null.`,
  }),
  'dmn-table-hits': (word) => ({
    fa: `قاعده‌های ${word} با هم برخوردند و سیاست جدول این را نمی‌پذیرد؛ نتیجه null است.`,
    en: `Rules ${word} hit together, which the hit policy of the table forbids; the result is null.`,
  }),
  'dmn-allowed-value': (word) => ({
    fa: `مقدار «${word}» در میان مقدارهای مجاز آن نیست؛ نتیجه null است.`,
    en: `The value of “${word}” is not among its allowed values; the result is null.`,
  }),
};

const MEND: Text = {
  fa: 'عبارت یا داده‌هایی را که به آن می‌رسد اصلاح کنید.',
  en: 'Mend the expression or the data that reach it.',
};

/** Lists a problem and gives null, so that a closure can `return report(…)`. */
export function report(run: Run, code: ProblemCode, at?: Place, word?: string): null {
  if (run.problems.length < MOST_PROBLEMS) {
    run.problems.push({
      code,
      severity: 'warning',
      place: run.source,
      ...(at && { at: { from: at.from, to: at.to } }),
      reason: (word === undefined ? undefined : SAID[code]?.(word)) ?? REASONS[code],
      mend: MEND,
    });
  }
  return null;
}
