// ECDSA signatures as r and s side by side (RFC 7518 §3.4, RFC 9421 §3.3.4), for keys of P-256. Node would turn them from and to DER itself, told so in
// an object beside the key; but Node 24 takes 30 µs to find that such an object is no key, a third of what verifying costs.
import { sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const HALF = 32;

export function ecdsaSign(key: KeyObject, data: Uint8Array): Uint8Array {
  return fromDer(sign('sha256', data, key));
}

export function ecdsaVerify(key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  return signature.length === 2 * HALF && verify('sha256', data, key, toDer(signature));
}

/** SEQUENCE of two INTEGERs, each of at most 33 bytes: no length takes more than a byte. */
function fromDer(der: Uint8Array): Uint8Array {
  const raw = new Uint8Array(2 * HALF);
  for (let half = 1, at = 2; half <= 2; half += 1) {
    const size = der[at + 1] ?? 0;
    const end = at + 2 + size;
    raw.set(der.subarray(end - Math.min(size, HALF), end), half * HALF - Math.min(size, HALF));
    at = end;
  }
  return raw;
}

function toDer(raw: Uint8Array): Uint8Array {
  const [r, s] = [integer(raw.subarray(0, HALF)), integer(raw.subarray(HALF))];
  return Uint8Array.from([0x30, r.length + s.length, ...r, ...s]);
}

/** Shortest form, with a zero in front of what would else read as negative. */
function integer(bytes: Uint8Array): readonly number[] {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = bytes.subarray(first === -1 ? HALF - 1 : first);
  const sign = (short[0] ?? 0) > 0x7f ? [0] : [];
  return [0x02, sign.length + short.length, ...sign, ...short];
}
