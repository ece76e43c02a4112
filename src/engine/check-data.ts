// Is every name that is read made before, on every path there; and do the types fit, where they are certain. FEEL answers null for a name that
// nobody made, so that a slip of the pen would pass in silence. Evaluates nothing.
import type { Finding } from '#base/finding.ts';
import { plain, type FeelType } from '#rules/typing.ts';
import { typeName } from '#rules/infer-frame.ts';
import { type Drawing } from './check-drawing.ts';
import type { Known } from './check-references.ts';
import { answersOf, readsOf, type Need, type Read } from './data-reads.ts';
import { dataFlowOf, type DataFlow } from './data-flow.ts';
import { precedingOf, pathWithout, type Preceding } from './data-paths.ts';
import { typesOf, type Types } from './data-types.ts';
import type { Expressions } from './expressions.ts';
import { feelOf, type ModelNode } from './model.ts';
import { finding, type EngineFindingCode } from './words.ts';

type Checking = {
  readonly drawing: Drawing;
  readonly known: Known;
  readonly expressions: Expressions;
  readonly flow: DataFlow;
  readonly types: Types;
  readonly precedes: Preceding;
};

/** Without what cases begin with, nothing can be said. Expressions that do not parse are told elsewhere. */
export function checkData(drawing: Drawing, known: Known, expressions: Expressions): readonly Finding[] {
  if (!known.given) return [];
  const flow = dataFlowOf(drawing, known, expressions.names);
  const types = typesOf(drawing.model, known, expressions.names);
  const checking: Checking = { drawing, known, expressions, flow, types, precedes: precedingOf(drawing) };
  return [...drawing.model.nodes.flatMap((node) => checkNode(checking, node)), ...checkConditions(checking)];
}

function checkNode(checking: Checking, node: ModelNode): readonly Finding[] {
  const { known, flow } = checking;
  const own = answersOf(node, known);
  const around = flow.localsAt(node.scope);
  // A boundary event reads what its host knows; what a called process or a subprocess has made, its output mapping sees.
  const host = node.attachedTo === undefined ? undefined : checking.drawing.nodes.get(node.attachedTo);
  const hostLocals = host ? host.inputs.map(({ target }) => target.split('.')[0] ?? '') : [];
  const read = readsOf(node).flatMap((one) => {
    const isOpen = one.sees === 'result' && (own === undefined || node.kind === 'subprocess' || node.kind === 'call');
    const seen = new Set([...around, ...hostLocals, ...one.locals, ...(one.sees === 'result' ? (own ?? []) : [])]);
    return [...checkNames(checking, node, { read: one, seen, isOpen }), ...checkType(checking, node, one)];
  });
  const needs = node.decision ? (known.inputs?.(node.decision.id) ?? []) : [];
  const locals = new Set([...around, ...node.inputs.map(({ target }) => target.split('.')[0] ?? '')]);
  // A decision has its own rules for what is not there.
  const needed = needs.flatMap((name) => (locals.has(name) ? [] : checkName(checking, { node, place: node.id }, name)));
  return [...read, ...needed.filter((one) => one.severity === 'error')];
}

type Seeing = { readonly read: Read; readonly seen: ReadonlySet<string>; readonly isOpen: boolean };

function checkNames(checking: Checking, node: ModelNode, { read, seen, isOpen }: Seeing): readonly Finding[] {
  const names = new Set(checking.expressions.compiled(read.feel).names);
  return [...names].flatMap((name) => {
    if (seen.has(name)) return [];
    const found = checkName(checking, { node, place: node.id, after: read.sees === 'result' }, name);
    if (found.every((one) => one.severity === 'error')) return isOpen ? [] : found;
    return isOpen || mayBeNull(read.feel, name, read.need) ? [] : found;
  });
}

type At = { readonly node: ModelNode; readonly place: string; readonly after?: boolean };

function checkName({ drawing, known, flow, precedes }: Checking, { node, place, after }: At, name: string): readonly Finding[] {
  if (known.given?.has(name) || (after ? flow.isMadeAfter(name, node) : flow.isMade(name, node))) return [];
  const makers = flow.makers(name);
  const isBefore = (maker: ModelNode): boolean => precedes(maker, node) || (after === true && maker === node);
  if (makers.some(isBefore))
    return [
      finding('maybe-missing-variable', place, name, { path: pathWithout(drawing, node, (one) => flow.isMadeAfter(name, one)) }),
    ];
  if (flow.anyMakers.some(isBefore)) return [];
  return [finding(makers.length === 0 ? 'unknown-variable' : 'variable-made-later', place, name)];
}

function checkConditions(checking: Checking): readonly Finding[] {
  const { drawing, expressions, flow } = checking;
  return drawing.model.flows.flatMap((one) => {
    const node = drawing.nodes.get(one.from);
    const feel = one.condition === undefined ? undefined : (feelOf(one.condition) ?? one.condition);
    if (!node || feel === undefined || feel === '') return [];
    const seen = flow.localsAt(node.scope);
    const names = [...new Set(expressions.compiled(feel).names)].filter((name) => !seen.has(name));
    const missing = names.flatMap((name) => {
      const found = checkName(checking, { node, place: one.id, after: true }, name);
      return found.filter((each) => each.severity === 'error' || !mayBeNull(feel, name, 'boolean'));
    });
    return [...missing, ...checkType(checking, undefined, { feel, need: 'boolean' }, one.id)];
  });
}

/** A name that is only passed on, or asked whether it is there, may be null; as may what a condition compares for being equal: it is false then. */
function mayBeNull(feel: string, name: string, need: Need): boolean {
  const uses = usesOf(feel, name);
  if (
    uses.some(
      ({ before, after }) => /^!?=\s*null(?![\p{L}\p{N}_])/u.test(after) || /(?:^|[^\p{L}\p{N}_])null\s*!?=$/u.test(before),
    )
  )
    return true;
  if (need === 'boolean') return uses.every(isCompared);
  return need === 'value' && uses.length > 0 && uses.every(isEntry);
}

type Use = { readonly before: string; readonly after: string };

/** Where a name is read, with the path behind it left out; keys of contexts are not read. */
function usesOf(feel: string, name: string): readonly Use[] {
  const uses: Use[] = [];
  for (let at = feel.indexOf(name); at >= 0; at = feel.indexOf(name, at + name.length)) {
    const rest = feel.slice(at + name.length);
    if (/[\p{L}\p{N}_."]$/u.test(feel.slice(Math.max(at - 2, 0), at)) || /^[\p{L}\p{N}_"]/u.test(rest)) continue;
    const after = rest.replace(/^(?:\.[\p{L}\p{N}_]+)+/u, '').trimStart();
    if (!after.startsWith(':')) uses.push({ before: feel.slice(0, at).trimEnd(), after });
  }
  return uses;
}

function isCompared({ before, after }: Use): boolean {
  return /^!?=/u.test(after) || /[^<>]=$/u.test(before);
}

/** An entry of a context or an item of a list, as it is. */
function isEntry({ before, after }: Use): boolean {
  return /^[,}\]]/u.test(after) && /[:,[]$/u.test(before);
}

const UNFIT: { readonly [need in Exclude<Need, 'value'>]: EngineFindingCode } = {
  boolean: 'condition-not-boolean',
  list: 'collection-not-list',
  number: 'number-expected',
  text: 'text-expected',
};

function checkType(
  { types, expressions }: Checking,
  node: ModelNode | undefined,
  { feel, need }: Pick<Read, 'feel' | 'need'>,
  place = node?.id ?? '',
): readonly Finding[] {
  if (expressions.compiled(feel).findings.length > 0) return [];
  const { type, findings } = types.infer(feel, node);
  const told = findings.map((one) =>
    finding('type-mismatch', place, feel, { reason: one.reason, mend: one.mend, ...(one.at && { at: one.at }) }),
  );
  if (need === 'value' || fits(type, need)) return told;
  const called = typeName(type);
  return [...told, finding(UNFIT[need], place, { fa: called.fa, en: called.en })];
}

const TEXTS: ReadonlySet<string> = new Set([
  'string',
  'number',
  'date',
  'time',
  'date and time',
  'days and time duration',
  'years and months duration',
]);

/** What is not certain fits. A null is told by the names, not by the type. */
function fits(given: FeelType, need: Exclude<Need, 'value'>): boolean {
  const type = plain(given);
  if (type.is === 'any' || type.is === 'unknown' || (type.is === 'simple' && type.kind === 'null')) return true;
  switch (need) {
    case 'boolean':
      return type.is === 'simple' && type.kind === 'boolean';
    case 'list':
      return type.is === 'list';
    case 'number':
      return type.is === 'simple' && (type.kind === 'number' || type.kind === 'string');
    case 'text':
      return type.is === 'simple' && TEXTS.has(type.kind);
  }
}
