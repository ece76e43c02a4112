// Evaluating an element of a library: what it requires first, each once, then its logic. Problems and rule hits gather on the way.
import type { Finding } from '#base/finding.ts';
import { Func, isContext, entry, putEntry } from '#rules/kinds.ts';
import { guarded } from '#rules/expression.ts';
import { report, type Run } from '#rules/run.ts';
import type { DecisionResult, FeelContext, FeelValue, RuleHit } from '#rules/types.ts';
import { coerced, type FeelType } from '#rules/typing.ts';
import type { Element, Required } from './elements.ts';

export type LibraryResult = DecisionResult;

/** One evaluation: inputs by name, values found so far, what a decision service puts in place of decisions. */
type Session = { readonly inputs: FeelContext; readonly values: Map<Element, FeelValue>; readonly run: Run };

export function evaluateDecision(target: Element, inputs: FeelContext, now: string | undefined): LibraryResult {
  const problems: Finding[] = [];
  const hits: RuleHit[] = [];
  const session: Session = { inputs, values: new Map(), run: { root: {}, now, problems, source: target.name, hits } };
  return { value: topValue(target, session), hits, problems };
}

function topValue(target: Element, session: Session): FeelValue {
  if (target.kind === 'decision') return decisionValue(target, session);
  const args = target.parameters.map(({ name }) => entry(session.inputs, name) ?? null);
  const made = asFunction(target, session);
  return guarded(() => made.call(args, session.run), { slots: [], up: undefined, run: session.run });
}

function valueOf(target: Element, session: Session): FeelValue {
  switch (target.kind) {
    case 'input':
      return inputValue(target, session);
    case 'decision':
      return decisionValue(target, session);
    default:
      return asFunction(target, session);
  }
}

function inputValue(target: Element, session: Session): FeelValue {
  const known = session.values.get(target);
  if (known !== undefined) return known;
  const given = entry(session.inputs, target.name) ?? entry(session.inputs, target.variable) ?? null;
  const found = target.type ? coerced(given, target.type) : given;
  const value = found === undefined ? report(inside(session.run, session.run.root, target.name), 'feel-type') : found;
  session.values.set(target, value);
  return value;
}

function conforming(value: FeelValue, type: FeelType | undefined, run: Run): FeelValue {
  if (!type) return value;
  const found = coerced(value, type);
  return found === undefined ? report(run, 'feel-type') : found;
}

/** The same run, reading another context and told apart by another name. */
function inside(run: Run, root: FeelContext, source: string): Run {
  return { root, now: run.now, problems: run.problems, source, hits: run.hits };
}

function decisionValue(target: Element, session: Session): FeelValue {
  const known = session.values.get(target);
  if (known !== undefined) return known;
  session.values.set(target, null); // a decision that requires itself reads null
  const run = inside(session.run, rootOf(target.requires, session), target.name);
  const value = target.logic ? guarded(target.logic, { slots: [], up: undefined, run }) : null;
  const found = conforming(value, target.type, run);
  session.values.set(target, found);
  return found;
}

/** The context an element's logic reads: what it requires, imported elements inside the name of their import. */
function rootOf(requires: readonly Required[], session: Session): FeelContext {
  const root: Record<string, FeelValue> = {};
  for (const { target, prefix } of requires) {
    const value = valueOf(target, session);
    if (!prefix) putEntry(root, target.variable, value);
    else {
      const known = entry(root, prefix) ?? null;
      putEntry(root, prefix, { ...(isContext(known) ? known : {}), [target.variable]: value });
    }
  }
  return root;
}

function asFunction(target: Element, session: Session): Func {
  const known = session.values.get(target);
  if (known instanceof Func) return known;
  const made = target.kind === 'service' ? serviceFunction(target, session) : knowledgeFunction(target, session);
  session.values.set(target, made);
  return made;
}

function names(target: Element): string[] {
  return target.parameters.map(({ name }) => name);
}

function knowledgeFunction(target: Element, session: Session): Func {
  let root: FeelContext | undefined;
  const { logic, parameters } = target;
  const result = target.type?.is === 'function' ? target.type.result : undefined;
  const made: Func = new Func(
    names(target),
    (args, run) => {
      if (!logic) return report(run, 'feel-external');
      const slots = bound(args, parameters, run);
      if (!slots) return null;
      root ??= { [target.variable]: made, ...rootOf(target.requires, session) };
      return conforming(logic({ slots, up: undefined, run: { ...run, root } }), result, run);
    },
    target.type?.is === 'function' ? { signature: target.type } : {},
  );
  return made;
}

function bound(args: readonly FeelValue[], parameters: Element['parameters'], run: Run): FeelValue[] | undefined {
  const slots: FeelValue[] = [];
  if (args.length !== parameters.length) {
    report(run, 'feel-argument');
    return undefined;
  }
  for (const [at, { type }] of parameters.entries()) {
    const value = coerced(args[at] ?? null, type);
    if (value === undefined) {
      report(run, 'feel-type');
      return undefined;
    }
    slots.push(value);
  }
  return slots;
}

/** A service evaluates its output decisions with its arguments in place of input data and input decisions (§10.4.2). */
function serviceFunction(target: Element, session: Session): Func {
  return new Func(names(target), (args, run) => {
    const slots = bound(args, target.parameters, run);
    if (!slots) return null;
    const values = new Map<Element, FeelValue>();
    for (const [at, { target: of }] of target.parameters.entries()) if (of) values.set(of, slots[at] ?? null);
    const inner: Session = { inputs: {}, values, run: { ...session.run, problems: run.problems, source: target.name } };
    const results = target.outputs.map(({ target: of }) => [of.variable, decisionValue(of, inner)] as const);
    const value = results.length === 1 ? (results[0]?.[1] ?? null) : Object.fromEntries(results);
    return conforming(value, target.type?.is === 'function' ? target.type.result : target.type, run);
  });
}
