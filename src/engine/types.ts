// What the engine gives and takes. Pure: an input and `now` go in; new state, trail and wants come out. Wants are its only effects.
import type { Finding } from '#base/finding.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { RuleHit } from '#rules/types.ts';

/** A wait state: a task, service call, timer or message subscription that the process stands at. Unique in its case, never used again. */
export type WaitId = string & { readonly __wait: true };

/** The dargah: extension vocabulary of an element, read and with its FEEL compiled where it starts with `=`. See docs/packages.md. */
export type Executor = { readonly unit: string; readonly role: string };
export type ElementInfo = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** `zeebe:formDefinition@formId`: the file `<formId>.form` of the package. */
  readonly form?: string;
  /** `<dargah:executor unit role>`; unit may be FEEL. */
  readonly executor?: Executor;
  /** `<dargah:inquiry type>`: this task is an inquiry of that type to the executor's unit. */
  readonly inquiry?: string;
  /** `<dargah:visit kind>`: this task needs presence on site. */
  readonly visit?: string;
  /** `<dargah:clock pauses="reason">`: the applicant's clock stands still while this task is open. */
  readonly pauses?: string;
  /** `<dargah:separate from="Task_A Task_B">`: not by a person who completed one of these (four eyes). */
  readonly separate?: readonly string[];
  /** `<dargah:deadline duration legal>`: working time this task should take. */
  readonly deadline?: { readonly duration: string; readonly legal?: string };
  /** `zeebe:taskDefinition@type` of a service or send task. */
  readonly service?: string;
  /** `zeebe:taskHeaders`. */
  readonly headers?: { readonly [key: string]: string };
  /** `<dargah:outcome status reason>` on an end event: how the case ends there. */
  readonly outcome?: { readonly status: string; readonly reason?: string };
  /** Name of the innermost lane it stands in. */
  readonly lane?: string;
  /** `zeebe:properties`. */
  readonly properties?: { readonly [name: string]: string };
};

/** All effects. The host carries them out and answers with an EngineInput naming the same wait. */
export type EngineWant =
  | {
      readonly kind: 'task';
      readonly wait: WaitId;
      readonly element: ElementInfo;
      readonly executor?: Executor;
      readonly input: JsonObject;
      readonly due?: Instant;
    }
  | { readonly kind: 'service'; readonly wait: WaitId; readonly element: ElementInfo; readonly input: JsonObject }
  | { readonly kind: 'timer'; readonly wait: WaitId; readonly element: string; readonly due: Instant; readonly clock: boolean }
  | { readonly kind: 'message'; readonly wait: WaitId; readonly element: string; readonly name: string; readonly key?: string }
  | { readonly kind: 'signal'; readonly wait: WaitId; readonly element: string; readonly name: string }
  | {
      readonly kind: 'throw';
      readonly element: string;
      readonly message: string;
      readonly key?: string;
      readonly vars: JsonObject;
    }
  /** A signal for every case that listens; the throwing case itself has heard it already. */
  | { readonly kind: 'broadcast'; readonly element: string; readonly signal: string; readonly vars: JsonObject }
  /** The wait is over from the process's side (cancelled scope, interrupted task): withdraw it. */
  | { readonly kind: 'withdraw'; readonly wait: WaitId; readonly was: Exclude<WaitKind, 'condition'> };

export type EngineInput =
  /** `at`: the start event that began it, where that is not the plain one. */
  | { readonly kind: 'start'; readonly vars: JsonObject; readonly at?: string }
  /** A task was completed or a service answered. `result` goes through the element's output mapping, or merges into the scope where there is none. */
  | { readonly kind: 'complete'; readonly wait: WaitId; readonly result: JsonObject }
  /** A BPMN error from a task or service: caught by an error boundary, else an incident. */
  | {
      readonly kind: 'error';
      readonly wait: WaitId;
      readonly code: string;
      readonly message?: string;
      readonly vars?: JsonObject;
    }
  | { readonly kind: 'timer'; readonly wait: WaitId }
  /** Kept until `keep` where nothing waits for it yet; one with an `id` that is kept already is not kept twice. */
  | {
      readonly kind: 'message';
      readonly name: string;
      readonly key?: string;
      readonly vars: JsonObject;
      readonly id?: string;
      readonly keep?: Instant;
    }
  | { readonly kind: 'signal'; readonly name: string; readonly vars: JsonObject }
  /** Clock-bound timers move when the case's clock was paused and resumes. */
  | { readonly kind: 'reschedule'; readonly wait: WaitId; readonly due: Instant }
  /** Into the process's variables; with an incident, each where its name lives as seen from there. */
  | { readonly kind: 'set'; readonly vars: JsonObject; readonly incident?: string }
  | { readonly kind: 'retry'; readonly incident: string }
  /** Takes the token of an incident or a wait to another element of its scope, leaving nothing of where it was. See move.ts. */
  | { readonly kind: 'move'; readonly from: string; readonly to: string }
  | { readonly kind: 'cancel' };

/**
 * What happened to elements, in order: what mining and the diagram read. Sequence flows appear as `taken`. A visit is `entered`, then
 * `completed`, `cancelled` or `failed`; a retry enters anew. `wait`: the wait that a visited element stands at, or that made its event happen.
 */
export type TrailEntry = {
  readonly element: string;
  readonly did: 'entered' | 'completed' | 'cancelled' | 'taken' | 'failed';
  readonly wait?: WaitId;
};

/** A decision that ran inside the step: which rules hit, and what came out. */
export type DecisionTrace = {
  readonly element: string;
  readonly decision: string;
  readonly value: unknown;
  readonly hits: readonly RuleHit[];
};

export type Incident = { readonly id: string; readonly element: string; readonly reason: string; readonly at: Instant };

export type WaitKind = 'task' | 'service' | 'timer' | 'message' | 'signal' | 'condition';
export type WaitState = {
  readonly wait: WaitId;
  readonly kind: WaitKind;
  readonly element: string;
  readonly due?: Instant;
  readonly clock?: boolean;
};

/** Opaque outside the engine but for these; JSON, flat, versioned by `format`: see format.ts. */
export type EngineState = {
  readonly format: number;
  readonly ended?: { readonly how: 'completed' | 'cancelled'; readonly element?: string };
  /** The last outcome that an end event told; branches that go on may end the case later. */
  readonly outcome?: Outcome;
  readonly [more: string]: unknown;
};

export type EngineEnv = {
  readonly now: Instant;
  /** Due time of a duration in working time (`P10D`, `PT4H`) of the case's calendar. */
  readonly workingDue: (from: Instant, duration: string) => Instant;
};

export type Outcome = { readonly element: string; readonly status: string; readonly reason?: string };

export type StepResult = {
  readonly state: EngineState;
  readonly trail: readonly TrailEntry[];
  readonly wants: readonly EngineWant[];
  readonly decisions: readonly DecisionTrace[];
  /** End event reached with an outcome, in this step. */
  readonly outcome?: Outcome;
};

export type CheckResult = { readonly findings: readonly Finding[] };
