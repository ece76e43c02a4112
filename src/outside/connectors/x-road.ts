// X-Road Message Protocol for REST (PR-REST 1.0.4), as an information system speaks it to its own security server.
// An answer holds only where it names the hash of the very request that was sent (§4.3), its id, client and service.
import { createHash, randomUUID } from 'node:crypto';
import type { OutsideAnswer, OutsideQuestion, XRoad } from '#work/ports.ts';
import { fault, fieldOf, post } from './call.ts';
import type { Called } from './call.ts';
import { callOf, exchangeOf, objectIn, pendingOf, statusFault } from './judge.ts';
import type { Sent } from './judge.ts';

export async function askXRoad(asked: OutsideQuestion & { readonly connector: XRoad }): Promise<OutsideAnswer> {
  const sent = message(asked);
  const called = await post(callOf(asked, sent));
  if ('result' in called) return called;
  const trouble = fieldOf(called.fields, 'x-road-error');
  if (trouble !== undefined) return securityServerFault(trouble, called.status);
  if (!isBound(asked.connector, sent, called)) return fault('unbound');
  const wrong = statusFault(called);
  if (wrong) return wrong;
  if (called.status === 202) return pendingOf(called);
  const answer = objectIn(called.body);
  return answer ? { result: 'answered', answer, asOf: asked.at, exchange: exchangeOf(sent, called) } : fault('malformed');
}

/** §4.1: `/r1/{serviceId}[/path]`, each part percent-encoded by itself (§4.2). X-Road-Id is of this message; the inquiry's id is of the matter. */
function message({ connector, id, type, question }: OutsideQuestion & { readonly connector: XRoad }): Sent {
  const path = connector.types[type]?.service ?? '';
  return {
    target: `${connector.url.replace(/\/$/, '')}/r1/${encodedId(connector.serviceId)}${path}`,
    fields: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['Accept', 'application/json'],
      ['X-Road-Client', encodedId(connector.client)],
      ['X-Road-Id', randomUUID()],
      ['X-Road-Issue', id],
      ['Idempotency-Key', id],
    ],
    body: Buffer.from(JSON.stringify(question)),
  };
}

function encodedId(id: string): string {
  return id.split('/').map(encodeURIComponent).join('/');
}

/** §4.6: errors of X-Road itself carry a type; `Client…` is for our request, all else passes with time. */
function securityServerFault(type: string, status: number): OutsideAnswer {
  const detail = /^[A-Za-z][A-Za-z._]{0,79}$/.test(type) ? type : String(status);
  if (/AccessDenied/i.test(type)) return fault('not-admitted', detail);
  return type.startsWith('Client') && !type.startsWith('ClientProxy')
    ? { ...fault('refused', detail), isFinal: true }
    : fault('unavailable', detail);
}

function isBound({ client, serviceId }: XRoad, sent: Sent, { fields }: Called): boolean {
  const requestId = fieldOf(fields, 'x-road-request-id');
  return (
    requestId !== undefined &&
    fieldOf(fields, 'x-road-id') === fieldOf(sent.fields, 'x-road-id') &&
    fieldOf(fields, 'x-road-client') === encodedId(client) &&
    fieldOf(fields, 'x-road-service') === encodedId(serviceId) &&
    fieldOf(fields, 'x-road-request-hash') === requestHash(sent, requestId)
  );
}

/** Hop-by-hop and the fields that a security server takes out before it signs (its RestMessage). */
const SKIPPED = new Set(
  'transfer-encoding keep-alive proxy-authenticate proxy-authorization te trailer upgrade connection pragma user-agent host content-length server expect x-road-request-id x-road-request-hash'.split(
    ' ',
  ),
);

/**
 * §4.3: base64 of SHA-512(SHA-512(headers) + SHA-512(body)), or of SHA-512(headers) where there is no body. The headers are the method, the path
 * with its query, each field as it was sent, and last the request id that the security server gave, all on lines of their own.
 */
export function requestHash({ target, fields, body }: Sent, requestId: string): string {
  const { pathname, search } = new URL(target);
  const kept = fields.filter(([name]) => !SKIPPED.has(name.toLowerCase()));
  const lines = ['POST', pathname + search, ...[...kept, ['x-road-request-id', requestId]].map((one) => one.join(':'))];
  const head = sha512(lines.map((line) => `${line}\r\n`).join(''));
  return (body.byteLength === 0 ? head : sha512(Buffer.concat([head, sha512(body)]))).toString('base64');
}

function sha512(data: string | Uint8Array): Buffer {
  return createHash('sha512').update(data).digest();
}
