// What the reading of a source's configuration shares: small judgements of what was written, and how a fault is told.
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';

type Words = readonly [fa: string, en: string];
/** Tells a fault at a dotted place. */
export type Tell = (place: string, reason: Words, mend: Words) => void;

export function faultsOf(file: string): { readonly findings: Finding[]; readonly tell: Tell } {
  const findings: Finding[] = [];
  const text = ([fa, en]: Words) => ({ fa, en });
  const tell: Tell = (place, reason, mend) =>
    void findings.push({ code: 'source-shape', severity: 'error', file, place, reason: text(reason), mend: text(mend) });
  return { findings, tell };
}

export const isWord = (value: Json | undefined): value is string => typeof value === 'string' && value.trim() !== '';
export const isText = (value: Json | undefined): boolean => isObject(value) && isWord(value['fa']) && isWord(value['en']);
export const isWords = (value: Json | undefined): value is readonly string[] =>
  Array.isArray(value) && (value as readonly Json[]).every(isWord);
export function isIn(words: readonly string[], value: Json | undefined): boolean {
  return typeof value === 'string' && words.includes(value);
}
/** A part of one: 0 to 1. */
export const isPart = (value: Json | undefined): value is number => typeof value === 'number' && value >= 0 && value <= 1;
