// What an answer's status and body say, the same for all adapters. Detail is a status or a code, never anything that came.
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import type { OutsideAnswer, OutsideExchange, OutsideQuestion } from '#work/ports.ts';
import { fault, fieldOf } from './call.ts';
import type { Called, Failed } from './call.ts';

/** Undefined for 200 and 202, whose bodies tell. */
export function statusFault({ status, fields }: Called): Failed | undefined {
  if (status === 200 || status === 202) return undefined;
  const detail = String(status);
  const againMs = retryAfterMs(fieldOf(fields, 'retry-after'));
  switch (status) {
    case 401:
    case 403:
    case 407:
      return fault('not-admitted', detail);
    case 408:
    case 425:
    case 429:
      return { ...fault('unavailable', detail), againMs };
    default:
      if (status >= 500) return { ...fault('unavailable', detail), againMs };
      return status >= 400 ? { ...fault('refused', detail), isFinal: true } : fault('malformed', detail);
  }
}

/** RFC 9110 §10.2.3, in its form of seconds; of a date nothing is made: clocks differ. At most a day. */
export function retryAfterMs(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,9}$/.test(value) ? Math.min(Number(value), 86_400) * 1000 : undefined;
}

export function pendingOf({ fields }: Called): OutsideAnswer {
  return { result: 'pending', againMs: retryAfterMs(fieldOf(fields, 'retry-after')) };
}

/** The body as a JSON object; `undefined` for anything else. */
export function objectIn(body: Uint8Array) {
  try {
    const json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as Json;
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

export type Sent = {
  readonly target: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
};

export function exchangeOf({ target, fields, body }: Sent, called: Called, secret: readonly string[] = []): OutsideExchange {
  const hidden = new Set(secret.map((one) => one.toLowerCase()));
  return {
    question: {
      method: 'POST',
      target,
      fields: fields.filter(([name]) => !hidden.has(name.toLowerCase())),
      body: Buffer.from(body).toString('base64'),
    },
    answer: { status: called.status, fields: called.fields, body: Buffer.from(called.body).toString('base64') },
  };
}

export function callOf({ connector }: OutsideQuestion, { target, fields, body }: Sent) {
  return { url: new URL(target), fields, body, timeoutMs: connector.timeoutMs, mostBytes: connector.mostBytes };
}
