// One HTTP call to a configured address and no other: a whole time limit, a limit on the answer's size, no redirect followed, nothing compressed.
// By node:http and not fetch, which adds header fields of its own: X-Road's request hash covers every field that is sent.
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { OutsideAnswer } from '#work/ports.ts';

type Fields = readonly (readonly [name: string, value: string])[];

export type Call = {
  readonly url: URL;
  readonly fields: Fields;
  readonly body: Uint8Array;
  readonly timeoutMs: number;
  readonly mostBytes: number;
};
export type Called = { readonly status: number; readonly fields: Fields; readonly body: Uint8Array };
export type Failed = Extract<OutsideAnswer, { result: 'failed' }>;

/** POSTs. Never throws: what went wrong is a fault to be tried again. */
export async function post(call: Call): Promise<Called | Failed> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), call.timeoutMs);
  try {
    const response = await sent(call, controller.signal);
    const { statusCode: status = 0 } = response;
    const fields = pairs(response.rawHeaders);
    if (status >= 300 && status < 400) return dropped(response, fault('redirected', String(status)));
    if (response.headers['content-encoding'] !== undefined) return dropped(response, fault('malformed'));
    const body = await received(response, call.mostBytes);
    return body ? { status, fields, body } : fault('too-large');
  } catch {
    // The system's own words may hold addresses, and say no more than this to whoever runs the connector.
    return fault(controller.signal.aborted ? 'timeout' : 'unreachable');
  } finally {
    clearTimeout(timer);
  }
}

export function fault(name: Failed['fault'], detail?: string): Failed {
  return { result: 'failed', fault: name, isFinal: false, ...(detail !== undefined && { detail }) };
}

function sent({ url, fields, body }: Call, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestSecure : requestPlain;
    const headers = [...fields.flat(), 'Content-Length', String(body.byteLength), 'Host', url.host];
    const request = send(url, { method: 'POST', headers, signal, agent: false }, resolve);
    request.on('error', reject);
    request.end(body);
  });
}

/** Undefined where it is larger than it may be. Throws where the connection ends before the answer does. */
async function received(response: IncomingMessage, most: number): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.byteLength;
    if (size > most) {
      response.destroy();
      return undefined;
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function dropped(response: IncomingMessage, why: Failed): Failed {
  response.destroy();
  return why;
}

function pairs(raw: readonly string[]): Fields {
  return Array.from({ length: raw.length / 2 }, (_none, at) => [raw[2 * at] ?? '', raw[2 * at + 1] ?? ''] as const);
}

/** The value of a field that is there once. */
export function fieldOf(fields: Fields, name: string): string | undefined {
  const found = fields.filter(([one]) => one.toLowerCase() === name.toLowerCase());
  return found.length === 1 ? found[0]?.[1] : undefined;
}
