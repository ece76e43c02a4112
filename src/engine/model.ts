// A BPMN file as the engine sees it: flat lists of nodes and flows, each naming the scope it stands in. Data only; nothing compiled.
import type { ElementInfo } from './types.ts';

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
  | { readonly on: 'none' | 'terminate' }
  | { readonly on: 'message'; readonly name?: string; readonly key?: string }
  | {
      readonly on: 'timer';
      readonly form?: TimerForm;
      readonly text: string;
      readonly workingTime: boolean;
      readonly clock: boolean;
    }
  | { readonly on: 'error' | 'escalation'; readonly code?: string }
  | { readonly on: 'unsupported'; readonly what: string };

export type Loop = {
  readonly sequential: boolean;
  readonly collection?: string;
  readonly element?: string;
  readonly outputCollection?: string;
  readonly outputElement?: string;
  readonly until?: string;
};

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
  /** What of this element the engine does not execute, in BPMN's words. */
  readonly unsupported: readonly string[];
};

export type ModelFlow = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly scope: string;
  readonly condition?: string;
};

export type ModelProcess = { readonly id: string; readonly name: string };

export type Model = {
  /** The process a case starts; the others are called by it. */
  readonly main: string;
  readonly processes: readonly ModelProcess[];
  readonly nodes: readonly ModelNode[];
  readonly flows: readonly ModelFlow[];
};

/** FEEL text of a value, or undefined where it is a constant. */
export function feelOf(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed.startsWith('=') ? trimmed.slice(1).trim() : undefined;
}
