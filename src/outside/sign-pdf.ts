// PAdES B-B (ETSI EN 319 142-1): an incremental update with a signature over the whole document, CAdES detached, by pkijs.
// Reads just what our own renderer writes: one classic cross-reference table. Never changes a byte before the update.
import { createHash } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pki from 'pkijs';
import type { Instant } from '#base/instant.ts';
import type { DocumentKeys } from './keys.ts';

/** Hex digits kept for the signature; ours takes about 2.6 kB with its chain. */
const ROOM = 16_384;

export type SignOptions = { readonly reason: string; readonly at: Instant };

/** The signed document. Throws where the PDF is not of the shape our renderer writes. */
export async function signPdf(pdf: Uint8Array, keys: DocumentKeys, options: SignOptions): Promise<Uint8Array> {
  const prepared = prepareUpdate(Buffer.from(pdf), options);
  const [, first = 0, second = 0, third = 0] = prepared.range;
  const signed = Buffer.concat([prepared.bytes.subarray(0, first), prepared.bytes.subarray(second, second + third)]);
  const cms = await signature(signed, keys);
  const hex = Buffer.from(cms).toString('hex');
  if (hex.length > ROOM) throw new Error(`the signature needs ${hex.length} hex digits, the document has room for ${ROOM}`);
  prepared.bytes.write(hex, first + 1, 'latin1');
  return prepared.bytes;
}

type Update = { readonly bytes: Buffer; readonly range: readonly [number, number, number, number] };

/** The update with the signature's place left open. */
function prepareUpdate(pdf: Buffer, { reason, at }: SignOptions): Update {
  const text = pdf.toString('latin1');
  const [, startxref = ''] = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text) ?? [];
  const trailer = text.slice(text.lastIndexOf('trailer'));
  const size = Number(one(trailer, /\/Size (\d+)/));
  const root = Number(one(trailer, /\/Root (\d+) 0 R/));
  const info = /\/Info \d+ 0 R/.exec(trailer)?.[0] ?? '';
  const id = /\/ID \[[^\]]*\]/.exec(trailer)?.[0] ?? '';
  const catalog = objectText(text, root);
  const page = Number(one(objectText(text, Number(one(catalog, /\/Pages (\d+) 0 R/))), /\/Kids \[\s*(\d+) 0 R/));
  const [sig, field] = [size, size + 1];
  const stamp = at.replace(/[-:T]/g, '').slice(0, 14);
  const objects: readonly (readonly [number, string])[] = [
    [page, withAnnotation(objectText(text, page), field)],
    [root, catalog.replace(/>>\s*$/, `/AcroForm << /Fields [${field} 0 R] /SigFlags 3 >>\n>>`)],
    [sig, `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Reason (${escaped(reason)}) /M (D:${stamp}Z) /ByteRange [0 ********** ********** **********] /Contents <${'0'.repeat(ROOM)}> >>`],
    // No rectangle, so no appearance is needed (ISO 19005-2 §6.3.3); hidden from print and screen alike but locked (flags 132).
    [field, `<< /Type /Annot /Subtype /Widget /FT /Sig /T (city) /V ${sig} 0 R /P ${page} 0 R /Rect [0 0 0 0] /F 132 >>`],
  ];
  let body = text.endsWith('\n') ? '' : '\n';
  const offsets = new Map<number, number>();
  for (const [number, content] of objects) {
    offsets.set(number, pdf.length + body.length);
    body += `${number} 0 obj\n${content}\nendobj\n`;
  }
  const xref = pdf.length + body.length;
  body += crossReference(offsets);
  body += `trailer\n<< /Size ${size + 2} /Root ${root} 0 R ${info} ${id} /Prev ${startxref} >>\nstartxref\n${xref}\n%%EOF\n`;
  return withRange(Buffer.concat([pdf, Buffer.from(body, 'latin1')]));
}

function one(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`the PDF has no ${pattern.source}`);
  return found;
}

function objectText(text: string, number: number): string {
  return one(text, new RegExp(`(?:^|\\n)${number} 0 obj\\s*([\\s\\S]*?)\\s*endobj`));
}

function withAnnotation(page: string, field: number): string {
  return /\/Annots \[/.test(page) ? page.replace(/\/Annots \[/, `/Annots [${field} 0 R `) : page.replace(/>>\s*$/, `/Annots [${field} 0 R]\n>>`);
}

function escaped(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').replace(/[\\()]/g, '\\$&');
}

/** ISO 32000-1 §7.5.4: one subsection an object, entries of exactly 20 bytes. */
function crossReference(offsets: ReadonlyMap<number, number>): string {
  const entries = [...offsets].sort(([a], [b]) => a - b);
  return `xref\n${entries.map(([number, at]) => `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
}

function withRange(bytes: Buffer): Update {
  const text = bytes.toString('latin1');
  const start = text.lastIndexOf('/Contents <') + '/Contents '.length;
  const end = start + ROOM + 2;
  const range = [0, start, end, bytes.length - end] as const;
  const placed = `[${range.join(' ')}]`.padEnd('[0 ********** ********** **********]'.length, ' ');
  bytes.write(placed, text.lastIndexOf('/ByteRange [') + '/ByteRange '.length, 'latin1');
  return { bytes, range };
}

/** CMS SignedData, detached, with content type, message digest and signing-certificate-v2 (RFC 5652, RFC 5035). */
async function signature(content: Uint8Array, { key, certificate, chain }: DocumentKeys): Promise<ArrayBuffer> {
  const digest = createHash('sha256').update(content).digest();
  const certificateHash = createHash('sha256').update(Buffer.from(certificate.toSchema().toBER())).digest();
  const attribute = (type: string, value: asn1.BaseBlock): pki.Attribute => new pki.Attribute({ type, values: [value] });
  // ESSCertIDv2 with its default hash, SHA-256, left out (RFC 5035 §4).
  const essCertificate = new asn1.Sequence({ value: [new asn1.Sequence({ value: [new asn1.Sequence({ value: [new asn1.OctetString({ valueHex: buffer(certificateHash) })] })] })] });
  const data = new pki.SignedData({
    version: 1,
    encapContentInfo: new pki.EncapsulatedContentInfo({ eContentType: '1.2.840.113549.1.7.1' }),
    signerInfos: [
      new pki.SignerInfo({
        version: 1,
        sid: new pki.IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
        signedAttrs: new pki.SignedAndUnsignedAttributes({
          type: 0,
          attributes: [
            attribute('1.2.840.113549.1.9.3', new asn1.ObjectIdentifier({ value: '1.2.840.113549.1.7.1' })),
            attribute('1.2.840.113549.1.9.4', new asn1.OctetString({ valueHex: buffer(digest) })),
            attribute('1.2.840.113549.1.9.16.2.47', essCertificate),
          ],
        }),
      }),
    ],
    certificates: [certificate, ...chain],
  });
  await data.sign(key, 0, 'SHA-256', content as Uint8Array<ArrayBuffer>);
  return new pki.ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: data.toSchema(true) }).toSchema().toBER();
}

function buffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
