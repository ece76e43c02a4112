// Two records compared field by field: each comparison comes to a level, from `exact` to `differ`, or to nothing where one is silent.
// Gives levels, never weights: what a level is worth is the scheme's (Fellegi and Sunter, 1969).
import { bare, isWellFormed } from './keys.ts';
import { isOneSlip, jaroWinkler, sharedWords } from './similar.ts';

/** The levels of each way of comparing, best first; the last is disagreement. */
export const LEVELS = {
  identifier: ['exact', 'slip', 'differ'],
  day: ['exact', 'slip', 'year', 'differ'],
  name: ['exact', 'near', 'differ'],
  person: ['exact', 'near', 'swapped', 'part', 'family', 'given', 'differ'],
  place: ['exact', 'near', 'differ'],
  words: ['exact', 'near', 'differ'],
} as const;
export type Method = keyof typeof LEVELS;

/** One of the sides said nothing: no evidence either way. */
export const SILENT = -1;

/** Above this two names are one with a slip of spelling, in Jaro–Winkler's measure: مهدی and مهدوی are not, بیژن and بیژنی are. */
const NEAR_NAME = 0.92;
/** Above this two addresses share what matters: a flat or a floor was left out. */
const NEAR_PLACE = 0.7;

/** Columns of two records, in compared form (keys.ts), and where the compared fields stand in them. */
type Compare = (a: readonly string[], b: readonly string[], at: readonly number[]) => number;

const field = (row: readonly string[], column: number | undefined): string => row[column ?? -1] ?? '';

function isNear(a: string, b: string): boolean {
  return jaroWinkler(a, b) >= NEAR_NAME || (Math.min(a.length, b.length) > 3 && isOneSlip(a, b));
}

function identifier(a: readonly string[], b: readonly string[], at: readonly number[]): number {
  const [left, right] = [field(a, at[0]), field(b, at[0])];
  if (left === '' || right === '') return SILENT;
  if (left === right) return 0;
  // Two well-formed keys with check digits are two keys; where there is no check digit a slip shows only in its nearness.
  return isOneSlip(bare(left), bare(right)) ? 1 : 2;
}

function day(a: readonly string[], b: readonly string[], at: readonly number[]): number {
  const [left, right] = [field(a, at[0]), field(b, at[0])];
  if (left === '' || right === '') return SILENT;
  if (left === right) return 0;
  const isTurned =
    left.slice(0, 4) === right.slice(0, 4) && left.slice(5, 7) === right.slice(8) && left.slice(8) === right.slice(5, 7);
  if (isTurned || isOneSlip(bare(left), bare(right))) return 1;
  return left.slice(0, 4) === right.slice(0, 4) ? 2 : 3;
}

function name(a: readonly string[], b: readonly string[], at: readonly number[]): number {
  const [left, right] = [field(a, at[0]), field(b, at[0])];
  if (left === '' || right === '') return SILENT;
  if (left === right) return 0;
  return isNear(left, right) ? 1 : 2;
}

/** Given and family names together, for they are swapped together, and a sister shares one of the two. */
function person(a: readonly string[], b: readonly string[], at: readonly number[]): number {
  const [givenA, familyA, givenB, familyB] = [field(a, at[0]), field(a, at[1]), field(b, at[0]), field(b, at[1])];
  const isGivenKnown = givenA !== '' && givenB !== '';
  const isFamilyKnown = familyA !== '' && familyB !== '';
  if (!isGivenKnown && !isFamilyKnown) return SILENT;
  if (!isGivenKnown) return isNear(familyA, familyB) ? 3 : 6;
  if (!isFamilyKnown) return isNear(givenA, givenB) ? 3 : 6;
  if (givenA === givenB && familyA === familyB) return 0;
  const isGivenNear = isNear(givenA, givenB);
  const isFamilyNear = isNear(familyA, familyB);
  if (isGivenNear && isFamilyNear) return 1;
  if (isNear(givenA, familyB) && isNear(familyA, givenB)) return 2;
  return isFamilyNear ? 4 : isGivenNear ? 5 : 6;
}

/** A postal code and an address together, for one follows from the other: either may tell the place. */
function place(a: readonly string[], b: readonly string[], at: readonly number[]): number {
  const [codeA, codeB, wordsA, wordsB] = [field(a, at[0]), field(b, at[0]), field(a, at[1]), field(b, at[1])];
  const isCodeKnown = codeA !== '' && codeB !== '';
  const areWordsKnown = wordsA !== '' && wordsB !== '';
  if (!isCodeKnown && !areWordsKnown) return SILENT;
  if ((isCodeKnown && codeA === codeB && isWellFormed(codeA)) || (areWordsKnown && wordsA === wordsB)) return 0;
  if (isCodeKnown && isOneSlip(bare(codeA), bare(codeB))) return 1;
  return areWordsKnown && sharedWords(wordsA, wordsB) >= NEAR_PLACE ? 1 : 2;
}

function words(a: readonly string[], b: readonly string[], at: readonly number[]): number {
  const [left, right] = [field(a, at[0]), field(b, at[0])];
  if (left === '' || right === '') return SILENT;
  if (left === right) return 0;
  return sharedWords(left, right) >= NEAR_PLACE ? 1 : 2;
}

export const COMPARE: Readonly<Record<Method, Compare>> = { identifier, day, name, person, place, words };
