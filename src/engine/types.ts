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
  | {
      readonly kind: 'throw';
      readonly element: string;
      readonly message: string;
      readonly key?: string;
      readonly vars: JsonObject;
    }
  /** The wait is over from the process's side (cancelled scope, interrupted task): withdraw it. */
  | { readonly kind: 'withdraw'; readonly wait: WaitId; readonly was: 'task' | 'service' | 'timer' | 'message' };

export type EngineInput =
  | { readonly kind: 'start'; readonly vars: JsonObject }
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
  | { readonly kind: 'message'; readonly name: string; readonly key?: string; readonly vars: JsonObject }
  /** Clock-bound timers move when the case's clock was paused and resumes. */
  | { readonly kind: 'reschedule'; readonly wait: WaitId; readonly due: Instant }
  | { readonly kind: 'set'; readonly vars: JsonObject }
  | { readonly kind: 'retry'; readonly incident: string }
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

export type WaitState = {
  readonly wait: WaitId;
  readonly kind: 'task' | 'service' | 'timer' | 'message';
  readonly element: string;
  readonly due?: Instant;
  readonly clock?: boolean;
};

/** Opaque outside the engine but for these; JSON, flat, versioned by `format`. */
export type EngineState = {
  readonly format: 1;
  readonly ended?: { readonly how: 'completed' | 'cancelled'; readonly element?: string };
  readonly [more: string]: unknown;
};

export type EngineEnv = {
  readonly now: Instant;
  /** Due time of a duration in working time (`P10D`, `PT4H`) of the case's calendar. */
  readonly workingDue: (from: Instant, duration: string) => Instant;
};

export type StepResult = {
  readonly state: EngineState;
  readonly trail: readonly TrailEntry[];
  readonly wants: readonly EngineWant[];
  readonly decisions: readonly DecisionTrace[];
  /** End event reached with an outcome, in this step. */
  readonly outcome?: { readonly element: string; readonly status: string; readonly reason?: string };
};

export type CheckResult = { readonly findings: readonly Finding[] };
