// A bus in the manner of a government service bus: one address, credentials in header fields, an envelope whose members are named by configuration.
// Made for such buses as they are commonly described; tried against no real one.
import type { Json } from '#base/json.ts';
import type { Gsb, OutsideAnswer, OutsideQuestion } from '#work/ports.ts';
import { fault, post } from './call.ts';
import { callOf, exchangeOf, objectIn, pendingOf, statusFault } from './judge.ts';
import type { Sent } from './judge.ts';

/** `secret`: what a city keeps under a name, in its environment and never in its configuration. */
export async function askGsb(
  asked: OutsideQuestion & { readonly connector: Gsb },
  secret: (name: string) => string | undefined,
): Promise<OutsideAnswer> {
  const { envelope, secrets, types } = asked.connector;
  const credentials = Object.entries(secrets).map(([header, name]) => [header, secret(name) ?? ''] as const);
  if (credentials.some(([, value]) => value === '')) return fault('not-configured');
  const body = {
    [envelope.id]: asked.id,
    [envelope.service]: types[asked.type]?.service ?? asked.type,
    [envelope.request]: asked.question,
  };
  const sent: Sent = {
    target: asked.connector.url,
    fields: [['Content-Type', 'application/json; charset=utf-8'], ['Accept', 'application/json'], ...credentials],
    body: Buffer.from(JSON.stringify(body)),
  };
  const called = await post(callOf(asked, sent));
  if ('result' in called) return called;
  const wrong = statusFault(called);
  if (wrong) return wrong;
  const answer = objectIn(called.body);
  if (!answer) return fault('malformed');
  // Without a signature its own id is all that ties an answer to its question.
  if (answer[envelope.id] !== asked.id) return fault('unbound');
  const [code, value] = [answer[envelope.code], answer[envelope.response]];
  const isOneOf = (codes: readonly (string | number)[]): boolean => codes.some((one) => one === code);
  if (isOneOf(envelope.later)) return pendingOf(called);
  if (isOneOf(envelope.busy)) return fault('unavailable', codeText(code));
  if (!isOneOf(envelope.good)) return { ...fault('refused', codeText(code)), isFinal: true };
  if (value === undefined) return fault('malformed');
  return { result: 'answered', answer: value, asOf: asked.at, exchange: exchangeOf(sent, called, Object.keys(secrets)) };
}

function codeText(code: Json | undefined): string {
  return /^[\w.-]{1,20}$/.test(String(code)) ? String(code) : 'no code';
}
