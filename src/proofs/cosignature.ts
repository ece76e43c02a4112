// What a witness does (c2sp.org/tlog-cosignature, Ed25519): it has seen the log grow, and says so with the time, on the checkpoint itself.
// A log that shows two stories cannot have both of them cosigned. Holds no state: what a witness saw last arrives and is given back.
import { concat, utf8 } from './bytes.ts';
import { openCheckpoint } from './checkpoint.ts';
import { verifyConsistency } from './merkle.ts';
import { COSIGNATURE, lineOf, noteLine, readNote } from './note.ts';
import type { Checkpoint, Hash, NoteSigner, NoteVerifier } from './types.ts';

export type Seen = Pick<Checkpoint, 'size' | 'root'>;

/** `stale`: smaller than what was seen already. `fork`: not a continuation of it. `unsigned`: not a checkpoint of this log. */
export type Verdict =
  { readonly verdict: 'grown'; readonly checkpoint: Checkpoint } | { readonly verdict: 'unsigned' | 'stale' | 'fork' };

/** Whether a checkpoint continues the last one seen (undefined before the first); `path` proves it, from that size to this. */
export async function judgeCheckpoint(
  note: string,
  path: readonly Hash[],
  { log, seen }: { readonly log: NoteVerifier; readonly seen?: Seen | undefined },
): Promise<Verdict> {
  const checkpoint = await openCheckpoint(note, log);
  if (!checkpoint || checkpoint.origin !== log.name) return { verdict: 'unsigned' };
  if (!seen) return { verdict: 'grown', checkpoint };
  if (checkpoint.size < seen.size) return { verdict: 'stale' };
  const continues = verifyConsistency({ from: seen.size, to: checkpoint.size, path }, seen.root, checkpoint.root);
  return continues ? { verdict: 'grown', checkpoint } : { verdict: 'fork' };
}

/** The note with the witness's line after the others. Judge it first. `at`: seconds since 1970. */
export async function cosign(note: string, at: number, witness: NoteSigner): Promise<string> {
  const read = readNote(note);
  if (!read || !Number.isSafeInteger(at) || at < 0)
    throw new TypeError('only a signed note can be cosigned, at a time in whole seconds');
  const signature = await witness.sign(cosigned(read.text, at));
  return note + noteLine(witness, concat(bigEndian(at), signature), COSIGNATURE);
}

/** When that witness cosigned the note, in seconds since 1970; undefined where it did not. */
export async function openCosignature(note: string, witness: NoteVerifier): Promise<number | undefined> {
  const read = readNote(note);
  const line = read && lineOf(read.lines, witness, COSIGNATURE);
  if (line?.length !== 8 + 64) return undefined;
  const at = line.subarray(0, 8).reduce((sum, byte) => sum * 256 + byte, 0);
  const isGood = Number.isSafeInteger(at) && (await witness.verify(cosigned(read?.text ?? '', at), line.subarray(8)));
  return isGood ? at : undefined;
}

function cosigned(text: string, at: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${at}\n${text}`);
}

function bigEndian(value: number): Uint8Array {
  return Uint8Array.from({ length: 8 }, (_, byte) => Math.floor(value / 256 ** (7 - byte)) % 256);
}
