// A value that the city knows, shown in place of a question: what it is, where it comes from, how old it is, and the way to say that it is wrong.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Field, Texts } from '#forms/types.ts';
import type { KnownDatum, KnownFields, Told } from '#work/views/known.ts';
import { wordsOf } from '#portal/ui/form.tsx';
import { dateText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { Tag } from '#portal/ui/parts.tsx';
import { DataValue } from './value.tsx';
import { words } from './words.ts';

/** The page of one datum: of oneself by `me`, so that nobody's number stands in an address. */
export function datumPath({ register, key, member }: Pick<Told, 'register' | 'key' | 'member'>): string {
  const of = ['person', 'business', 'engineer'].includes(register) ? 'me' : key;
  return `/mine/data/${register}/${encodeURIComponent(of)}/${member}`;
}

export function sourceText(language: Language, { source, asOf, corrected }: Told): string {
  const facts = { source: source[language], date: dateText(language, asOf) };
  return words(language, corrected ? 'known.corrected' : 'known.from', facts);
}

type Shown = { readonly language: Language; readonly label: string; readonly datum: KnownDatum; readonly back: string };

/** Source, date, and "this is wrong", under the value. */
export function Source({ language, label, datum, back }: Shown): JSX.Element {
  return (
    <>
      <p class="hint">
        {sourceText(language, datum)}{' '}
        {datum.disputed !== undefined && <Tag tone="warning">{words(language, 'known.disputed')}</Tag>}
      </p>
      <p class="hint">
        <a href={wrongHref(language, datum, back)}>
          {words(language, 'known.wrong')}
          <span class="away"> ({label})</span>
        </a>
      </p>
    </>
  );
}

function wrongHref(language: Language, datum: KnownDatum, back: string): string {
  return href(language, `${datumPath(datum)}?back=${encodeURIComponent(back)}`);
}

type Drawing = { readonly language: Language; readonly texts: Texts; readonly known: KnownFields; readonly back: string };

/** Fields of a page that are shown and not asked, by key. */
export function shownFields(
  fields: readonly Field[],
  { language, texts, known, back }: Drawing,
): ReadonlyMap<string, JSX.Element> {
  return new Map(
    fields.flatMap((field) => {
      const datum = known.data.get(field.key);
      if (!datum || field.mayDiffer !== undefined) return [];
      const label = wordsOf(texts, language, field.label);
      return [
        [
          field.key,
          <div class="field known" key={field.key}>
            <p class="label">{label}</p>
            <p>
              <DataValue language={language} type={datum.type} value={datum.value} />
            </p>
            <Source language={language} label={label} datum={datum} back={back} />
          </div>,
        ] as const,
      ];
    }),
  );
}

/** Where another value may be given, what the register has can be wrong all the same. */
export function beneathFields(
  fields: readonly Field[],
  { language, known, back }: Omit<Drawing, 'texts'>,
): ReadonlyMap<string, JSX.Element> {
  return new Map(
    fields.flatMap((field) => {
      const datum = field.mayDiffer === undefined ? undefined : known.data.get(field.key);
      if (!datum) return [];
      const says = words(language, 'known.wrong-in', { source: datum.source[language] });
      return [
        [
          field.key,
          <p class="hint">
            <a href={wrongHref(language, datum, back)}>{says}</a>
          </p>,
        ] as const,
      ];
    }),
  );
}

/** A field that may differ says what the register has and by which rule another value may be given; one that no register has says so. */
export function hinted(field: Field, { language, texts, known }: Omit<Drawing, 'back'>): Field {
  const datum = known.data.get(field.key);
  const standing = known.standings.get(field.key);
  const own = field.hint === undefined ? [] : [wordsOf(texts, language, field.hint)];
  if (datum && field.mayDiffer !== undefined)
    return { ...field, hint: [...own, `${sourceText(language, datum)}.`, wordsOf(texts, language, field.mayDiffer)].join(' ') };
  if (standing?.is === 'asked' && (field.from !== undefined || field.mayDiffer === undefined) && own.length === 0)
    return { ...field, hint: words(language, 'known.not-held') };
  return field;
}
