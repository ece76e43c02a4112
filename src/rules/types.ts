// What the rules room gives and takes: FEEL values, compiled expressions, decision results with the rules that hit.
import type { Decimal } from '#base/decimal.ts';
import type { Finding } from '#base/finding.ts';

/** A FEEL value (DMN 1.5 §10.3.2.2). Contexts are plain objects, numbers 34-digit decimals; temporal values are classes of rules/temporal. */
export type FeelValue =
  null | boolean | string | Decimal | FeelTemporal | readonly FeelValue[] | FeelContext | FeelRange | FeelFunction;
export type FeelContext = { readonly [name: string]: FeelValue };
/** date, time, date and time, years and months duration, days and time duration. */
export type FeelTemporal = {
  readonly feel: 'date' | 'time' | 'date and time' | 'years and months duration' | 'days and time duration';
  toString(): string;
};
export type FeelRange = {
  readonly feel: 'range';
  readonly start: FeelValue;
  readonly end: FeelValue;
  readonly startIncluded: boolean;
  readonly endIncluded: boolean;
};
export type FeelFunction = {
  readonly feel: 'function';
  readonly parameters: readonly string[];
  invoke(args: readonly FeelValue[]): FeelValue;
};

/** An expression compiled once to a closure. Evaluating never throws: null where the standard says null, with problems beside it. */
export type Compiled = {
  readonly source: string;
  /** Syntax and static findings; with an error among them `evaluate` gives null. */
  readonly findings: readonly Finding[];
  /** Free names the expression reads from its context, longest match by the grammar. */
  readonly names: readonly string[];
  evaluate(context: FeelContext): { readonly value: FeelValue; readonly problems: readonly Finding[] };
};

/** One rule of one decision table that matched: what a fee's line is explained by. Rule numbers start at 1, as modelers show them. */
export type RuleHit = {
  readonly decision: string;
  readonly rule: number;
  readonly ruleId: string;
  readonly inputs: readonly { readonly expression: string; readonly value: FeelValue }[];
  readonly outputs: FeelContext;
  /** The rule's annotation columns by name: citations are kept there. */
  readonly annotations: { readonly [name: string]: string };
};

export type DecisionResult = {
  readonly value: FeelValue;
  /** Hits of the decision and of all it required, in evaluation order. */
  readonly hits: readonly RuleHit[];
  readonly problems: readonly Finding[];
};

/** All decisions, BKMs and decision services of a set of DMN files, compiled. */
export type DecisionLibrary = {
  /** Ids of decisions, with the names of the input data each needs, transitively. */
  readonly decisions: readonly { readonly id: string; readonly name: string; readonly inputs: readonly string[] }[];
  /** By id or by name. Throws only for an unknown decision (a bug of the caller: `check` finds it before). */
  evaluate(decision: string, inputs: FeelContext): DecisionResult;
};
