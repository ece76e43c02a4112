// HTTP messages as their signatures see them: the value of every component that RFC 9421 §2 names, or undefined where there is none.
// Never opens a connection, never reads a body: messages arrive as values.
import {
  parseDictionary,
  parseItem,
  parseList,
  serialiseDictionary,
  serialiseList,
  serialiseMember,
} from './structured-fields.ts';
import type { Item, Parameters } from './structured-fields.ts';
import { toBase64 } from './bytes.ts';

/** Field lines in the order they came; a name may come again. Values are latin-1 texts, as Node gives them. */
export type HttpFields = readonly (readonly [name: string, value: string])[];
export type HttpRequest = {
  readonly method: string;
  /** The absolute URI, as the server knows it from its own configuration: `https://city.example/api/inquiries?x=1`. */
  readonly target: string;
  readonly fields: HttpFields;
  readonly trailers?: HttpFields;
};
export type HttpResponse = {
  readonly status: number;
  readonly fields: HttpFields;
  readonly trailers?: HttpFields;
  /** What it answers: what components with `;req` are read from. */
  readonly request?: HttpRequest;
};
export type HttpMessage = HttpRequest | HttpResponse;

/** A component identifier (§2.5): `"@method"`, `"content-digest";req`. Undefined for one that no signature may cover. */
export function readComponent(identifier: string): Item | undefined {
  const item = parseItem(identifier);
  return item && isComponent(item) ? item : undefined;
}

const NAME = /^@?[a-z0-9!#$%&'*+.^_`|~-]+$/;
const FLAGS = new Set(['req', 'tr', 'bs', 'sf']);

export function isComponent({ bare, params }: Item): boolean {
  if (bare.kind !== 'string' || !NAME.test(bare.value) || bare.value === '@signature-params') return false;
  const isDerived = bare.value.startsWith('@');
  return [...params].every(([name, value]) => {
    if (FLAGS.has(name)) return value.kind === 'boolean' && value.value && (name === 'req' || !isDerived);
    if (value.kind !== 'string') return false;
    return (name === 'key' && !isDerived) || (name === 'name' && bare.value === '@query-param');
  });
}

/** The component's value in this message: one line of printable ASCII. Undefined where it is not there, or cannot stand in a signature base. */
export function componentValue(message: HttpMessage, { bare, params }: Item): string | undefined {
  const name = String(bare.value);
  const from = params.has('req') ? ('status' in message ? message.request : undefined) : message;
  if (!from) return undefined;
  const value = name.startsWith('@') ? derivedValue(from, name, params) : fieldValue(from, name, params);
  return value !== undefined && /^[\t -~]*$/.test(value) ? value : undefined;
}

function derivedValue(message: HttpMessage, name: string, params: Parameters): string | undefined {
  if ('status' in message)
    return name === '@status' && /^\d{3}$/.test(String(message.status)) ? String(message.status) : undefined;
  const target = readTarget(message.target);
  if (!target) return undefined;
  switch (name) {
    case '@method':
      return /^[!#$%&'*+.^_`|~\w-]+$/.test(message.method) ? message.method : undefined;
    case '@target-uri':
      return message.target;
    case '@authority':
      return target.authority;
    case '@scheme':
      return target.scheme;
    case '@request-target':
      return target.path + target.query;
    case '@path':
      return target.path;
    case '@query':
      return target.query === '' ? '?' : target.query;
    case '@query-param':
      return queryParameter(target.query, String(params.get('name')?.value ?? ''));
    default:
      return undefined;
  }
}

type Target = { readonly scheme: string; readonly authority: string; readonly path: string; readonly query: string };

/** `query` with its question mark, or empty. User names, fragments and anything but http and https are refused. */
function readTarget(target: string): Target | undefined {
  const [, scheme = '', host = '', port = '', path = '', query = ''] =
    /^(https?):\/\/([\w.~%-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?(\/[^?#\s]*)?(\?[^#\s]*)?$/i.exec(target) ?? [];
  if (scheme === '') return undefined;
  const lower = scheme.toLowerCase();
  const isDefault = port === '' || Number(port) === (lower === 'https' ? 443 : 80);
  return { scheme: lower, authority: host.toLowerCase() + (isDefault ? '' : `:${port}`), path: path === '' ? '/' : path, query };
}

/** §2.2.8: decoded as a form and encoded again, so that `+` and `%20` are one; a name that comes twice has no value. */
function queryParameter(query: string, encodedName: string): string | undefined {
  const values: string[] = [];
  for (const pair of query.slice(1).split('&')) {
    const [name = '', ...rest] = pair.split('=');
    const [decodedName, value] = [formDecoded(name), formDecoded(rest.join('='))];
    if (pair === '' || decodedName === undefined || formEncoded(decodedName) !== encodedName) continue;
    if (value === undefined) return undefined;
    values.push(formEncoded(value));
  }
  return values.length === 1 ? values[0] : undefined;
}

function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** The application/x-www-form-urlencoded percent-encode set, with the space as `%20`. */
function formEncoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function fieldValue(message: HttpMessage, name: string, params: Parameters): string | undefined {
  const lines = fieldLines((params.has('tr') ? message.trailers : message.fields) ?? [], name);
  if (lines.length === 0) return undefined;
  const [key, isExact, isStrict] = [params.get('key'), params.has('bs'), params.has('sf')];
  if (isExact) return key || isStrict ? undefined : lines.map((line) => `:${toBase64(latin1(line))}:`).join(', ');
  const value = lines.join(', ');
  if (key) {
    const member = parseDictionary(value)?.get(String(key.value));
    return member && serialiseMember(member);
  }
  return isStrict ? strictValue(name, value) : value;
}

/** The lines of one field, trimmed, folded lines made one (§2.1). */
function fieldLines(fields: HttpFields, name: string): readonly string[] {
  return fields
    .filter((one) => one[0].toLowerCase() === name)
    .map((one) => one[1].replace(/[ \t]*\r?\n[ \t]+/g, ' ').replace(/^[ \t]+|[ \t]+$/g, ''));
}

/** One field's combined value, as a signature with no parameter covers it. */
export function field(fields: HttpFields, name: string): string | undefined {
  const lines = fieldLines(fields, name);
  return lines.length === 0 ? undefined : lines.join(', ');
}

/** The structured fields this house knows the type of; `sf` of another is refused, as §2.1.1 asks. */
const TYPES: Readonly<Record<string, 'dictionary' | 'list' | 'item'>> = {
  'accept-signature': 'dictionary',
  'content-digest': 'dictionary',
  'inquiry-contract': 'dictionary',
  'inquiry-question': 'dictionary',
  priority: 'dictionary',
  'repr-digest': 'dictionary',
  signature: 'dictionary',
  'signature-input': 'dictionary',
  'want-content-digest': 'dictionary',
  'want-repr-digest': 'dictionary',
  'cache-status': 'list',
  'proxy-status': 'list',
  'idempotency-key': 'item',
};

function strictValue(name: string, value: string): string | undefined {
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (type === 'item') {
    const item = parseItem(value);
    return item && serialiseMember(item);
  }
  if (type === 'list') {
    const list = parseList(value);
    return list && serialiseList(list);
  }
  const dictionary = type && parseDictionary(value);
  return dictionary && serialiseDictionary(dictionary);
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0) & 255);
}
