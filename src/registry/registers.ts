// By which keys an entity of each kind is found, and by which its register is read. Data, and how a typed key is read.
import { compared, IDENTIFIERS, isWellFormed, READERS } from './keys.ts';
import type { FieldType } from './keys.ts';
import { SCHEMES } from './schemes.ts';
import { KINDS } from './types.ts';
import type { Fields, Kind } from './types.ts';

/** The fields that find an entity, its own numbers first; then those of whoever it belongs to. */
export const KEY_FIELDS = {
  person: ['nationalId'],
  business: ['legalId', 'registrationNumber', 'managerNationalId'],
  property: ['renovationCode', 'registrationPlate', 'fileNumber', 'postalCode', 'ownerNationalId'],
  engineer: ['licence', 'nationalId'],
  vehicle: ['plate', 'chassis', 'ownerNationalId'],
} as const satisfies Readonly<Record<Kind, readonly string[]>>;

/** The keys by which services and inquiries read a register. */
export const REGISTER_KEYS: Readonly<Record<Kind, readonly string[]>> = {
  person: ['nationalId'],
  business: ['legalId'],
  property: ['renovationCode'],
  engineer: ['licence', 'nationalId'],
  vehicle: ['plate'],
};

/** The field that says whose data these are. */
export const OWNERS: Readonly<Record<Kind, string>> = {
  person: 'nationalId',
  business: 'legalId',
  property: 'ownerNationalId',
  engineer: 'nationalId',
  vehicle: 'ownerNationalId',
};

export type Key = { readonly field: string; readonly value: string };

const typeOf = (kind: Kind, field: string): FieldType | undefined =>
  SCHEMES[kind].columns.find((column) => column.field === field)?.type;

/** The well-formed keys that a record names. */
export function keysOf(kind: Kind, fields: Fields): readonly Key[] {
  return KEY_FIELDS[kind].flatMap((field) => {
    const type = typeOf(kind, field);
    const value = type === undefined ? '' : compared(type, fields[field]);
    return isWellFormed(value) ? [{ field, value }] : [];
  });
}

/** Every key that a text may be, in each kind or in one. */
export function readKey(text: string, kinds: readonly Kind[] = KINDS): readonly Key[] {
  const found = new Map<string, Key>();
  for (const kind of kinds)
    for (const field of KEY_FIELDS[kind]) {
      const type = typeOf(kind, field);
      const value = type && READERS[type](text);
      if (value !== undefined) found.set(`${field} ${value}`, { field, value });
    }
  return [...found.values()];
}

const IN_ONE_FORM: ReadonlySet<FieldType> = new Set(IDENTIFIERS);

/** A value as a register gives it: a key in its one form, anything else as its source said it. */
export function registerValue(kind: Kind, field: string, value: Fields[string]): Fields[string] {
  const type = typeOf(kind, field);
  if (type === undefined || !IN_ONE_FORM.has(type)) return value;
  const form = compared(type, value);
  return isWellFormed(form) ? form : value;
}
