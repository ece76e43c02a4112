// File answers: the host uploads, sniffs and scans; here only the shape of what it put into the answers, and the field's limits.
import { isObject, type Json, type JsonObject } from '#base/json.ts';
import type { FaultCode } from './faults.ts';
import type { Field } from './types.ts';

export type FileType = 'pdf' | 'png' | 'jpeg';
export type FileReading =
  { readonly value?: Json } | { readonly code: FaultCode; readonly facts?: Readonly<Record<string, string>> };

export const FILE_TYPES: readonly FileType[] = ['pdf', 'png', 'jpeg'];
/** Where a field sets no limit of its own. */
export const MOST_BYTES = 10_000_000;
export const MOST_FILES = 20;

const EXTENSIONS: { readonly [extension: string]: FileType | undefined } = { pdf: 'pdf', png: 'png', jpg: 'jpeg', jpeg: 'jpeg' };

/** One `{ file, name, size, sha256 }`, or a list of them where the field takes several. */
export function readFiles(field: Field, value: Json | undefined): FileReading {
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value ?? ''];
  const given = list.filter((file) => file !== '' && file !== null);
  const most = field.multiple === true ? MOST_FILES : 1;
  if (given.length > most) return { code: 'too-many-files', facts: { max: String(most) } };
  const files: JsonObject[] = [];
  for (const file of given) {
    const fault = faultOf(field, file);
    if (fault) return fault;
    files.push(file as JsonObject);
  }
  if (files.length === 0) return {};
  return { value: field.multiple === true ? files : (files[0] ?? null) };
}

function faultOf(field: Field, file: Json): FileReading | undefined {
  if (!isObject(file) || !isShapely(file)) return { code: 'malformed-file' };
  const name = String(file.name);
  const most = field.maxBytes ?? MOST_BYTES;
  if (Number(file.size) > most) return { code: 'file-too-large', facts: { name, max: String(Math.floor(most / 100_000) / 10) } };
  const accept = field.accept ?? FILE_TYPES;
  const type = EXTENSIONS[/\.([a-z]{3,4})$/i.exec(name)?.[1]?.toLowerCase() ?? ''];
  return type !== undefined && accept.includes(type)
    ? undefined
    : { code: 'file-type-refused', facts: { name, accept: accept.join(', ') } };
}

function isShapely(file: JsonObject): boolean {
  const { file: id, name, size, sha256 } = file;
  const isNamed =
    typeof id === 'string' && id !== '' && id.length <= 200 && typeof name === 'string' && name !== '' && name.length <= 255;
  return (
    isNamed &&
    typeof size === 'number' &&
    Number.isInteger(size) &&
    size > 0 &&
    typeof sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(sha256)
  );
}
