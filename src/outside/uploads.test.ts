// Uploads as people and attackers send them: lying names, hidden data, bombs, endless streams.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { deflateSync, crc32 } from 'node:zlib';
import sharp from 'sharp';
import type { FilePort } from '#work/ports.ts';
import { openUploads } from './uploads.ts';

/** Keeps what it is given, in memory. */
function memory(): FilePort & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    put: async (bytes) => {
      const name = `file-${kept.size}`;
      kept.set(name, bytes);
      return name;
    },
    open: async (name) => Readable.from([kept.get(name)]),
  };
}

const ACCEPT = ['pdf', 'png', 'jpeg'];
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n');

/** Inspects in pieces of 1000 bytes. */
async function inspect(bytes: Buffer, name: string, { accept = ACCEPT, maxBytes = 1_000_000, infected = false } = {}) {
  const files = memory();
  const pieces = Array.from({ length: Math.ceil(bytes.length / 1000) }, (_, at) => bytes.subarray(at * 1000, at * 1000 + 1000));
  const uploads = openUploads(files, () => Promise.resolve(infected ? 'infected' : 'clean'));
  try {
    const found = await uploads.inspect(Readable.from(pieces), { name, accept, maxBytes });
    return { ...found, bytes: Buffer.from(files.kept.get(found.sha256) ?? []) };
  } catch (error) {
    assert.equal(files.kept.size, 0, 'what is refused is not kept');
    throw error;
  }
}

const picture = (): ReturnType<typeof sharp> => sharp({ create: { width: 40, height: 20, channels: 3, background: '#00646f' } });

/** A PNG that says it is that large, with a row of nothing in it. */
function pngOfSize(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(width + 1))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test('a PDF is kept byte for byte', async () => {
  const found = await inspect(PDF, 'نقشه ملک.pdf');
  assert.deepEqual(
    { ...found, bytes: PDF },
    { name: 'نقشه ملک.pdf', type: 'application/pdf', size: PDF.length, sha256: 'file-0', bytes: PDF },
  );
  assert.deepEqual(found.bytes, PDF);
});

test('a photo loses its position, its camera and what hides behind its end, and keeps its picture the right way up', async () => {
  const exif = { IFD0: { Make: 'SecretCamera', Artist: 'زهرا' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '35/1 41/1 0/1' } };
  const taken = await picture().jpeg().withExif(exif).withMetadata({ orientation: 6 }).toBuffer();
  const photo = Buffer.concat([taken, Buffer.from('<script>alert(1)</script>')]);
  assert.notEqual((await sharp(photo).metadata()).exif, undefined);
  const found = await inspect(photo, 'IMG.JPG');
  const { exif: left, width, height, format, orientation } = await sharp(found.bytes).metadata();
  assert.deepEqual(
    { left, width, height, format, orientation },
    { left: undefined, width: 20, height: 40, format: 'jpeg', orientation: undefined },
  );
  assert.equal(found.bytes.includes('SecretCamera') || found.bytes.includes('<script>'), false);
  assert.equal(found.size, found.bytes.length);
  assert.equal((await inspect(await picture().png().toBuffer(), 'x.png')).type, 'image/png');
});

test('a name that lies about the content is refused', async () => {
  const png = await picture().png().toBuffer();
  for (const [bytes, name] of [
    [png, 'scan.pdf'],
    [png, 'scan.jpg'],
    [PDF, 'scan.png'],
    [Buffer.from('<html><script>alert(1)</script></html>'), 'scan.pdf'],
    [Buffer.from('MZ\u0090\u0000 this program cannot be run'), 'scan.jpeg'],
    [Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(60)]), 'broken.png'],
  ] as const) {
    await assert.rejects(inspect(bytes, name), { code: 'upload-type-mismatch' }, name);
  }
});

test('what is not of an accepted kind is refused, HTML and SVG with their honest names too', async () => {
  const png = await picture().png().toBuffer();
  for (const [bytes, name, accept] of [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'plan.svg', ACCEPT],
    [Buffer.from('<!doctype html><title>x</title>'), 'plan.html', ACCEPT],
    [Buffer.from('GIF89a\u0001\u0000\u0001\u0000'), 'plan.gif', ACCEPT],
    [Buffer.from('PK\u0003\u0004 a zip of something'), 'plan.docx', ACCEPT],
    [PDF, 'plan.pdf.exe', ACCEPT],
    [PDF, 'plan', ACCEPT],
    [png, 'plan.png', ['pdf']],
  ] as const) {
    await assert.rejects(inspect(bytes, name, { accept: [...accept] }), { code: 'upload-type-refused' }, name);
  }
});

test('reading stops at the limit, wherever the stream would end', async () => {
  let given = 0;
  const endless = new Readable({
    read() {
      given += 1000;
      this.push(Buffer.alloc(1000));
    },
  });
  const uploads = openUploads(memory());
  await assert.rejects(uploads.inspect(endless, { name: 'x.pdf', accept: ACCEPT, maxBytes: 2_000_000 }), {
    code: 'upload-too-large',
  });
  assert.ok(given < 2_200_000, `${given} bytes were read`);
  assert.equal(endless.destroyed, true);
  assert.equal((await inspect(PDF, 'x.pdf', { maxBytes: PDF.length })).size, PDF.length);
  await assert.rejects(inspect(PDF, 'x.pdf', { maxBytes: PDF.length - 1 }), { code: 'upload-too-large' });
});

test('a picture of more pixels than any camera takes is refused by its header alone', async () => {
  const bomb = pngOfSize(60_000, 60_000);
  assert.ok(bomb.length < 1000);
  await assert.rejects(inspect(bomb, 'bomb.png'), { code: 'upload-too-large' });
});

test('an empty file and an infected one are refused', async () => {
  await assert.rejects(inspect(Buffer.alloc(0), 'x.pdf'), { code: 'upload-missing' });
  await assert.rejects(inspect(PDF, 'x.pdf', { infected: true }), { code: 'upload-infected' });
});

test('of a name only what is harmless stays', async () => {
  for (const [said, kept] of [
    ['../../etc/نامه.pdf', 'نامه.pdf'],
    ['C:\\Users\\zahra\\scan.pdf', 'scan.pdf'],
    ['a\u202Efdp.pdf', 'afdp.pdf'],
    ['x\r\nSet-Cookie: a=b.pdf', 'xSet-Cookie a=b.pdf'],
    ['"q"<b>.pdf', 'qb.pdf'],
    ['...hidden.pdf', 'hidden.pdf'],
    ['كتاب.pdf', 'کتاب.pdf'],
    [`${'ن'.repeat(300)}.pdf`, `${'ن'.repeat(116)}.pdf`],
  ] as const) {
    assert.equal((await inspect(PDF, said)).name, kept, JSON.stringify(said));
  }
});
