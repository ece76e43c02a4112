// Controls a person chooses with. Radios for a few, a select for many, checkboxes for any number.
import type { ComponentChildren, JSX } from 'preact';
import { Field, FieldGroup, described } from './field.tsx';
import type { FieldProps } from './field.tsx';
import { fieldId } from './errors.tsx';
import { say } from './words.ts';

export type Option = { readonly value: string; readonly label: ComponentChildren; readonly hint?: string | undefined };

type ChoiceProps = FieldProps & { readonly options: readonly Option[]; readonly inline?: boolean | undefined };

/** The first control's id is the field's own, so that the error summary lands on it. */
function optionId(name: string, index: number): string {
  return index === 0 ? fieldId(name) : `${fieldId(name)}-${index + 1}`;
}

type ItemProps = {
  readonly type: 'radio' | 'checkbox';
  readonly name: string;
  readonly option: Option;
  readonly id: string;
  readonly checked: boolean;
};

function Item({ type, name, option, id, checked }: ItemProps): JSX.Element {
  const hintId = option.hint ? `${id}-about` : undefined;
  return (
    <div class="choice">
      <input type={type} id={id} name={name} value={option.value} checked={checked} aria-describedby={hintId} />
      <label for={id}>{option.label}</label>
      {option.hint && (
        <p class="hint" id={hintId}>
          {option.hint}
        </p>
      )}
    </div>
  );
}

export function Radios(props: ChoiceProps & { readonly value?: string | undefined }): JSX.Element {
  const { name, options, value, inline } = props;
  return (
    <FieldGroup {...props} role="radiogroup">
      <div class={inline ? 'choices inline' : 'choices'}>
        {options.map((option, index) => (
          <Item
            key={option.value}
            type="radio"
            name={name}
            option={option}
            id={optionId(name, index)}
            checked={option.value === value}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

export function Checkboxes(props: ChoiceProps & { readonly values?: readonly string[] | undefined }): JSX.Element {
  const { language, name, options, values = [], inline } = props;
  const shown = { ...props, hint: props.hint ?? say(language, 'field.choose-many') };
  return (
    <FieldGroup {...shown}>
      <div class={inline ? 'choices inline' : 'choices'}>
        {options.map((option, index) => (
          <Item
            key={option.value}
            type="checkbox"
            name={name}
            option={option}
            id={optionId(name, index)}
            checked={values.includes(option.value)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}

/** One box to tick: a declaration, a consent. Sends `true`. */
export function Checkbox(props: FieldProps & { readonly checked?: boolean | undefined }): JSX.Element {
  const { name, label, error, hint, checked, language } = props;
  const id = fieldId(name);
  return (
    <div class={error ? 'field wrong' : 'field'}>
      {error && (
        <p class="error" id={`${id}-error`}>
          <span class="away">{say(language, 'errors.one')} </span>
          {error}
        </p>
      )}
      <div class="choice">
        <input type="checkbox" id={id} name={name} value="true" checked={checked} {...described(props)} />
        <label for={id}>{label}</label>
        {hint && (
          <p class="hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

export function Select(props: Omit<ChoiceProps, 'inline'> & { readonly value?: string | undefined }): JSX.Element {
  const { language, name, options, value } = props;
  return (
    <Field {...props}>
      <select class="input" id={fieldId(name)} name={name} {...described(props)}>
        <option value="">{say(language, 'field.choose')}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}
