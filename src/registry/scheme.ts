// How records of a kind are matched, as data: what is compared and how much it says, by which keys pairs are found, and where doubt begins.
// Two records that a blocking pass brings together are of one, or of rivals: of two who share a roof, of two who share a name by chance.
import type { Kind } from './types.ts';
import type { FieldType } from './keys.ts';
import type { LEVELS, Method } from './compare.ts';

/** How often a level is seen: first (m) in records of one, then (u) in those of each rival, in the scheme's order. */
export type Chances = readonly [m: number, ...u: readonly number[]];
export type Odds<M extends Method> = Readonly<Record<(typeof LEVELS)[M][number], Chances>>;

/** What is compared, how, and how much each outcome says. */
export type ComparisonRule = {
  readonly [M in Method]: {
    readonly name: string;
    readonly method: M;
    readonly fields: readonly string[];
    readonly odds: Odds<M>;
  };
}[Method];

/**
 * What two records are when they are not one (W. E. Winkler, 1993: relatives agree on too much to be judged as strangers). A pair is one only
 * where that is likelier than every rival.
 */
export type Rival = {
  readonly name: string;
  /** In bits, of pairs that share a block: how much commoner pairs of one are than this. */
  readonly prior: number;
  /** Agrees on names by chance, as often as the names are common. */
  readonly byChance: boolean;
};

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
  readonly rivals: readonly [Rival, ...Rival[]];
  /** Cheap and telling ones first: a pair that can no longer come into doubt is left at once. */
  readonly comparisons: readonly ComparisonRule[];
  readonly passes: readonly Pass[];
  /** Two records whose well-formed values of such a field differ are never one. */
  readonly guards: readonly string[];
  /** In bits of odds against the likeliest rival (10 are a thousand to one): from `upper` a match, from `lower` a person looks. */
  readonly upper: number;
  readonly lower: number;
};
