// What the log holds of a case event: a salted commitment. Without its salt it says nothing, and a destroyed salt erases the event.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { canonical } from '#base/json.ts';
import { utf8 } from './bytes.ts';
import { leafHash } from './merkle.ts';
import type { Hash, LeafEvent } from './types.ts';

/** SHA-256(0x00 ‖ HMAC-SHA-256(salt, JCS(event))). `salt` is 32 random bytes of this event alone; throws RangeError for fewer. */
export function commit(event: LeafEvent, salt: Uint8Array): Hash {
  if (salt.length !== 32) throw new RangeError(`a salt has 32 bytes, not ${salt.length}`);
  return leafHash(hmac(sha256, salt, utf8(canonical(event))));
}
