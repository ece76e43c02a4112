// C2SP tlog-checkpoints (c2sp.org/tlog-checkpoint): the log's name, size and root as the text of a signed note.
import { fromBase64, toBase64 } from './bytes.ts';
import { openNote, signNote } from './note.ts';
import type { Checkpoint, NoteSigner, NoteVerifier } from './types.ts';

export function checkpointText({ origin, size, root, extension = [] }: Checkpoint): string {
  return [origin, String(size), toBase64(root), ...extension].map((line) => `${line}\n`).join('');
}

export function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): Promise<string> {
  return signNote(checkpointText(checkpoint), signer);
}

/** Undefined where the note is not a checkpoint that `verifier` signed. */
export async function openCheckpoint(note: string, verifier: NoteVerifier): Promise<Checkpoint | undefined> {
  const text = await openNote(note, verifier);
  const [origin = '', size = '', root = '', ...extension] = (text ?? '').split('\n').slice(0, -1);
  const hash = fromBase64(root);
  if (origin === '' || !/^(0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(Number(size)) || hash?.length !== 32)
    return undefined;
  if (extension.includes('')) return undefined;
  return { origin, size: Number(size), root: hash, ...(extension.length > 0 ? { extension } : {}) };
}
