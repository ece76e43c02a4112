// PAdES B-B (ETSI EN 319 142-1): an incremental update with a signature over the whole document, CAdES detached.
// Reads just what our own renderer writes: one classic cross-reference table. Never changes a byte before the update.
import { createHash } from 'node:crypto';
import type { Instant } from '#base/instant.ts';
import { signDetached } from './cms.ts';
import type { DocumentKeys } from './keys.ts';

/** Hex digits kept for the signature; ours takes about 1,800 with its certificate. */
const ROOM = 16_384;
const OPEN_RANGE = '[0 ********** ********** **********]';

/** `name`: who signs, beside what the certificate says. */
export type SignOptions = { readonly reason: string; readonly at: Instant; readonly name?: string };

/** The signed document. Throws where the PDF is not of the shape our renderer writes. */
export async function signPdf(pdf: Uint8Array, keys: DocumentKeys, options: SignOptions): Promise<Uint8Array> {
  const { bytes, hole } = openHole(Buffer.from(pdf), options);
  const signed = Buffer.concat([bytes.subarray(0, hole.start), bytes.subarray(hole.end)]);
  const hex = Buffer.from(await signDetached(signed, keys)).toString('hex');
  if (hex.length > ROOM) throw new Error(`the signature needs ${hex.length} hex digits, the document has room for ${ROOM}`);
  bytes.write(hex, hole.start + 1, 'latin1');
  return bytes;
}

/** Everything but `start` to `end` is signed: the hole holds the signature, `<` and `>` included. */
type Update = { readonly bytes: Buffer; readonly hole: { readonly start: number; readonly end: number } };

/** The update with the signature's place left open. */
function openHole(pdf: Buffer, options: SignOptions): Update {
  const read = readDocument(pdf);
  const catalog = read.object(read.root);
  const page = Number(one(read.object(Number(one(catalog, /\/Pages (\d+) 0 R/))), /\/Kids \[\s*(\d+) 0 R/));
  const [sig, field] = [read.size, read.size + 1];
  const objects = new Map([
    [page, withMember(withAnnotation(read.object(page), field), '/Tabs', '/S')],
    [read.root, withMember(catalog, '/AcroForm', `<< /Fields [${field} 0 R] /SigFlags 3 >>`)],
    [sig, signatureDictionary(options)],
    // No rectangle, so no appearance is needed (ISO 19005-2 §6.3.3); flags: print, locked.
    [field, `<< /Type /Annot /Subtype /Widget /FT /Sig /T (city) /V ${sig} 0 R /P ${page} 0 R /Rect [0 0 0 0] /F 132 >>`],
  ]);
  let body = pdf.at(-1) === 0x0a ? '' : '\n';
  const offsets = new Map<number, number>();
  for (const [number, content] of objects) {
    offsets.set(number, pdf.length + body.length);
    body += `${number} 0 obj\n${content}\nendobj\n`;
  }
  const xref = pdf.length + body.length;
  body += crossReference(offsets);
  body += `trailer\n<< /Size ${read.size + 2} /Root ${read.root} 0 R ${read.info} ${nextId(read.id, body)} /Prev ${read.xref} >>\n`;
  body += `startxref\n${xref}\n%%EOF\n`;
  return withRange(Buffer.concat([pdf, Buffer.from(body, 'latin1')]), pdf.length);
}

function signatureDictionary({ reason, at, name }: SignOptions): string {
  const said = `/Reason ${pdfText(reason)}${name === undefined ? '' : ` /Name ${pdfText(name)}`} /M (D:${at.replace(/[-:T]/g, '').slice(0, 14)}Z)`;
  const open = `/ByteRange ${OPEN_RANGE} /Contents <${'0'.repeat(ROOM)}>`;
  return `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached ${said} ${open} >>`;
}

type Document = {
  readonly size: number;
  readonly root: number;
  readonly xref: number;
  readonly info: string;
  readonly id: string;
  /** The text between `n 0 obj` and `endobj`. */
  object(number: number): string;
};

/** ISO 32000-1 §7.5.4 and §7.5.5: one table of entries of exactly 20 bytes, and the trailer after it. */
function readDocument(pdf: Buffer): Document {
  const text = pdf.toString('latin1');
  const xref = Number(one(text.slice(-64), /startxref\s+(\d+)\s+%%EOF\s*$/));
  const table = /^xref\s+0 (\d+)\s*\n/.exec(text.slice(xref, xref + 64));
  const trailer = text.slice(text.lastIndexOf('trailer'));
  if (!table || /\/Prev|\/Encrypt/.test(trailer))
    throw new Error('the PDF is not as our renderer writes it: one classic table, no update, no encryption');
  const entries = xref + table[0].length;
  return {
    size: Number(one(trailer, /\/Size (\d+)/)),
    root: Number(one(trailer, /\/Root (\d+) 0 R/)),
    xref,
    info: /\/Info \d+ 0 R/.exec(trailer)?.[0] ?? '',
    id: one(trailer, /\/ID \[\s*(\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*>)/),
    object(number) {
      const at = Number(text.slice(entries + number * 20, entries + number * 20 + 10));
      const rest = text.slice(at, text.indexOf('endobj', at));
      return one(rest, new RegExp(`^${number} 0 obj\\s*([\\s\\S]*?)\\s*$`));
    },
  };
}

function one(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`the PDF has no ${pattern.source}`);
  return found;
}

function withAnnotation(page: string, field: number): string {
  return /\/Annots \[/.test(page)
    ? page.replace('/Annots [', `/Annots [${field} 0 R `)
    : withMember(page, '/Annots', `[${field} 0 R]`);
}

/** Adds a member to a dictionary that has none of that name. */
function withMember(dictionary: string, name: string, value: string): string {
  return dictionary.includes(`${name} `) ? dictionary : dictionary.replace(/>>\s*$/, `  ${name} ${value}\n>>`);
}

/** ISO 32000-1 §7.9.2.2: UTF-16BE behind its mark, as hex: Persian as it is, and no bracket to escape. */
function pdfText(text: string): string {
  return `<${Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('hex')}>`;
}

/** The first identifier stays that of the document, the second is this version's (ISO 32000-1 §14.4). */
function nextId(first: string, update: string): string {
  return `/ID [${first} <${createHash('sha256').update(update, 'latin1').digest('hex').slice(0, 32)}>]`;
}

function crossReference(offsets: ReadonlyMap<number, number>): string {
  const entries = [...offsets].sort(([a], [b]) => a - b);
  return `xref\n${entries.map(([number, at]) => `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
}

function withRange(bytes: Buffer, from: number): Update {
  const place = bytes.indexOf(OPEN_RANGE, from, 'latin1');
  const start = bytes.indexOf('/Contents <', place, 'latin1') + '/Contents '.length;
  const end = start + ROOM + 2;
  bytes.write(`[0 ${start} ${end} ${bytes.length - end}]`.padEnd(OPEN_RANGE.length, ' '), place, 'latin1');
  return { bytes, hole: { start, end } };
}
