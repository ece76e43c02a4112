// Dates, durations, sizes and money as text, in the city's time zone and the Jalali calendar.
// Never computes with dates: that is the calendar room's. Assembled from parts, for `dateStyle` orders them wrongly in Persian.
import { persianDigits } from '#base/persian.ts';
import type { Instant } from '#base/instant.ts';
import type { Money } from '#base/money.ts';
import type { Language } from '#base/text.ts';
import { numberText } from './numbers.ts';
import { say } from './words.ts';

const ZONE = { timeZone: 'Asia/Tehran' } as const;
const DAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', ...ZONE } as const;
const JALALI = {
  fa: new Intl.DateTimeFormat('fa-IR-u-ca-persian', DAY),
  en: new Intl.DateTimeFormat('en-GB-u-ca-persian', DAY),
} as const;
const JALALI_SHORT = new Intl.DateTimeFormat('fa-IR-u-ca-persian', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  ...ZONE,
});
const GREGORIAN = new Intl.DateTimeFormat('en-GB', DAY);
const GREGORIAN_SHORT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', ...ZONE });
const CLOCK = {
  fa: new Intl.DateTimeFormat('fa-IR', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...ZONE }),
  en: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...ZONE }),
} as const;

const JALALI_NUMBERS = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  day: 'numeric',
  month: 'numeric',
  year: 'numeric',
  ...ZONE,
});

export type DateShape = 'full' | 'long' | 'short';
type Parts = { readonly [type in Intl.DateTimeFormatPartTypes]?: string };

function partsOf(formatter: Intl.DateTimeFormat, at: Instant): Parts {
  return Object.fromEntries(formatter.formatToParts(new Date(at)).map((part) => [part.type, part.value]));
}

/** `full` سه‌شنبه ۳ آذر ۱۴۰۵ · `long` ۳ آذر ۱۴۰۵ · `short` ۱۴۰۵/۰۹/۰۳. In English the Gregorian date stands beside the Jalali. */
export function dateText(language: Language, at: Instant, shape: DateShape = 'long'): string {
  if (language === 'fa') {
    if (shape === 'short') {
      const short = partsOf(JALALI_SHORT, at);
      return `${short.year}/${short.month}/${short.day}`;
    }
    const day = partsOf(JALALI.fa, at);
    return `${shape === 'full' ? `${day.weekday} ` : ''}${day.day} ${day.month} ${day.year}`;
  }
  if (shape === 'short') return GREGORIAN_SHORT.format(new Date(at));
  const jalali = partsOf(JALALI.en, at);
  const gregorian = partsOf(GREGORIAN, at);
  const weekday = shape === 'full' ? `${gregorian.weekday} ` : '';
  return `${weekday}${gregorian.day} ${gregorian.month} ${gregorian.year} (${jalali.day} ${jalali.month} ${jalali.year})`;
}

/** Year, month and day of an instant in Tehran, in Latin digits: what the three boxes of a date hold. */
export function jalaliNumbers(at: Instant): { readonly day: string; readonly month: string; readonly year: string } {
  const { day = '', month = '', year = '' } = partsOf(JALALI_NUMBERS, at);
  return { day, month, year };
}

/** `۰۹:۳۰`, 24 hours. */
export function clockText(language: Language, at: Instant): string {
  return CLOCK[language].format(new Date(at));
}

export function dateTimeText(language: Language, at: Instant, shape: DateShape = 'long'): string {
  return say(language, 'time.at', { date: dateText(language, at, shape), time: clockText(language, at) });
}

/** Months of the Jalali calendar, from 1: for hints and selects. */
export function jalaliMonthText(language: Language, month: number): string {
  // 21 March 2026 opens 1405; its first six months have 31 days, so the 15th of each is safely inside.
  const days = month <= 6 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  return partsOf(JALALI[language], new Date(Date.UTC(2026, 2, 21 + days + 14, 8)).toISOString() as Instant).month ?? '';
}

export function moneyText(language: Language, amount: Money): string {
  return say(language, 'money.rials', { amount: numberText(language, BigInt(amount)) });
}

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;

/** An ISO 8601 duration in words: `P10D` is ۱۰ روز کاری in working time, ۱۰ روز otherwise. Unreadable text stays as it is. */
export function durationText(language: Language, duration: string, working = false): string {
  const part = DURATION.exec(duration);
  if (!part) return duration;
  const keys = [
    'time.years',
    'time.months',
    working ? 'time.working-days' : 'time.days',
    working ? 'time.working-hours' : 'time.hours',
    working ? 'time.working-minutes' : 'time.minutes',
  ] as const;
  return keys
    .flatMap((key, index) => (part[index + 1] ? [say(language, key, { count: Number(part[index + 1]) })] : []))
    .join(say(language, 'time.and'));
}

/** The size of a file, one decimal at most. */
export function sizeText(language: Language, bytes: number): string {
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  if (bytes < 1000) return say(language, 'size.bytes', { count: bytes });
  if (bytes < 1_000_000) return say(language, 'size.kilobytes', { count: tenth(bytes / 1000) });
  return say(language, 'size.megabytes', { count: tenth(bytes / 1_000_000) });
}

/** Digits of a code in the language's own. Groups are isolated (U+2066 … U+2069), or a line of Persian would turn their order round. */
export function codeText(language: Language, code: string): string {
  if (language !== 'fa') return code;
  return /\d[-/]\d/.test(code) ? `\u2066${persianDigits(code)}\u2069` : persianDigits(code);
}
