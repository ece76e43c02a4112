// Rounding as a tariff declares it: a mode and a unit of rials. The modes are those of FEEL's own functions.
import { Decimal } from '#base/decimal.ts';
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import type { Text } from '#base/text.ts';

/** `half up` is `round half up(x, 0)` of FEEL: away from zero at the half. */
export type RoundingMode = 'half up' | 'half down' | 'half even' | 'up' | 'down';
/** To whole multiples of `unit` rials. */
export type Rounding = { readonly mode: RoundingMode; readonly unit: number };

const MODES: { readonly [mode in RoundingMode]: { readonly by: 0 | 1 | 4 | 5 | 6; readonly words: Text } } = {
  'half up': { by: Decimal.ROUND_HALF_UP, words: { fa: 'نیم به بالا', en: 'half up' } },
  'half down': { by: Decimal.ROUND_HALF_DOWN, words: { fa: 'نیم به پایین', en: 'half down' } },
  'half even': { by: Decimal.ROUND_HALF_EVEN, words: { fa: 'نیم به زوج', en: 'half to even' } },
  up: { by: Decimal.ROUND_UP, words: { fa: 'به بالا', en: 'up' } },
  down: { by: Decimal.ROUND_DOWN, words: { fa: 'به پایین', en: 'down' } },
};

/** Undefined for what declares no rounding. */
export function readRounding(value: Json | undefined): Rounding | undefined {
  if (!isObject(value)) return undefined;
  const { mode, unit } = value;
  const size = Number(unit);
  if (typeof mode !== 'string' || !Object.hasOwn(MODES, mode) || !Number.isSafeInteger(size) || size < 1) return undefined;
  return { mode: mode as RoundingMode, unit: size };
}

export function roundedTo(value: Decimal, { mode, unit }: Rounding): Decimal {
  return value.div(unit).toDecimalPlaces(0, MODES[mode].by).times(unit);
}

export function roundingWords({ mode, unit }: Rounding): Text {
  const { words } = MODES[mode];
  return { fa: `گردکردن ${words.fa}، به ${unit} ریال`, en: `rounded ${words.en}, to ${unit} rial${unit === 1 ? '' : 's'}` };
}
