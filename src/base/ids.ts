// Names of things. A case number is its key: made without a lock, told over the telephone, checked when typed.
// Never draws randomness: it arrives.
import { typedNumber } from './persian.ts';

export type CaseId = string & { readonly __case: true };
export type PersonId = string & { readonly __person: true };
export type UnitId = string & { readonly __unit: true };

/** Damm's quasigroup of order 10: catches every single-digit slip and every swap of neighbours (H. M. Damm, 2004). */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

function damm(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = Number(DAMM[interim]?.[Number(digit)]);
  return interim;
}

/** `year` (Jalali, four digits) ‖ nine random digits ‖ check digit. `random` is a whole number below 1e9. */
export function caseId(year: number, random: number): CaseId {
  const body = `${String(year).padStart(4, '0')}${String(random).padStart(9, '0')}`;
  return `${body}${damm(body)}` as CaseId;
}

/** A case number as anyone may type it (Persian digits, hyphens, spaces), or undefined where it cannot be one. */
export function typedCaseId(text: string): CaseId | undefined {
  const digits = typedNumber(text).replace(/[-‐–]/g, '');
  return /^\d{14}$/.test(digits) && damm(digits) === 0 ? (digits as CaseId) : undefined;
}

/** `1405-482-190-3476`: how a case number is printed. */
export function printedCaseId(id: CaseId): string {
  return `${id.slice(0, 4)}-${id.slice(4, 7)}-${id.slice(7, 10)}-${id.slice(10)}`;
}
