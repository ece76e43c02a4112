// Numbers as people read them, through formatters made once: an uncached Intl formatter costs 9–52 µs.
import type { Language } from '#base/text.ts';

const NUMBER = { fa: new Intl.NumberFormat('fa-IR'), en: new Intl.NumberFormat('en-GB') } as const;
const PLAIN = {
  fa: new Intl.NumberFormat('fa-IR', { useGrouping: false }),
  en: new Intl.NumberFormat('en-GB', { useGrouping: false }),
} as const;

/** Grouped, in the digits of the language. Whole numbers beyond 2⁵³ come as bigint. */
export function numberText(language: Language, value: number | bigint): string {
  return NUMBER[language].format(value);
}

const PERCENT = {
  fa: new Intl.NumberFormat('fa-IR', { style: 'percent', maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 }),
} as const;

/** A share of one: 0.94 is ۹۴٪. */
export function percentText(language: Language, share: number): string {
  return PERCENT[language].format(share);
}

/** Without grouping: years, days, codes that are numbers. */
export function plainNumberText(language: Language, value: number): string {
  return PLAIN[language].format(value);
}
