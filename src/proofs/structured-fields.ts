// Structured field values (RFC 9651, which replaces RFC 8941): dictionaries, lists and items, read strictly and written in their one form.
// Display strings (§3.3.8) are refused: nothing that HTTP message signatures need has them.
import { fromBase64, toBase64 } from './bytes.ts';

export type Bare =
  | { readonly kind: 'integer' | 'decimal' | 'date'; readonly value: number }
  | { readonly kind: 'string' | 'token'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'boolean'; readonly value: boolean };
export type Parameters = ReadonlyMap<string, Bare>;
export type Item = { readonly bare: Bare; readonly params: Parameters };
export type InnerList = { readonly items: readonly Item[]; readonly params: Parameters };
export type Member = Item | InnerList;
export type Dictionary = ReadonlyMap<string, Member>;

/** RFC 9651 §3.3.1: fifteen digits. */
const LARGEST = 999_999_999_999_999;
/** No signature or digest field of honest use is longer; what is longer is not looked at. */
const LONGEST = 16_384;

const KEY = /[a-z*][a-z0-9_.*-]*/y;
const TOKEN = /[A-Za-z*][\w!#$%&'*+.^`|~:/-]*/y;
const WHOLE_KEY = new RegExp(`^${KEY.source}$`);
const WHOLE_TOKEN = new RegExp(`^${TOKEN.source}$`);

/** A reader's place in its text. */
type Cursor = { readonly text: string; at: number };

/** Closed: never leaves this file. */
class Malformed extends Error {}

/** Undefined where the text is no dictionary. Of two members of one name the last stands, in the first one's place (§4.2.2). */
export function parseDictionary(text: string): Dictionary | undefined {
  return parsed(text, (cursor) => {
    const members = new Map<string, Member>();
    listed(cursor, () => {
      const name = readKey(cursor);
      if (take(cursor, '=')) members.set(name, readMember(cursor));
      else members.set(name, { bare: { kind: 'boolean', value: true }, params: readParameters(cursor) });
    });
    return members;
  });
}

export function parseList(text: string): readonly Member[] | undefined {
  return parsed(text, (cursor) => {
    const members: Member[] = [];
    listed(cursor, () => void members.push(readMember(cursor)));
    return members;
  });
}

export function parseItem(text: string): Item | undefined {
  return parsed(text, readItem);
}

export function isInnerList(member: Member): member is InnerList {
  return 'items' in member;
}

export function serialiseDictionary(dictionary: Dictionary): string {
  return [...dictionary]
    .map(([name, member]) => {
      const isTrue = !isInnerList(member) && member.bare.kind === 'boolean' && member.bare.value;
      return isTrue
        ? serialiseKey(name) + serialiseParameters(member.params)
        : `${serialiseKey(name)}=${serialiseMember(member)}`;
    })
    .join(', ');
}

export function serialiseList(list: readonly Member[]): string {
  return list.map(serialiseMember).join(', ');
}

/** An item, or an inner list, with its parameters. Throws TypeError for a value that no field can carry. */
export function serialiseMember(member: Member): string {
  const value = isInnerList(member) ? `(${member.items.map(serialiseMember).join(' ')})` : serialiseBare(member.bare);
  return value + serialiseParameters(member.params);
}

function serialiseParameters(params: Parameters): string {
  return [...params]
    .map(([name, bare]) => `;${serialiseKey(name)}${bare.kind === 'boolean' && bare.value ? '' : `=${serialiseBare(bare)}`}`)
    .join('');
}

function serialiseKey(name: string): string {
  if (!WHOLE_KEY.test(name)) throw new TypeError(`no key of a structured field: ${name}`);
  return name;
}

function serialiseBare(bare: Bare): string {
  switch (bare.kind) {
    case 'integer':
    case 'date':
      if (!Number.isInteger(bare.value) || Math.abs(bare.value) > LARGEST) throw new TypeError(`no integer: ${bare.value}`);
      return `${bare.kind === 'date' ? '@' : ''}${bare.value}`;
    case 'decimal':
      return serialiseDecimal(bare.value);
    case 'string':
      if (!/^[ -~]*$/.test(bare.value)) throw new TypeError('a string of a structured field is printable ASCII');
      return `"${bare.value.replace(/["\\]/g, '\\$&')}"`;
    case 'token':
      if (!WHOLE_TOKEN.test(bare.value)) throw new TypeError(`no token: ${bare.value}`);
      return bare.value;
    case 'bytes':
      return `:${toBase64(bare.value)}:`;
    case 'boolean':
      return bare.value ? '?1' : '?0';
  }
}

/** At most three places, at least one (§4.1.5). */
function serialiseDecimal(value: number): string {
  if (!(Math.abs(value) < 1e12)) throw new TypeError(`no decimal: ${value}`);
  const [whole = '0', places = ''] = value.toFixed(3).split('.');
  return `${whole}.${places.replace(/0{1,2}$/, '')}`;
}

function parsed<T>(text: string, read: (cursor: Cursor) => T): T | undefined {
  if (text.length > LONGEST) return undefined;
  const cursor = { text, at: 0 };
  try {
    skip(cursor, ' ');
    const value = read(cursor);
    skip(cursor, ' ');
    return cursor.at === text.length ? value : undefined;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** Members parted by commas, with optional white space around and no comma at the end. */
function listed(cursor: Cursor, read: () => void): void {
  if (cursor.at === cursor.text.length) return;
  for (;;) {
    read();
    skip(cursor, ' \t');
    if (cursor.at === cursor.text.length) return;
    if (!take(cursor, ',')) throw new Malformed();
    skip(cursor, ' \t');
    if (cursor.at === cursor.text.length) throw new Malformed();
  }
}

function readMember(cursor: Cursor): Member {
  return cursor.text[cursor.at] === '(' ? readInnerList(cursor) : readItem(cursor);
}

function readInnerList(cursor: Cursor): InnerList {
  cursor.at++;
  const items: Item[] = [];
  for (;;) {
    skip(cursor, ' ');
    if (take(cursor, ')')) return { items, params: readParameters(cursor) };
    items.push(readItem(cursor));
    if (!' )'.includes(cursor.text[cursor.at] ?? 'end')) throw new Malformed();
  }
}

function readItem(cursor: Cursor): Item {
  const bare = readBare(cursor);
  return { bare, params: readParameters(cursor) };
}

function readParameters(cursor: Cursor): Parameters {
  const params = new Map<string, Bare>();
  while (take(cursor, ';')) {
    skip(cursor, ' ');
    const name = readKey(cursor);
    params.set(name, take(cursor, '=') ? readBare(cursor) : { kind: 'boolean', value: true });
  }
  return params;
}

function readKey(cursor: Cursor): string {
  return match(cursor, KEY);
}

function readBare(cursor: Cursor): Bare {
  const first = cursor.text[cursor.at] ?? '';
  if (first === '"')
    return {
      kind: 'string',
      value: match(cursor, /"(?:[ !#-[\]-~]|\\["\\])*"/y)
        .slice(1, -1)
        .replace(/\\(.)/g, '$1'),
    };
  if (first === ':') return readBytes(cursor);
  if (first === '?') return { kind: 'boolean', value: match(cursor, /\?[01]/y) === '?1' };
  if (first === '@') return { kind: 'date', value: wholeNumber(match(cursor, /@-?\d{1,15}(?![\d.])/y).slice(1)) };
  if (/[-\d]/.test(first)) return readNumber(cursor);
  return { kind: 'token', value: match(cursor, TOKEN) };
}

function readBytes(cursor: Cursor): Bare {
  const value = fromBase64(match(cursor, /:[A-Za-z0-9+/=]*:/y).slice(1, -1));
  if (!value) throw new Malformed();
  return { kind: 'bytes', value };
}

function readNumber(cursor: Cursor): Bare {
  const text = match(cursor, /-?(?:\d{1,12}\.\d{1,3}|\d{1,15}(?!\.))(?!\d)/y);
  return text.includes('.') ? { kind: 'decimal', value: Number(text) } : { kind: 'integer', value: wholeNumber(text) };
}

/** Never -0, which would be written otherwise. */
function wholeNumber(text: string): number {
  return Number(text) + 0;
}

function match(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found === undefined) throw new Malformed();
  cursor.at += found.length;
  return found;
}

function take(cursor: Cursor, sign: string): boolean {
  if (cursor.text[cursor.at] !== sign) return false;
  cursor.at++;
  return true;
}

function skip(cursor: Cursor, signs: string): void {
  while (cursor.at < cursor.text.length && signs.includes(cursor.text.charAt(cursor.at))) cursor.at++;
}
