// Which units of the city may ask an inquiry type. Judges; knows no organisation outside: those ask under contracts.
import type { InquiryType } from './types.ts';

/** The unit above a unit; nothing above the topmost. */
export type UnitAbove = (unit: string) => string | null | undefined;

/** The units that the type names, and all that stand under them. `district-*-planning` names that unit of every district. */
export function mayAsk({ asks = [] }: Pick<InquiryType, 'asks'>, unit: string, above: UnitAbove): boolean {
  const seen = new Set<string>();
  for (let at: string | null | undefined = unit; at && !seen.has(at); at = above(at)) {
    const here = at;
    if (asks.some((one) => names(one, here))) return true;
    seen.add(here);
  }
  return false;
}

/** Whether an entry of `asks` names this unit itself. */
export function names(entry: string, unit: string): boolean {
  const [before, after] = entry.split('*');
  if (after === undefined) return entry === unit;
  return (
    unit.startsWith(before ?? '') && unit.endsWith(after) && /^\d\d$/.test(unit.slice(before?.length, -after.length || undefined))
  );
}
