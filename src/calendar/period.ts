// Calendar periods (`P1Y`, `P3D`, `PT2H`): how long a document is valid, how far an example's clock moves. Years and months are Jalali.
// Never working time: that is working.ts.
import { fromEpochMillis, toEpochMillis, type Instant } from '#base/instant.ts';
import { daysFromIsoDate, fromJalali, IRAN_OFFSET, jalaliMonthLength, jalaliOf, isoDateFromDays } from './jalali.ts';

const SHAPE =
  /^P(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/;
const DAY = 86_400_000;

/** True for an ISO 8601 duration in whole units. */
export function isPeriod(text: string): boolean {
  return SHAPE.test(text);
}

/** `at` moved on by a period: first Jalali years and months (a day that the month lacks becomes its last), then days and time. Throws RangeError. */
export function plusPeriod(at: Instant, period: string, utcOffset = IRAN_OFFSET): Instant {
  const part = SHAPE.exec(period);
  if (!part) throw new RangeError(`not a period: ${period.slice(0, 40)}`);
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = part
    .slice(1)
    .map((text) => Number(text ?? 0));
  const local = toEpochMillis(at) + utcOffset * 60_000;
  const day = Math.floor(local / DAY);
  const moved = years + months > 0 ? plusMonths(day, years * 12 + months) : day;
  const time = local - day * DAY + ((hours * 60 + minutes) * 60 + seconds) * 1000;
  return fromEpochMillis((moved + weeks * 7 + days) * DAY + time - utcOffset * 60_000);
}

function plusMonths(day: number, months: number): number {
  const date = jalaliOf(isoDateFromDays(day));
  const month = date.month - 1 + months;
  const year = date.year + Math.floor(month / 12);
  const place = (month % 12) + 1;
  return daysFromIsoDate(fromJalali({ year, month: place, day: Math.min(date.day, jalaliMonthLength(year, place)) }));
}
