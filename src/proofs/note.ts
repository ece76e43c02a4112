// C2SP signed notes (c2sp.org/signed-note): a text and signature lines that anyone can check with the signer's public key.
// Ed25519 alone, signature type 0x01. The signing itself arrives as a function.
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, fromBase64, toBase64, utf8 } from './bytes.ts';
import { isEqual } from './merkle.ts';
import type { NoteSigner, NoteVerifier } from './types.ts';

const ED25519 = 1;

/** SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), first four bytes. */
export function keyId(name: string, publicKey: Uint8Array): Uint8Array {
  return sha256(concat(utf8(`${name}\n`), Uint8Array.of(ED25519), publicKey)).subarray(0, 4);
}

/** `text` ends with a newline; the note is the text, an empty line, and one signature line. */
export async function signNote(text: string, signer: NoteSigner): Promise<string> {
  if (!text.endsWith('\n')) throw new TypeError('the text of a note ends with a newline');
  const signature = await signer.sign(utf8(text));
  return `${text}\n— ${signer.name} ${toBase64(concat(keyId(signer.name, signer.publicKey), signature))}\n`;
}

/** The text of a note that `verifier` signed; undefined where no line of it is that key's good signature. */
export async function openNote(note: string, verifier: NoteVerifier): Promise<string | undefined> {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, split + 1);
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? [];
    const bytes = encoded === undefined ? undefined : fromBase64(encoded);
    if (name !== verifier.name || !bytes || !isEqual(bytes.subarray(0, 4), keyId(verifier.name, verifier.publicKey))) continue;
    if (await verifier.verify(utf8(text), bytes.subarray(4))) return text;
  }
  return undefined;
}
