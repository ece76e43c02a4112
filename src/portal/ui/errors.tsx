// The summary of what must be put right, at the top of the page: the same words as beside each field, each a link to it.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import { say } from './words.ts';

/** `field`: the id of the element to go to (`fieldId(name)`); absent where the fault belongs to no field. */
export type PageError = { readonly message: string; readonly field?: string };

/** The id of a field's first control: what its label and its line in the summary point to. */
export function fieldId(name: string): string {
  return `f-${name.replace(/[^\w-]/g, '-')}`;
}

/** Focused on arrival, with scripts (the enhancement) and without (`autofocus`). */
export function ErrorSummary({
  language,
  errors,
}: {
  readonly language: Language;
  readonly errors: readonly PageError[];
}): JSX.Element | null {
  if (errors.length === 0) return null;
  return (
    <div class="errors" role="alert" aria-labelledby="errors-title" tabindex={-1} autofocus>
      <h2 id="errors-title">{say(language, 'errors.title')}</h2>
      <ul>
        {errors.map(({ message, field }, index) => (
          <li key={index}>{field === undefined ? message : <a href={`#${field}`}>{message}</a>}</li>
        ))}
      </ul>
    </div>
  );
}
