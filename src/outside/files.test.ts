// The file store on a real disk: many writers, damage, names that are none.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buffer } from 'node:stream/consumers';
import type { FilePort } from '#work/ports.ts';
import { openFiles } from './files.ts';

let folder = '';
let files: FilePort;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dargah-files-'));
  files = openFiles(join(folder, 'files'));
});
after(() => rm(folder, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const kept = async (): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).map((one) => one.name);

test('a file is named by its content, comes back whole, and is readable by its owner alone', async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('سلام'), randomBytes(3_000_000)]) {
    const name = await files.put(bytes);
    assert.equal(name, sha256(bytes));
    assert.deepEqual(await buffer(await files.open(name)), bytes);
    assert.equal((await stat(join(folder, 'files', name.slice(0, 2), name))).mode & 0o777, 0o600);
  }
});

test('forty writers of the same bytes make one file, and leave nothing half-written', async () => {
  const bytes = randomBytes(200_000);
  const names = await Promise.all(Array.from({ length: 40 }, () => openFiles(join(folder, 'files')).put(bytes)));
  assert.deepEqual([...new Set(names)], [sha256(bytes)]);
  const all = await kept();
  assert.equal(all.filter((name) => name === sha256(bytes)).length, 1);
  assert.deepEqual(
    all.filter((name) => !/^[0-9a-f]{64}$/.test(name)),
    [],
  );
});

test('a name that is no hash, or of no file, opens nothing', async () => {
  for (const name of ['../../etc/passwd', '', 'ABC', '0'.repeat(64), `${'0'.repeat(63)}/`]) {
    await assert.rejects(files.open(name), { code: 'file-not-found' }, name);
  }
});

test('content that the disk has changed ends in an error, not as a file', async () => {
  const bytes = randomBytes(300_000);
  const name = await files.put(bytes);
  const path = join(folder, 'files', name.slice(0, 2), name);
  const damaged = await readFile(path);
  damaged[123_456] = (damaged[123_456] ?? 0) ^ 1;
  await writeFile(path, damaged);
  await assert.rejects(buffer(await files.open(name)), /is damaged/);
});

test('a file cut short is made whole by putting it again', async () => {
  const bytes = randomBytes(1000);
  const name = await files.put(bytes);
  await writeFile(join(folder, 'files', name.slice(0, 2), name), bytes.subarray(0, 10));
  assert.equal(await files.put(bytes), name);
  assert.deepEqual(await buffer(await files.open(name)), bytes);
});

test('a reader that goes away early leaves no error behind', async () => {
  const stream = await files.open(await files.put(randomBytes(3_000_000)));
  for await (const part of stream as AsyncIterable<Buffer>) {
    assert.ok(part.length > 0);
    break;
  }
  assert.equal(stream.destroyed, true);
});
