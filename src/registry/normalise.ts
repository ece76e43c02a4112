// Names of people and firms and addresses as they are compared: one form for every way of writing the same thing.
// Each is a projection: what it gives, it gives again. Table-driven (words.ts); nothing here is ever shown to a person.
import { searchText } from '#base/persian.ts';
import { ADDRESS_FILLERS, ADDRESS_WORDS, COMPANY_FORMS, DESCENT, HONOURS, ORDINALS, SOUNDS, TITLES } from './words.ts';

/** Letters of neighbours' alphabets that look like Persian ones, beyond those that base/persian.ts knows. */
const LOOKALIKES: Readonly<Record<string, string>> = { ھ: 'ه', ہ: 'ه', ە: 'ه', ۂ: 'ه', ې: 'ی', ے: 'ی', ڪ: 'ک', ء: '' };
const LOOKALIKE = new RegExp(`[${Object.keys(LOOKALIKES).join('')}]`, 'g');

/** Nothing in a register is longer and meant; what lies behind is not looked at. */
const LONGEST = 500;

/** Persian letters, Latin digits and single spaces: what is plain already, as most of a register is. */
const PLAIN = /^(?:[ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی0-9]+(?: (?!$)|$))*$/;

/** Letters and digits in single-spaced words: search text without punctuation, presentation forms or neighbours' letters. */
export function plainWords(text: string): string {
  let words = text.slice(0, LONGEST);
  // Where a mark falls away, what it kept apart may compose: read until nothing changes.
  while (!PLAIN.test(words)) {
    const plainer = searchText(words.normalize('NFKC'))
      .replace(LOOKALIKE, (letter) => LOOKALIKES[letter] ?? letter)
      .replace(/\p{M}+/gu, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    if (plainer === words) break;
    words = plainer;
  }
  return words;
}

const squeezed = (words: string): string => words.replaceAll(' ', '');

/** Words without the phrases, as often as one of them is found; `where` says whether only before the rest. */
function without(words: string, phrases: readonly string[], where: 'before' | 'anywhere'): string {
  let rest = ` ${words} `;
  for (;;) {
    const phrase = phrases.find((one) => (where === 'before' ? rest.startsWith(` ${one} `) : rest.includes(` ${one} `)));
    if (phrase === undefined) return rest.trim();
    const less = rest.replace(` ${phrase} `, ' ');
    // A title alone is a name: somebody is called Ostad.
    if (less.trim() === '') return rest.trim();
    rest = less;
  }
}

/** Without marks of descent, while at least three letters of a name remain. */
function withoutDescent(name: string): string {
  const before = DESCENT.before.find((mark) => name.startsWith(mark) && name.length >= mark.length + 3);
  if (before !== undefined) return withoutDescent(name.slice(before.length));
  const after = DESCENT.after.find((mark) => name.endsWith(mark) && name.length >= mark.length + 3);
  return after === undefined ? name : withoutDescent(name.slice(0, -after.length));
}

/** A given name or a father's: without titles, honours, marks of descent and spaces (محمد رضا is محمدرضا). */
export function givenName(text: string): string {
  return withoutDescent(squeezed(without(plainWords(text), [...HONOURS, ...TITLES], 'before')));
}

/** A family name: without titles and spaces; حاجی and سید are part of it. */
export function familyName(text: string): string {
  return squeezed(without(plainWords(text), TITLES, 'before'));
}

/** A firm's name without its form and spaces: شرکت پارس گستر (سهامی خاص) is پارس‌گستر. */
export function firmName(text: string): string {
  return squeezed(without(plainWords(text), COMPANY_FORMS, 'anywhere'));
}

const PHRASES: readonly (readonly [string, string])[] = ADDRESS_WORDS.flatMap(([word, ...others]) =>
  others.filter((other) => other.includes(' ')).map((other) => [other, word] as const),
);
const WORDS: ReadonlyMap<string, string> = new Map([
  ...ADDRESS_WORDS.flatMap(([word, ...others]) => others.map((other) => [other, word] as const)),
  ...Object.entries(ORDINALS),
]);

/** An address in whole words: abbreviations written out, numbers apart from letters, without the name of the city. */
export function addressWords(text: string): string {
  const apart = plainWords(text).replace(/(\d)(?=\p{L})|(\p{L})(?=\d)/gu, '$1$2 ');
  const placed = without(apart, ADDRESS_FILLERS, 'anywhere');
  let words = ` ${placed
    .split(' ')
    .map((word) => WORDS.get(word) ?? word)
    .join(' ')} `;
  for (const [phrase, word] of PHRASES) while (words.includes(` ${phrase} `)) words = words.replace(` ${phrase} `, ` ${word} `);
  // `و` is "and", but before a number it is a flat.
  return words.replace(/ و (?=\d)/g, ' واحد ').trim();
}

/** How a name sounds: letters that sound alike as one, vowels and doubles gone behind the first letter. For blocking, never for judging. */
export function skeleton(name: string): string {
  const sounds = [...name].map((letter) => SOUNDS[letter] ?? letter).join('');
  return (
    sounds.slice(0, 1) +
    sounds
      .slice(1)
      .replace(/[اویهع]/g, '')
      .replace(/(.)\1+/gu, '$1')
  );
}
