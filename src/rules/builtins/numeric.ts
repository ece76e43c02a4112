// Numeric functions (DMN 1.5 Table 75). Rounding is exact on decimals.
import { Decimal } from '#base/decimal.ts';
import { negate } from '#rules/arithmetic.ts';
import { finite } from '#rules/decimals.ts';
import type { FeelValue } from '#rules/types.ts';
import { DaysTime, YearsMonths } from '#rules/temporal/duration.ts';
import { define, form, type Builtin } from './signature.ts';

type Rounding = NonNullable<Parameters<Decimal['toDecimalPlaces']>[1]>;

/** Scales of decimal128 (§10.3.4.5): beyond them a number has no such digit. */
const LEAST_SCALE = -6111;
const MOST_SCALE = 6176;

/** `value` at `scale` decimal places; a negative scale rounds tens, hundreds … */
function rounded(value: Decimal, scale: Decimal, mode: Rounding): Decimal | undefined {
  const places = scale.trunc().toNumber();
  if (places < LEAST_SCALE || places > MOST_SCALE) return undefined;
  if (places >= value.decimalPlaces()) return value;
  if (places >= 0) return value.toDecimalPlaces(places, mode);
  const unit = new Decimal(`1e${-places}`);
  return finite(value.div(unit).toDecimalPlaces(0, mode).times(unit));
}

function rounding(name: string, mode: Rounding, optional = false): Builtin {
  const body = ([value, scale]: [Decimal, Decimal | undefined]): Decimal | undefined =>
    rounded(value, scale ?? new Decimal(0), mode);
  return define(name, form(`n: number, scale${optional ? '?' : ''}: number`, body));
}

/** The sign of the divisor, as floored division has it. */
function modulo([a, b]: [Decimal, Decimal]): Decimal | undefined {
  if (b.isZero()) return undefined;
  const rest = a.mod(b);
  return !rest.isZero() && rest.isNegative() !== b.isNegative() ? rest.plus(b) : rest;
}

function absolute([value]: [FeelValue]): FeelValue | undefined {
  if (value instanceof Decimal) return value.abs();
  if (value instanceof DaysTime) return value.nanos < 0n ? negate(value) : value;
  return value instanceof YearsMonths && value.total < 0 ? negate(value) : value;
}

function even(value: Decimal): boolean | undefined {
  return value.isInteger() ? value.mod(2).isZero() : undefined;
}

export const NUMERIC: readonly Builtin[] = [
  rounding('decimal', Decimal.ROUND_HALF_EVEN),
  rounding('floor', Decimal.ROUND_FLOOR, true),
  rounding('ceiling', Decimal.ROUND_CEIL, true),
  rounding('round up', Decimal.ROUND_UP),
  rounding('round down', Decimal.ROUND_DOWN),
  rounding('round half up', Decimal.ROUND_HALF_UP),
  rounding('round half down', Decimal.ROUND_HALF_DOWN),
  define('abs', form('n: number|months|duration', absolute)),
  define('modulo', form('dividend: number, divisor: number', modulo)),
  define(
    'sqrt',
    form('number: number', ([value]: [Decimal]) => (value.isNegative() && !value.isZero() ? undefined : value.sqrt())),
  ),
  define(
    'log',
    form('number: number', ([value]: [Decimal]) => (value.gt(0) ? value.ln() : undefined)),
  ),
  define(
    'exp',
    form('number: number', ([value]: [Decimal]) => finite(value.exp())),
  ),
  define(
    'even',
    form('number: number', ([value]: [Decimal]) => even(value)),
  ),
  define(
    'odd',
    form('number: number', ([value]: [Decimal]) => (even(value) === undefined ? undefined : !even(value))),
  ),
];
