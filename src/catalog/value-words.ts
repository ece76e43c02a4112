// What people call the texts that a package's rules test: the key `value.<text>` of its words, else the label of a form's option.
import type { Text } from '#base/text.ts';
import type { Form, Texts } from '#forms/types.ts';

const PREFIX = 'value.';

/** An option that two forms call differently is called by neither. */
export function valueWords(forms: readonly Form[], texts: Texts): { readonly [value: string]: Text } {
  const called = new Map<string, Text | undefined>();
  for (const { value, label } of forms.flatMap(optionsOf)) {
    const words = wordsOf(label, texts);
    const known = called.get(value);
    called.set(value, !called.has(value) || (known?.fa === words?.fa && known?.en === words?.en) ? words : undefined);
  }
  for (const key of Object.keys(texts.fa))
    if (key.startsWith(PREFIX)) called.set(key.slice(PREFIX.length), wordsOf(`$${key}`, texts));
  return Object.fromEntries([...called].flatMap(([value, words]) => (words ? [[value, words]] : [])));
}

function optionsOf(form: Form): readonly { readonly value: string; readonly label: string }[] {
  return form.pages.flatMap((page) => page.fields.flatMap((field) => field.options ?? []));
}

function wordsOf(label: string, texts: Texts): Text | undefined {
  if (!label.startsWith('$')) return { fa: label, en: label };
  const [fa, en] = [texts.fa[label.slice(1)], texts.en[label.slice(1)]];
  return fa === undefined || en === undefined ? undefined : { fa, en };
}
