// What went wrong on this machine, in one line a person can act on. Anything it does not know stays an error with its stack.
import { statfsSync } from 'node:fs';

/** Why there is no database: the message is one whole line for people. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/** One line for a fault of the machine (disk, rights, port), or undefined. */
export function troubleLine(error: unknown): string | undefined {
  if (error instanceof DatabaseError) return error.message;
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const path = 'path' in error ? ` ${String(error.path)}` : '';
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case '53100':
      return 'The disk is full: make room, then start again. Nothing that was acknowledged is lost.';
    case 'EACCES':
    case 'EPERM':
      return `No permission to write${path}.`;
    case 'EROFS':
      return `The disk is read-only: cannot write${path}.`;
    case 'EMFILE':
      return 'Too many open files: raise the limit (ulimit -n).';
    default:
      return undefined;
  }
}

/** Whether the disk under `folder` has less than `megabytes` left for an ordinary process. */
export function isDiskFull(folder: string, megabytes: number): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < megabytes * 1_048_576;
}
