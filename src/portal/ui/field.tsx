// What surrounds a control: its label, hint and error, bound to it by id. One control, or a group in a fieldset.
import type { ComponentChildren, JSX } from 'preact';
import type { Language } from '#base/text.ts';
import { fieldId } from './errors.tsx';
import { say } from './words.ts';

/** What every field of the kit takes. */
export type FieldProps = {
  readonly language: Language;
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean | undefined;
  /** The label is the page's only question and stands as its heading. */
  readonly heading?: boolean | undefined;
};

/** The aria attributes a control carries: its hint and error, by id. */
export function described(props: Pick<FieldProps, 'name' | 'hint' | 'error'>): {
  'aria-describedby'?: string;
  'aria-invalid'?: 'true';
} {
  const id = fieldId(props.name);
  const by = [...(props.hint ? [`${id}-hint`] : []), ...(props.error ? [`${id}-error`] : [])];
  return {
    ...(by.length > 0 && { 'aria-describedby': by.join(' ') }),
    ...(props.error && { 'aria-invalid': 'true' }),
  };
}

function LabelText({ language, label, required }: Pick<FieldProps, 'language' | 'label' | 'required'>): JSX.Element {
  return (
    <>
      {label}
      {required === false && <span class="optional"> {say(language, 'field.optional')}</span>}
    </>
  );
}

/** Hint and error, in that order, above the control: nothing covers them when a phone's keyboard opens. */
function Notes({ language, name, hint, error }: FieldProps): JSX.Element {
  const id = fieldId(name);
  return (
    <>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-error`}>
          <span class="away">{say(language, 'errors.one')} </span>
          {error}
        </p>
      )}
    </>
  );
}

/** A label over one control whose id is `fieldId(name)`. */
export function Field({ children, ...props }: FieldProps & { readonly children: ComponentChildren }): JSX.Element {
  const label = (
    <label class="label" for={fieldId(props.name)}>
      <LabelText {...props} />
    </label>
  );
  return (
    <div class={props.error ? 'field wrong' : 'field'}>
      {props.heading ? <h1 class="question">{label}</h1> : label}
      <Notes {...props} />
      {children}
    </div>
  );
}

/** A legend over several controls: radios, checkboxes, the three parts of a date. */
export function FieldGroup({
  children,
  role,
  ...props
}: FieldProps & { readonly children: ComponentChildren; readonly role?: 'group' | 'radiogroup' }): JSX.Element {
  const words = <LabelText {...props} />;
  const { 'aria-describedby': by } = described(props);
  return (
    <div class={props.error ? 'field wrong' : 'field'}>
      <fieldset role={role} aria-describedby={by}>
        <legend class="label">{props.heading ? <h1 class="question">{words}</h1> : words}</legend>
        <Notes {...props} />
        {children}
      </fieldset>
    </div>
  );
}
