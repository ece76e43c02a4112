// The receipt an applicant keeps: the event, its salt, the city's signed promise to log it, and later the proof that it did.
// Checked offline with the city's public key alone.
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import { fromBase64, toBase64 } from './bytes.ts';
import { openCheckpoint } from './checkpoint.ts';
import { commit } from './commitment.ts';
import { isEqual, verifyInclusion } from './merkle.ts';
import { openNote, signNote } from './note.ts';
import type { Hash, InclusionProof, LeafEvent, NoteSigner, NoteVerifier, Receipt } from './types.ts';

/** What the promise says: this leaf will be in the log within the maximum merge delay. */
function promiseText(origin: string, leaf: string, at: string): string {
  return `${origin}\ndargah receipt\n${leaf}\n${at}\n`;
}

export async function makeReceipt(event: LeafEvent, salt: Uint8Array, signer: NoteSigner): Promise<Receipt> {
  const leaf = toBase64(commit(event, salt));
  const promise = await signNote(promiseText(signer.name, leaf, String(event['at'])), signer);
  return { dargah: 'receipt/1', event, salt: toBase64(salt), leaf, promise };
}

export function withInclusion(receipt: Receipt, proof: InclusionProof, checkpoint: string): Receipt {
  const { index, size, path } = proof;
  return { ...receipt, inclusion: { index, size, path: path.map(toBase64), checkpoint } };
}

export type CheckedReceipt = { readonly ok: boolean; readonly findings: readonly Finding[]; readonly event?: LeafEvent; readonly included: boolean };

/** Every way the receipt does not hold, each by place. `included`: the proof of inclusion is there and good. */
export async function verifyReceipt(receipt: Json, verifier: NoteVerifier): Promise<CheckedReceipt> {
  const shape = readReceipt(receipt);
  if (!shape) return { ok: false, included: false, findings: [finding('receipt-shape', 'receipt')] };
  const { event, salt, leaf, promise, inclusion } = shape;
  const findings: Finding[] = [];
  if (!isEqual(commit(event, salt), leaf)) findings.push(finding('receipt-event', 'event'));
  const text = await openNote(promise, verifier);
  if (text === undefined) findings.push(finding('receipt-signature', 'promise'));
  else if (text !== promiseText(verifier.name, toBase64(leaf), String(event['at']))) findings.push(finding('receipt-promise', 'promise'));
  if (inclusion) {
    const checkpoint = await openCheckpoint(inclusion.checkpoint, verifier);
    if (!checkpoint || checkpoint.origin !== verifier.name) findings.push(finding('receipt-checkpoint', 'inclusion.checkpoint'));
    else if (checkpoint.size !== inclusion.proof.size || !verifyInclusion(leaf, inclusion.proof, checkpoint.root)) {
      findings.push(finding('receipt-inclusion', 'inclusion.path'));
    }
  }
  return { ok: findings.length === 0, findings, event, included: inclusion !== undefined && findings.length === 0 };
}

type Shape = {
  readonly event: LeafEvent;
  readonly salt: Uint8Array;
  readonly leaf: Hash;
  readonly promise: string;
  readonly inclusion?: { readonly proof: InclusionProof; readonly checkpoint: string };
};

function readReceipt(json: Json): Shape | undefined {
  if (!isObject(json) || json['dargah'] !== 'receipt/1' || !isObject(json['event']) || typeof json['promise'] !== 'string') return undefined;
  const salt = bytes(json['salt']);
  const leaf = bytes(json['leaf']);
  if (salt?.length !== 32 || leaf?.length !== 32) return undefined;
  const base = { event: json['event'], salt, leaf, promise: json['promise'] };
  if (json['inclusion'] === undefined) return base;
  const inclusion = readInclusion(json['inclusion']);
  return inclusion && { ...base, inclusion };
}

function readInclusion(json: Json): Shape['inclusion'] {
  if (!isObject(json)) return undefined;
  const { index, size, path, checkpoint } = json;
  if (typeof index !== 'number' || typeof size !== 'number' || !Array.isArray(path) || typeof checkpoint !== 'string') return undefined;
  const hashes = (path as readonly Json[]).map(bytes);
  return hashes.every((one): one is Hash => one?.length === 32) ? { proof: { index, size, path: hashes }, checkpoint } : undefined;
}

function bytes(value: Json | undefined): Uint8Array | undefined {
  return typeof value === 'string' ? fromBase64(value) : undefined;
}

const WORDS = {
  'receipt-shape': [
    ['این پرونده رسید درگاه نیست یا بخشی از آن کم است.', 'This is no receipt of Dargah, or a part of it is missing.'],
    ['رسید را دوباره از صفحه پرونده بگیرید.', 'Download the receipt again from the case’s page.'],
  ],
  'receipt-event': [
    ['متن رویداد با تعهد ثبت‌شده یکی نیست: چیزی در آن تغییر کرده است.', 'The event does not match its commitment: something in it was changed.'],
    ['به نسخه اصلی رسید رجوع کنید.', 'Go back to the original receipt.'],
  ],
  'receipt-signature': [
    ['امضای شهر بر این رسید درست نیست.', 'The city’s signature on this receipt is not good.'],
    ['رسید را از درگاه رسمی بگیرید، یا کلید عمومی را بررسی کنید.', 'Take the receipt from the official portal, or check the public key.'],
  ],
  'receipt-promise': [
    ['امضا از آن رویداد دیگری است.', 'The signature belongs to another event.'],
    ['به نسخه اصلی رسید رجوع کنید.', 'Go back to the original receipt.'],
  ],
  'receipt-checkpoint': [
    ['نقطه وارسی دفتر شفافیت امضای درست شهر را ندارد.', 'The ledger’s checkpoint lacks the city’s good signature.'],
    ['رسید را دوباره از صفحه پرونده بگیرید.', 'Download the receipt again from the case’s page.'],
  ],
  'receipt-inclusion': [
    ['رویداد در دفتر شفافیتی که این نقطه وارسی نشان می‌دهد نیست.', 'The event is not in the ledger that this checkpoint shows.'],
    ['رسید را دوباره بگیرید؛ اگر باز چنین بود به بازرسی خبر دهید.', 'Download it again; if it stays so, tell the inspectorate.'],
  ],
} as const;

function finding(code: keyof typeof WORDS, place: string): Finding {
  const [[faReason, enReason], [faMend, enMend]] = WORDS[code];
  return { code, severity: 'error', place, reason: { fa: faReason, en: enReason }, mend: { fa: faMend, en: enMend } };
}
