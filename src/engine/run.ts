// One step in the making: the state's records by id, the moves still to make, and what the step gives. Opened and closed by step.ts.
// Records are never changed, only replaced: the state that came in stays as it was.
import type { Instant } from '#base/instant.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { current, FORMAT, records } from './format.ts';
import type { Plan, PlanNode } from './plan.ts';
import type {
  DecisionTrace,
  EngineEnv,
  EngineState,
  EngineWant,
  Incident,
  StepResult,
  TrailEntry,
  WaitId,
  WaitKind,
} from './types.ts';

/** An activity that has completed and can be compensated: what it left in its scope, and what inside it can be. */
export type Undo = {
  readonly of: string;
  readonly vars?: JsonObject;
  readonly inside?: readonly Undo[];
  /** What is inside are the instances of a multi-instance activity. */
  readonly many?: true;
};

/** A process, subprocess or called process at work; the body of a multi-instance activity. `token` stands at the element that owns it. */
export type ScopeRecord = {
  readonly id: number;
  readonly of: string;
  readonly token?: number;
  readonly vars: JsonObject;
  /** `total` is -1 where a standard loop decides after each turn. */
  readonly multi?: { readonly total: number; readonly done: number; readonly items?: readonly Json[] };
  /** In the order they completed. */
  readonly undo?: readonly Undo[];
};

/**
 * Where the process stands. `via` is the flow it came by, which joins count; `local` the variables of its input mapping; `inner` its number
 * among multiple instances. `undoing`: it compensates, in this order, in that scope, and then goes on, ends, or closes the scope it opened
 * for that. `for`: the token that compensates by it.
 */
export type TokenRecord = {
  readonly id: number;
  readonly at: string;
  readonly in: number;
  readonly via?: string;
  readonly local?: JsonObject;
  readonly inner?: number;
  readonly undoing?: { readonly left: readonly Undo[]; readonly in: number; readonly after: 'go' | 'end' | 'close' };
  readonly for?: number;
};

/** `token` is what the wait belongs to: an activity for its boundary events. `scope` instead, for starts of event subprocesses. */
export type WaitRecord = {
  readonly wait: WaitId;
  readonly kind: WaitKind;
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
  /** Of conditions that go on listening: it held when it was last looked at, and happens when it comes to hold anew. */
  readonly held?: boolean;
};

/** A message that came before anything waited for it. */
export type KeptMessage = {
  readonly name: string;
  readonly key?: string;
  readonly vars: JsonObject;
  readonly id?: string;
  readonly keep: Instant;
};

/** Where `retry` takes up again: the whole entry, the work with its boundary events already armed, or the way out. */
export type Phase = 'enter' | 'work' | 'leave';
export type IncidentRecord = Incident & { readonly token: number; readonly phase: Phase };

/**
 * `done`: the inner scope of the token has ended with these variables. `counted`: an instance of a multi-instance activity has.
 * `undone`: a compensation that the token asked for is done.
 */
export type Move = {
  readonly make: 'enter' | 'work' | 'leave' | 'done' | 'counted' | 'undone';
  readonly token: number;
  readonly vars?: JsonObject;
  readonly undo?: readonly Undo[] | undefined;
};

export type Run = {
  readonly plan: Plan;
  readonly env: EngineEnv;
  next: number;
  readonly scopes: Map<number, ScopeRecord>;
  readonly tokens: Map<number, TokenRecord>;
  readonly waits: Map<WaitId, WaitRecord>;
  /** By token: each has failed once at most. */
  readonly incidents: Map<number, IncidentRecord>;
  messages: readonly KeptMessage[];
  ended: EngineState['ended'];
  readonly queue: Move[];
  /** How many moves of the queue are made already, and how many may be before the step is taken for a loop without end. */
  made: number;
  allowed: number;
  /** Tokens that are on their way into an element within this step, or have completed as one of many and are not yet counted. */
  readonly between: Set<number>;
  readonly trail: TrailEntry[];
  /** Where the trail tells of the entry that a token has made in this step. */
  readonly visits: Map<number, number>;
  /** In order; by wait where the want opens one, so that one that opens and closes in a step is never told. */
  readonly wants: Map<WaitId | EngineWant, EngineWant>;
  readonly decisions: DecisionTrace[];
  outcome: StepResult['outcome'];
  /** The outcome that an earlier step has told: what the case ends with where nothing later tells another. */
  readonly told: StepResult['outcome'];
  /** How often the step has looked through all tokens or waits; after a few times, the indexes: tokens by scope, waits by token or scope. */
  looks: number;
  inside: Map<number, Set<number>> | undefined;
  owned: Map<number, Set<WaitId>> | undefined;
};

/**
 * Moves of one step, and for each token or instance where there are many. Counted when the step begins and when an activity of many begins,
 * and not summed, so that a loop that leaves tokens behind at each turn ends too.
 */
const MOST_MOVES = 10_000;
const MOVES_OF_EACH = 100;

/** So many instances begin, and that is no loop. */
export function allowInstances(run: Run, count: number): void {
  run.allowed = Math.max(run.allowed, MOVES_OF_EACH * count);
}

/** Throws Refusal `state-format` where a newer release has written the state. */
export function openRun(plan: Plan, given: EngineState | undefined, env: EngineEnv): Run {
  const state = given && current(given);
  const next = state?.['next'];
  return {
    plan,
    env,
    next: typeof next === 'number' ? next : 1,
    scopes: new Map(records<ScopeRecord>(state, 'scopes').map((one) => [one.id, one])),
    tokens: new Map(records<TokenRecord>(state, 'tokens').map((one) => [one.id, one])),
    waits: new Map(records<WaitRecord>(state, 'waits').map((one) => [one.wait, one])),
    incidents: new Map(records<IncidentRecord>(state, 'incidents').map((one) => [one.token, one])),
    messages: records<KeptMessage>(state, 'messages').filter((one) => one.keep > env.now),
    ended: state?.ended,
    queue: [],
    made: 0,
    allowed: Math.max(MOST_MOVES, MOVES_OF_EACH * records<TokenRecord>(state, 'tokens').length),
    between: new Set(),
    trail: [],
    visits: new Map(),
    wants: new Map(),
    decisions: [],
    outcome: undefined,
    told: state?.outcome,
    looks: 0,
    inside: undefined,
    owned: undefined,
  };
}

export function closeRun(run: Run): StepResult {
  const told = run.outcome ?? run.told;
  const state: EngineState = {
    format: FORMAT,
    ...(told && { outcome: told }),
    ...(run.ended && { ended: run.ended }),
    next: run.next,
    scopes: [...run.scopes.values()],
    tokens: [...run.tokens.values()],
    waits: [...run.waits.values()],
    incidents: [...run.incidents.values()],
    ...(run.messages.length > 0 && !run.ended && { messages: run.messages }),
  };
  const { trail, decisions, outcome } = run;
  return { state, trail, wants: [...run.wants.values()], decisions, ...(outcome && { outcome }) };
}

/** The node a token stands at. A state of another version that names an element this one lacks is a bug of the caller. */
export function nodeOf(run: Run, id: string): PlanNode {
  const node = run.plan.nodes.get(id);
  if (!node) throw new Error(`the plan has no element ${id}`);
  return node;
}

export function enqueue(run: Run, move: Move): void {
  if (move.make === 'enter' || move.make === 'counted') run.between.add(move.token);
  run.queue.push(move);
}

export function newToken(run: Run, at: string, scope: number, more: Partial<TokenRecord> = {}): TokenRecord {
  return putToken(run, { id: run.next++, at, in: scope, ...more });
}

/** A token never leaves its scope. */
export function putToken(run: Run, token: TokenRecord): TokenRecord {
  run.tokens.set(token.id, token);
  if (run.inside) member(run.inside, token.in).add(token.id);
  return token;
}

export function dropToken(run: Run, token: TokenRecord): void {
  run.tokens.delete(token.id);
  run.inside?.get(token.in)?.delete(token.id);
}

/** The token rid of all it knew and came by, at the same element. */
export function bareToken(token: TokenRecord): TokenRecord {
  return { id: token.id, at: token.at, in: token.in, ...(token.for !== undefined && { for: token.for }) };
}

function member<K, V>(index: Map<K, Set<V>>, key: K): Set<V> {
  const known = index.get(key);
  if (known) return known;
  const made = new Set<V>();
  index.set(key, made);
  return made;
}

/** So many times a step looks through everything before it makes an index: most look once or twice. */
const FEW_LOOKS = 4;

/** Ids of the tokens in a scope; undefined while looking through all of them is cheaper. */
function indexOfTokens(run: Run): Map<number, Set<number>> | undefined {
  run.looks += 1;
  if (!run.inside && run.looks > FEW_LOOKS) {
    run.inside = new Map();
    for (const token of run.tokens.values()) member(run.inside, token.in).add(token.id);
  }
  return run.inside;
}

/** Tokens that stand directly in a scope. */
export function tokensIn(run: Run, scope: number): readonly TokenRecord[] {
  const index = indexOfTokens(run);
  if (index) return [...(index.get(scope) ?? [])].flatMap((id) => run.tokens.get(id) ?? []);
  return [...run.tokens.values()].filter((token) => token.in === scope);
}

export function countTokensIn(run: Run, scope: number): number {
  const index = indexOfTokens(run);
  if (index) return index.get(scope)?.size ?? 0;
  let count = 0;
  for (const token of run.tokens.values()) if (token.in === scope) count += 1;
  return count;
}

export function putWait(run: Run, wait: WaitRecord): void {
  run.waits.set(wait.wait, wait);
  if (run.owned) member(run.owned, ownerOf(wait)).add(wait.wait);
}

export function dropWait(run: Run, wait: WaitRecord): void {
  run.waits.delete(wait.wait);
  run.owned?.get(ownerOf(wait))?.delete(wait.wait);
}

/** Tokens and scopes are numbered together. */
function ownerOf(wait: WaitRecord): number {
  return wait.token ?? wait.scope ?? 0;
}

/** Waits of a token, or those of a scope. */
export function waitsOf(run: Run, owner: number): readonly WaitRecord[] {
  run.looks += 1;
  if (!run.owned && run.looks > FEW_LOOKS) {
    run.owned = new Map();
    for (const wait of run.waits.values()) member(run.owned, ownerOf(wait)).add(wait.wait);
  }
  if (run.owned) return [...(run.owned.get(owner) ?? [])].flatMap((id) => run.waits.get(id) ?? []);
  return [...run.waits.values()].filter((wait) => ownerOf(wait) === owner);
}

export function wantMore(run: Run, want: EngineWant, wait?: WaitId): void {
  run.wants.set(wait ?? want, want);
}

/** Puts a token at an incident: nothing more happens to it until it is retried, moved or cancelled. */
export function fail(run: Run, token: TokenRecord, phase: Phase, reason: string): void {
  const id = `i${run.next++}`;
  run.incidents.set(token.id, { id, element: token.at, reason, at: run.env.now, token: token.id, phase });
  run.trail.push({ element: token.at, did: 'failed' });
}

export function incidentNamed(run: Run, id: string): IncidentRecord | undefined {
  return [...run.incidents.values()].find((incident) => incident.id === id);
}
