// Once only: what a register knows is not asked again. Warns of fields named like one of a register the form is bound to.
import type { Finding } from '#base/finding.ts';
import type { Field } from '#forms/types.ts';
import { warning } from './findings.ts';
import type { Parts } from './parts.ts';
import { REGISTER_FIELDS } from './registers.ts';

export function checkOnceOnly({ manifest, forms }: Pick<Parts, 'manifest' | 'forms'>): readonly Finding[] {
  const form = forms[manifest.application];
  if (!form) return [];
  const fields = form.pages.flatMap((page) => page.fields);
  const bound = new Set(fields.flatMap((field) => field.register?.split('.')[0] ?? []));
  return Object.entries(REGISTER_FIELDS)
    .filter(([register]) => bound.has(register))
    .flatMap(([register, known]) =>
      fields.filter((field) => isAskedAgain(field, known)).map((field) => asked(form.id, register, field)),
    );
}

/** A field bound to the register is compared with it, which is its purpose. */
function isAskedAgain(field: Field, known: object): boolean {
  return field.register === undefined && Object.hasOwn(known, field.key);
}

function asked(form: string, register: string, { id, key }: Field): Finding {
  return warning(
    { code: 'asks-what-is-known', file: `${form}.form`, place: id },
    [
      `«${key}» را سامانهٔ ${register} می‌داند؛ از مردم نپرسید.`,
      `The register “${register}” knows “${key}”: do not ask people for it.`,
    ],
    [
      'این مورد را بردارید و آن را از پاسخ dargah:register بخوانید، یا با ویژگی register به سامانه ببندید.',
      'Remove the field and read it from the answer of dargah:register, or bind it by the property register.',
    ],
  );
}
