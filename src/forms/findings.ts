// How the forms room reports what it sees in a form file.
import type { Finding } from '#base/finding.ts';

/** Persian first, then English. */
export type FindingWords = {
  readonly reason: readonly [fa: string, en: string];
  readonly mend: readonly [fa: string, en: string];
};
export type Report = (code: string, place: string, words: FindingWords) => void;

export function formFinding(form: string, code: string, place: string, { reason, mend }: FindingWords): Finding {
  const [fa, en] = reason;
  return { code, severity: 'error', file: `${form}.form`, place, reason: { fa, en }, mend: { fa: mend[0], en: mend[1] } };
}
