// The security headers of every answer. No inline script or style is ever allowed; nothing is framed; nothing leaks by referrer.
import type { FastifyReply } from 'fastify';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-frame-options': 'DENY',
};

export function secureHeaders(reply: FastifyReply, secure: boolean): void {
  for (const [name, value] of Object.entries(HEADERS)) if (!reply.hasHeader(name)) reply.header(name, value);
  if (secure) reply.header('strict-transport-security', 'max-age=63072000; includeSubDomains');
  // Pages about people are nobody's cache's business; assets set their own.
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
}
