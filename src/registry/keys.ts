// The keys of the city's registers and the other fields that records are compared by: how each is read into one form.
// Says what is well formed, never what exists. What cannot be a key but was meant as one is kept, marked, for a digit may have slipped.
import { readLegalId, readMobile, readNationalId, readPlate, readPostalCode, readRenovationCode } from '#base/identifiers.ts';
import { latinDigits, normalText } from '#base/persian.ts';
import { addressWords, familyName, firmName, givenName, plainWords } from './normalise.ts';

const LONGEST = 200;

/** Registration plate of land (پلاک ثبتی): main over sub, `3526/1045`, also as the deed has it, `۱۰۴۵ فرعی از ۳۵۲۶ اصلی`. */
export function readRegistrationPlate(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const plain = latinDigits(normalText(text))
    .replace(/\p{Cf}/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const deed = /^(?:پلاک )?(\d{1,7}) ?فرعی ?از ?(\d{1,7}) ?اصلی$/.exec(plain);
  if (deed) return `${Number(deed[2])}/${Number(deed[1])}`;
  const [, main, sub] = /^(\d{1,7})(?: ?[/\\\p{Pd}] ?(\d{1,7}))?$/u.exec(plain) ?? [];
  if (main === undefined || Number(main) === 0) return undefined;
  return sub === undefined ? String(Number(main)) : `${Number(main)}/${Number(sub)}`;
}

/** File number of a district (شماره پرونده منطقه): the district in two digits, 01 to 22, and its running number: `06-104512`. */
export function readFileNumber(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const plain = latinDigits(normalText(text))
    .replace(/\p{Cf}/gu, '')
    .replace(/\s*[\p{Pd}/\\\s]\s*/gu, '-');
  const [, district, number] = /^(0?[1-9]|1\d|2[0-2])-(\d{1,9})$/.exec(plain) ?? [];
  return district === undefined ? undefined : `${district.padStart(2, '0')}-${Number(number)}`;
}

/** A day as `1362-05-07`, in whichever calendar it came: sources are read into one calendar before they come here. */
export function readDay(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const plain = latinDigits(normalText(text)).replace(/[\s\p{Cf}]/gu, '');
  const [, year, month, day] =
    /^(\d{4})[/\p{Pd}.](\d{1,2})[/\p{Pd}.](\d{1,2})$/u.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const isDay = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  return isDay ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined;
}

/** A chassis number: 17 letters and digits without I, O and Q (ISO 3779). */
export function readChassis(text: string): string | undefined {
  const plain = latinDigits(text.slice(0, LONGEST))
    .toUpperCase()
    .replace(/[\s\p{Cf}\p{Pd}]/gu, '');
  return /^[A-HJ-NPR-Z0-9]{17}$/.test(plain) ? plain : undefined;
}

/** A national id whose leading zeros a spreadsheet took for nothing, too. */
function readPaddedNationalId(text: string): string | undefined {
  const whole = readNationalId(text);
  if (whole !== undefined || text.length > LONGEST) return whole;
  const digits = latinDigits(normalText(text)).replace(/[\s\p{Cf}\p{Pd}]/gu, '');
  return /^\d{8,9}$/.test(digits) ? readNationalId(digits.padStart(10, '0')) : undefined;
}

/** Any number of an office: digits alone, leading zeros gone. */
function readNumber(text: string): string | undefined {
  const digits = latinDigits(normalText(text.slice(0, LONGEST))).replace(/[\s\p{Cf}\p{Pd}/]/gu, '');
  return /^\d+$/.test(digits) ? digits.replace(/^0+(?=\d)/, '') : undefined;
}

const orNone =
  (read: (text: string) => string) =>
  (text: string): string | undefined =>
    read(text) || undefined;

/** How a field is read, by what it is. */
export const READERS = {
  'national-id': readPaddedNationalId,
  'legal-id': readLegalId,
  'owner-id': (text) => readPaddedNationalId(text) ?? readLegalId(text),
  'postal-code': readPostalCode,
  'renovation-code': readRenovationCode,
  'registration-plate': readRegistrationPlate,
  'file-number': readFileNumber,
  mobile: readMobile,
  plate: readPlate,
  chassis: readChassis,
  day: readDay,
  number: readNumber,
  'given-name': orNone(givenName),
  'family-name': orNone(familyName),
  'firm-name': orNone(firmName),
  address: orNone(addressWords),
  word: orNone((text) => plainWords(text).replaceAll(' ', '')),
} as const satisfies Readonly<Record<string, (text: string) => string | undefined>>;
export type FieldType = keyof typeof READERS;

/** Stands before a value that its reader refused. No reader gives it. */
const UNREAD = '?';

/** The form a field is compared in: '' where nothing was said, marked where it cannot be what it should. */
export function compared(type: FieldType, value: unknown): string {
  if (typeof value !== 'string' && !Number.isFinite(value)) return '';
  const text = String(value);
  const read = READERS[type](text);
  if (read !== undefined) return read;
  const plain = plainWords(text).replaceAll(' ', '');
  return plain === '' ? '' : UNREAD + plain;
}

export function isWellFormed(compared: string): boolean {
  return compared !== '' && !compared.startsWith(UNREAD);
}

/** The letters and digits of a compared value, well formed or not. */
export function bare(compared: string): string {
  return compared.startsWith(UNREAD) ? compared.slice(1) : compared;
}

/** Kept in their one form where well formed; a malformed one is kept as written, for quality to show and matching to weigh. */
export const IDENTIFIERS = [
  'national-id',
  'legal-id',
  'owner-id',
  'postal-code',
  'renovation-code',
  'registration-plate',
  'file-number',
  'mobile',
  'plate',
  'chassis',
  'number',
] as const satisfies readonly FieldType[];
