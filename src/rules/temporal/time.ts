// The time of day of FEEL, to the nanosecond, with an optional zone.
import { Special } from '#rules/kinds.ts';
import { offsetAtLocal, parseZone, printZone, type Zone } from './zone.ts';

export class FeelTime extends Special {
  readonly feel = 'time';
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nano: number;
  readonly zone: Zone | undefined;

  constructor(clock: { hour: number; minute: number; second: number; nano: number }, zone?: Zone) {
    super();
    this.hour = clock.hour;
    this.minute = clock.minute;
    this.second = clock.second;
    this.nano = clock.nano;
    this.zone = zone;
  }

  get secondOfDay(): number {
    return this.hour * 3600 + this.minute * 60 + this.second;
  }

  /** Offset in seconds; a region's is read at 1970-01-01, as a time alone has no date. */
  get offset(): number | undefined {
    return this.zone && offsetAtLocal(this.zone, this.secondOfDay);
  }

  override toString(): string {
    return `${clockText(this)}${printZone(this.zone)}`;
  }
}

export type Clock = { readonly hour: number; readonly minute: number; readonly second: number; readonly nano: number };

export function clockText(clock: Clock): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const fraction = clock.nano ? `.${String(clock.nano).padStart(9, '0').replace(/0+$/, '')}` : '';
  return `${two(clock.hour)}:${two(clock.minute)}:${two(clock.second)}${fraction}`;
}

/** A time that exists, or undefined. */
export function timeOf(clock: Clock, zone?: Zone): FeelTime | undefined {
  const { hour, minute, second, nano } = clock;
  if (![hour, minute, second, nano].every(Number.isInteger)) return undefined;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return undefined;
  return new FeelTime(clock, zone);
}

/** The time `seconds` after midnight. */
export function timeOfSecond(seconds: number, nano: number, zone?: Zone): FeelTime {
  return new FeelTime(
    { hour: Math.floor(seconds / 3600), minute: Math.floor(seconds / 60) % 60, second: seconds % 60, nano },
    zone,
  );
}

const SHAPE = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,}))?(Z|z|[+-]\d{2}:\d{2}(?::\d{2})?|@.+)?$/;

export function parseTime(text: string): FeelTime | undefined {
  const part = SHAPE.exec(text);
  if (!part) return undefined;
  const [, hour, minute, second, fraction = '', zoneText] = part;
  const zone = zoneText === undefined ? undefined : parseZone(zoneText);
  if (zoneText !== undefined && !zone) return undefined;
  const nano = Number(fraction.slice(0, 9).padEnd(9, '0'));
  return timeOf({ hour: Number(hour), minute: Number(minute), second: Number(second), nano }, zone);
}
