// A file of a source: truly inside the folder of sources, read in pieces from any byte, with the hash of all that was read before.
// Never written to, never read whole.
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { open, realpath } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { Refusal } from '#base/refusal.ts';

/** Small enough that a database's answer does not wait for the rows of a piece. */
const PIECE = 64 * 1024;

export type SourceFile = {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  /** Every byte from a place on, in pieces. */
  pieces(from: number): AsyncGenerator<Buffer>;
  /** What the bytes before a place hash to, to be carried on; undefined where the file is shorter. */
  hashUpTo(byte: number): Promise<Hash | undefined>;
};

/** Throws Refusal `source-file` where it is not there, or leads out of the folder. */
export async function openSourceFile(folder: string, file: string): Promise<SourceFile> {
  const path = await insideOf(folder, file);
  const handle = await open(path).catch(() => undefined);
  if (handle === undefined) throw new Refusal('source-file', { file });
  const { size } = await handle.stat();
  await handle.close();
  const pieces = (from: number): AsyncGenerator<Buffer> => readPieces(path, from);
  return {
    path,
    name: basename(path),
    size,
    pieces,
    async hashUpTo(byte) {
      const hash = createHash('sha256');
      if (byte > size) return undefined;
      let left = byte;
      if (left === 0) return hash;
      for await (const piece of pieces(0)) {
        hash.update(piece.subarray(0, left));
        left -= piece.length;
        if (left <= 0) return hash;
      }
      return undefined;
    },
  };
}

/** Links are followed before it is judged where a path leads. */
async function insideOf(folder: string, file: string): Promise<string> {
  try {
    const [root, path] = await Promise.all([realpath(folder), realpath(join(folder, file))]);
    if (path.startsWith(root + sep)) return path;
  } catch {
    // Not there: the same as outside.
  }
  throw new Refusal('source-file', { file });
}

async function* readPieces(path: string, from: number): AsyncGenerator<Buffer> {
  const handle = await open(path);
  try {
    for (let at = from; ;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE), 0, PIECE, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
