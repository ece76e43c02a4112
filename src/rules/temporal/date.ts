// The date of FEEL: proleptic Gregorian, years ±999,999,999. Never the machine's clock or calendar.
import { civilFromDays, daysFromCivil } from '#base/instant.ts';
import { Special } from '#rules/kinds.ts';

const MOST_YEAR = 999_999_999;

export class FeelDate extends Special {
  readonly feel = 'date';
  readonly year: number;
  readonly month: number;
  readonly day: number;

  constructor(year: number, month: number, day: number) {
    super();
    this.year = year;
    this.month = month;
    this.day = day;
  }

  /** Days since 1970-01-01. */
  get epochDay(): number {
    return daysFromCivil(this.year, this.month, this.day);
  }

  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  get weekday(): number {
    const shifted = (this.epochDay + 3) % 7;
    return (shifted < 0 ? shifted + 7 : shifted) + 1;
  }

  override toString(): string {
    return `${this.year < 0 ? '-' : ''}${String(Math.abs(this.year)).padStart(4, '0')}-${two(this.month)}-${two(this.day)}`;
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** A date that exists, or undefined. */
export function dateOf(year: number, month: number, day: number): FeelDate | undefined {
  if (![year, month, day].every(Number.isInteger)) return undefined;
  if (Math.abs(year) > MOST_YEAR || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return new FeelDate(year, month, day);
}

export function dateOfEpochDay(days: number): FeelDate | undefined {
  const { year, month, day } = civilFromDays(days);
  return Math.abs(year) <= MOST_YEAR ? new FeelDate(year, month, day) : undefined;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const SHAPE = /^(-?)(\d{4}|[1-9]\d{4,8})-(\d{2})-(\d{2})$/;

export function parseDate(text: string): FeelDate | undefined {
  const part = SHAPE.exec(text);
  if (!part) return undefined;
  const year = Number(part[2]);
  return dateOf(part[1] ? 0 - year : year, Number(part[3]), Number(part[4]));
}

/** `date` moved by months; the day is clamped to its month, as the standard's ymd arithmetic does. */
export function plusMonths(date: FeelDate, months: number): FeelDate | undefined {
  const count = date.year * 12 + (date.month - 1) + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  return Math.abs(year) <= MOST_YEAR ? new FeelDate(year, month, Math.min(date.day, daysInMonth(year, month))) : undefined;
}
