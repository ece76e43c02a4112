// Checks a signed PDF of ours offline: the bytes are those that were signed, all of them, by a certificate of the city's authority.
import { createHash } from 'node:crypto';
import * as pki from 'pkijs';
import type { Finding } from '#base/finding.ts';

export type CheckedPdf = {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly signedBy?: string;
  /** As the signature dictionary says it, `D:20261124090000Z`. */
  readonly at?: string;
  /** SHA-256 of the whole file, hex: what the portal keeps the document under. */
  readonly sha256: string;
};

/** `trusted`: the authority's certificates. */
export async function verifyPdf(pdf: Uint8Array, trusted: readonly pki.Certificate[]): Promise<CheckedPdf> {
  const bytes = Buffer.from(pdf);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const text = bytes.toString('latin1');
  const refuse = (code: keyof typeof WORDS): CheckedPdf => ({ ok: false, sha256, findings: [finding(code)] });
  if (!text.startsWith('%PDF-')) return refuse('not-a-pdf');
  const [, from = '', to = '', rest = ''] = /\/ByteRange \[0 (\d+) (\d+) (\d+)\s*\]/.exec(text) ?? [];
  const range = { first: Number(from), second: Number(to), third: Number(rest) };
  const hex = text.slice(range.first + 1, range.second - 1);
  if (from === '' || !/^[0-9a-f]+$/.test(hex)) return refuse('not-signed');
  if (range.second + range.third !== bytes.length || range.second <= range.first) return refuse('added-after-signing');
  const content = Buffer.concat([bytes.subarray(0, range.first), bytes.subarray(range.second)]);
  return { ...(await verdict(hex, content, trusted)), sha256, ...at(text) };
}

function at(text: string): { readonly at?: string } {
  const stamp = /\/M \((D:\d{14}Z)\)/.exec(text)?.[1];
  return stamp === undefined ? {} : { at: stamp };
}

async function verdict(hex: string, content: Buffer, trusted: readonly pki.Certificate[]): Promise<Omit<CheckedPdf, 'sha256'>> {
  try {
    const info = pki.ContentInfo.fromBER(Uint8Array.from(Buffer.from(hex, 'hex')).buffer);
    const signed = new pki.SignedData({ schema: info.content });
    const result = await signed.verify({
      signer: 0,
      data: Uint8Array.from(content).buffer,
      checkChain: true,
      trustedCerts: [...trusted],
      extendedMode: true,
    });
    const signedBy = String(result.signerCertificate?.subject.typesAndValues[0]?.value.valueBlock.value ?? '');
    return result.signatureVerified === true ? { ok: true, findings: [], signedBy } : { ok: false, findings: [finding('altered')], signedBy };
  } catch (error) {
    // pkijs throws for a chain it cannot build, a digest that differs, and bytes that are no CMS.
    const words = error instanceof Error ? error.message : String(error);
    const untrusted = /certificate|chain|trusted/i.test(words);
    return { ok: false, findings: [finding(untrusted ? 'untrusted' : 'altered')] };
  }
}

const WORDS = {
  'not-a-pdf': ['این پرونده PDF نیست.', 'This file is no PDF.'],
  'not-signed': ['این سند امضای الکترونیکی ندارد.', 'This document carries no electronic signature.'],
  'added-after-signing': ['پس از امضا چیزی به این سند افزوده شده است.', 'Something was added to this document after it was signed.'],
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
    mend: { fa: 'نسخه اصلی را از دارنده آن یا از صفحه پرونده بگیرید.', en: 'Take the original from its holder or from the case’s page.' },
  };
}
