// Files on local disk by the SHA-256 of their content: the same bytes twice are one file, and what is read is what the name says.
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { Refusal } from '#base/refusal.ts';
import type { FilePort } from '#work/ports.ts';
import { syncFolder, writeOnce } from './durable.ts';

export function openFiles(folder: string): FilePort {
  // 256 folders: a million files are four thousand each.
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256);
  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const path = pathOf(sha256);
      const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      if (made !== undefined) for (const parent of [folder, dirname(made)]) await syncFolder(parent);
      const size = await sizeOf(path);
      // Even a file that is there may be another writer's of this very moment: it counts once its folder is on the disk.
      if (size === bytes.length) await syncFolder(dirname(path));
      else {
        // A whole file of another size is one that the disk has damaged.
        if (size !== undefined) await rm(path, { force: true });
        await writeOnce(path, bytes);
      }
      return sha256;
    },
    async open(sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Refusal('file-not-found', { file: sha256.slice(0, 12) });
      const handle = await open(pathOf(sha256), 'r').catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? new Refusal('file-not-found', { file: sha256.slice(0, 12) }) : error;
      });
      return checked(handle, sha256);
    },
  };
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}

/** The file's bytes; where the disk has changed them the stream ends in an error before its end, so that nobody takes them for whole. */
function checked(handle: FileHandle, sha256: string): Readable {
  const hash = createHash('sha256');
  const source = handle.createReadStream();
  const through = new Transform({
    transform(part: Buffer, _encoding, done) {
      hash.update(part);
      done(undefined, part);
    },
    flush(done) {
      const found = hash.digest('hex');
      done(
        found === sha256
          ? undefined
          : new Error(`file ${sha256.slice(0, 12)} is damaged: its content has the hash ${found.slice(0, 12)}`),
      );
    },
    destroy(error, done) {
      source.destroy();
      done(error);
    },
  });
  source.on('error', (error) => through.destroy(error));
  return source.pipe(through);
}
