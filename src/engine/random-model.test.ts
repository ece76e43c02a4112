// Random processes of every element the engine runs: blocks with one way in and one way out. Drawn by random-draw. Holds no test itself.
import fc from 'fast-check';

const WORK = ['user', 'mapped', 'service', 'receive', 'script', 'rule'] as const;
const PASSING = ['manual', 'send', 'sent', 'link', 'only-if', 'implicit'] as const;
const CATCHABLE = ['ma', 'mk', 'PT1H', 'date', 'P1D', 'soon', 'sa', 'sb', 'condition'] as const;
const BORDER = [...CATCHABLE, 'R3/PT10M', 'R/PT10M', 'e1', 'error', 'c1', 'escalation'] as const;
const THROWN = ['none', 'ma', 'mk', 'posted', 'sa', 'c1', 'compensation', 'compensation-beside'] as const;
const LOOPS = ['all', 'each', 'enough', 'counted', 'turns', 'again', 'tested'] as const;
const ENDS = ['terminate', 'e1', 'c1', 'ma', 'sa', 'compensation', 'cancel'] as const;

export type Catchable = (typeof CATCHABLE)[number];
export type Happening = (typeof BORDER)[number] | (typeof THROWN)[number] | (typeof ENDS)[number];
export type Loop = (typeof LOOPS)[number];
export type Listening = { readonly on: (typeof BORDER)[number]; readonly stops: boolean };
export type Ending = { readonly by: (typeof ENDS)[number]; readonly races: boolean };
/** An event subprocess; without an inside it holds one task. */
export type Handler = Listening & { readonly inside?: Inside | undefined };
export type Inside = { readonly of: Block; readonly ending?: Ending | undefined; readonly handlers: readonly Handler[] };
export type Activity =
  | { readonly kind: (typeof WORK)[number] }
  | (Inside & { readonly kind: 'sub'; readonly undoesItself: boolean })
  | { readonly kind: 'call'; readonly of: Block; readonly open: boolean };

/** A block of a structured process. */
export type Block =
  | Activity
  | { readonly kind: (typeof PASSING)[number] }
  | { readonly kind: 'catch'; readonly on: (typeof CATCHABLE)[number] }
  | { readonly kind: 'throw'; readonly what: (typeof THROWN)[number] }
  | { readonly kind: 'events'; readonly on: readonly ((typeof CATCHABLE)[number] | 'receive')[] }
  | {
      readonly kind: 'held';
      readonly work: Activity;
      readonly border: readonly Listening[];
      readonly loop?: (typeof LOOPS)[number] | undefined;
      /** Undone by an activity of its own; `now`: at once, by a throw event that names it. */
      readonly undone?: 'later' | 'now' | undefined;
    }
  | { readonly kind: 'line' | 'choice' | 'fork' | 'some'; readonly of: readonly Block[] }
  | { readonly kind: 'loop'; readonly of: Block };

export type RandomModel = Inside;

const ending = (by: readonly Ending['by'][]): fc.Arbitrary<Ending | undefined> =>
  fc.option(fc.record({ by: fc.constantFrom(...by), races: fc.boolean() }), { nil: undefined, freq: 2 });
const listening = fc.record({ on: fc.constantFrom(...BORDER), stops: fc.boolean() });
const several = <T>(one: fc.Arbitrary<T>, minLength: number, maxLength: number): fc.Arbitrary<T[]> =>
  fc.array(one, { minLength, maxLength, size: 'max' });

type Parts = {
  block: Block;
  leaf: Block;
  held: Block;
  group: Block;
  loop: Block;
  sub: Activity;
  call: Activity;
  handler: Handler;
};

const { block, handler } = fc.letrec<Parts>((tie) => ({
  handler: fc.record({
    on: fc.constantFrom(...BORDER),
    stops: fc.boolean(),
    inside: fc.option(
      fc.record({
        of: tie('block'),
        ending: ending(['terminate', 'c1', 'ma', 'compensation']),
        handlers: several(listening, 0, 1),
      }),
      { nil: undefined, freq: 3 },
    ),
  }),
  leaf: fc.oneof(
    fc.record({ kind: fc.constantFrom(...WORK) }),
    fc.record({ kind: fc.constantFrom(...PASSING) }),
    fc.record({ kind: fc.constant('catch' as const), on: fc.constantFrom(...CATCHABLE) }),
    fc.record({ kind: fc.constant('throw' as const), what: fc.constantFrom(...THROWN) }),
    fc.record({ kind: fc.constant('events' as const), on: several(fc.constantFrom(...CATCHABLE, 'receive' as const), 2, 3) }),
  ),
  sub: fc.record({
    kind: fc.constant('sub' as const),
    of: tie('block'),
    ending: ending(ENDS),
    handlers: fc.oneof(several(tie('handler'), 0, 1), several(listening, 0, 2)),
    undoesItself: fc.boolean(),
  }),
  call: fc.record({ kind: fc.constant('call' as const), of: tie('block'), open: fc.boolean() }),
  held: fc.record({
    kind: fc.constant('held' as const),
    work: fc.oneof({ maxDepth: 3 }, fc.record({ kind: fc.constantFrom(...WORK) }), tie('sub'), tie('sub'), tie('call')),
    border: several(listening, 0, 2),
    loop: fc.option(fc.constantFrom(...LOOPS), { nil: undefined, freq: 2 }),
    undone: fc.option(fc.constantFrom('later' as const, 'now' as const), { nil: undefined, freq: 2 }),
  }),
  group: fc.record({
    kind: fc.constantFrom('line', 'line', 'choice', 'fork', 'some'),
    of: several(tie('block'), 2, 3),
  }),
  loop: fc.record({ kind: fc.constant('loop' as const), of: tie('block') }),
  block: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    tie('leaf'),
    tie('held'),
    tie('held'),
    tie('group'),
    tie('group'),
    tie('loop'),
  ),
}));

export const randomModel: fc.Arbitrary<RandomModel> = fc.record({
  of: fc.record({ kind: fc.constantFrom('line', 'fork'), of: several(block, 1, 4) }),
  ending: ending(['terminate', 'c1', 'ma', 'sa', 'compensation']),
  handlers: several(handler, 0, 2),
});
