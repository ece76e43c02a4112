// Once only: what a register of the city knows is not asked of people. Refuses a form that does, and a binding that names what is not there.
// A field is what it is called (`mobile`) and what it takes (a postal code): either tells that a register knows it.
import type { Finding } from '#base/finding.ts';
import type { Field, Form } from '#forms/types.ts';
import { problem } from './findings.ts';
import type { Words } from './findings.ts';
import type { Parts } from './parts.ts';
import { boundMember, REGISTERS } from './registers.ts';

/** What is typed in one of these forms is the key or an address of a record. */
const IDENTIFIERS: ReadonlySet<string> = new Set([
  'national-id',
  'legal-id',
  'owner-id',
  'renovation-code',
  'plate',
  'postal-code',
  'mobile',
]);
/** Registers of who applies: `from: applicant` finds their record by their own number. */
const OF_PEOPLE: ReadonlySet<string> = new Set(['person', 'business', 'engineer']);

const BIND: Words = [
  'آن را با ویژگی register به سامانه ببندید و با from: applicant یا by بگویید رکورد چه کسی؛ یا آن را بردارید و از پاسخ dargah:register بخوانید.',
  'Bind it by the property register, and say whose record by from: applicant or by; or remove it and read it from the answer of dargah:register.',
];
const CORRECT: Words = ['نام را درست کنید.', 'Correct the name.'];

export function checkOnceOnly({ manifest, model, forms }: Pick<Parts, 'manifest' | 'model' | 'forms'>): readonly Finding[] {
  const people = model.nodes.flatMap(({ info }) => (info.executor?.role === 'applicant' ? (info.form ?? []) : []));
  const asked = [...new Set([manifest.application, ...people])].flatMap((id) => forms[id] ?? []);
  return asked.flatMap((form) =>
    form.pages.flatMap((page, at) => page.fields.flatMap((field) => checkField(form, at, field) ?? [])),
  );
}

/** The first thing wrong with a field, if any. */
function checkField(form: Form, page: number, field: Field): Finding | undefined {
  const at = { file: `${form.id}.form`, place: field.id };
  const { register: binding, key } = field;
  if (binding === undefined) {
    const register = knownBy(field);
    return register === undefined
      ? undefined
      : problem(
          { code: 'asks-what-is-known', ...at },
          [
            `«${key}» را سامانه ${register} می‌داند؛ از مردم نپرسید.`,
            `The register “${register}” knows “${key}”: do not ask people for it.`,
          ],
          BIND,
        );
  }
  const bound = boundMember(binding);
  if (!bound)
    return problem(
      { code: 'unknown-register', ...at },
      [`هیچ سامانه‌ای «${binding}» ندارد.`, `No register has “${binding}”.`],
      CORRECT,
    );
  if (field.from !== undefined && !OF_PEOPLE.has(bound.register))
    return problem(
      { code: 'register-not-of-people', ...at },
      [
        `رکورد سامانه ${bound.register} با شناسه درخواست‌کننده یافت نمی‌شود.`,
        `A record of the register “${bound.register}” is not found by the applicant’s own number.`,
      ],
      [
        'به جای from، با by نام موردی را بنویسید که کلید آن است.',
        'In place of from, name the field that holds its key by the property by.',
      ],
    );
  if (field.by !== undefined && !isKeyBefore(form, page, { by: field.by, register: bound.register }))
    return problem(
      { code: 'register-by', ...at },
      [
        `«${field.by}» موردی از صفحه‌های پیشین نیست که کلید سامانه ${bound.register} باشد.`,
        `“${field.by}” is no field of an earlier page that is bound to the key of the register “${bound.register}”.`,
      ],
      CORRECT,
    );
  if (bound.isKey || field.from !== undefined || field.by !== undefined) return undefined;
  return problem(
    { code: 'asks-what-is-known', ...at },
    [
      `«${key}» را سامانه ${bound.register} می‌داند؛ آن را نپرسید تا با پاسخ بسنجید.`,
      `The register “${bound.register}” knows “${key}”: do not ask for it only to compare.`,
    ],
    BIND,
  );
}

/** The register that knows what an unbound field asks for. */
function knownBy({ key, kind, format }: Field): string | undefined {
  if (kind === 'note' || kind === 'file') return undefined;
  const known = Object.entries(REGISTERS);
  const named = known.find(([, register]) => register && Object.hasOwn(register.fields, key));
  if (named) return named[0];
  if (format === undefined || !IDENTIFIERS.has(format)) return undefined;
  return known.find(([, register]) => register && Object.values(register.fields).some(({ type }) => type === format))?.[0];
}

function isKeyBefore(form: Form, page: number, { by, register }: { readonly by: string; readonly register: string }): boolean {
  const field = form.pages
    .slice(0, page)
    .flatMap((one) => one.fields)
    .find((one) => one.key === by);
  const bound = field?.register === undefined ? undefined : boundMember(field.register);
  return bound?.isKey === true && bound.register === register;
}
