// The packages of this repository as tests read them, whole or with one place changed.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { PackageFiles } from '#catalog/types.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** All files of a folder named from the repository's root, by their path inside it. */
export function filesIn(folder: string): PackageFiles {
  const at = join(ROOT, folder);
  const entries = readdirSync(at, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    entries.map((one) => join(one.parentPath, one.name)).map((file) => [relative(at, file), readFileSync(file, 'utf8')]),
  );
}

/** The files with one place changed: `from` must be there. */
export function changedIn(files: PackageFiles, file: string, from: string | RegExp, to: string): PackageFiles {
  const text = files[file] ?? '';
  const after = text.replace(from, to);
  assert.ok(after !== text, `${String(from)} is not in ${file}`);
  return { ...files, [file]: after };
}
