// How records of each kind are matched, as data: what is compared and how much it says, by which keys pairs are found, and where doubt begins.
// m: how often a level is seen in records of one; u: how often in records of two that a blocking pass brings together. First guesses of
// registrars, to be estimated anew from a city's own records (estimate.ts).
import type { Kind } from './types.ts';
import type { FieldType } from './keys.ts';
import type { Method } from './compare.ts';

/** m and u of every level of the method, in the order of LEVELS. */
export type Odds = readonly (readonly [m: number, u: number])[];

export type ComparisonRule = {
  readonly name: string;
  readonly method: Method;
  readonly fields: readonly string[];
  readonly odds: Odds;
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
  /** Cheap and telling ones first: a pair that can no longer come into doubt is left at once. */
  readonly comparisons: readonly ComparisonRule[];
  readonly passes: readonly Pass[];
  /** Two records whose well-formed values of such a field differ are never one. */
  readonly guards: readonly string[];
  /** In bits: from `upper` a match, from `lower` a person looks. */
  readonly upper: number;
  readonly lower: number;
};

const PERSON: Scheme = {
  kind: 'person',
  columns: [
    { field: 'nationalId', type: 'national-id' },
    { field: 'mobile', type: 'mobile' },
    { field: 'birthDate', type: 'day' },
    { field: 'givenName', type: 'given-name' },
    { field: 'familyName', type: 'family-name' },
    { field: 'fatherName', type: 'given-name' },
    { field: 'postalCode', type: 'postal-code' },
    { field: 'address', type: 'address' },
  ],
  comparisons: [
    {
      name: 'nationalId',
      method: 'identifier',
      fields: ['nationalId'],
      odds: [
        [0.95, 1e-6],
        [0.045, 1e-5],
        [0.005, 0.99],
      ],
    },
    {
      name: 'birthDate',
      method: 'day',
      fields: ['birthDate'],
      odds: [
        [0.92, 0.004],
        [0.06, 0.004],
        [0.005, 0.05],
        [0.015, 0.94],
      ],
    },
    {
      name: 'mobile',
      method: 'identifier',
      fields: ['mobile'],
      odds: [
        [0.7, 0.005],
        [0.05, 0.0005],
        [0.25, 0.99],
      ],
    },
    {
      name: 'name',
      method: 'person',
      fields: ['givenName', 'familyName'],
      odds: [
        [0.78, 0.0008],
        [0.12, 0.002],
        [0.04, 0.0002],
        [0.04, 0.03],
        [0.006, 0.45],
        [0.008, 0.1],
        [0.006, 0.42],
      ],
    },
    {
      name: 'fatherName',
      method: 'name',
      fields: ['fatherName'],
      odds: [
        [0.9, 0.03],
        [0.07, 0.02],
        [0.03, 0.95],
      ],
    },
    {
      name: 'home',
      method: 'place',
      fields: ['postalCode', 'address'],
      odds: [
        [0.7, 0.02],
        [0.1, 0.02],
        [0.2, 0.96],
      ],
    },
  ],
  passes: [
    { name: 'national id', parts: [{ field: 'nationalId', by: 'whole' }] },
    { name: 'mobile', parts: [{ field: 'mobile', by: 'whole' }] },
    {
      name: 'birth day and names',
      parts: [
        { field: 'birthDate', by: 'whole' },
        { fields: ['givenName', 'familyName'], by: 'either-order' },
      ],
    },
    {
      name: 'names and father',
      parts: [
        { fields: ['givenName', 'familyName'], by: 'either-order' },
        { field: 'fatherName', by: 'sound' },
      ],
    },
    { name: 'postal code and family', parts: [{ field: 'postalCode', by: 'whole' }] },
    {
      name: 'first half of the id and birth year',
      parts: [
        { field: 'nationalId', by: 'head', letters: 5 },
        { field: 'birthDate', by: 'head', letters: 4 },
      ],
    },
    {
      name: 'second half of the id and birth year',
      parts: [
        { field: 'nationalId', by: 'tail', letters: 5 },
        { field: 'birthDate', by: 'head', letters: 4 },
      ],
    },
  ],
  guards: ['nationalId'],
  upper: 18,
  lower: 10,
};

export const SCHEMES = { person: PERSON } as const;
