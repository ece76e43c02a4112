// C2SP signed notes (c2sp.org/signed-note): a text and signature lines that anyone can check with the signer's public key.
// Ed25519 alone, signature type 0x01. The signing itself arrives as a function.
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, fromBase64, toBase64, utf8 } from './bytes.ts';
import { isEqual } from './merkle.ts';
import type { NoteSigner, NoteVerifier } from './types.ts';

const ED25519 = 1;
/** What the Go implementation reads at most. */
const MOST_LINES = 100;

/** SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), first four bytes. */
export function keyId(name: string, publicKey: Uint8Array): Uint8Array {
  return sha256(concat(utf8(`${name}\n`), Uint8Array.of(ED25519), publicKey)).subarray(0, 4);
}

/** `text` ends with a newline; the note is the text, an empty line, and one signature line. Throws TypeError for a text or name no note may have. */
export async function signNote(text: string, signer: NoteSigner): Promise<string> {
  if (!isNoteText(text)) throw new TypeError('the text of a note ends with a newline and has no other control characters');
  if (!isKeyName(signer.name)) throw new TypeError('the name of a key is not empty and has neither spaces nor +');
  const signature = await signer.sign(utf8(text));
  return `${text}\n— ${signer.name} ${toBase64(concat(keyId(signer.name, signer.publicKey), signature))}\n`;
}

/**
 * The text of a note that `verifier` signed, else undefined. Lines of other keys are passed over; the first line of this key decides,
 * and one malformed line spoils the note: otherwise two readers could see two different notes.
 */
export async function openNote(note: string, verifier: NoteVerifier): Promise<string | undefined> {
  const split = note.lastIndexOf('\n\n');
  const text = note.slice(0, split + 1);
  if (split < 0 || !note.endsWith('\n') || !isNoteText(text)) return undefined;
  const lines = note
    .slice(split + 2, -1)
    .split('\n')
    .map(signatureLine);
  if (lines.length > MOST_LINES) return undefined;
  const id = keyId(verifier.name, verifier.publicKey);
  let ours: Uint8Array | undefined;
  for (const line of lines) {
    if (!line) return undefined;
    if (line.name === verifier.name && isEqual(line.id, id)) ours ??= line.signature;
  }
  return ours && (await verifier.verify(utf8(text), ours)) ? text : undefined;
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

/** The public key as C2SP tools take it: name, key id in hex, base64 of 0x01 ‖ key, joined by `+`. */
export function verifierKey({ name, publicKey }: Pick<NoteVerifier, 'name' | 'publicKey'>): string {
  return `${name}+${hex(keyId(name, publicKey))}+${toBase64(concat(Uint8Array.of(ED25519), publicKey))}`;
}

/** Undefined where the text is no Ed25519 verifier key, or its id is not of its name and key. */
export function readVerifierKey(text: string): Pick<NoteVerifier, 'name' | 'publicKey'> | undefined {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  if (!isKeyName(name) || bytes?.length !== 33 || bytes[0] !== ED25519) return undefined;
  const publicKey = bytes.subarray(1);
  return hex(keyId(name, publicKey)) === id ? { name, publicKey } : undefined;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
