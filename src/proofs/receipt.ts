// The receipt an applicant keeps: the event, its salt, the city's signed promise to log it, and later the proof that it did.
// Checked offline with the city's public key alone.
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { fromBase64, toBase64 } from './bytes.ts';
import { openCheckpoint } from './checkpoint.ts';
import { commit } from './commitment.ts';
import { verifyInclusion } from './merkle.ts';
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

export type CheckedReceipt = {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly event?: LeafEvent;
  /** The proof of inclusion is there and good. */
  readonly included: boolean;
};

/** Every way the receipt does not hold, each named by its place in the file. */
export async function verifyReceipt(receipt: Json, verifier: NoteVerifier): Promise<CheckedReceipt> {
  const shape = readReceipt(receipt);
  if (!shape) return { ok: false, included: false, findings: [finding('receipt-shape', 'receipt')] };
  const findings = [...(await checkPromise(shape, verifier)), ...(await checkInclusion(shape, verifier))];
  const ok = findings.length === 0;
  return { ok, findings, event: shape.event, included: ok && shape.inclusion !== undefined };
}

/** The signed promise names the leaf, so that a changed leaf can be told from a changed event or salt. */
async function checkPromise({ event, salt, leaf, promise }: Shape, verifier: NoteVerifier): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const [kept, committed] = [toBase64(leaf), toBase64(commit(event, salt))];
  const text = await openNote(promise, verifier);
  const isOf = (one: string): boolean => text === promiseText(verifier.name, one, String(event['at']));
  if (text === undefined) findings.push(finding('receipt-signature', 'promise'));
  else if (!text.startsWith(`${verifier.name}\ndargah receipt\n`) || !(text.includes(`\n${kept}\n`) || isOf(committed))) {
    findings.push(finding('receipt-promise', 'promise'));
  }
  if (kept !== committed)
    findings.push(isOf(committed) ? finding('receipt-leaf', 'leaf') : finding('receipt-event', 'event, salt'));
  return findings;
}

async function checkInclusion({ leaf, inclusion }: Shape, verifier: NoteVerifier): Promise<readonly Finding[]> {
  if (!inclusion) return [];
  const { proof } = inclusion;
  const checkpoint = await openCheckpoint(inclusion.checkpoint, verifier);
  if (!checkpoint || checkpoint.origin !== verifier.name) return [finding('receipt-checkpoint', 'inclusion.checkpoint')];
  if (checkpoint.size !== proof.size) return [finding('receipt-inclusion', 'inclusion.size')];
  return verifyInclusion(leaf, proof, checkpoint.root) ? [] : [finding('receipt-inclusion', 'inclusion.index, inclusion.path')];
}

type Shape = {
  readonly event: LeafEvent;
  readonly salt: Uint8Array;
  readonly leaf: Hash;
  readonly promise: string;
  readonly inclusion?: { readonly proof: InclusionProof; readonly checkpoint: string };
};

/** Members beside these are refused: what no signature covers has no place in a receipt. */
function hasOnly(json: JsonObject, names: readonly string[]): boolean {
  return Object.keys(json).every((name) => names.includes(name));
}

function readReceipt(json: Json): Shape | undefined {
  if (!isObject(json) || !hasOnly(json, ['dargah', 'event', 'salt', 'leaf', 'promise', 'inclusion'])) return undefined;
  const { dargah, event, promise, inclusion } = json;
  const salt = bytes(json['salt']);
  const leaf = bytes(json['leaf']);
  if (dargah !== 'receipt/1' || !isObject(event) || typeof promise !== 'string') return undefined;
  if (salt?.length !== 32 || leaf?.length !== 32) return undefined;
  const base = { event, salt, leaf, promise };
  if (inclusion === undefined) return base;
  const read = readInclusion(inclusion);
  return read && { ...base, inclusion: read };
}

function readInclusion(json: Json): Shape['inclusion'] {
  if (!isObject(json) || !hasOnly(json, ['index', 'size', 'path', 'checkpoint'])) return undefined;
  const { index, size, path, checkpoint } = json;
  if (typeof index !== 'number' || typeof size !== 'number' || !Array.isArray(path) || typeof checkpoint !== 'string')
    return undefined;
  const hashes = (path as readonly Json[]).map(bytes);
  return hashes.every((one): one is Hash => one?.length === 32)
    ? { proof: { index, size, path: hashes }, checkpoint }
    : undefined;
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
    [
      'متن رویداد یا نمک آن با تعهد ثبت‌شده یکی نیست: چیزی تغییر کرده است.',
      'The event or its salt does not match the commitment: something was changed.',
    ],
    ['به نسخه اصلی رسید رجوع کنید.', 'Go back to the original receipt.'],
  ],
  'receipt-leaf': [
    ['برگ نوشته‌شده در رسید برگی نیست که شهر امضا کرده است.', 'The leaf written in the receipt is not the one the city signed.'],
    ['به نسخه اصلی رسید رجوع کنید.', 'Go back to the original receipt.'],
  ],
  'receipt-signature': [
    ['امضای شهر بر این رسید درست نیست.', 'The city’s signature on this receipt is not good.'],
    [
      'رسید را از درگاه رسمی بگیرید، یا کلید عمومی را بررسی کنید.',
      'Take the receipt from the official portal, or check the public key.',
    ],
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
