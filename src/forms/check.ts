// What reading alone cannot see in a form: words in both languages, hide expressions that parse and name what is known, limits of files.
import type { Finding } from '#base/finding.ts';
import { LANGUAGES } from '#base/text.ts';
import { compileForm } from './compile.ts';
import { formFinding, type FindingWords } from './findings.ts';
import type { Field, Form, Texts } from './types.ts';

/** Findings of one form; `names` are variables its hide expressions may read beside its own fields. */
export function checkForm(form: Form, texts: Texts, names: readonly string[] = []): readonly Finding[] {
  const { fields } = compileForm(form);
  return [...checkWords(form, texts), ...checkHides(form, names), ...fields.flatMap((field) => checkLimits(form, field))];
}

function checkWords(form: Form, texts: Texts): readonly Finding[] {
  const places = form.pages.flatMap((page) => [
    [page.id, page.title],
    [page.id, page.description],
    ...page.fields.flatMap((field) => [
      [field.id, field.label],
      [field.id, field.hint],
      [field.id, field.mayDiffer],
      ...(field.options ?? []).map((option) => [field.id, option.label]),
    ]),
  ]);
  return places.flatMap(([place = '', label]) => (label === undefined ? [] : checkWord(form, texts, { place, label })));
}

function checkWord(
  form: Form,
  texts: Texts,
  { place, label }: { readonly place: string; readonly label: string },
): readonly Finding[] {
  if (label.startsWith('$')) {
    const key = label.slice(1);
    const missing = LANGUAGES.filter((language) => !Object.hasOwn(texts[language], key) || texts[language][key] === '');
    return missing.map((language) =>
      formFinding(form.id, 'missing-text', place, {
        reason: [`کلید «${key}» در ${language}.json نیست.`, `The key “${key}” is not in ${language}.json.`],
        mend: [`آن را به ${language}.json بیفزایید.`, `Add it to ${language}.json.`],
      }),
    );
  }
  if (!/\p{L}/u.test(label)) return [];
  return [
    warning(form, 'untranslated-text', place, {
      reason: [`«${label.slice(0, 60)}» تنها به یک زبان است.`, `“${label.slice(0, 60)}” is in one language only.`],
      mend: [
        'به جای متن، یک کلید ($key) بنویسید و متن را به fa.json و en.json ببرید.',
        'Write a key ($key) and move the words to fa.json and en.json.',
      ],
    }),
  ];
}

function checkHides(form: Form, names: readonly string[]): readonly Finding[] {
  const { fields, hides, cycles } = compileForm(form);
  const known = new Set([...fields.map((field) => field.key), ...names]);
  const circles = cycles.map((key) =>
    formFinding(form.id, 'hide-cycle', key, {
      reason: ['پنهان بودن این مورد به خودش بازمی‌گردد.', 'Whether this field is hidden depends on itself.'],
      mend: ['شرط را چنان بنویسید که تنها به موردهای پیشین بسته باشد.', 'Let the condition depend on earlier fields only.'],
    }),
  );
  const faults = fields.flatMap((field) => {
    const hide = hides.get(field.key);
    if (!hide) return [];
    const unknown: Finding[] = hide.names.filter((name) => !known.has(name)).map((name) => unknownName(form, field, name));
    return unknown.concat(
      hide.findings.map((finding) => Object.assign({}, finding, { file: `${form.id}.form`, place: field.id })),
    );
  });
  return [...circles, ...faults];
}

function unknownName(form: Form, field: Field, name: string): Finding {
  return formFinding(form.id, 'unknown-name', field.id, {
    reason: [
      `شرط پنهان شدن «${name}» را می‌خواند که مورد این فرم نیست.`,
      `The condition to hide reads “${name}”, which is no field of this form.`,
    ],
    mend: ['کلید یکی از موردهای این فرم را به کار ببرید.', 'Use the key of a field of this form.'],
  });
}

function checkLimits(form: Form, field: Field): readonly Finding[] {
  if (field.kind === 'file' && (field.accept === undefined || field.maxBytes === undefined)) {
    return [
      warning(form, 'file-without-limits', field.id, {
        reason: ['نوع یا اندازه پرونده محدود نشده است.', 'The type or the size of the file has no limit.'],
        mend: ['به آن accept و ویژگی maxBytes بدهید.', 'Give it accept and the property maxBytes.'],
      }),
    ];
  }
  return isEmptyRange(field)
    ? [
        formFinding(form.id, 'empty-range', field.id, {
          reason: [
            'کمینه از بیشینه بزرگ‌تر است؛ هیچ پاسخی پذیرفته نمی‌شود.',
            'The minimum is above the maximum: no answer would be taken.',
          ],
          mend: ['کمینه و بیشینه را درست کنید.', 'Correct the minimum and the maximum.'],
        }),
      ]
    : [];
}

function isEmptyRange({ kind, min, max, minLength, maxLength }: Field): boolean {
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) return true;
  if (min === undefined || max === undefined || min === 'today' || max === 'today') return false;
  return kind === 'date' ? min > max : Number(min) > Number(max);
}

function warning(form: Form, code: string, place: string, words: FindingWords): Finding {
  return { ...formFinding(form.id, code, place, words), severity: 'warning' };
}
