// A made-up city of families and what its registers say of them, with the noise that real registers have; who is who is known.
// Draws from the `random` it is given alone: the same seed, the same city.
import { fromEpochMillis } from '#base/instant.ts';
import { persianDigits } from '#base/persian.ts';
import type { SourceRecord } from '#registry/types.ts';
import { FAMILIES, FLOWERS, MEN, STREETS, WOMEN } from './names.ts';

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

type Home = {
  readonly street: string;
  readonly lane: string;
  readonly door: number;
  readonly flat: number;
  readonly postalCode: string;
};
type Member = {
  readonly given: string;
  readonly family: string;
  readonly father: string;
  readonly birth: readonly [year: number, month: number, day: number];
  readonly mobile: string;
  readonly home: Home;
  readonly isMan: boolean;
};
type Person = Member & { readonly nationalId: string };

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
/** Commoner names first: about Zipf's law, flattened as names are. */
const common = (random: Random, names: readonly string[]): string => names[Math.floor(random() ** 2 * names.length)] ?? '';
const any = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)] as T;
const digits = (random: Random, count: number): string => String(below(random, 10 ** count)).padStart(count, '0');

/** Tehran and a few towns, by the first three digits. */
const TOWNS = [
  '001',
  '002',
  '003',
  '004',
  '005',
  '006',
  '007',
  '008',
  '009',
  '032',
  '048',
  '049',
  '128',
  '138',
  '228',
  '274',
  '293',
  '557',
];

/** The national id of the nth person: as if drawn, and no two alike among the eighteen million that these towns can give. */
function nationalId(person: number): string {
  const drawn = (person * 7_654_321 + 1405) % (TOWNS.length * 1_000_000);
  const nine = `${TOWNS[Math.floor(drawn / 1_000_000)]}${String(drawn % 1_000_000).padStart(6, '0')}`;
  const rest = [...nine].reduce((sum, digit, at) => sum + Number(digit) * (10 - at), 0) % 11;
  return nine + String(rest < 2 ? rest : 11 - rest);
}

const POSTAL = '13456789';
const home = (random: Random): Home => ({
  street: any(random, STREETS),
  lane: any(random, FLOWERS),
  door: 1 + below(random, 180),
  flat: 1 + below(random, 12),
  postalCode: `1${Array.from({ length: 4 }, () => POSTAL[below(random, 8)]).join('')}${1 + below(random, 9)}${digits(random, 4)}`,
});
const mobile = (random: Random): string => `09${any(random, ['12', '19', '35', '36', '01', '21', '22'])}${digits(random, 7)}`;
const birth = (random: Random, from: number, to: number): Person['birth'] => [
  from + below(random, to - from),
  1 + below(random, 12),
  1 + below(random, 30),
];

/** One family under one roof. */
function household(random: Random): readonly Member[] {
  const place = home(random);
  const man = (years: readonly [number, number], family: string, father: string): Member => ({
    given: common(random, MEN),
    family,
    father,
    birth: birth(random, ...years),
    mobile: mobile(random),
    home: place,
    isMan: true,
  });
  const woman = (years: readonly [number, number], family: string, father: string): Member => ({
    ...man(years, family, father),
    given: common(random, WOMEN),
    isMan: false,
  });
  const head = man([1315, 1375], common(random, FAMILIES), common(random, MEN));
  const [year] = head.birth;
  const wife = woman([year - 3, year + 9], common(random, FAMILIES), common(random, MEN));
  const children: Member[] = [];
  const count = below(random, 4);
  for (let at = 0; at < count; at++) {
    const make = random() < 0.5 ? man : woman;
    let child = make([year + 20, Math.min(1402, year + 38)], head.family, head.given);
    const elder = children.at(-1);
    if (elder && random() < 0.02) child = { ...child, birth: elder.birth };
    // Children have their parents' number until they have their own.
    if (random() < 0.4) child = { ...child, mobile: random() < 0.5 ? head.mobile : wife.mobile };
    if (!children.some(({ given }) => given === child.given)) children.push(child);
  }
  return random() < 0.15 ? [head] : [head, wife, ...children];
}

/** One letter or digit wrong, lost, doubled, or two swapped. */
function slip(random: Random, text: string, letters: string): string {
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
const MEN_TITLES = ['آقای ', 'جناب آقای ', 'حاج ', 'دکتر ', 'مهندس ', 'سید ', 'حاجی ', 'مرحوم '];
const WOMEN_TITLES = ['خانم ', 'سرکار خانم ', 'دکتر ', 'مهندس ', 'سیده ', 'حاجیه '];
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

/** How a source writes: probabilities, each of one kind of noise. */
type Hand = {
  readonly source: string;
  readonly share: number;
  readonly arabic: number;
  readonly spacing: number;
  readonly title: number;
  readonly slip: number;
  readonly swap: number;
  readonly missing: Readonly<Record<'nationalId' | 'mobile' | 'birthDate' | 'fatherName' | 'postalCode' | 'address', number>>;
};
const HANDS: readonly Hand[] = [
  {
    source: 'civil',
    share: 0.9,
    arabic: 0.1,
    spacing: 0.1,
    title: 0.02,
    slip: 0.005,
    swap: 0.002,
    missing: { nationalId: 0.01, mobile: 0.6, birthDate: 0.01, fatherName: 0.02, postalCode: 0.2, address: 0.3 },
  },
  {
    source: 'renovation-duty',
    share: 0.35,
    arabic: 0.5,
    spacing: 0.3,
    title: 0.15,
    slip: 0.03,
    swap: 0.03,
    missing: { nationalId: 0.15, mobile: 0.3, birthDate: 0.3, fatherName: 0.2, postalCode: 0.1, address: 0.05 },
  },
  {
    source: 'city-offices',
    share: 0.3,
    arabic: 0.2,
    spacing: 0.3,
    title: 0.1,
    slip: 0.03,
    swap: 0.03,
    missing: { nationalId: 0.1, mobile: 0.1, birthDate: 0.25, fatherName: 0.3, postalCode: 0.3, address: 0.2 },
  },
  {
    source: 'guilds',
    share: 0.15,
    arabic: 0.6,
    spacing: 0.3,
    title: 0.25,
    slip: 0.04,
    swap: 0.04,
    missing: { nationalId: 0.2, mobile: 0.2, birthDate: 0.2, fatherName: 0.15, postalCode: 0.4, address: 0.3 },
  },
];

function writtenName(random: Random, hand: Hand, name: string): string {
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

function writtenDigits(random: Random, hand: Hand, text: string): string {
  const slipped = random() < hand.slip ? slip(random, text, '0123456789') : text;
  if (random() < 0.05) return slipped.replace(/^0+/, '');
  return random() < 0.3 ? persianDigits(slipped) : slipped;
}

function writtenDay(random: Random, hand: Hand, [year, month, day]: Person['birth']): string {
  if (random() < hand.slip / 2)
    return writtenDay(random, { ...hand, slip: 0 }, [year, day <= 12 ? day : month, day <= 12 ? month : day]);
  const isTyped = random() < hand.slip;
  const typed: Person['birth'] = isTyped ? [year + (random() < 0.5 ? 10 : 1), month, day] : [year, month, day];
  const padded = typed.map((one) => String(one).padStart(2, '0')).join('-');
  const text = any(random, [padded, typed.join('/'), padded.replaceAll('-', ''), padded.replaceAll('-', '/')]);
  return random() < 0.4 ? persianDigits(text) : text;
}

function writtenAddress(random: Random, { street, lane, door, flat }: Home): string {
  const [st, ln, no, un] = random() < 0.5 ? ['خیابان', 'کوچه', 'پلاک', 'واحد'] : ['خ', 'ک', 'پ', 'و'];
  const parts = [`${st} ${street}`, `${ln} ${lane}`, `${no} ${door}`, ...(random() < 0.8 ? [`${un} ${flat}`] : [])];
  const text = (random() < 0.3 ? ['تهران', ...parts] : parts).join(any(random, [' ', '، ', ' - ']));
  return random() < 0.3 ? persianDigits(text).replaceAll('ی', 'ي') : text;
}

function written(random: Random, hand: Hand, person: Person): SourceRecord['fields'] {
  const title = random() < hand.title ? any(random, person.isMan ? MEN_TITLES : WOMEN_TITLES) : '';
  const given = title + writtenName(random, hand, person.given);
  const family = writtenName(random, hand, person.family);
  const isSwapped = random() < hand.swap;
  const place = random() < 0.1 ? home(random) : person.home;
  const fields = {
    nationalId: writtenDigits(random, hand, person.nationalId),
    mobile: writtenDigits(random, hand, random() < 0.08 ? mobile(random) : person.mobile),
    birthDate: writtenDay(random, hand, person.birth),
    fatherName: writtenName(random, hand, person.father),
    postalCode: writtenDigits(random, hand, place.postalCode),
    address: writtenAddress(random, place),
  };
  const kept = Object.entries(fields).filter(([field]) => random() >= hand.missing[field as keyof typeof fields]);
  return { ...Object.fromEntries(kept), givenName: isSwapped ? family : given, familyName: isSwapped ? given : family };
}

export type Known = { readonly person: number; readonly record: SourceRecord };

/** That many records of a city's people, and who each is. */
export function* townsfolk(random: Random, rows: number): Generator<Known> {
  let number = 0;
  let made = 0;
  for (;;) {
    for (const member of household(random)) {
      const person: Person = { ...member, nationalId: nationalId(++number) };
      for (const hand of HANDS) {
        // A register may hold the same person twice.
        const times = random() >= hand.share ? 0 : random() < 0.04 ? 2 : 1;
        for (let time = 0; time < times; time++) {
          if (made === rows) return;
          const asOf = fromEpochMillis(1_700_000_000_000 + below(random, 90_000) * 1_000_000);
          const fields = written(random, hand, person);
          yield { person: number, record: { source: hand.source, key: String(made++), kind: 'person', asOf, fields } };
        }
      }
    }
  }
}
