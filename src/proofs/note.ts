// C2SP signed notes (c2sp.org/signed-note): a text and signature lines that anyone can check with the signer's public key.
// Ed25519 alone, signature type 0x01. The signing itself arrives as a function.
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, fromBase64, toBase64, utf8 } from './bytes.ts';
import { isEqual } from './merkle.ts';
import type { NoteSigner, NoteVerifier } from './types.ts';

/** Types of signature: of a note, and of a witness on a checkpoint (c2sp.org/tlog-cosignature). */
export const ED25519 = 1;
export const COSIGNATURE = 4;
/** What the Go implementation reads at most. */
const MOST_LINES = 100;

/** SHA-256(name ‖ 0x0A ‖ type ‖ public key), first four bytes. */
export function keyId(name: string, publicKey: Uint8Array, type = ED25519): Uint8Array {
  return sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4);
}

/** `text` ends with a newline; the note is the text, an empty line, and one signature line. Throws TypeError for a text or name no note may have. */
export async function signNote(text: string, signer: NoteSigner): Promise<string> {
  if (!isNoteText(text)) throw new TypeError('the text of a note ends with a newline and has no other control characters');
  if (!isKeyName(signer.name)) throw new TypeError('the name of a key is not empty and has neither spaces nor +');
  const signature = await signer.sign(utf8(text));
  return `${text}\n${noteLine(signer, signature)}`;
}

/** A signature line. */
export function noteLine(
  { name, publicKey }: Pick<NoteSigner, 'name' | 'publicKey'>,
  signature: Uint8Array,
  type = ED25519,
): string {
  return `— ${name} ${toBase64(concat(keyId(name, publicKey, type), signature))}\n`;
}

export type SignatureLine = { readonly name: string; readonly id: Uint8Array; readonly signature: Uint8Array };

/** Undefined where a line of it is malformed: otherwise two readers could see two different notes. */
export function readNote(note: string): { readonly text: string; readonly lines: readonly SignatureLine[] } | undefined {
  const split = note.lastIndexOf('\n\n');
  const text = note.slice(0, split + 1);
  if (split < 0 || !note.endsWith('\n') || !isNoteText(text)) return undefined;
  const lines = note
    .slice(split + 2, -1)
    .split('\n')
    .map(signatureLine);
  return lines.length <= MOST_LINES && lines.every((line) => line !== undefined) ? { text, lines } : undefined;
}

/** The text of a note that `verifier` signed, else undefined. Lines of other keys are passed over; the first line of this key decides. */
export async function openNote(note: string, verifier: NoteVerifier): Promise<string | undefined> {
  const read = readNote(note);
  const ours = read && lineOf(read.lines, verifier);
  return ours && (await verifier.verify(utf8(read.text), ours)) ? read.text : undefined;
}

/** The first signature of that key, unverified. */
export function lineOf(
  lines: readonly SignatureLine[],
  { name, publicKey }: Pick<NoteVerifier, 'name' | 'publicKey'>,
  type = ED25519,
): Uint8Array | undefined {
  const id = keyId(name, publicKey, type);
  return lines.find((line) => line.name === name && isEqual(line.id, id))?.signature;
}

function signatureLine(
  line: string,
): { readonly name: string; readonly id: Uint8Array; readonly signature: Uint8Array } | undefined {
  const [, name = '', encoded = ''] = /^— (\S+) (\S+)$/.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  return isKeyName(name) && bytes && bytes.length > 4
    ? { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) }
    : undefined;
}

function isNoteText(text: string): boolean {
  return text.endsWith('\n') && Array.from(text).every((sign) => sign >= ' ' || sign === '\n');
}

function isKeyName(name: string): boolean {
  return name !== '' && !/[\s+]/.test(name);
}

/** The public key as C2SP tools take it: name, key id in hex, base64 of type ‖ key, joined by `+`. */
export function verifierKey({ name, publicKey }: Pick<NoteVerifier, 'name' | 'publicKey'>, type = ED25519): string {
  return `${name}+${hex(keyId(name, publicKey, type))}+${toBase64(concat(Uint8Array.of(type), publicKey))}`;
}

/** Undefined where the text is no Ed25519 verifier key of that type, or its id is not of its name and key. */
export function readVerifierKey(text: string, type = ED25519): Pick<NoteVerifier, 'name' | 'publicKey'> | undefined {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  if (!isKeyName(name) || bytes?.length !== 33 || bytes[0] !== type) return undefined;
  const publicKey = bytes.subarray(1);
  return hex(keyId(name, publicKey, type)) === id ? { name, publicKey } : undefined;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
