// What a person presses. A button changes something and sends a POST; a link only goes somewhere.
import type { ComponentChildren, JSX } from 'preact';

export type Weight = 'primary' | 'secondary' | 'danger' | 'quiet';

export type ButtonProps = {
  readonly children: ComponentChildren;
  readonly weight?: Weight;
  readonly name?: string;
  readonly value?: string;
  /** Sends the form elsewhere than its action. */
  readonly formaction?: string;
  /** Sends the form without the browser's own checks: for "save and return". */
  readonly unchecked?: boolean;
};

export function Button({ children, weight = 'primary', unchecked, ...rest }: ButtonProps): JSX.Element {
  return (
    <button type="submit" class={`button ${weight}`} formnovalidate={unchecked} {...rest}>
      {children}
    </button>
  );
}

/** A form that is only a button: everything that changes the city's data is a POST. */
export function ButtonForm(
  props: ButtonProps & {
    readonly action: string;
    readonly hidden?: { readonly [name: string]: string };
    readonly leave?: boolean;
  },
): JSX.Element {
  const { action, hidden = {}, leave, ...button } = props;
  return (
    <form method="post" action={action} class="button-form" data-leave={leave}>
      <HiddenInputs values={hidden} />
      <Button {...button} />
    </form>
  );
}

/** A link that looks like the main thing to do here. */
export function ButtonLink({
  href,
  children,
  weight = 'primary',
}: {
  readonly href: string;
  readonly children: ComponentChildren;
  readonly weight?: Weight;
}): JSX.Element {
  return (
    <a class={`button ${weight}`} href={href}>
      {children}
    </a>
  );
}

export function Actions({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <div class="actions">{children}</div>;
}

export function HiddenInputs({ values }: { readonly values: { readonly [name: string]: string } }): JSX.Element {
  return (
    <>
      {Object.entries(values).map(([name, value]) => (
        <input type="hidden" name={name} value={value} key={name} />
      ))}
    </>
  );
}
