// Content-Digest (RFC 9530): made with SHA-256, checked with every algorithm of it that is still trusted.
// A message whose digests are all of retired algorithms has none.
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { isEqual } from './merkle.ts';
import { isInnerList, parseDictionary, serialiseDictionary } from './structured-fields.ts';

const HASHES = { 'sha-256': sha256, 'sha-512': sha512 } as const;
export type DigestAlgorithm = keyof typeof HASHES;

/** `sha-256=:…:` over the body as it goes over the wire. */
export function contentDigest(body: Uint8Array, algorithm: DigestAlgorithm = 'sha-256'): string {
  const bare = { kind: 'bytes', value: HASHES[algorithm](body) } as const;
  return serialiseDictionary(new Map([[algorithm, { bare, params: new Map() }]]));
}

export type DigestFault = 'digest-missing' | 'digest-unreadable' | 'digest-wrong';

/** Undefined where the body is the one the field was made for: at least one known digest, and all known ones agree. */
export function digestFault(value: string | undefined, body: Uint8Array): DigestFault | undefined {
  if (value === undefined) return 'digest-missing';
  const dictionary = parseDictionary(value);
  if (!dictionary) return 'digest-unreadable';
  let known = 0;
  for (const [name, member] of dictionary) {
    if (isInnerList(member) || member.bare.kind !== 'bytes') return 'digest-unreadable';
    if (!Object.hasOwn(HASHES, name)) continue;
    known++;
    if (!isEqual(HASHES[name as DigestAlgorithm](body), member.bare.value)) return 'digest-wrong';
  }
  return known === 0 ? 'digest-missing' : undefined;
}
