// Files on local disk by the SHA-256 of their content: the same bytes twice are one file, and a name never lies.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Refusal } from '#base/refusal.ts';
import type { FilePort } from '#work/ports.ts';

export function openFiles(folder: string): FilePort {
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256);
  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const path = pathOf(sha256);
      if (!existsSync(path)) await writeDurably(path, bytes);
      return sha256;
    },
    async open(sha256): Promise<Readable> {
      if (!/^[0-9a-f]{64}$/.test(sha256) || !existsSync(pathOf(sha256))) throw new Refusal('file-not-found', { file: sha256.slice(0, 12) });
      return createReadStream(pathOf(sha256));
    },
  };
}

/** Content, then name, then folder: each on the disk before the next. Two writers of the same bytes do each other no harm. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const folder = join(path, '..');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(part, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
    const directory = await open(folder, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
