// Witnesses, proof files and tiles, against the examples and numbers of the C2SP specifications and a log kept in memory.
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { signCheckpoint } from './checkpoint.ts';
import { cosign, judgeCheckpoint, openCosignature } from './cosignature.ts';
import { isEqual, leafHash, verifyInclusion } from './merkle.ts';
import { appendLeaves, consistencyFromNodes, inclusionFromNodes, rootFromNodes } from './nodes.ts';
import type { ReadNode } from './nodes.ts';
import { COSIGNATURE, openNote, readNote, readVerifierKey, verifierKey } from './note.ts';
import { proofText, readProofText } from './proof-file.ts';
import { readTilePath, tileBytes, tilePath, tileWidth } from './tiles.ts';
import type { Hash, NoteSigner, NoteVerifier } from './types.ts';

function pair(name: string): { readonly signer: NoteSigner; readonly verifier: NoteVerifier } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Uint8Array.from(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'));
  return {
    signer: { name, publicKey: raw, sign: (message) => sign(null, message, privateKey) },
    verifier: { name, publicKey: raw, verify: (message, signature) => verify(null, message, publicKey, signature) },
  };
}

const [CITY, AUDITOR, COUNCIL] = [pair('dargah.example/ledger'), pair('auditor.example/w'), pair('council.example/w')];

/** A log of that many leaves; `forged` replaces the leaf at that index. */
async function logOf(size: number, forged = -1): Promise<{ readonly read: ReadNode; readonly leaves: readonly Hash[] }> {
  const leaves = Array.from({ length: size }, (_, at) => leafHash(Buffer.from(at === forged ? 'forged' : `leaf ${at}`)));
  const { nodes } = await appendLeaves(0, leaves, () => Promise.reject(new Error('nothing was stored before')));
  const stored = new Map(nodes.map((one) => [`${one.level}:${one.index}`, one.hash]));
  return { leaves, read: async (level, index) => stored.get(`${level}:${index}`) ?? assert.fail(`no node ${level}:${index}`) };
}
const checkpointOf = async (size: number, read: ReadNode): Promise<string> =>
  signCheckpoint({ origin: CITY.verifier.name, size, root: await rootFromNodes(size, read) }, CITY.signer);

/** The example of c2sp.org/tlog-cosignature. */
const EXAMPLE = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`;

test('the message and the line of a cosignature are those of the specification’s example', async () => {
  const read = readNote(EXAMPLE);
  const line = read?.lines[1];
  assert.equal(Buffer.from(line?.signature ?? []).readBigUInt64BE(0), 1_679_315_147n);
  let message = '';
  const sign = (bytes: Uint8Array): Uint8Array => {
    message = Buffer.from(bytes).toString('utf8');
    return line?.signature.subarray(8) ?? new Uint8Array();
  };
  const note = EXAMPLE.slice(0, EXAMPLE.indexOf('— witness'));
  const made = await cosign(note, 1_679_315_147, { name: 'witness.example.com/w1', publicKey: new Uint8Array(32), sign });
  assert.equal(message, `cosignature/v1\ntime 1679315147\n${read?.text}`);
  // All but the key id, whose key the example does not give.
  assert.deepEqual(readNote(made)?.lines[1]?.signature, line?.signature);
});

test('a checkpoint carries its log and its witnesses side by side, each checked alone', async () => {
  const { read } = await logOf(9);
  const note = await checkpointOf(9, read);
  const twice = await cosign(await cosign(note, 1_795_510_800, AUDITOR.signer), 1_795_510_801, COUNCIL.signer);
  assert.equal(await openNote(twice, CITY.verifier), await openNote(note, CITY.verifier));
  assert.equal(await openCosignature(twice, AUDITOR.verifier), 1_795_510_800);
  assert.equal(await openCosignature(twice, COUNCIL.verifier), 1_795_510_801);
  assert.equal(await openCosignature(note, AUDITOR.verifier), undefined);
  assert.equal(await openCosignature(twice, CITY.verifier), undefined, 'the log does not witness itself');
  assert.equal(await openNote(twice, AUDITOR.verifier), undefined, 'a cosignature is no signature of a note');
  await assert.rejects(cosign('no note', 1, AUDITOR.signer), TypeError);
  await assert.rejects(cosign(note, 1.5, AUDITOR.signer), TypeError);
});

test('a cosignature moved to another checkpoint or another time is refused', async () => {
  const { read } = await logOf(9);
  const [early, late] = [await checkpointOf(8, read), await checkpointOf(9, read)];
  const cosigned = await cosign(early, 1_795_510_800, AUDITOR.signer);
  assert.equal(await openCosignature(late + cosigned.slice(early.length), AUDITOR.verifier), undefined);
  const line = cosigned.slice(early.length);
  const encoded = Buffer.from(line.trim().split(' ')[2] ?? '', 'base64');
  encoded[11] = (encoded[11] ?? 0) ^ 1;
  assert.equal(
    await openCosignature(`${early}— ${AUDITOR.signer.name} ${encoded.toString('base64')}\n`, AUDITOR.verifier),
    undefined,
  );
});

test('a witness’s key is written with the type of cosignatures', () => {
  const text = verifierKey(AUDITOR.verifier, COSIGNATURE);
  assert.deepEqual(readVerifierKey(text, COSIGNATURE), { name: AUDITOR.verifier.name, publicKey: AUDITOR.verifier.publicKey });
  assert.equal(readVerifierKey(text), undefined);
});

test('a witness follows a log that grows, and stops at a fork, a return and a stranger', async () => {
  const log = CITY.verifier;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 0, max: 40 }), fc.nat(), async (from, more, at) => {
      const to = from + more;
      const { read } = await logOf(to);
      const first = await judgeCheckpoint(await checkpointOf(from, read), [], { log });
      assert.ok(first.verdict === 'grown');
      const { path } = await consistencyFromNodes(from, to, read);
      const next = await judgeCheckpoint(await checkpointOf(to, read), path, { log, seen: first.checkpoint });
      assert.equal(next.verdict, 'grown');
      // The same log with one of its first leaves rewritten: whatever proof it brings, its roots cannot meet.
      const other = await logOf(to, at % from);
      const forged = await consistencyFromNodes(from, to, other.read);
      for (const brought of [path, forged.path]) {
        const note = await checkpointOf(to, other.read);
        assert.equal((await judgeCheckpoint(note, brought, { log, seen: first.checkpoint })).verdict, 'fork');
      }
      if (more > 0) {
        const back = await judgeCheckpoint(await checkpointOf(from, read), [], {
          log,
          seen: { size: to, root: await rootFromNodes(to, read) },
        });
        assert.equal(back.verdict, 'stale');
      }
    }),
    { numRuns: 40 },
  );
  const { read } = await logOf(3);
  assert.equal((await judgeCheckpoint(await checkpointOf(3, read), [], { log: AUDITOR.verifier })).verdict, 'unsigned');
  const misnamed = await signCheckpoint(
    { origin: 'another.example/log', size: 3, root: await rootFromNodes(3, read) },
    CITY.signer,
  );
  assert.equal((await judgeCheckpoint(misnamed, [], { log })).verdict, 'unsigned');
});

test('a proof file has the shape of the specification, and comes back as it was written', async () => {
  const { read, leaves } = await logOf(11);
  const { index, size, path } = await inclusionFromNodes(5, 11, read);
  const checkpoint = await cosign(await checkpointOf(11, read), 1, AUDITOR.signer);
  const text = proofText({ index, path, checkpoint });
  assert.match(text, /^c2sp\.org\/tlog-proof@v1\nindex 5\n([A-Za-z0-9+/]{43}=\n){4}\ndargah\.example\/ledger\n11\n/);
  const back = readProofText(text);
  assert.ok(back);
  assert.deepEqual(back, { index, path, checkpoint });
  assert.equal(verifyInclusion(leaves[5]!, { index: back.index, size, path: back.path }, await rootFromNodes(size, read)), true);
  const withExtra = { index: 0, path: [], checkpoint, extra: Uint8Array.of(1, 2, 3) };
  assert.match(proofText(withExtra), /^c2sp\.org\/tlog-proof@v1\nextra AQID\nindex 0\n\n/);
  assert.deepEqual(readProofText(proofText(withExtra)), withExtra);
  for (const wrong of [
    '',
    'x',
    text.replace('@v1', '@v2'),
    text.replace('index 5', 'index 05'),
    text.replace('index 5\n', ''),
    text.replace('=\n', '\n'),
    text.replace('index', 'extra !\nindex'),
  ]) {
    assert.equal(readProofText(wrong), undefined, wrong.slice(0, 60));
  }
});

test('tiles have the paths and widths of the specification’s examples', () => {
  assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067');
  assert.equal(tilePath({ level: 1, index: 0, width: 17 }), 'tile/1/000.p/17');
  // "A tree of size 70,000 will be represented by 273 full level 0 tiles, one partial of width 112, one full level 1 tile, one partial of 17, one level 2 of 1."
  const widths = (level: number, count: number): readonly number[] =>
    Array.from({ length: count }, (_, index) => tileWidth(level, index, 70_000));
  assert.deepEqual(widths(0, 275), [...Array<number>(273).fill(256), 112, 0]);
  assert.deepEqual(widths(1, 3), [256, 17, 0]);
  assert.deepEqual(widths(2, 2), [1, 0]);
  assert.deepEqual([tileWidth(0, 0, 256), tileWidth(1, 0, 256), tileWidth(0, 1, 256), tileWidth(0, 0, 0)], [256, 1, 0, 0]);
});

test('a tile’s path is read back to the tile, and no other text is one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 63 }),
      fc.integer({ min: 0, max: 1e14 }),
      fc.integer({ min: 1, max: 256 }),
      (level, index, width) => {
        assert.deepEqual(readTilePath(tilePath({ level, index, width })), { level, index, width });
      },
    ),
  );
  for (const wrong of [
    '',
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/0/x000/001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/001/002',
    'tile/0/../000',
    'tile/0/000/',
  ]) {
    assert.equal(readTilePath(wrong), undefined, wrong);
  }
});

test('from tiles alone anyone computes the root', async () => {
  const size = 600;
  const { read, leaves } = await logOf(size);
  const bytes = Buffer.concat(
    await Promise.all([0, 1, 2].map((index) => tileBytes({ level: 0, index, width: tileWidth(0, index, size) }, read))),
  );
  assert.equal(bytes.length, size * 32);
  const hashes = Array.from({ length: size }, (_, at) => Uint8Array.from(bytes.subarray(at * 32, at * 32 + 32)));
  assert.ok(hashes.every((hash, at) => isEqual(hash, leaves[at]!)));
  const above = await tileBytes({ level: 1, index: 0, width: tileWidth(1, 0, size) }, read);
  const { root } = await appendLeaves(0, hashes.slice(0, 256), () => Promise.reject(new Error('nothing was stored before')));
  assert.deepEqual(above.subarray(0, 32), root);
});
