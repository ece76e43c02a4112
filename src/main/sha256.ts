// SHA-256 of a text, hex: what pure rooms are handed where they need a hash.
import { createHash } from 'node:crypto';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
