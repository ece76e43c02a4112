// Compares where a rehearsal ended with what its example expects. Says what was awaited and what came; decides nothing else.
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { isoDateOf } from '#calendar/jalali.ts';
import type { CaseState } from './types.ts';

type Ended = { readonly state: CaseState | undefined; readonly notified: readonly string[] };

/** One line per expectation of `then` that did not come true. */
export function expectations(then: JsonObject, ended: Ended): readonly string[] {
  return Object.entries(then).flatMap(([name, awaited]) => {
    const got = observed(name, awaited, ended);
    return got === undefined || same(awaited, got, name)
      ? []
      : [`then.${name}: awaited ${JSON.stringify(awaited)}, got ${JSON.stringify(got)}`];
  });
}

function observed(name: string, awaited: Json, { state, notified }: Ended): Json | undefined {
  if (!state) return 'no case';
  switch (name) {
    case 'status':
      return state.status;
    case 'reason':
      return state.reason ?? '';
    case 'fee':
      return fee(state, awaited);
    case 'document':
      return typeof awaited === 'boolean' ? state.documents.length > 0 : (state.documents.at(-1)?.status ?? 'none');
    case 'visits':
      return { ...state.visits };
    case 'open':
      return state.tasks.map((task) => task.element).sort();
    case 'clock':
      return state.clock?.state ?? 'none';
    case 'due':
      return state.clock?.due === undefined ? 'none' : isoDateOf(state.clock.due, 210);
    case 'notified':
      return [...notified].sort();
    case 'refunds':
      return (
        state.payments.flatMap((one) => one.attempts).filter((one) => one.result === 'paid').length -
        state.payments.filter((one) => one.status === 'paid').length
      );
    default:
      return `unknown expectation ${name}`;
  }
}

/** Only the lines the example names are compared. */
function fee(state: CaseState, awaited: Json): Json {
  const lines = isObject(awaited) && isObject(awaited['lines']) ? awaited['lines'] : undefined;
  const got = Object.fromEntries(
    (state.fee?.lines ?? []).filter(isObject).map((one) => [String(one['code']), Number(one['amount'])]),
  );
  const named = lines && Object.fromEntries(Object.keys(lines).map((code) => [code, got[code] ?? null]));
  return { total: state.fee ? Number(state.fee.total) : null, ...(named ? { lines: named } : {}) };
}

function same(awaited: Json, got: Json, name: string): boolean {
  if (name === 'reason') return String(got).includes(String(awaited));
  if (Array.isArray(awaited)) return JSON.stringify([...(awaited as readonly Json[])].map(String).sort()) === JSON.stringify(got);
  if (isObject(awaited) && isObject(got))
    return Object.entries(awaited).every(([key, value]) => got[key] !== undefined && same(value, got[key], key));
  return awaited === got;
}
