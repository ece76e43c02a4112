// Arithmetic and order of decimals, quick where it is exact: numbers of up to 14 digits near the point are whole multiples of 10^-7k, which
// a double carries exactly up to 2^53. All else goes to decimal.js. Never rounds where decimal.js would not.
import { Decimal } from '#base/decimal.ts';

const WORD = 1e7; // decimal.js keeps digits in words of seven
const DOUBLE_WORD = 1e14;
const MOST = Number.MAX_SAFE_INTEGER;

/** A decimal's own fields, as decimal.js has them: sign, exponent of the first digit, digits in words of seven. */
type Parts = { constructor: unknown; s: number; e: number; d: number[] };

/** A decimal from its fields. Its own constructor reads numbers and texts, at five times the cost. */
function Fields(this: Parts, s: number, e: number, d: number[]): void {
  this.constructor = Decimal;
  this.s = s;
  this.e = e;
  this.d = d;
}
Fields.prototype = Decimal.prototype;
const Made = Fields as unknown as new (s: number, e: number, d: number[]) => Decimal;

const SMALL = Array.from({ length: 1024 }, (_, at) => new Decimal(at));
const ZERO = new Decimal(0);

/** Words after the point of a number of at most two words; beyond ±2 it is not quick. */
function scaleOf(value: Decimal): number {
  const { d, e } = value;
  return d && d.length <= 2 ? d.length - 1 - Math.floor(e / 7) : 9;
}

/** The number without its sign in units of its scale. */
function unitsOf(value: Decimal): number {
  const { d } = value;
  const first = d[0] ?? 0;
  return d.length === 1 ? first : first * WORD + (d[1] ?? 0);
}

function quick(scale: number): boolean {
  return scale >= -1 && scale <= 2;
}

/** `sign × units × 10^-7scale`; `units` a whole number up to 2^53. */
function made(sign: number, units: number, scale: number): Decimal {
  if (units === 0) return ZERO;
  if (scale === 0 && sign > 0 && units < 1024) return SMALL[units] ?? ZERO;
  if (units < WORD) return new Made(sign, digitsOf(units) - 1 - 7 * scale, [units]);
  if (units < DOUBLE_WORD) {
    const top = Math.floor(units / WORD);
    const low = units - top * WORD;
    return new Made(sign, digitsOf(top) + 6 - 7 * scale, low === 0 ? [top] : [top, low]);
  }
  const top = Math.floor(units / DOUBLE_WORD);
  const rest = units - top * DOUBLE_WORD;
  const middle = Math.floor(rest / WORD);
  return new Made(sign, digitsOf(top) + 13 - 7 * scale, trimmed([top, middle, rest - middle * WORD]));
}

function trimmed(words: number[]): number[] {
  while (words.at(-1) === 0) words.pop();
  return words;
}

function digitsOf(word: number): number {
  if (word < 1000) return word < 10 ? 1 : word < 100 ? 2 : 3;
  return word < 10_000 ? 4 : word < 100_000 ? 5 : word < 1_000_000 ? 6 : 7;
}

export function plus(a: Decimal, b: Decimal): Decimal | undefined {
  return added(a, b, b.s) ?? finite(a.plus(b));
}

export function minus(a: Decimal, b: Decimal): Decimal | undefined {
  return added(a, b, -b.s) ?? finite(a.minus(b));
}

function added(a: Decimal, b: Decimal, sign: number): Decimal | undefined {
  const one = scaleOf(a);
  const other = scaleOf(b);
  if (!quick(one) || !quick(other)) return undefined;
  let x = unitsOf(a);
  let y = unitsOf(b);
  for (let at = one; at < other; at += 1) x *= WORD;
  for (let at = other; at < one; at += 1) y *= WORD;
  if (x + y > MOST) return undefined;
  const sum = a.s * x + sign * y;
  return made(sum < 0 ? -1 : 1, Math.abs(sum), Math.max(one, other));
}

export function times(a: Decimal, b: Decimal): Decimal | undefined {
  const one = scaleOf(a);
  const other = scaleOf(b);
  if (quick(one) && quick(other)) {
    const product = unitsOf(a) * unitsOf(b);
    if (product <= MOST) return made(a.s * b.s, product, one + other);
  }
  return finite(a.times(b));
}

/** `b` is not zero. */
export function over(a: Decimal, b: Decimal): Decimal | undefined {
  const one = scaleOf(a);
  const other = scaleOf(b);
  if (quick(one) && quick(other)) {
    const divided = unitsOf(a) * WORD;
    const quotient = divided / unitsOf(b);
    if (divided <= MOST && Number.isInteger(quotient) && quotient * unitsOf(b) === divided)
      return made(a.s * b.s, quotient, one - other + 1);
  }
  return finite(a.div(b));
}

/** Negative, 0 or positive, without making anything. */
export function order(a: Decimal, b: Decimal): number {
  const x = a.d;
  const y = b.d;
  if (!x || !y) return a.cmp(b);
  const [first, other] = [x[0] === 0, y[0] === 0];
  if (first || other) return first ? (other ? 0 : -b.s) : a.s;
  if (a.s !== b.s) return a.s;
  if (a.e !== b.e) return a.e > b.e ? a.s : -a.s;
  const length = Math.min(x.length, y.length);
  for (let at = 0; at < length; at += 1) {
    const difference = (x[at] ?? 0) - (y[at] ?? 0);
    if (difference !== 0) return difference > 0 ? a.s : -a.s;
  }
  return x.length === y.length ? 0 : x.length > y.length ? a.s : -a.s;
}

/** The finite number, or undefined beyond decimal128. */
export function finite(value: Decimal): Decimal | undefined {
  return value.isFinite() ? value : undefined;
}

const known = new Map<number, Decimal>();

/** The decimal that prints as the double does; the same one for the same number. */
export function ofDouble(value: number): Decimal {
  if (value >= 0 && value < 1024 && Number.isInteger(value)) return SMALL[value] ?? ZERO;
  const found = known.get(value);
  if (found) return found;
  const fresh = new Decimal(value);
  if (known.size < 4096) known.set(value, fresh);
  return fresh;
}

/** The nearest double. */
export function numberOf(value: Decimal): number {
  return toDouble(value) ?? value.toNumber();
}

/** The double that prints the same digits, where up to 14 digits make that certain. */
export function toDouble(value: Decimal): number | undefined {
  const scale = scaleOf(value);
  if (!quick(scale)) return undefined;
  const units = value.s * unitsOf(value);
  if (scale === 0) return units + 0;
  return scale === 1 ? units / WORD + 0 : scale === 2 ? units / DOUBLE_WORD + 0 : units * WORD + 0;
}
