// How the catalog room reports what it sees: a code, a place in a file, the reason and the mend in both languages.
import type { Finding } from '#base/finding.ts';

/** Persian first, then English. */
export type Words = readonly [fa: string, en: string];
export type Place = { readonly code: string; readonly file: string; readonly place?: string };

export function problem({ code, file, place = file }: Place, reason: Words, mend: Words): Finding {
  return { code, severity: 'error', file, place, reason: { fa: reason[0], en: reason[1] }, mend: { fa: mend[0], en: mend[1] } };
}

/** The package can be used all the same. */
export function warning(where: Place, reason: Words, mend: Words): Finding {
  return { ...problem(where, reason, mend), severity: 'warning' };
}

/** Gives findings the name of the file they are about, where the room that found them could not know it. */
export function inFile(file: string, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((one) => Object.assign({}, one, { file }));
}
