// The name of a package's content: what the ledger holds of a published version, and what a case is pinned to.
import { canonical } from '#base/json.ts';
import type { PackageFiles } from './types.ts';

/** Hex SHA-256 over the canonical JSON of path → content hash. Examples are tests, not definition: they do not count. */
export function hashPackage(files: PackageFiles, sha256: (text: string) => string): string {
  const hashes = Object.entries(files)
    .filter(([path]) => !path.startsWith('examples/'))
    .map(([path, text]) => [path, sha256(text)] as const);
  return sha256(canonical(Object.fromEntries(hashes)));
}
