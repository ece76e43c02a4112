// A second interpreter of the core, to hold the engine against: it knows no tokens and no flows, only the blocks and where each of them is.
// Holds no test itself.
import fc from 'fast-check';
import type { Block } from './random-model.test.ts';

/** Numbered as they are drawn: each before what is inside it. */
export type Core =
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'counted' | 'turns'; readonly id: string }
  | { readonly kind: 'line' | 'choice' | 'fork' | 'some'; readonly of: readonly Core[] }
  | { readonly kind: 'sub'; readonly of: Core }
  | { readonly kind: 'loop'; readonly id: string; readonly of: Core };

export type Facts = { readonly n: number; readonly m: boolean };

/** Where a block is: the tasks that stand open inside it. A block that is done is nowhere. */
export type Spot =
  | { readonly at: 'tasks'; readonly id: string; readonly open: number; readonly later: number }
  | { readonly at: 'line'; readonly inner: Spot; readonly rest: readonly Core[] }
  | { readonly at: 'all'; readonly inner: readonly Spot[] }
  | { readonly at: 'loop'; readonly of: Extract<Core, { kind: 'loop' }>; readonly inner: Spot; readonly isAgain: boolean };

const { block } = fc.letrec<{ block: Block; leaf: Block; group: Block; around: Block }>((tie) => ({
  leaf: fc.oneof(
    fc.constant<Block>({ kind: 'user' }),
    fc
      .constantFrom('counted' as const, 'turns' as const)
      .map((loop): Block => ({ kind: 'held', work: { kind: 'user' }, border: [], loop })),
  ),
  group: fc.record({
    kind: fc.constantFrom('line', 'choice', 'fork', 'some'),
    of: fc.array(tie('block'), { minLength: 2, maxLength: 3, size: 'max' }),
  }),
  around: fc.oneof(
    fc.record({ kind: fc.constant('loop' as const), of: tie('block') }),
    tie('block').map((of): Block => ({ kind: 'held', work: { kind: 'sub', of, handlers: [], undoesItself: false }, border: [] })),
  ),
  block: fc.oneof({ maxDepth: 4, depthSize: 'small' }, tie('leaf'), tie('group'), tie('group'), tie('around')),
}));

export const randomCore: fc.Arbitrary<Block> = block;

export function coreOf(of: Block, next = { n: 1 }): Core {
  const id = `${of.kind}${next.n++}`;
  switch (of.kind) {
    case 'user':
      return { kind: 'user', id };
    case 'held':
      if (of.work.kind === 'sub') return { kind: 'sub', of: coreOf(of.work.of, next) };
      return { kind: of.loop === 'turns' ? 'turns' : 'counted', id };
    case 'line':
    case 'choice':
    case 'fork':
    case 'some':
      return { kind: of.kind, of: of.of.map((one) => coreOf(one, next)) };
    case 'loop':
      return { kind: 'loop', id, of: coreOf(of.of, next) };
    default:
      throw new Error(`${of.kind} is not of the core`);
  }
}

export function begin(of: Core, facts: Facts): Spot | undefined {
  switch (of.kind) {
    case 'user':
      return { at: 'tasks', id: of.id, open: 1, later: 0 };
    case 'counted':
      return { at: 'tasks', id: of.id, open: 2, later: 0 };
    case 'turns':
      return { at: 'tasks', id: of.id, open: 1, later: 1 };
    case 'line':
      return beginLine(of.of, facts);
    case 'sub':
      return begin(of.of, facts);
    case 'choice':
      return begin(of.of[facts.n > 0 && facts.n < of.of.length ? facts.n : 0]!, facts);
    case 'fork':
      return beginAll(of.of, facts);
    case 'some': {
      const chosen = of.of.filter((_, index) => index > 0 && (facts.n === index || facts.m));
      return beginAll(chosen.length > 0 ? chosen : of.of.slice(0, 1), facts);
    }
    case 'loop':
      return turn(of, begin(of.of, facts), facts);
  }
}

function beginLine([first, ...rest]: readonly Core[], facts: Facts): Spot | undefined {
  if (!first) return undefined;
  const inner = begin(first, facts);
  return inner ? { at: 'line', inner, rest } : beginLine(rest, facts);
}

function beginAll(all: readonly Core[], facts: Facts): Spot | undefined {
  const inner = all.flatMap((one) => begin(one, facts) ?? []);
  return inner.length > 0 ? { at: 'all', inner } : undefined;
}

/** Goes on inside; at its end, again where the facts say so. */
function turn(of: Extract<Core, { kind: 'loop' }>, inner: Spot | undefined, { n }: Facts): Spot | undefined {
  if (inner) return { at: 'loop', of, inner, isAgain: false };
  if (n !== 1) return undefined;
  return { at: 'loop', of, inner: { at: 'tasks', id: `${of.id}u`, open: 1, later: 0 }, isAgain: true };
}

export function openTasks(spot: Spot | undefined): readonly string[] {
  if (!spot) return [];
  if (spot.at === 'tasks') return Array.from({ length: spot.open }, () => spot.id);
  return spot.at === 'all' ? spot.inner.flatMap(openTasks) : openTasks(spot.inner);
}

/** One of the open tasks of this name is completed, which makes these the facts. */
export function complete(spot: Spot, id: string, facts: Facts): Spot | undefined {
  switch (spot.at) {
    case 'tasks':
      if (spot.later > 0) return { ...spot, later: spot.later - 1 };
      return spot.open > 1 ? { ...spot, open: spot.open - 1 } : undefined;
    case 'line': {
      const inner = complete(spot.inner, id, facts);
      return inner ? { ...spot, inner } : beginLine(spot.rest, facts);
    }
    case 'all': {
      const inner = spot.inner.flatMap((one) => (openTasks(one).includes(id) ? (complete(one, id, facts) ?? []) : [one]));
      return inner.length > 0 ? { at: 'all', inner } : undefined;
    }
    case 'loop': {
      const inner = complete(spot.inner, id, facts);
      return !inner && spot.isAgain
        ? turn(spot.of, begin(spot.of.of, facts), facts)
        : inner
          ? { ...spot, inner }
          : turn(spot.of, inner, facts);
    }
  }
}
