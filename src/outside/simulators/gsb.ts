// A simulated bus: one address, an envelope by the same configuration that the adapter reads, a ticket asked for and not looked at further.
import { isObject } from '#base/json.ts';
import type { Gsb } from '#work/ports.ts';
import { json, parsed } from './simulator.ts';
import type { Envelope, Said } from './simulator.ts';

export function gsbEnvelope({ envelope, secrets }: Pick<Gsb, 'envelope' | 'secrets'>): Envelope {
  const codeOf = (said: Said): string | number => {
    if (said.kind === 'later') return envelope.later[0] ?? 'later';
    if (said.kind === 'busy') return envelope.busy[0] ?? 'busy';
    return said.kind === 'answer' ? (envelope.good[0] ?? 'good') : 'no-record';
  };
  return {
    read({ body, fields }) {
      const sent = parsed(body);
      const [id, question] = isObject(sent) ? [sent[envelope.id], sent[envelope.request]] : [];
      const isKnown = Object.keys(secrets).every((name) => fields.some(([one, value]) => sameName(one, name) && value !== ''));
      return isKnown && typeof id === 'string' && isObject(question) ? { id, question } : undefined;
    },
    // No signature can be forged here: both faults are an answer that says it is another's.
    write: (said, _request, { id }) =>
      json(200, {
        [envelope.id]: said.kind === 'answer' && said.fault ? `not-${id}` : id,
        [envelope.code]: codeOf(said),
        [envelope.response]: said.kind === 'answer' ? said.value : null,
      }),
  };
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
