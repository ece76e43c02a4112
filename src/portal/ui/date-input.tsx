// A Jalali date in three boxes, as people know their dates; no picker to learn. The parts are joined by read-form.ts.
import type { JSX } from 'preact';
import type { Instant } from '#base/instant.ts';
import type { Language } from '#base/text.ts';
import { FieldGroup, described } from './field.tsx';
import type { FieldProps } from './field.tsx';
import { fieldId } from './errors.tsx';
import { jalaliNumbers } from './format.ts';
import { plainNumberText } from './numbers.ts';
import { say } from './words.ts';

/** Names of the three inputs of a date field. */
export function datePartNames(name: string): { readonly day: string; readonly month: string; readonly year: string } {
  return { day: `${name}-day`, month: `${name}-month`, year: `${name}-year` };
}

/** `1405-9-3` as it was typed, a missing part empty, or the ISO date of an answer that was taken. */
export function dateParts(value: string | undefined): { readonly day: string; readonly month: string; readonly year: string } {
  if (/^(1[89]|2\d)\d\d-\d\d-\d\d$/.test(value ?? '')) return jalaliNumbers(`${value}T12:00:00.000Z` as Instant);
  const [year = '', month = '', day = ''] = (value ?? '').split(/[-/]/);
  return { year, month, day };
}

function example(language: Language): string {
  return say(language, 'date.example', {
    day: plainNumberText(language, 3),
    month: plainNumberText(language, 9),
    year: plainNumberText(language, 1370),
  });
}

export function JalaliDate(props: FieldProps & { readonly value?: string | undefined; readonly birth?: boolean }): JSX.Element {
  const { language, name, value, birth } = props;
  const shown = { ...props, hint: [props.hint, example(language)].filter(Boolean).join(' ') };
  const names = datePartNames(name);
  const typed = dateParts(value);
  const { 'aria-invalid': invalid } = described(shown);
  return (
    <FieldGroup {...shown} role="group">
      <div class="date">
        {(['day', 'month', 'year'] as const).map((part, index) => {
          const id = index === 0 ? fieldId(name) : `${fieldId(name)}-${part}`;
          return (
            <div key={part}>
              <label for={id}>{say(language, `date.${part}`)}</label>
              <input
                class={part === 'year' ? 'input w4' : 'input w2'}
                id={id}
                name={names[part]}
                type="text"
                dir="ltr"
                inputmode="numeric"
                autocomplete={birth ? `bday-${part}` : 'off'}
                value={typed[part]}
                aria-invalid={invalid}
              />
            </div>
          );
        })}
      </div>
    </FieldGroup>
  );
}
