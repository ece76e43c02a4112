// A made-up city of families and what its registers say of them, with the noise that real registers have; who is who is known.
// Draws from the `random` it is given alone: the same seed, the same city.
import { fromEpochMillis } from '#base/instant.ts';
import { persianDigits } from '#base/persian.ts';
import type { SourceRecord } from '#registry/types.ts';
import { FAMILIES, MEN, WOMEN } from './names.ts';
import {
  any,
  below,
  common,
  home,
  mobile,
  writtenAddress,
  writtenDigits,
  writtenName,
  type Hand,
  type Home,
  type Random,
} from './writing.ts';

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
export function nationalId(person: number): string {
  const drawn = (person * 7_654_321 + 1405) % (TOWNS.length * 1_000_000);
  const nine = `${TOWNS[Math.floor(drawn / 1_000_000)]}${String(drawn % 1_000_000).padStart(6, '0')}`;
  const rest = [...nine].reduce((sum, digit, at) => sum + Number(digit) * (10 - at), 0) % 11;
  return nine + String(rest < 2 ? rest : 11 - rest);
}

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

const MEN_TITLES = ['آقای ', 'جناب آقای ', 'حاج ', 'دکتر ', 'مهندس ', 'سید ', 'حاجی ', 'مرحوم '];
const WOMEN_TITLES = ['خانم ', 'سرکار خانم ', 'دکتر ', 'مهندس ', 'سیده ', 'حاجیه '];
/** How a source writes of people, and what it leaves out: probabilities. */
type PeopleHand = Hand & {
  readonly source: string;
  readonly share: number;
  readonly title: number;
  readonly swap: number;
  readonly missing: Readonly<Record<'nationalId' | 'mobile' | 'birthDate' | 'fatherName' | 'postalCode' | 'address', number>>;
};
const HANDS: readonly PeopleHand[] = [
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

function writtenDay(random: Random, hand: Hand, [year, month, day]: Person['birth']): string {
  if (random() < hand.slip / 2)
    return writtenDay(random, { ...hand, slip: 0 }, [year, day <= 12 ? day : month, day <= 12 ? month : day]);
  const isTyped = random() < hand.slip;
  const typed: Person['birth'] = isTyped ? [year + (random() < 0.5 ? 10 : 1), month, day] : [year, month, day];
  const padded = typed.map((one) => String(one).padStart(2, '0')).join('-');
  const text = any(random, [padded, typed.join('/'), padded.replaceAll('-', ''), padded.replaceAll('-', '/')]);
  return random() < 0.4 ? persianDigits(text) : text;
}

function written(random: Random, hand: PeopleHand, person: Person): SourceRecord['fields'] {
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

export type Known = { readonly entity: number; readonly record: SourceRecord };

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
          yield { entity: number, record: { source: hand.source, key: String(made++), kind: 'person', asOf, fields } };
        }
      }
    }
  }
}
