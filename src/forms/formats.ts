// The formats a text field may name, each with the reader of base that gives its canonical form.
import {
  readIban,
  readLegalId,
  readMobile,
  readNationalId,
  readPlate,
  readPostalCode,
  readRenovationCode,
} from '#base/identifiers.ts';

export const FORMATS = [
  'national-id',
  'legal-id',
  'owner-id',
  'postal-code',
  'iban',
  'mobile',
  'renovation-code',
  'plate',
] as const;
export type Format = (typeof FORMATS)[number];

const readers: Record<Format, (text: string) => string | undefined> = {
  'national-id': readNationalId,
  'legal-id': readLegalId,
  // People and companies own alike.
  'owner-id': (text) => readNationalId(text) ?? readLegalId(text),
  'postal-code': readPostalCode,
  iban: readIban,
  mobile: readMobile,
  'renovation-code': readRenovationCode,
  plate: readPlate,
};

/** By name, of which any may be asked: without a prototype, `constructor` is no format. */
export const formats: { readonly [format: string]: ((text: string) => string | undefined) | undefined } = Object.freeze(
  Object.assign(Object.create(null) as object, readers),
);
