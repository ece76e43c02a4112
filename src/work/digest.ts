// What makes two values the same one: SHA-256 over canonical JSON (RFC 8785), base64url.
import { createHash } from 'node:crypto';
import { canonical } from '#base/json.ts';
import type { Json } from '#base/json.ts';

export function digestOf(value: Json): string {
  return createHash('sha256').update(canonical(value)).digest('base64url');
}
