// Reads a calendar version from data (city/calendar.yaml, parsed by the host). Lists every fault as a finding; throws nothing.
import type { Finding } from '#base/finding.ts';
import { isObject, type JsonObject } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import { isIsoDate } from './jalali.ts';
import type { CalendarVersion } from './types.ts';

type Span = readonly [from: number, to: number];
type Fault = { readonly code: string; readonly place: string; readonly reason: Text; readonly mend: Text };

const KEYS = new Set(['id', 'version', 'from', 'source', 'utcOffset', 'week', 'days']);
const SOURCES: ReadonlySet<unknown> = new Set(['law', 'announced', 'estimated']);
/** The widest offsets in use are −12:00 and +14:00. */
const WIDEST_OFFSET = 14 * 60;

/** A calendar with errors is not given. Hours are `[450, 960]` minutes or `"07:30-16:00"`; weekdays are ISO, 1 = Monday. */
export function readCalendar(data: unknown): { readonly calendar?: CalendarVersion; readonly findings: readonly Finding[] } {
  const faults: Fault[] = [];
  if (!isObject(data))
    return { findings: [finding(shape('', 'یک شیء با id، version، week و days', 'an object with id, version, week and days'))] };
  for (const key of Object.keys(data)) if (!KEYS.has(key)) faults.push(unknownKey(key));
  const calendar: CalendarVersion = {
    id: textAt(data, 'id', faults),
    version: wholeAt(data, 'version', { min: 1, max: 1_000_000 }, faults),
    from: dateAt(data, faults),
    source: textAt(data, 'source', faults),
    utcOffset: wholeAt(data, 'utcOffset', { min: -WIDEST_OFFSET, max: WIDEST_OFFSET }, faults),
    week: readWeek(data.week, faults),
    days: readDays(data.days, faults),
  };
  const findings = faults.map(finding);
  return findings.length > 0 ? { findings } : { calendar, findings };
}

function textAt(data: JsonObject, key: string, faults: Fault[]): string {
  const value = data[key];
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  faults.push(shape(key, 'یک متن', 'a text'));
  return '';
}

function wholeAt(data: JsonObject, key: string, { min, max }: { min: number; max: number }, faults: Fault[]): number {
  const value = data[key];
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  faults.push(shape(key, `یک عدد صحیح از ${min} تا ${max}`, `a whole number from ${min} to ${max}`));
  return 0;
}

function dateAt(data: JsonObject, faults: Fault[]): string {
  if (typeof data.from === 'string' && isIsoDate(data.from)) return data.from;
  faults.push(shape('from', 'تاریخ میلادی yyyy-mm-dd', 'a Gregorian date yyyy-mm-dd'));
  return '';
}

function readWeek(data: unknown, faults: Fault[]): CalendarVersion['week'] {
  const week: Record<string, readonly Span[]> = {};
  if (!isObject(data)) {
    faults.push(shape('week', 'ساعت کار هر روز هفته', 'working hours by ISO weekday'));
    return week;
  }
  for (const [weekday, hours] of Object.entries(data)) {
    if (/^[1-7]$/.test(weekday)) week[weekday] = readHours(hours, `week.${weekday}`, faults);
    else
      faults.push(
        shape(`week.${weekday}`, 'شماره روز هفته از ۱ (دوشنبه) تا ۷ (یکشنبه)', 'an ISO weekday from 1 (Monday) to 7 (Sunday)'),
      );
  }
  if (Object.values(week).every((hours) => hours.length === 0)) faults.push(noWorkingTime());
  return week;
}

function readDays(data: unknown, faults: Fault[]): CalendarVersion['days'] {
  const days: Record<string, CalendarVersion['days'][string]> = {};
  if (!isObject(data)) {
    faults.push(shape('days', 'روزهای متفاوت به ترتیب تاریخ', 'the days that differ, by date'));
    return days;
  }
  for (const [date, day] of Object.entries(data)) {
    const place = `days.${date}`;
    if (!isIsoDate(date))
      faults.push(shape(place, 'تاریخ میلادی موجود به شکل yyyy-mm-dd', 'an existing Gregorian date yyyy-mm-dd'));
    else if (!isObject(day) || !isText(day.name))
      faults.push(shape(place, 'نام روز به fa و en', 'a day with a name in fa and en'));
    else days[date] = readDay(day, day.name, place, faults);
  }
  return days;
}

function readDay(day: JsonObject, name: Text, place: string, faults: Fault[]): CalendarVersion['days'][string] {
  const hours = day.hours === undefined ? {} : { hours: readHours(day.hours, `${place}.hours`, faults) };
  if (day.source === undefined) return { name, ...hours };
  if (!SOURCES.has(day.source))
    faults.push(shape(`${place}.source`, 'law یا announced یا estimated', 'law, announced or estimated'));
  return { name, ...hours, source: day.source as 'law' | 'announced' | 'estimated' };
}

/** Spans in order, none empty, none touching another: each counts once. */
function readHours(data: unknown, place: string, faults: Fault[]): readonly Span[] {
  const spans = Array.isArray(data) ? data.map(readSpan) : [undefined];
  const isOrdered = spans.every(
    (span, index) => span !== undefined && span[0] < span[1] && (index === 0 || (spans[index - 1]?.[1] ?? 0) < span[0]),
  );
  if (isOrdered) return spans.filter((span) => span !== undefined);
  faults.push(
    shape(
      place,
      'بازه‌های پشت سر هم و جدا از هم، مانند «07:30-16:00» یا [450, 960]',
      'spans in order and apart, like "07:30-16:00" or [450, 960]',
    ),
  );
  return [];
}

function readSpan(data: unknown): Span | undefined {
  if (typeof data === 'string') {
    const part = /^([01]\d|2[0-4]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-4]):([0-5]\d)$/.exec(data);
    if (!part) return undefined;
    return readSpan([Number(part[1]) * 60 + Number(part[2]), Number(part[3]) * 60 + Number(part[4])]);
  }
  if (!Array.isArray(data) || data.length !== 2) return undefined;
  const [from, to] = data as readonly unknown[];
  return isMinute(from) && isMinute(to) ? [from, to] : undefined;
}

function isMinute(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1440;
}

function isText(value: unknown): value is Text {
  return isObject(value) && [value.fa, value.en].every((words) => typeof words === 'string' && words.trim() !== '');
}

function shape(place: string, fa: string, en: string): Fault {
  return {
    code: 'calendar-shape',
    place,
    reason: { fa: `اینجا انتظار می‌رفت: ${fa}.`, en: `Expected here: ${en}.` },
    mend: { fa: 'مقدار را درست کنید.', en: 'Correct the value.' },
  };
}

function unknownKey(place: string): Fault {
  return {
    code: 'calendar-unknown-key',
    place,
    reason: { fa: 'تقویم چنین کلیدی ندارد.', en: 'A calendar has no such key.' },
    mend: { fa: 'کلید را بردارید یا املای آن را درست کنید.', en: 'Remove the key or correct its spelling.' },
  };
}

function noWorkingTime(): Fault {
  return {
    code: 'calendar-no-working-time',
    place: 'week',
    reason: {
      fa: 'هفته هیچ ساعت کاری ندارد؛ هیچ مهلتی پایان نمی‌یابد.',
      en: 'The week has no working time: no deadline would ever end.',
    },
    mend: { fa: 'برای دست‌کم یک روز ساعت کار بنویسید.', en: 'Give at least one weekday working hours.' },
  };
}

function finding(fault: Fault): Finding {
  return { ...fault, severity: 'error', file: 'calendar.yaml' };
}
