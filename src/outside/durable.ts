// Writing that survives a loss of power: content on the disk, then its name, then the folder that holds the name.
// A file is there whole or not at all, and one that is there is never replaced.
import { randomBytes } from 'node:crypto';
import { link, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Where another writer was first, its file stays and this one's is dropped. Readable by the owner alone. */
export async function writeOnce(path: string, content: Uint8Array | string): Promise<void> {
  const part = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(part, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    // A link, not a rename: a rename would take the place of what is there.
    await link(part, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(part, { force: true });
  }
  await syncFolder(dirname(path));
}

/** Names made or changed in the folder are on the disk when this resolves. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
