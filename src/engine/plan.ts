// A process version, compiled: nodes linked to their flows, boundaries and inner scopes, every expression a closure. Made once by compile.ts, read-only since.
import type { Json } from '#base/json.ts';
import type { CompiledExpression } from '#rules/expression.ts';
import type { DecisionLibrary } from '#rules/types.ts';
import type { NodeKind, TimerForm } from './model.ts';
import type { ElementInfo } from './types.ts';

/** A constant, or FEEL. `words` are all words of its source: only variables that are among them can matter to it. */
export type Expression =
  | { readonly source: string; readonly constant: Json; readonly compiled?: undefined }
  | {
      readonly source: string;
      readonly constant?: undefined;
      readonly compiled: CompiledExpression;
      readonly words: ReadonlySet<string>;
    };

/** `target` is a path: `order.total` writes into the context `order`. */
export type PlanMapping = { readonly target: readonly string[]; readonly value: Expression };

export type PlanTimer = {
  readonly form: TimerForm;
  readonly value: Expression;
  readonly workingTime: boolean;
  readonly clock: boolean;
};

export type PlanTrigger =
  | { readonly on: 'none' | 'terminate' | 'cancel' | 'link' }
  | { readonly on: 'message'; readonly name: Expression; readonly key?: Expression }
  | { readonly on: 'signal'; readonly name: Expression }
  | { readonly on: 'condition'; readonly value: Expression }
  | { readonly on: 'compensation'; readonly of?: string; readonly waits: boolean }
  | { readonly on: 'timer'; readonly timer: PlanTimer }
  | { readonly on: 'error' | 'escalation'; readonly code?: string };

export type PlanFlow = { readonly id: string; readonly to: string; readonly condition?: Expression };

/** Multi-instance by a collection or a number of instances; or, with `again`, a standard loop of instances one after another. */
export type PlanLoop = {
  readonly sequential: boolean;
  readonly collection?: Expression;
  readonly cardinality?: Expression;
  readonly again?: { readonly before: boolean; readonly condition?: Expression; readonly most?: Expression };
  readonly element?: string;
  readonly output?: { readonly collection: string; readonly element: Expression };
  readonly until?: Expression;
};

export type PlanNode = {
  readonly id: string;
  readonly kind: NodeKind;
  readonly scope: string;
  readonly info: ElementInfo;
  readonly trigger: PlanTrigger;
  readonly interrupting: boolean;
  /** Ids of the flows that lead in: what joins wait for. */
  readonly incoming: readonly string[];
  /** The default flow apart. */
  readonly outgoing: readonly PlanFlow[];
  readonly fallback?: PlanFlow;
  readonly boundaries: readonly PlanNode[];
  /** The activity that undoes this one when it is compensated. */
  readonly undoer?: PlanNode;
  readonly inputs: readonly PlanMapping[];
  readonly outputs: readonly PlanMapping[];
  readonly unit?: Expression;
  readonly due?: Expression;
  readonly reason?: Expression;
  readonly status?: Expression;
  readonly script?: { readonly value: Expression; readonly result: readonly string[] };
  readonly decision?: { readonly id: string; readonly result: readonly string[]; readonly inputs: readonly string[] };
  readonly calls?: { readonly process: string; readonly allIn: boolean; readonly allOut: boolean };
  readonly loop?: PlanLoop;
  /** Of inclusive joins: for each incoming flow, the nodes of the scope from which it can be reached without passing the join. */
  readonly reach?: { readonly [flow: string]: ReadonlySet<string> };
};

export type PlanScope = {
  readonly id: string;
  readonly start?: PlanNode;
  /** Event subprocesses of the scope, each with its start event. */
  readonly handlers: readonly { readonly node: PlanNode; readonly start: PlanNode }[];
  /** Start events by which something else than the scope's owner may begin it: a message, a timer, a signal. */
  readonly starts: readonly PlanNode[];
};

export type Plan = {
  readonly main: string;
  readonly elements: readonly ElementInfo[];
  readonly nodes: ReadonlyMap<string, PlanNode>;
  readonly scopes: ReadonlyMap<string, PlanScope>;
  readonly library?: DecisionLibrary;
  /** Whether any inclusive join or condition can be waiting: what a step must look at before it rests. */
  readonly hasInclusiveJoin: boolean;
  readonly hasCondition: boolean;
};
