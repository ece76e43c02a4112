// Names of people and firms and addresses as they are compared: one form for every way of writing the same thing.
// Each is a projection: what it gives, it gives again. Table-driven (words.ts); nothing here is ever shown to a person.
import { searchText } from '#base/persian.ts';
import { ADDRESS_FILLERS, ADDRESS_WORDS, COMPANY_FORMS, DESCENT, HONOURS, ORDINALS, SOUNDS, TITLES, UNHEARD } from './words.ts';

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

/** Phrases by their first word, the longest first. */
type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>;

function phrasesOf(table: readonly string[]): Phrases {
  const phrases = table.map((phrase) => phrase.split(' ')).sort((a, b) => b.length - a.length);
  return new Map(phrases.map(([first = '']) => [first, phrases.filter(([word]) => word === first)]));
}

/** Words without the phrases, at the front or anywhere. Where nothing would be left they stay: somebody is called Ostad. */
function without(words: string, phrases: Phrases, where: 'before' | 'anywhere'): string {
  const rest = words.split(' ');
  for (let at = 0; at < (where === 'before' ? 1 : rest.length); at++) {
    const phrase = phrases.get(rest[at] ?? '')?.find((phrase) => phrase.every((word, place) => rest[at + place] === word));
    if (phrase === undefined || phrase.length === rest.length) continue;
    rest.splice(at, phrase.length);
    // What it kept apart may be a phrase.
    at = -1;
  }
  return rest.join(' ');
}

const BEFORE_NAMES = phrasesOf(TITLES);
const BEFORE_GIVEN_NAMES = phrasesOf([...HONOURS, ...TITLES]);
const FORMS = phrasesOf(COMPANY_FORMS);
const FILLERS = phrasesOf(ADDRESS_FILLERS);

/** Without marks of descent, while at least three letters of a name remain. */
function withoutDescent(name: string): string {
  const before = DESCENT.before.find((mark) => name.startsWith(mark) && name.length >= mark.length + 3);
  if (before !== undefined) return withoutDescent(name.slice(before.length));
  const after = DESCENT.after.find((mark) => name.endsWith(mark) && name.length >= mark.length + 3);
  return after === undefined ? name : withoutDescent(name.slice(0, -after.length));
}

/** A given name or a father's: without titles, honours, marks of descent and spaces (محمد رضا is محمدرضا). */
export function givenName(text: string): string {
  return withoutDescent(squeezed(without(plainWords(text), BEFORE_GIVEN_NAMES, 'before')));
}

/** A family name: without titles and spaces; حاجی and سید are part of it. */
export function familyName(text: string): string {
  return squeezed(without(plainWords(text), BEFORE_NAMES, 'before'));
}

/** A firm's name without its form and spaces: شرکت پارس گستر (سهامی خاص) is پارس‌گستر. */
export function firmName(text: string): string {
  return squeezed(without(plainWords(text), FORMS, 'anywhere'));
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
  const placed = without(apart, FILLERS, 'before');
  let words = ` ${placed
    .split(' ')
    .map((word) => WORDS.get(word) ?? word)
    .join(' ')} `;
  for (const [phrase, word] of PHRASES) while (words.includes(` ${phrase} `)) words = words.replace(` ${phrase} `, ` ${word} `);
  // `و` is "and", but before a number it is a flat.
  return words.replace(/ و (?=\d)/g, ' واحد ').trim();
}

/** How a name sounds: letters that sound alike as one, vowels, breaths and doubles gone behind the first. For blocking, never for judging. */
export function skeleton(name: string): string {
  let sounds = '';
  for (const letter of name) {
    const sound = SOUNDS[letter] ?? letter;
    if (sounds === '' || !(UNHEARD.has(sound) || sounds.endsWith(sound))) sounds += sound;
  }
  return sounds;
}
