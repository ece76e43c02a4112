// Real documents, from the template to the signature: rendered, signed, checked by our own code and by poppler's.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { instant } from '#base/instant.ts';
import { certificatePem } from './certificates.ts';
import { openDocuments } from './documents.ts';
import { openKeys } from './keys.ts';
import type { Keys } from './keys.ts';
import { qrSvg } from './qr.ts';
import { openRenderer, RenderError } from './render.ts';
import type { Renderer } from './render.ts';
import { signPdf } from './sign-pdf.ts';
import { verifyPdf } from './verify-pdf.ts';

const LETTERHEAD = join(import.meta.dirname, '..', '..', 'documents', 'dargah.typ');
const AT = instant('2026-11-24T09:00:00Z');
const DATA = {
  number: '1405-482-190-3476',
  code: '0123456789abcdefghjkmnpqrs',
  title: { fa: 'پروانه ساختمانی', en: 'Building permit' },
  applicant: { name: 'زهرا محمدی' },
  issuedAt: AT,
  issuedOn: { fa: '۱۴۰۵/۰۹/۰۳', en: '2026-11-24' },
  validUntilOn: { fa: '۱۴۰۶/۰۹/۰۳', en: '2027-11-24' },
  verify: 'https://dargah.example/verify/0123456789abcdefghjkmnpqrs',
  unit: { fa: 'معاونت شهرسازی', en: 'Urban planning' },
  sample: true,
};
const TEMPLATE = `#import "/dargah.typ": *
#show: document-page
#facts((
  (fa: "نام متقاضی", en: "Applicant", value: data.applicant.name),
  (fa: "کد نوسازی", en: "Renovation code", value: latin("1-22-333-4444")),
))
#fee-table(((label: (fa: "عوارض نوسازی", en: "Duty"), amount: 1234567, citation: "مصوبه ۱۴۰۴/۲۳"),), 1234567)
#signature(role: "مدیر شهرسازی")`;

let folder = '';
let keys: Keys;
let render: Renderer;
let pdf: Uint8Array;
let signed: Uint8Array;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dargah-documents-'));
  keys = await openKeys(join(folder, 'keys'), 'dargah.example/ledger');
  render = openRenderer(LETTERHEAD);
  pdf = await render({ template: TEMPLATE, data: DATA, at: AT });
  signed = await signPdf(pdf, keys.documents, { reason: 'صدور پروانه (نمونه)', name: 'شهرداری', at: AT });
});
after(() => rm(folder, { recursive: true, force: true }));

const run = promisify(execFile);
/** A poppler tool's words about a PDF; undefined, and the test skipped, where the machine has none. */
async function poppler(t: TestContext, tool: string, bytes: Uint8Array, ...args: readonly string[]): Promise<string | undefined> {
  try {
    execFileSync(tool, ['-v'], { stdio: 'ignore' });
  } catch {
    t.skip(`${tool} is not on this machine: install poppler-utils to have it look at our documents`);
    return undefined;
  }
  const path = join(folder, `${tool}.pdf`);
  await writeFile(path, bytes);
  return (await run(tool, [...args, path, ...(tool === 'pdftotext' ? ['-'] : [])])).stdout;
}
const faultsOf = async (template: string, limitMillis?: number): Promise<string> => {
  const other = limitMillis === undefined ? render : openRenderer(LETTERHEAD, { limitMillis });
  const error = await other({ template, data: DATA, at: AT }).then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(error instanceof RenderError, `${template} was rendered`);
  return error.faults.join('; ');
};
const check = (bytes: Uint8Array) => verifyPdf(bytes, keys.documents.chain);
const codes = async (bytes: Uint8Array): Promise<readonly string[]> => (await check(bytes)).findings.map((one) => one.code);

test('a document is PDF/A-2a: tagged, in Persian, with its colours and fonts inside', async (t) => {
  const text = Buffer.from(pdf).toString('latin1');
  for (const part of [
    '/MarkInfo',
    '/StructTreeRoot',
    '/Lang (fa',
    '/OutputIntents',
    '<pdfaid:part>2</pdfaid:part>',
    '<pdfaid:conformance>A</pdfaid:conformance>',
  ]) {
    assert.ok(text.includes(part), part);
  }
  const fonts = await poppler(t, 'pdffonts', pdf);
  if (fonts === undefined) return;
  const lines = fonts.trim().split('\n').slice(2);
  assert.ok(lines.length >= 2);
  for (const line of lines) assert.match(line, /^[A-Z]{6}\+Vazirmatn-\w+ .* yes yes yes /);
});

test('what a reader selects or a screen reader speaks is the text, digits in their order', async (t) => {
  const text = await poppler(t, 'pdftotext', pdf);
  if (text === undefined) return;
  // Marks of direction aside, which extraction adds as it likes.
  const plain = text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
  for (const part of [
    '1405-482-190-3476',
    '۱۴۰۵/۰۹/۰۳',
    '۱٬۲۳۴٬۵۶۷',
    '1-22-333-4444',
    'زهرا محمدی',
    'Building permit',
    DATA.verify,
  ]) {
    assert.ok(plain.includes(part), `${part} in ${plain}`);
  }
});

test('the same data at the same time gives the same bytes', async () => {
  assert.deepEqual(await render({ template: TEMPLATE, data: DATA, at: AT }), pdf);
});

test('documents rendered at once do not mix: each has its own data and its own code', async () => {
  const names = ['الف', 'ب', 'پ', 'ت'];
  const order = (name: string) => ({
    template: '#import "/dargah.typ": *\n#data.applicant.name #read("/qr.svg").len()',
    data: { ...DATA, applicant: { name }, verify: `https://x/${name.repeat(20)}` },
    at: AT,
  });
  const together = await Promise.all(names.map((name) => render(order(name))));
  for (const [at, name] of names.entries()) assert.deepEqual(together[at], await render(order(name)));
});

test('a template reads the files of its order, and no other: not the machine’s, not those of an earlier order', async () => {
  const template = '#read("/plan.txt")';
  assert.ok((await render({ template, data: DATA, at: AT, assets: { 'plan.txt': Buffer.from('نقشه') } })).length > 0);
  assert.match(await faultsOf(template), /failed to load|not found/);
  for (const path of ['/etc/hostname', '../../../../etc/hostname', '/proc/self/environ', LETTERHEAD]) {
    assert.match(await faultsOf(`#read("${path}")`), /failed to load|not found|denied/, path);
  }
  for (const name of ['../x', 'dargah.typ', 'A', 'a/b.png', '']) {
    await assert.rejects(render({ template: 'x', data: DATA, at: AT, assets: { [name]: Buffer.from('x') } }), RenderError, name);
  }
});

test('a template fetches nothing: no package, from the network or from the home folder', async () => {
  assert.match(await faultsOf('#import "@preview/cetz:0.2.0": *'), /failed to download/);
  assert.match(await faultsOf('#import "@local/x:1.0.0": *'), /not found|failed/);
});

test('a template that does not end is ended, and the next document is rendered all the same', async () => {
  const loop = '#for i in range(100000) { for j in range(100000) { let x = i + j } }';
  const impatient = openRenderer(LETTERHEAD, { limitMillis: 1500 });
  const [stuck, next] = await Promise.allSettled([
    impatient({ template: loop, data: DATA, at: AT }),
    impatient({ template: TEMPLATE, data: DATA, at: AT }),
  ]);
  assert.match(String(stuck.status === 'rejected' ? stuck.reason : 'rendered'), /not rendered within 1500 ms/);
  assert.deepEqual(next.status === 'fulfilled' ? next.value : next.reason, pdf);
});

test('what is wrong in a template is said in words', async () => {
  assert.match(await faultsOf('#import "/dargah.typ": *\n#data.missing'), /dictionary does not contain key "missing"/);
  assert.match(await faultsOf('$x^2$'), /PDF\/A-2a error: missing alt text/);
});

test('poppler finds the signature valid and the total document signed', async (t) => {
  const said = await poppler(t, 'pdfsig', signed);
  if (said === undefined) return;
  for (const line of [
    'Signature is Valid.',
    'Total document signed',
    'Signature Type: ETSI.CAdES.detached',
    'Signing Hash Algorithm: SHA-256',
    'Common Name: Dargah demo city',
  ]) {
    assert.ok(said.includes(line), `${line} in ${said}`);
  }
});

test('poppler finds a changed signed document changed', async (t) => {
  const changed = Buffer.from(signed);
  const at = changed.indexOf('/Title');
  changed[at + 10] = (changed[at + 10] ?? 0) ^ 1;
  const said = await poppler(t, 'pdfsig', changed);
  if (said !== undefined) assert.doesNotMatch(said, /Signature is Valid/);
});

test('OpenSSL finds the signature a good CAdES one, and the certificates good under its strict rules', async (t) => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
  } catch {
    t.skip('openssl is not on this machine: install it to have it look at our signatures');
    return;
  }
  const [start, end] = [Buffer.from(signed).indexOf('/Contents <', pdf.length) + 10, Buffer.from(signed).lastIndexOf('0>') + 2];
  const hex = Buffer.from(signed.subarray(start + 1, end - 1)).toString('latin1');
  const path = (name: string): string => join(folder, name);
  await writeFile(path('cms.der'), Buffer.from(hex.slice(0, 2 * (4 + Number.parseInt(hex.slice(4, 8), 16))), 'hex'));
  await writeFile(path('content'), Buffer.concat([signed.subarray(0, start), signed.subarray(end)]));
  await writeFile(path('root.pem'), keys.documents.chain.map(certificatePem).join(''));
  await writeFile(path('leaf.pem'), certificatePem(keys.documents.certificate));
  const cms = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', path('cms.der'), '-content', path('content')];
  const said = await run('openssl', [...cms, '-CAfile', path('root.pem'), '-purpose', 'any', '-out', path('out')]);
  assert.match(said.stderr, /CAdES Verification successful/);
  assert.match((await run('openssl', ['verify', '-x509_strict', '-CAfile', path('root.pem'), path('leaf.pem')])).stdout, /OK/);
});

test('a signed document holds, with who signed it and when', async () => {
  const { sha256, ...found } = await check(signed);
  assert.deepEqual(found, { ok: true, findings: [], signedBy: 'Dargah demo city', at: AT, coversWhole: true });
  assert.match(sha256, /^[0-9a-f]{64}$/);
});

test('signing changes no byte of what was rendered, and adds a field that shows and covers nothing', () => {
  assert.deepEqual(Buffer.from(signed.subarray(0, pdf.length)), Buffer.from(pdf));
  const update = Buffer.from(signed.subarray(pdf.length)).toString('latin1');
  assert.match(update, /\/Rect \[0 0 0 0\] \/F 132/);
  assert.match(update, /\/SigFlags 3/);
  assert.ok(update.includes(`/Reason <feff${Buffer.from('صدور پروانه (نمونه)', 'utf16le').swap16().toString('hex')}>`));
});

test('a changed bit is caught, wherever it is in the file', async () => {
  const hole = Buffer.from(signed).indexOf('/Contents <', pdf.length) + '/Contents '.length;
  const cms =
    1 + 2 * (4 + Buffer.from(Buffer.from(signed.subarray(hole + 5, hole + 9)).toString('latin1'), 'hex').readUInt16BE(0));
  const places = new Set([hole, hole + 16_385, signed.length - 1]);
  // Each byte of the signature, one hex digit or the other; of its padding and of what the one digest covers, a sample.
  for (let at = hole + 1; at < hole + cms; at += 2) places.add(at + ((at >> 1) % 2));
  for (let at = hole + cms; at < hole + 16_385; at += 499) places.add(at);
  for (let at = 0; at < signed.length; at += at < pdf.length ? 997 : 13) if (at < hole || at > hole + 16_385) places.add(at);
  const unseen: number[] = [];
  for (const at of places) {
    const changed = Uint8Array.from(signed);
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 3));
    if ((await check(changed)).ok) unseen.push(at - hole);
  }
  assert.deepEqual(unseen, []);
});

test('each way of not holding has its own finding', async () => {
  const strangers = await openKeys(join(folder, 'strangers'), 'x');
  assert.deepEqual(await codes(pdf), ['not-signed']);
  assert.deepEqual(await codes(Buffer.from('hello')), ['not-a-pdf']);
  assert.deepEqual(await codes(Buffer.concat([signed, Buffer.from('\n1 0 obj\n<< >>\nendobj\n')])), ['added-after-signing']);
  assert.deepEqual(await codes(signed.subarray(0, -1)), ['added-after-signing']);
  assert.deepEqual(await codes(await signPdf(pdf, strangers.documents, { reason: 'x', at: AT })), ['untrusted']);
  const early = await signPdf(pdf, keys.documents, { reason: 'x', at: instant('2019-01-01T00:00:00Z') });
  assert.deepEqual(await codes(early), ['untrusted'], 'signed before the certificate was valid');
  const { fault, ...who } = {
    fault: (await verifyPdf(signed, strangers.documents.chain)).findings[0]?.code,
    ok: (await verifyPdf(signed, [])).ok,
  };
  assert.deepEqual({ fault, ...who }, { fault: 'untrusted', ok: false });
});

test('a PDF that is signed already, or no PDF of ours, is not signed', async () => {
  await assert.rejects(signPdf(signed, keys.documents, { reason: 'x', at: AT }), /one classic table/);
  await assert.rejects(signPdf(Buffer.from('%PDF-1.7\n'), keys.documents, { reason: 'x', at: AT }), /the PDF has no/);
});

test('the document port gives signed documents, and one refusal for every fault', async () => {
  const documents = openDocuments(render, keys.documents);
  assert.equal((await check(await documents.issue({ template: TEMPLATE, data: DATA, reason: 'x', at: AT }))).ok, true);
  await assert.rejects(documents.issue({ template: '#panic("x")', data: DATA, reason: 'x', at: AT }), {
    code: 'signing-unavailable',
  });
});

test('a QR code is an SVG of squares alone, that differs with its text', async () => {
  const svg = await qrSvg(DATA.verify);
  assert.match(svg, /^<svg [^>]*viewBox="0 0 (\d+) \1"/);
  assert.doesNotMatch(svg, /<(script|image|foreignObject)|href/);
  assert.notEqual(svg, await qrSvg(`${DATA.verify}x`));
});
