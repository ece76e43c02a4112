// Refuses unsafe requests that a page of another site could have sent (Fetch Metadata; RFC 6454 Origin).
// A bearer token cannot be sent by another site's page, and a request without a cookie borrows nobody's rights: both are let through.
import type { FastifyRequest } from 'fastify';
import { Refusal } from '#base/refusal.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Throws Refusal `cross-origin`. `origin` is the portal's own: `https://dargah.example`. */
export function checkOrigin(request: FastifyRequest, origin: string): void {
  if (SAFE.has(request.method) || request.headers.authorization !== undefined || request.headers.cookie === undefined) return;
  const sent = request.headers.origin;
  const site = request.headers['sec-fetch-site'];
  if (sent !== undefined ? sent === origin || sameHost(sent, request) : site === 'same-origin' || site === 'none') return;
  throw new Refusal('cross-origin', { origin: sent ?? 'none' });
}

/** Behind a name we were not told (127.0.0.1 for localhost), the browser's own Host tells where the page came from. */
function sameHost(sent: string, request: FastifyRequest): boolean {
  return URL.canParse(sent) && new URL(sent).host === request.headers.host && request.headers['sec-fetch-site'] !== 'cross-site';
}
