// Decimal numbers as DMN and IEEE 754-2008 decimal128 have them: 34 digits, round half to even.
// The only number that money and rules are computed in; never a binary float.
import { Decimal as Base } from 'decimal.js';

export const Decimal = Base.clone({
  precision: 34,
  rounding: Base.ROUND_HALF_EVEN,
  minE: -6176,
  maxE: 6144,
  toExpNeg: -7,
  toExpPos: 34,
});
export type Decimal = Base;
