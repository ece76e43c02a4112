// A made-up city's firms and what its registers say of them; which firm is which is known. Firms of one owner share manager, telephone and door.
// Draws from the `random` it is given alone.
import { fromEpochMillis } from '#base/instant.ts';
import type { SourceRecord } from '#registry/types.ts';
import { FIRM_FORMS, FIRM_WORDS } from './names.ts';
import type { Known } from './townsfolk.ts';
import { nationalId } from './townsfolk.ts';
import {
  any,
  below,
  common,
  digits,
  home,
  writtenAddress,
  writtenDigits,
  writtenName,
  type Hand,
  type Home,
  type Random,
} from './writing.ts';

type Firm = {
  readonly legalId: string;
  readonly registrationNumber: string;
  readonly name: string;
  readonly manager: string;
  readonly phone: string;
  readonly home: Home;
};

/** The legal id of the nth firm: as if drawn, and no two alike. */
function legalId(firm: number): string {
  const nine = `10${String((firm * 7_654_321 + 1405) % 100_000_000).padStart(8, '0')}`;
  const added = Number(nine[9]) + 2;
  const sum = [29, 27, 23, 19, 17, 29, 27, 23, 19, 17].reduce((sum, weight, at) => sum + weight * (Number(nine[at]) + added), 0);
  return nine + String((sum % 11) % 10);
}

function named(random: Random): string {
  const words = Array.from({ length: random() < 0.7 ? 2 : 3 }, () => common(random, FIRM_WORDS));
  return [...new Set(words)].join(' ');
}

/** One owner's firms: mostly one, at times several behind one door, some named after each other. */
function ownersFirms(random: Random, first: number): readonly Firm[] {
  const door = home(random);
  const manager = nationalId(first);
  const phone = `021${2 + below(random, 7)}${digits(random, 7)}`;
  const count = random() < 0.85 ? 1 : 2 + below(random, 2);
  const eldest = named(random);
  return Array.from({ length: count }, (_, at) => ({
    legalId: legalId(first + at),
    registrationNumber: String(1000 + below(random, 600_000)),
    name: at === 0 ? eldest : random() < 0.5 ? `${eldest} ${common(random, FIRM_WORDS)}` : named(random),
    manager: random() < 0.8 ? manager : nationalId(first + at + 7_000_000),
    phone: random() < 0.7 ? phone : `021${2 + below(random, 7)}${digits(random, 7)}`,
    home: random() < 0.8 ? door : home(random),
  }));
}

type FirmHand = Hand & { readonly source: string; readonly share: number; readonly missing: number; readonly moved: number };
const HANDS: readonly FirmHand[] = [
  { source: 'companies', share: 0.95, arabic: 0.1, spacing: 0.2, slip: 0.005, missing: 0.05, moved: 0.15 },
  { source: 'duties', share: 0.7, arabic: 0.5, spacing: 0.3, slip: 0.03, missing: 0.25, moved: 0.05 },
  { source: 'guilds', share: 0.4, arabic: 0.6, spacing: 0.4, slip: 0.04, missing: 0.35, moved: 0.05 },
];

function written(random: Random, hand: FirmHand, firm: Firm): SourceRecord['fields'] {
  const place = random() < hand.moved ? home(random) : firm.home;
  const fields = {
    legalId: writtenDigits(random, hand, firm.legalId),
    registrationNumber: writtenDigits(random, hand, firm.registrationNumber),
    managerNationalId: writtenDigits(random, hand, random() < 0.05 ? nationalId(below(random, 1_000_000)) : firm.manager),
    phone: writtenDigits(random, hand, random() < 0.1 ? `021${digits(random, 8)}` : firm.phone),
    postalCode: writtenDigits(random, hand, place.postalCode),
    address: writtenAddress(random, place),
  };
  const kept = Object.entries(fields).filter(() => random() >= hand.missing);
  return { ...Object.fromEntries(kept), name: any(random, FIRM_FORMS).replace('*', writtenName(random, hand, firm.name)) };
}

/** That many records of a city's firms, and which each is. */
export function* firms(random: Random, rows: number): Generator<Known> {
  let number = 0;
  let made = 0;
  for (;;) {
    for (const firm of ownersFirms(random, number + 1)) {
      number++;
      for (const hand of HANDS) {
        if (random() >= hand.share) continue;
        if (made === rows) return;
        const asOf = fromEpochMillis(1_700_000_000_000 + below(random, 90_000) * 1_000_000);
        yield {
          entity: number,
          record: { source: hand.source, key: String(made++), kind: 'business', asOf, fields: written(random, hand, firm) },
        };
      }
    }
  }
}
