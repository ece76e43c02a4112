// Time zones of FEEL times: offsets (`+03:30`, `Z`) and IANA regions (`@Asia/Tehran`). Region rules come from Intl; no clock is read.

export type Zone =
  { readonly offset: number; readonly region?: undefined } | { readonly region: string; readonly offset?: undefined };

const OFFSET = /^([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/;
const REGION = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;
const MOST_OFFSET = 18 * 3600;
/** Where Intl's own days end; years outside are read at the same place of the 400-year cycle. */
const FARTHEST = 8.64e12;
const CYCLE = 146_097 * 86_400;

export const UTC: Zone = { offset: 0 };

/** `Z`, `+03:30` or `@Asia/Tehran`; undefined for what is none of those. */
export function parseZone(text: string): Zone | undefined {
  if (text === 'Z' || text === 'z') return UTC;
  if (text.startsWith('@')) return formatter(text.slice(1)) ? { region: text.slice(1) } : undefined;
  const part = OFFSET.exec(text);
  if (!part) return undefined;
  const [, sign, hours, minutes, seconds = '0'] = part;
  if (Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return offset > MOST_OFFSET ? undefined : { offset: sign === '-' ? 0 - offset : offset };
}

/** A zone of an offset in seconds, or undefined beyond ±18 hours. */
export function offsetZone(seconds: number): Zone | undefined {
  return Math.abs(seconds) > MOST_OFFSET ? undefined : { offset: seconds };
}

export function printZone(zone: Zone | undefined): string {
  if (!zone) return '';
  if (zone.region !== undefined) return `@${zone.region}`;
  if (zone.offset === 0) return 'Z';
  const size = Math.abs(zone.offset);
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = size % 60 ? `:${two(size % 60)}` : '';
  return `${zone.offset < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${seconds}`;
}

export function sameZone(a: Zone | undefined, b: Zone | undefined): boolean {
  return a?.offset === b?.offset && a?.region === b?.region;
}

/** Offset in seconds at a local time (seconds since 1970-01-01T00:00 of that place). In a gap or overlap the earlier offset, as java.time has it. */
export function offsetAtLocal(zone: Zone, local: number): number {
  if (zone.region === undefined) return zone.offset;
  const before = offsetAt(zone, local - 86_400);
  const after = offsetAt(zone, local + 86_400);
  if (before === after && offsetAt(zone, local - before) === before) return before;
  for (const offset of [before, after]) if (offsetAt(zone, local - offset) === offset) return offset;
  return before;
}

/** Offset in seconds at an instant (seconds since 1970-01-01T00:00Z). */
export function offsetAt(zone: Zone, instant: number): number {
  if (zone.region === undefined) return zone.offset;
  const format = formatter(zone.region);
  if (!format) return 0;
  const printed = format.format(within(instant) * 1000);
  const part = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(printed);
  if (!part?.[1]) return 0;
  const size = Number(part[2]) * 3600 + Number(part[3]) * 60 + Number(part[4] ?? 0);
  return part[1] === '-' ? 0 - size : size;
}

function within(instant: number): number {
  if (Math.abs(instant) < FARTHEST) return instant;
  return instant < 0 ? -FARTHEST : (instant % CYCLE) + CYCLE;
}

const formatters = new Map<string, Intl.DateTimeFormat | null>();

function formatter(region: string): Intl.DateTimeFormat | null {
  const known = formatters.get(region);
  if (known !== undefined) return known;
  const made = REGION.test(region) ? make(region) : null;
  if (formatters.size < 1000) formatters.set(region, made);
  return made;
}

function make(region: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: region, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
}
