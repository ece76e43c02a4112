// The two durations of FEEL: years and months (whole months), days and time (exact nanoseconds). They never mix.
import { Decimal } from '#base/decimal.ts';
import { Special } from '#rules/kinds.ts';

export const NANOS = 1_000_000_000n;
const DAY = 86_400n * NANOS;

export class YearsMonths extends Special {
  readonly feel = 'years and months duration';
  readonly total: number;

  constructor(months: number) {
    super();
    this.total = months === 0 ? 0 : months;
  }

  get years(): number {
    return Math.trunc(this.total / 12) + 0;
  }

  get months(): number {
    return (this.total % 12) + 0;
  }

  override toString(): string {
    const size = Math.abs(this.total);
    const years = Math.floor(size / 12);
    const months = size % 12;
    return `${this.total < 0 ? '-' : ''}P${years ? `${years}Y` : ''}${months || !years ? `${months}M` : ''}`;
  }
}

export class DaysTime extends Special {
  readonly feel = 'days and time duration';
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    super();
    this.nanos = nanos;
  }

  /** Days, hours, minutes and seconds with one sign. */
  get parts(): { readonly days: number; readonly hours: number; readonly minutes: number; readonly seconds: Decimal } {
    const seconds = this.nanos / NANOS;
    return {
      days: Number(this.nanos / DAY),
      hours: Number((seconds / 3600n) % 24n),
      minutes: Number((seconds / 60n) % 60n),
      seconds: toSeconds(this.nanos % (60n * NANOS)),
    };
  }

  override toString(): string {
    const size = this.nanos < 0n ? -this.nanos : this.nanos;
    const days = size / DAY;
    const hours = (size / (3600n * NANOS)) % 24n;
    const minutes = (size / (60n * NANOS)) % 60n;
    const seconds = toSeconds(size % (60n * NANOS));
    const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds.isZero() ? '' : `${seconds.toFixed()}S`}`;
    const text = `${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
    return `${this.nanos < 0n ? '-' : ''}P${text || 'T0S'}`;
  }
}

/** Seconds as a decimal, of nanoseconds. */
function toSeconds(nanos: bigint): Decimal {
  return new Decimal(nanos.toString()).div(1e9);
}

/** Nanoseconds of a decimal number of seconds; what is finer is cut. */
export function toNanos(seconds: Decimal): bigint {
  return BigInt(seconds.times(1e9).trunc().toFixed(0));
}

const YEARS_MONTHS = /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?$/;
const DAYS_TIME = /^(-?)P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d*))?S)?)?$/;

/** ISO 8601 duration of one of the two kinds, or undefined. */
export function parseDuration(text: string): YearsMonths | DaysTime | undefined {
  if (!/\d/.test(text)) return undefined;
  const months = YEARS_MONTHS.exec(text);
  if (months) {
    const total = Number(months[2] ?? 0) * 12 + Number(months[3] ?? 0);
    return Number.isSafeInteger(total) ? new YearsMonths(months[1] ? 0 - total : total) : undefined;
  }
  const part = DAYS_TIME.exec(text);
  if (!part) return undefined;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = part;
  const whole = BigInt(days) * 86_400n + BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds);
  const nanos = whole * NANOS + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return new DaysTime(sign ? -nanos : nanos);
}
