// How clerks write names, numbers and addresses: the accidents that real registers are full of, each as often as a hand has it.
// Draws from the `random` it is given alone.
import { persianDigits } from '#base/persian.ts';
import { FLOWERS, STREETS } from './names.ts';

export type Random = () => number;

/** mulberry32: 32 bits of state, good enough to people a city. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const below = (random: Random, limit: number): number => Math.floor(random() * limit);
/** Commoner names first: about Zipf's law, flattened as names are. */
export const common = (random: Random, names: readonly string[]): string => names[Math.floor(random() ** 2 * names.length)] ?? '';
export const any = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)] as T;
export const digits = (random: Random, count: number): string => String(below(random, 10 ** count)).padStart(count, '0');

export type Home = {
  readonly street: string;
  readonly lane: string;
  readonly door: number;
  readonly flat: number;
  readonly postalCode: string;
};
const POSTAL = '13456789';
export const home = (random: Random): Home => ({
  street: any(random, STREETS),
  lane: any(random, FLOWERS),
  door: 1 + below(random, 180),
  flat: 1 + below(random, 12),
  postalCode: `1${Array.from({ length: 4 }, () => POSTAL[below(random, 8)]).join('')}${1 + below(random, 9)}${digits(random, 4)}`,
});
export const mobile = (random: Random): string =>
  `09${any(random, ['12', '19', '35', '36', '01', '21', '22'])}${digits(random, 7)}`;
/** How a source writes: probabilities, each of one kind of noise. */
export type Hand = { readonly arabic: number; readonly spacing: number; readonly slip: number };

/** One letter or digit wrong, lost, doubled, or two swapped. */
export function slip(random: Random, text: string, letters: string): string {
  const at = below(random, text.length);
  const kind = random();
  if (kind < 0.5)
    return (
      text.slice(0, at) +
      any(
        random,
        [...letters].filter((one) => one !== text[at]),
      ) +
      text.slice(at + 1)
    );
  if (kind < 0.7 && text.length > 3) return text.slice(0, at) + text.slice(at + 1);
  if (at + 1 < text.length && text[at] !== text[at + 1]) return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
  return text.slice(0, at) + text[at] + text.slice(at);
}

const LETTERS = 'ابپتجحدرزسشعفقکگلمنوهی';
const SOUND_ALIKES = [
  ['ط', 'ت'],
  ['ص', 'س'],
  ['ث', 'س'],
  ['ض', 'ز'],
  ['ظ', 'ز'],
  ['ذ', 'ز'],
  ['ح', 'ه'],
  ['غ', 'ق'],
  ['ق', 'غ'],
] as const;

export function writtenName(random: Random, hand: Hand, name: string): string {
  let text = name;
  if (random() < hand.slip) text = slip(random, text, LETTERS);
  if (random() < hand.slip) {
    const alike = SOUND_ALIKES.find(([letter]) => text.includes(letter));
    if (alike) text = text.replace(alike[0], alike[1]);
  }
  if (random() < hand.spacing) {
    const gap = any(random, ['', '\u200C', '  ', ' \u200C']);
    text = text.includes(' ') ? text.replaceAll(' ', gap) : text.replace(/^(محمد|امیر|علی|غلام|حمید)(?=.)/, `$1${gap || ' '}`);
  }
  if (random() < hand.spacing / 4) text = text.replace('آ', 'ا').replace(/.(?=.)/u, random() < 0.5 ? '$&\u0640' : '$&\u064E');
  if (random() < hand.arabic)
    text = text
      .replaceAll('ی', random() < 0.8 ? 'ي' : 'ى')
      .replaceAll('ک', 'ك')
      .replace(/ه$/, random() < 0.1 ? 'ة' : 'ه');
  return text;
}

export function writtenDigits(random: Random, hand: Hand, text: string): string {
  const slipped = random() < hand.slip ? slip(random, text, '0123456789') : text;
  if (random() < 0.05) return slipped.replace(/^0+/, '');
  return random() < 0.3 ? persianDigits(slipped) : slipped;
}

export function writtenAddress(random: Random, { street, lane, door, flat }: Home): string {
  const [st, ln, no, un] = random() < 0.5 ? ['خیابان', 'کوچه', 'پلاک', 'واحد'] : ['خ', 'ک', 'پ', 'و'];
  const parts = [`${st} ${street}`, `${ln} ${lane}`, `${no} ${door}`, ...(random() < 0.8 ? [`${un} ${flat}`] : [])];
  const text = (random() < 0.3 ? ['تهران', ...parts] : parts).join(any(random, [' ', '، ', ' - ']));
  return random() < 0.3 ? persianDigits(text).replaceAll('ی', 'ي') : text;
}
