// A finding: what a check saw in a model, where, why it matters and how to mend it. Never thrown: listed.
import type { Text } from './text.ts';

export type Finding = {
  /** Stable, kebab-case: `feel-syntax`, `missing-reference`, `deadlock` … */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** File inside the package, when the check knows it: `process.bpmn`. */
  readonly file?: string;
  /** Id of the element in its model, or a JSON Pointer / dotted path. */
  readonly place: string;
  /** Offsets in the expression the finding is about. */
  readonly at?: { readonly from: number; readonly to: number };
  readonly reason: Text;
  readonly mend: Text;
  /** Ids of elements: how the model gets to the fault. */
  readonly path?: readonly string[];
};
