// FEEL values as people read them: what a decision took in and what it gave.
import { instant } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import { textIn } from '#portal/fee.tsx';
import { codeText, dateText } from '#portal/ui/format.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { say } from '#portal/ui/words.ts';

/** A decimal keeps four places: enough to see which side of a bound it fell on. */
const DECIMAL = /^-?\d+\.\d{5,}$/;

/** A FEEL value as the log keeps it: decimals as texts, dates as their parts. Digits that are texts may be a code: never grouped. */
export function valueText(language: Language, value: Json | undefined): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'boolean') return say(language, value ? 'yes' : 'no');
  if (typeof value === 'number') return numberText(language, value);
  if (typeof value === 'string') {
    const short = DECIMAL.test(value) ? String(Number(Number(value).toFixed(4))) : value;
    return /^[-\d.]+$/.test(short) ? codeText(language, short) : textIn(short, language);
  }
  if (!isObject(value)) return (value as readonly Json[]).map((one) => valueText(language, one)).join(between(language)) || '—';
  if (typeof value[language] === 'string') return value[language];
  if (value['feel'] === 'date') return feelDateText(language, value);
  return Object.entries(value)
    .map(([name, one]) => `${name}: ${valueText(language, one)}`)
    .join(between(language));
}

function between(language: Language): string {
  return language === 'fa' ? '، ' : ', ';
}

function feelDateText(language: Language, { year, month, day }: JsonObject): string {
  const two = (part: Json | undefined): string => String(part).padStart(2, '0');
  return dateText(language, instant(`${String(year)}-${two(month)}-${two(day)}T12:00:00Z`), 'short');
}
