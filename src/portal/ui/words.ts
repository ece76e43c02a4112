// Says a general word in one of the two languages, facts filled in. Never guesses: a missing word or fact does not compile.
import type { Language } from '#base/text.ts';
import { numberText } from './numbers.ts';
import { en } from './words/en.ts';
import { fa } from './words/fa.ts';

export type WordKey = keyof typeof fa;

/** `{name}` of a text, at the type level; `{name|one|many}` chooses by the plural of the number `name`. */
type FactNames<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Head}|${string}` ? Head : Name) | FactNames<Rest>
  : never;
export type WordFacts<S extends string> = [FactNames<S>] extends [never]
  ? readonly []
  : readonly [facts: { readonly [name in FactNames<S>]: string | number }];

const PLURAL = { fa: new Intl.PluralRules('fa-IR'), en: new Intl.PluralRules('en-GB') } as const;
/** First-strong isolate: a fact in the other script must not turn the sentence around it (UAX #9). */
const ISOLATE = { fa: /[A-Za-z]/, en: /[\u0600-\u06FF]/ } as const;

/** The text with its facts: numbers through Intl, text as it is. */
export function fill(language: Language, text: string, facts: { readonly [name: string]: string | number }): string {
  return text.replace(/\{([^}|]+)(?:\|([^}|]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    const fact = facts[name];
    if (fact === undefined) return whole;
    if (one !== undefined) return PLURAL[language].select(Number(fact)) === 'one' ? one : (many ?? one);
    if (typeof fact === 'number') return numberText(language, fact);
    return ISOLATE[language].test(fact) ? `\u2068${fact}\u2069` : fact;
  });
}

/** A `say` over another set of words: for pages that keep their own beside them. */
export function speaker<const Fa extends { readonly [key: string]: string }>(
  persian: Fa,
  english: { readonly [key in keyof Fa]: string },
) {
  return <Key extends keyof Fa & string>(language: Language, key: Key, ...[facts]: WordFacts<Fa[Key]>): string => {
    const text = (language === 'fa' ? persian : english)[key] as string;
    return facts === undefined ? text : fill(language, text, facts as { readonly [name: string]: string | number });
  };
}

export const say: <Key extends WordKey>(language: Language, key: Key, ...facts: WordFacts<(typeof fa)[Key]>) => string = speaker(
  fa,
  en,
);
