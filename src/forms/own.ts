// What of a request belongs to a form: a browser sends buttons, tokens and dates in three parts beside the answers.
import type { Json } from '#base/json.ts';
import { threeParts } from './dates.ts';
import type { Form, RawAnswers } from './types.ts';

/** The raw answers of the form's own fields, each under its key; `birth-day`, `birth-month`, `birth-year` gathered under `birth`. */
export function ownAnswers(form: Form, raw: RawAnswers): RawAnswers {
  const own = form.pages
    .flatMap((page) => page.fields)
    .flatMap(({ key, kind }): readonly (readonly [string, Json])[] => {
      const whole = Object.hasOwn(raw, key) ? raw[key] : undefined;
      const value = kind === 'date' && (whole === undefined || whole === '') ? (threeParts(key, raw) ?? whole) : whole;
      return kind === 'note' || value === undefined ? [] : [[key, value]];
    });
  return Object.fromEntries(own);
}
