// Refusals that are about whose a task is: told on the page where the person stands, so that nothing typed is lost.
import { Refusal } from '#base/refusal.ts';
import type { RefusalCode } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import { fill, PROBLEMS } from '#door/problems.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { words } from './file-words.ts';

const TROUBLES: ReadonlySet<RefusalCode> = new Set([
  'task-taken',
  'task-closed',
  'same-person',
  'own-case',
  'other-unit',
  'not-permitted',
  'wrong-state',
]);

export function isTrouble(error: unknown): error is Refusal {
  return error instanceof Refusal && TROUBLES.has(error.code);
}

/** What happened and the mend, in one text. */
export function refusalText(language: Language, code: RefusalCode, facts: Refusal['facts'] = {}): string {
  const { title, mend } = PROBLEMS[code];
  return `${fill(title, facts)[language]} ${fill(mend, facts)[language]}`;
}

/** The same, naming who holds the task where that is why. */
export function troubleText(language: Language, refusal: Refusal, file: CaseFile): string {
  const text = refusalText(language, refusal.code, refusal.facts);
  const holder = file.tasks.find((one) => one.id === refusal.facts['task'])?.assigneeName?.[language];
  return refusal.code === 'task-taken' && holder !== undefined
    ? `${words(language, 'file.held', { name: holder })} ${text}`
    : text;
}
