// A BPMN file as the engine sees it: flat lists of nodes and flows, each naming the scope it stands in. Data only; nothing compiled.
import type { ElementInfo, Executor } from './types.ts';

export type NodeKind =
  | 'start'
  | 'end'
  | 'catch'
  | 'throw'
  | 'boundary'
  | 'user'
  | 'service'
  | 'send'
  | 'receive'
  | 'pass'
  | 'script'
  | 'rule'
  | 'exclusive'
  | 'parallel'
  | 'inclusive'
  | 'events'
  | 'subprocess'
  | 'event-subprocess'
  | 'call'
  | 'unsupported';

/** Expressions are text as written: FEEL where it starts with `=`, a constant otherwise. */
export type Mapping = { readonly source: string; readonly target: string };

export type TimerForm = 'duration' | 'date' | 'cycle';
/** What starts, catches or throws at an event. */
export type Trigger =
  | { readonly on: 'none' | 'terminate' | 'cancel' }
  | { readonly on: 'message'; readonly name?: string; readonly key?: string }
  | { readonly on: 'signal'; readonly name?: string }
  | { readonly on: 'condition'; readonly text: string }
  /** The flow from a throwing link to its catching one is among the model's flows, as `<throw>.<catch>`. */
  | { readonly on: 'link'; readonly name?: string }
  /** `of`: the activity to compensate; without it, all that its scope has completed. `waits`: until that is done. */
  | { readonly on: 'compensation'; readonly of?: string; readonly waits: boolean }
  | {
      readonly on: 'timer';
      readonly form?: TimerForm;
      readonly text: string;
      readonly workingTime: boolean;
      readonly clock: boolean;
    }
  | { readonly on: 'error' | 'escalation'; readonly code?: string }
  | { readonly on: 'unsupported'; readonly what: string };

/** A multi-instance activity: one instance for each item of a collection, or as many as `cardinality` says. */
export type Loop = {
  readonly sequential: boolean;
  readonly collection?: string;
  readonly cardinality?: string;
  readonly element?: string;
  readonly outputCollection?: string;
  readonly outputElement?: string;
  readonly until?: string;
};

/** A standard loop: again while the condition holds, tested before each turn or after it, at most `most` times. */
export type Repeat = { readonly before: boolean; readonly condition?: string; readonly most?: string };

export type Called = { readonly process: string; readonly allIn: boolean; readonly allOut: boolean };

export type ModelNode = {
  readonly id: string;
  readonly kind: NodeKind;
  /** Id of the process or subprocess it stands in. */
  readonly scope: string;
  readonly info: ElementInfo;
  readonly incoming: readonly string[];
  readonly outgoing: readonly string[];
  readonly trigger: Trigger;
  readonly attachedTo?: string;
  /** Of boundary events and of the start events of event subprocesses. */
  readonly interrupting: boolean;
  readonly defaultFlow?: string;
  readonly inputs: readonly Mapping[];
  readonly outputs: readonly Mapping[];
  readonly script?: { readonly expression: string; readonly result: string };
  readonly decision?: { readonly id: string; readonly result: string };
  readonly calls?: Called;
  readonly loop?: Loop;
  readonly repeat?: Repeat;
  /** Undoes another activity when that is compensated; stands in no flow. */
  readonly isForCompensation: boolean;
  /** Of compensation boundary events: the activity that undoes the one it is attached to. */
  readonly undoes?: string;
  readonly isTransaction: boolean;
  /** Data objects and stores that the drawing says it reads and writes. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** What of this element the engine does not execute, in BPMN's words. */
  readonly unsupported: readonly string[];
};

export type ModelFlow = {
  readonly id: string;
  readonly name?: string;
  readonly from: string;
  readonly to: string;
  readonly scope: string;
  readonly condition?: string;
};

export type ModelProcess = { readonly id: string; readonly name: string };
/** A data object or data store of a scope: a name for the reader; as a variable it lives like any other. */
export type ModelData = { readonly id: string; readonly name: string; readonly scope: string };
/** A lane: who is responsible for the nodes it holds. Its `dargah:executor` is that of each user task in it that names none. */
export type ModelLane = {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  /** The lane around it. */
  readonly in?: string;
  readonly executor?: Executor;
  readonly nodes: readonly string[];
};
/** A pool; without a process it is a party outside the city's system. */
export type ModelPool = { readonly id: string; readonly name: string; readonly process?: string };
export type MessageFlow = { readonly id: string; readonly name: string; readonly from: string; readonly to: string };

export type Model = {
  /** The process a case starts; the others are called by it. */
  readonly main: string;
  readonly processes: readonly ModelProcess[];
  readonly nodes: readonly ModelNode[];
  readonly flows: readonly ModelFlow[];
  readonly data: readonly ModelData[];
  readonly lanes: readonly ModelLane[];
  readonly pools: readonly ModelPool[];
  readonly messageFlows: readonly MessageFlow[];
};

/** FEEL text of a value, or undefined where it is a constant. */
export function feelOf(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed.startsWith('=') ? trimmed.slice(1).trim() : undefined;
}
