// A file that shows what somebody claims: inspected like every upload, kept by its content. Until the dispute is opened the form carries it under
// a seal, so that a browser can name no file but the one this person sent.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Refusal } from '#base/refusal.ts';
import type { EvidenceFile } from '#registry/dispute.ts';
import type { Road } from '#work/road.ts';

const MAX_BYTES = 5_000_000;

/** Throws Refusal `upload-…` with the field's pointer. */
export async function takeEvidence(
  road: Road,
  given: { readonly name: string; readonly stream: Readable },
): Promise<EvidenceFile> {
  try {
    const accept = ['pdf', 'png', 'jpeg'];
    const kept = await road.ports.uploads.inspect(given.stream, { name: given.name, accept, maxBytes: MAX_BYTES });
    return { file: `evidence-${kept.sha256.slice(0, 16)}`, ...kept };
  } catch (error) {
    if (error instanceof Refusal && error.code.startsWith('upload-'))
      throw new Refusal(error.code, { ...error.facts, pointer: '/evidence' });
    throw error;
  }
}

export function sealEvidence(road: Road, person: string, file: EvidenceFile): string {
  const body = Buffer.from(JSON.stringify(file)).toString('base64url');
  return `${body}.${sealOf(road, person, body).toString('base64url')}`;
}

/** Undefined for what was not sealed for this person. */
export function openEvidence(road: Road, person: string, sealed: string): EvidenceFile | undefined {
  const [body = '', seal = ''] = sealed.split('.');
  const [given, made] = [Buffer.from(seal, 'base64url'), sealOf(road, person, body)];
  if (given.length !== made.length || !timingSafeEqual(given, made)) return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as EvidenceFile;
}

function sealOf(road: Road, person: string, body: string): Buffer {
  return createHmac('sha256', road.secret)
    .update(JSON.stringify(['evidence', person, body]))
    .digest();
}
