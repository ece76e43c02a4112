// What a case stands at, read from the engine's opaque state: open waits, incidents, the process's variables. Never changes it.
import type { JsonObject } from '#base/json.ts';
import { records } from './format.ts';
import type { IncidentRecord, ScopeRecord, TokenRecord, WaitRecord } from './run.ts';
import type { EngineState, Incident, WaitState } from './types.ts';

export function waits(state: EngineState): readonly WaitState[] {
  return records<WaitRecord>(state, 'waits').map(shown);
}

function shown({ wait, kind, element, due, clock }: WaitRecord): WaitState {
  return { wait, kind, element, ...(due !== undefined && { due }), ...(clock !== undefined && { clock }) };
}

export function incidents(state: EngineState): readonly Incident[] {
  return records<IncidentRecord>(state, 'incidents').map(({ id, element, reason, at }) => ({ id, element, reason, at }));
}

/** The variables of the process itself, not those of its inner scopes. */
export function variables(state: EngineState): JsonObject {
  return records<ScopeRecord>(state, 'scopes').find((scope) => scope.token === undefined)?.vars ?? {};
}

/** All that is known where an incident stands, the nearest value of each name; the process's own variables where there is no such incident. */
export function variablesAt(state: EngineState, incident: string): JsonObject {
  const tokens = new Map(records<TokenRecord>(state, 'tokens').map((one) => [one.id, one]));
  const scopes = new Map(records<ScopeRecord>(state, 'scopes').map((one) => [one.id, one]));
  const failed = records<IncidentRecord>(state, 'incidents').find((one) => one.id === incident);
  let token = failed && tokens.get(failed.token);
  if (!token) return variables(state);
  const layers: JsonObject[] = [];
  while (token) {
    const scope: ScopeRecord | undefined = scopes.get(token.in);
    layers.unshift(scope?.vars ?? {}, token.local ?? {});
    token = scope?.token === undefined ? undefined : tokens.get(scope.token);
  }
  return Object.assign({}, ...layers) as JsonObject;
}
