// How records of a kind are matched, as data: what is compared and how much it says, by which keys pairs are found, and where doubt begins.
// m: how often a level is seen in records of one; u: how often in records of two that a blocking pass brings together.
import type { Kind } from './types.ts';
import type { FieldType } from './keys.ts';
import type { LEVELS, Method } from './compare.ts';

/** m and u of every level of a method. */
export type Odds<M extends Method> = Readonly<Record<(typeof LEVELS)[M][number], readonly [m: number, u: number]>>;

/** What is compared, how, and how much each outcome says. */
export type ComparisonRule = {
  readonly [M in Method]: {
    readonly name: string;
    readonly method: M;
    readonly fields: readonly string[];
    readonly odds: Odds<M>;
  };
}[Method];

/** A part of a blocking key: the whole field, how it sounds, its first or last letters, or two names in either order. */
export type KeyPart =
  | { readonly field: string; readonly by: 'whole' | 'sound' }
  | { readonly field: string; readonly by: 'head' | 'tail'; readonly letters: number }
  | { readonly fields: readonly [string, string]; readonly by: 'either-order' };

/** Records that agree on every part are compared; one that lacks a part is not in the pass. */
export type Pass = { readonly name: string; readonly parts: readonly KeyPart[] };

export type Scheme = {
  readonly kind: Kind;
  readonly columns: readonly { readonly field: string; readonly type: FieldType }[];
  /** Cheap and telling ones first: a pair that can no longer come into doubt is left at once. */
  readonly comparisons: readonly ComparisonRule[];
  readonly passes: readonly Pass[];
  /** Two records whose well-formed values of such a field differ are never one. */
  readonly guards: readonly string[];
  /** In bits: from `upper` a match, from `lower` a person looks. */
  readonly upper: number;
  readonly lower: number;
};
