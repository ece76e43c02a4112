// A simulated organisation: answers what it knows, counts a question once however often it comes, and misbehaves as it is told.
// For tests and the demo; how its answers look is its envelope's.
import { setTimeout } from 'node:timers/promises';
import type { Json, JsonObject } from '#base/json.ts';

/** Field lines as they came; `target` is absolute. */
export type Received = {
  readonly method: string;
  readonly target: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
};
export type Reply = {
  readonly status: number;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | string;
};

export const MODES = [
  'well', // answers
  'sluggish', // answers, after a while
  'later', // takes the question, and answers when it is asked the third time
  'busy', // 503 with Retry-After
  'error', // 500
  'down', // cuts the connection
  'slow', // says nothing for longer than anyone waits
  'halfway', // cuts the connection in the middle of its answer
  'malformed', // not JSON
  'huge', // more than anyone reads
  'redirect', // sends elsewhere
  'denied', // 401
  'refused', // no such record
  'forged', // a wrong signature or hash
  'other', // the answer to another question
  'unfit', // an answer that its schema does not know
] as const;
export type Mode = (typeof MODES)[number];

/** What an envelope reads out of a request, and how it writes what is to be said. */
export type Asked = { readonly id: string; readonly question: JsonObject };
export type Said =
  | { readonly kind: 'answer'; readonly value: Json; readonly fault?: 'forged' | 'other' }
  | { readonly kind: 'later' | 'busy' | 'refused' };
export type Envelope = {
  /** Undefined for what is no question: it is refused with 400. */
  read(request: Received): Asked | undefined;
  write(said: Said, request: Received, asked: Asked): Reply | Promise<Reply>;
};

export type Simulator = {
  readonly id: string;
  behave(mode: Mode): void;
  mode(): Mode;
  /** Requests, and questions. */
  counts(): { readonly calls: number; readonly questions: number };
  /** `cut`, `cut-halfway`, `silence`: what no reply can be. */
  receive(request: Received): Promise<Reply | 'cut' | 'cut-halfway' | 'silence'>;
};

const PATIENCE = 3;
const SLUGGISH_MS = 150;
const MOST_KEPT = 10_000;

export function openSimulator(
  id: string,
  envelope: Envelope,
  /** Undefined: there is no such record. */
  knows: (question: JsonObject) => Json | undefined,
): Simulator {
  let mode: Mode = 'well';
  let calls = 0;
  const asked = new Map<string, number>();

  function count(question: string): number {
    if (asked.size > MOST_KEPT) asked.clear();
    const times = (asked.get(question) ?? 0) + 1;
    asked.set(question, times);
    return times;
  }

  function saidTo(question: JsonObject, times: number): Said {
    const value = knows(question);
    if (mode === 'later' && times < PATIENCE) return { kind: 'later' };
    if (mode === 'busy') return { kind: 'busy' };
    if (mode === 'unfit') return { kind: 'answer', value: { unforeseen: true } };
    if (mode === 'refused' || value === undefined) return { kind: 'refused' };
    return { kind: 'answer', value, ...((mode === 'forged' || mode === 'other') && { fault: mode }) };
  }

  return {
    id,
    behave: (wanted) => void (mode = wanted),
    mode: () => mode,
    counts: () => ({ calls, questions: asked.size }),
    async receive(request) {
      calls += 1;
      if (mode === 'down') return 'cut';
      if (mode === 'slow') return 'silence';
      const plain = plainly(mode);
      if (plain) return plain;
      const question = envelope.read(request);
      if (!question) return json(400, { error: 'not a question' });
      if (mode === 'halfway') return 'cut-halfway';
      if (mode === 'sluggish') await setTimeout(SLUGGISH_MS);
      return envelope.write(saidTo(question.question, count(question.id)), request, question);
    },
  };
}

function plainly(mode: Mode): Reply | undefined {
  switch (mode) {
    case 'error':
      return json(500, { error: 'internal' });
    case 'denied':
      return json(401, { error: 'who are you' });
    case 'malformed':
      return { status: 200, fields: [['content-type', 'application/json']], body: '{"half": ' };
    case 'huge':
      return { status: 200, fields: [['content-type', 'application/json']], body: `"${'x'.repeat(4_000_000)}"` };
    case 'redirect':
      return { status: 302, fields: [['location', 'http://localhost:1/']], body: '' };
    default:
      return undefined;
  }
}

export function json(status: number, body: Json, fields: Reply['fields'] = []): Reply {
  return { status, fields: [['content-type', 'application/json; charset=utf-8'], ...fields], body: JSON.stringify(body) };
}

export function parsed(body: Uint8Array): Json {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as Json;
  } catch {
    return null;
  }
}
