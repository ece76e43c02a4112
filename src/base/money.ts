// Money in rials, the currency every Iranian tariff and bill is written in: whole, decimal, carried as text of digits.
// Never a float, never a fraction of a rial.
import { Decimal } from './decimal.ts';
import { Refusal } from './refusal.ts';

export type Money = string & { readonly __rial: true };

/** A whole, non-negative amount of rials. Throws Refusal `malformed-money`. */
export function money(value: string | number | Decimal): Money {
  const amount = toDecimal(value);
  if (!amount?.isFinite() || !amount.isInteger() || amount.isNegative()) {
    throw new Refusal('malformed-money', { value: String(value) });
  }
  return amount.toFixed(0) as Money;
}

function toDecimal(value: string | number | Decimal): Decimal | undefined {
  try {
    return new Decimal(value);
  } catch {
    return undefined;
  }
}

/** The sum, exact. */
export function sum(amounts: readonly Money[]): Money {
  return amounts.reduce((total, amount) => total.plus(amount), new Decimal(0)).toFixed(0) as Money;
}
