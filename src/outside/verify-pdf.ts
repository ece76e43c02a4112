// Checks a signed PDF of ours offline: the bytes are those that were signed, all of them, by a certificate of the city's authority.
import { createHash } from 'node:crypto';
import type * as pki from 'pkijs';
import type { Finding } from '#base/finding.ts';
import { instant } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { checkDetached } from './cms.ts';

export type CheckedPdf = {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  /** Common name of the signer's certificate, where the signature is good. */
  readonly signedBy?: string;
  /** When it was signed, as the signer says: no time-stamp authority stands behind it. */
  readonly at?: Instant;
  /** Every byte of the file but the signature itself is under the signature. */
  readonly coversWhole: boolean;
  /** SHA-256 of the whole file, hex: what the portal keeps the document under. */
  readonly sha256: string;
};

/** `trusted`: the authority's certificates. Reads what sign-pdf.ts writes: one signature, made last. */
export async function verifyPdf(pdf: Uint8Array, trusted: readonly pki.Certificate[]): Promise<CheckedPdf> {
  const bytes = Buffer.from(pdf);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const text = bytes.toString('latin1');
  const refuse = (code: keyof typeof WORDS): CheckedPdf => ({ ok: false, sha256, coversWhole: false, findings: [finding(code)] });
  if (!text.startsWith('%PDF-')) return refuse('not-a-pdf');
  const hole = signatureHole(text);
  if (!hole) return refuse('not-signed');
  if (hole.end + hole.after !== bytes.length) return refuse('added-after-signing');
  const at = signingTime(text);
  if (!hole.der || at === undefined) return refuse('altered');
  const content = Buffer.concat([bytes.subarray(0, hole.start), bytes.subarray(hole.end)]);
  const { fault, signedBy } = await checkDetached(hole.der, content, { trusted, at: new Date(at) });
  const findings = fault ? [finding(fault)] : [];
  return { ok: !fault, findings, ...(signedBy === undefined ? {} : { signedBy }), at, coversWhole: fault !== 'altered', sha256 };
}

type Hole = { readonly start: number; readonly end: number; readonly after: number; readonly der?: Buffer };

/** The one place that the signature does not cover; `der` where nothing but a signature and its padding is in it. */
function signatureHole(text: string): Hole | undefined {
  const [, start = '', end = '', after = ''] = /\/ByteRange \[0 (\d+) (\d+) (\d+) *\]/.exec(text) ?? [];
  if (start === '') return undefined;
  const hole = { start: Number(start), end: Number(end), after: Number(after) };
  const hex = /^<([0-9a-f]+)>$/.exec(text.slice(hole.start, hole.end))?.[1];
  if (hex === undefined) return hole;
  const whole = Buffer.from(hex, 'hex');
  const size = derSize(whole);
  return size !== undefined && whole.subarray(size).every((byte) => byte === 0)
    ? { ...hole, der: whole.subarray(0, size) }
    : hole;
}

/** Bytes of the DER value at the start: tag, length in the short form or in up to four bytes, content. */
function derSize(bytes: Buffer): number | undefined {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count === 0 || count > 4 || bytes.length < 2 + count) return undefined;
  const size = 2 + count + bytes.readUIntBE(2, count);
  return size <= bytes.length ? size : undefined;
}

function signingTime(text: string): Instant | undefined {
  const [, year, month, day, hour, minute, second] = /\/M \(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z\)/.exec(text) ?? [];
  try {
    return instant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  } catch {
    return undefined;
  }
}

const WORDS = {
  'not-a-pdf': ['این پرونده PDF نیست.', 'This file is no PDF.'],
  'not-signed': ['این سند امضای الکترونیکی ندارد.', 'This document carries no electronic signature.'],
  'added-after-signing': [
    'پس از امضا چیزی به این سند افزوده شده است.',
    'Something was added to this document after it was signed.',
  ],
  altered: ['این سند پس از امضا تغییر کرده است.', 'This document was changed after it was signed.'],
  untrusted: ['امضا از مرجع این شهر نیست.', 'The signature is not of this city’s authority.'],
} as const;

function finding(code: keyof typeof WORDS): Finding {
  const [fa, en] = WORDS[code];
  return {
    code,
    severity: 'error',
    place: 'document',
    reason: { fa, en },
    mend: {
      fa: 'نسخه اصلی را از دارنده آن یا از صفحه پرونده بگیرید.',
      en: 'Take the original from its holder or from the case’s page.',
    },
  };
}
