// Controls a person types in. Direction follows what is typed; numbers and codes always run left to right.
// Never type=number: it drops Persian digits, and a wheel turn changes a value unseen.
import type { JSX } from 'preact';
import { Field, described } from './field.tsx';
import type { FieldProps } from './field.tsx';
import { fieldId } from './errors.tsx';
import { say } from './words.ts';

/** About how many characters the answer has: the width hints at what is asked. */
export type Width = 'w4' | 'w8' | 'w12' | 'w20' | 'full';

type TextProps = FieldProps & {
  readonly value?: string | undefined;
  readonly autocomplete?: string | undefined;
  readonly width?: Width | undefined;
  readonly maxLength?: number | undefined;
  readonly readonly?: boolean | undefined;
  /** `code`: digits and Latin letters, left to right, no spelling. */
  readonly content?: 'text' | 'code' | 'digits' | 'tel' | undefined;
};

/** An empty control must follow the page and not `dir=auto` (which is then left to right): the space lets the style sheet see it. */
const EMPTY = ' ';
const INPUT_MODE = { text: undefined, code: undefined, digits: 'numeric', tel: 'tel' } as const;

export function TextInput(props: TextProps): JSX.Element {
  const { name, value, autocomplete, width = 'full', maxLength, readonly, content = 'text' } = props;
  return (
    <Field {...props}>
      <input
        class={`input ${width}`}
        id={fieldId(name)}
        name={name}
        type="text"
        dir={content === 'text' ? 'auto' : 'ltr'}
        inputmode={INPUT_MODE[content]}
        spellcheck={content === 'text' ? undefined : false}
        autocapitalize={content === 'text' ? undefined : 'off'}
        placeholder={EMPTY}
        value={value}
        autocomplete={autocomplete}
        maxlength={maxLength}
        readonly={readonly}
        {...described(props)}
      />
    </Field>
  );
}

export type NumberProps = FieldProps & {
  readonly value?: string | undefined;
  readonly width?: Width | undefined;
  readonly decimals?: number | undefined;
  /** What is counted: متر مربع, ریال. Read with the label. */
  readonly unit?: string | undefined;
  readonly readonly?: boolean | undefined;
};

export function NumberInput(props: NumberProps): JSX.Element {
  const { name, value, width = 'w12', decimals = 0, unit, readonly } = props;
  const id = fieldId(name);
  const { 'aria-describedby': by, ...aria } = described(props);
  const unitId = unit ? `${id}-unit` : undefined;
  return (
    <Field {...props}>
      <span class="with-unit">
        <input
          class={`input ${width}`}
          id={id}
          name={name}
          type="text"
          dir="ltr"
          inputmode={decimals > 0 ? 'decimal' : 'numeric'}
          autocomplete="off"
          value={value}
          readonly={readonly}
          aria-describedby={[by, unitId].filter(Boolean).join(' ') || undefined}
          {...aria}
        />
        {unit && (
          <span class="unit" id={unitId}>
            {unit}
          </span>
        )}
      </span>
    </Field>
  );
}

export function TextArea(props: Omit<TextProps, 'content' | 'width'> & { readonly rows?: number }): JSX.Element {
  const { language, name, value, rows = 5, maxLength, readonly } = props;
  const limit = maxLength === undefined ? undefined : say(language, 'field.characters', { max: maxLength });
  const hint = [props.hint, limit].filter(Boolean).join(' ') || undefined;
  const shown = { ...props, hint };
  return (
    <Field {...shown}>
      <textarea
        class="input full"
        id={fieldId(name)}
        name={name}
        dir="auto"
        rows={rows}
        placeholder={EMPTY}
        readonly={readonly}
        value={value ?? ''}
        {...described(shown)}
      />
    </Field>
  );
}
