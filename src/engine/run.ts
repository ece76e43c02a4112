// One step in the making: the state's records by id, the moves still to make, and what the step gives. Opened and closed by step.ts.
// Records are never changed, only replaced: the state that came in stays as it was.
import type { Instant } from '#base/instant.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Plan, PlanNode } from './plan.ts';
import type { DecisionTrace, EngineEnv, EngineState, EngineWant, Incident, StepResult, TrailEntry, WaitId } from './types.ts';

/** A process, subprocess or called process at work; the body of a multi-instance activity. `token` stands at the element that owns it. */
export type ScopeRecord = {
  readonly id: number;
  readonly of: string;
  readonly token?: number;
  readonly vars: JsonObject;
  readonly multi?: { readonly total: number; readonly done: number; readonly items?: readonly Json[] };
};

/** Where the process stands. `via` is the flow it came by, which joins count; `local` the variables of its input mapping; `inner` its number among multiple instances. */
export type TokenRecord = {
  readonly id: number;
  readonly at: string;
  readonly in: number;
  readonly via?: string;
  readonly local?: JsonObject;
  readonly inner?: number;
};

/** `token` is what the wait belongs to: an activity for its boundary events. `scope` instead, for starts of event subprocesses. */
export type WaitRecord = {
  readonly wait: WaitId;
  readonly kind: 'task' | 'service' | 'timer' | 'message';
  readonly element: string;
  readonly token?: number;
  readonly scope?: number;
  readonly due?: Instant;
  readonly clock?: boolean;
  /** Of cycles: the interval, and how often it fires after this time; -1 without end. */
  readonly every?: string;
  readonly left?: number;
  readonly name?: string;
  readonly key?: string;
};

/** Where `retry` takes up again: the whole entry, the work with its boundary events already armed, or the way out. */
export type Phase = 'enter' | 'work' | 'leave';
export type IncidentRecord = Incident & { readonly token: number; readonly phase: Phase };

/** `done`: the inner scope of the token has ended with these variables. `counted`: an instance of a multi-instance activity has. */
export type Move = {
  readonly make: 'enter' | 'work' | 'leave' | 'done' | 'counted';
  readonly token: number;
  readonly vars?: JsonObject;
};

export type Run = {
  readonly plan: Plan;
  readonly env: EngineEnv;
  next: number;
  readonly scopes: Map<number, ScopeRecord>;
  readonly tokens: Map<number, TokenRecord>;
  readonly waits: Map<WaitId, WaitRecord>;
  readonly incidents: Map<string, IncidentRecord>;
  ended: EngineState['ended'];
  readonly queue: Move[];
  readonly trail: TrailEntry[];
  readonly wants: EngineWant[];
  readonly decisions: DecisionTrace[];
  outcome: StepResult['outcome'];
};

export function records<T>(state: EngineState | undefined, name: string): readonly T[] {
  const value = state?.[name];
  return Array.isArray(value) ? (value as readonly T[]) : [];
}

export function openRun(plan: Plan, state: EngineState | undefined, env: EngineEnv): Run {
  const next = state?.['next'];
  return {
    plan,
    env,
    next: typeof next === 'number' ? next : 1,
    scopes: new Map(records<ScopeRecord>(state, 'scopes').map((one) => [one.id, one])),
    tokens: new Map(records<TokenRecord>(state, 'tokens').map((one) => [one.id, one])),
    waits: new Map(records<WaitRecord>(state, 'waits').map((one) => [one.wait, one])),
    incidents: new Map(records<IncidentRecord>(state, 'incidents').map((one) => [one.id, one])),
    ended: state?.ended,
    queue: [],
    trail: [],
    wants: [],
    decisions: [],
    outcome: undefined,
  };
}

export function closeRun(run: Run): StepResult {
  const state: EngineState = {
    format: 1,
    ...(run.ended && { ended: run.ended }),
    next: run.next,
    scopes: [...run.scopes.values()],
    tokens: [...run.tokens.values()],
    waits: [...run.waits.values()],
    incidents: [...run.incidents.values()],
  };
  const { trail, wants, decisions, outcome } = run;
  return { state, trail, wants, decisions, ...(outcome && { outcome }) };
}

/** The node a token stands at. A state of another version that names an element this one lacks is a bug of the caller. */
export function nodeOf(run: Run, id: string): PlanNode {
  const node = run.plan.nodes.get(id);
  if (!node) throw new Error(`the plan has no element ${id}`);
  return node;
}

export function newToken(run: Run, at: string, scope: number, more: Partial<TokenRecord> = {}): TokenRecord {
  return putToken(run, { id: run.next++, at, in: scope, ...more });
}

export function putToken(run: Run, token: TokenRecord): TokenRecord {
  run.tokens.set(token.id, token);
  return token;
}

/** Tokens that stand directly in a scope. */
export function tokensIn(run: Run, scope: number): readonly TokenRecord[] {
  return [...run.tokens.values()].filter((token) => token.in === scope);
}

/** Puts a token at an incident: nothing more happens to it until it is retried or cancelled. */
export function fail(run: Run, token: TokenRecord, phase: Phase, reason: string): void {
  const id = `i${run.next++}`;
  run.incidents.set(id, { id, element: token.at, reason, at: run.env.now, token: token.id, phase });
  run.trail.push({ element: token.at, did: 'failed' });
}
