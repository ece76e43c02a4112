// The identifiers of Iranian people, firms and places, as anyone may type them: each reader gives the one canonical form, or
// undefined where the text cannot be one. Says what is well formed, never what exists.
import { latinDigits, normalText } from './persian.ts';

/** Nothing that people type for an identifier is longer; what is longer is not looked at. */
const LONGEST = 200;

/** Digits Latin, letters Persian, and without what people group digits by: white space, dashes, invisible marks (ZWNJ, bidi). */
function compact(text: string): string {
  if (text.length > LONGEST) return '';
  return latinDigits(normalText(text)).replace(/[\s\p{Cf}\p{Pd}\u2212]/gu, '');
}

function weighted(digits: string, weights: readonly number[], add = 0): number {
  return weights.reduce((sum, weight, place) => sum + (Number(digits[place]) + add) * weight, 0);
}

/** National id (کد ملی): ten digits, the last a check digit modulo 11. Ten equal digits pass the check and belong to nobody. */
export function readNationalId(text: string): string | undefined {
  const digits = compact(text);
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits) || digits.slice(3, 9) === '000000') return undefined;
  const rest = weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return Number(digits[9]) === (rest < 2 ? rest : 11 - rest) ? digits : undefined;
}

/** Legal id of a firm (شناسه ملی): eleven digits; the tenth plus two is added to every digit before weighing. */
export function readLegalId(text: string): string | undefined {
  const digits = compact(text);
  if (!/^\d{11}$/.test(digits) || /^(\d)\1{10}$/.test(digits) || digits.slice(3, 9) === '000000') return undefined;
  const rest = weighted(digits, [29, 27, 23, 19, 17, 29, 27, 23, 19, 17], Number(digits[9]) + 2) % 11;
  return Number(digits[10]) === rest % 10 ? digits : undefined;
}

/** Postal code: ten digits; the Post uses neither 0 nor 2 in the first five (too like 5 and 3), and no four alike at the start. */
export function readPostalCode(text: string): string | undefined {
  const digits = compact(text);
  return /^(?!(\d)\1{3})[13-9]{5}\d{5}$/.test(digits) && !digits.endsWith('00000') ? digits : undefined;
}

/** Iranian bank account number (شبا): `IR`, which may be left out, and 24 digits; ISO 13616, check by ISO 7064 MOD 97-10. */
export function readIban(text: string): string | undefined {
  const digits = /^(?:IR)?(\d{24})$/i.exec(compact(text))?.[1];
  if (digits === undefined) return undefined;
  // `IR` counts as 1827 and moves to the end with the check digits.
  let rest = 0;
  for (const digit of `${digits.slice(2)}1827${digits.slice(0, 2)}`) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1 ? `IR${digits}` : undefined;
}

/** Mobile number, national or international: `09123456789`. */
export function readMobile(text: string): string | undefined {
  const subscriber = /^(?:\+98|0098|98|0)?(9\d{9})$/.exec(compact(text).replace(/[()]/g, ''))?.[1];
  return subscriber === undefined ? undefined : `0${subscriber}`;
}

const PLATE_LETTERS = 'الف|ا|ب|پ|ت|ث|ج|د|ز|ژ|س|ش|ص|ط|ع|ف|ق|ک|گ|ل|م|ن|و|ه|ی|D|S';
const PLATE = new RegExp(`^([1-9]\\d)(${PLATE_LETTERS})(\\d{3})(?:ایران)?([1-9]\\d)$`, 'i');
const PLATE_FROM_RIGHT = new RegExp(`^ایران([1-9]\\d)(\\d{3})(${PLATE_LETTERS})([1-9]\\d)$`, 'i');
/** Three digits above, five below. */
const MOTORCYCLE = /^(?:ایران)?([1-9]\d{2})([1-9]\d{4})$/;

/** Vehicle plate, read from either side (`12 ب 345 ایران 67`, `ایران ۶۷ ۳۴۵ ب ۱۲`): `12ب345-67`; a motorcycle's `571-40226`. */
export function readPlate(text: string): string | undefined {
  const plain = compact(text).replace(/[|/]/g, '');
  const motorcycle = MOTORCYCLE.exec(plain);
  if (motorcycle) return `${motorcycle[1]}-${motorcycle[2]}`;
  const left = PLATE.exec(plain);
  const right = PLATE_FROM_RIGHT.exec(plain);
  const parts = left ? left.slice(1) : right ? [right[4], right[3], right[2], right[1]] : undefined;
  if (!parts) return undefined;
  const letter = parts[1] === 'ا' ? 'الف' : parts[1]?.toUpperCase();
  return `${parts[0]}${letter}${parts[2]}-${parts[3]}`;
}

/** Renovation code of a property (کد نوسازی): three to seven numeric groups, the district first: `1-22-333-4444`. Leading zeros stay. */
export function readRenovationCode(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const groups = latinDigits(text)
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/[\s\p{Pd}\u2212/\\]+/gu, '-');
  return /^\d{1,10}(?:-\d{1,10}){2,6}$/.test(groups) ? groups : undefined;
}
