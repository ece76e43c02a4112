// What people type for a member of a question or answer, read by its format into the one form that schemas ask for; as it was typed where it cannot be read.
import { readPlate, readRenovationCode } from '#base/identifiers.ts';
import { readDate } from '#forms/dates.ts';
import { readRegistrationPlate } from '#registry/keys.ts';

/** `1405-9-3` or `2026-11-24`: the ISO day. */
function readDay(text: string): string | undefined {
  const read = readDate(text);
  return read && 'date' in read ? read.date : undefined;
}

const FORMATS: { readonly [format: string]: ((text: string) => string | undefined) | undefined } = {
  date: readDay,
  'vehicle-plate': readPlate,
  'renovation-code': readRenovationCode,
  'registration-plate': readRegistrationPlate,
};

export function typedAs(format: string | undefined, text: string): string {
  const read = format !== undefined && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  return read?.(text) ?? text;
}
