// What anyone may know of inquiries: their types, who answers, who has contracts, real figures, and the letters that nobody had to write.
// Adds up counts alone: no question, answer or person is read here.
import { isoDateOf, IRAN_OFFSET, jalaliOf } from '#calendar/jalali.ts';
import { REGISTERS } from '#catalog/registers.ts';
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { Text } from '#base/text.ts';
import type { Contract, InquiryType } from '#inquiries/types.ts';
import { listFigures, listInquiryVersions, tallyInquiries } from '#store/inquiry-figures.ts';
import type { InquiryFigure, InquiryVersion } from '#store/inquiry-figures.ts';
import { listLayerTitles } from '#store/geometry.ts';
import type { Road } from '#work/road.ts';
import type { InquiryViewer } from './inquiries.ts';

const DAY_MS = 86_400_000;
export const FIGURE_DAYS = 90;
/** An answer written in the last moment of a day is committed a little later. */
const SETTLED_MS = 600_000;

export type TypeFigures = {
  readonly answered: number;
  /** Answered by a register, without waiting. */
  readonly atOnce: number;
  /** Half of the answers took no longer, to the ninth part: answers are counted in classes (classOf). Absent where there are too few to tell. */
  readonly medianSeconds?: number;
  readonly letters: number;
};

/** Fewer answers say more about those who asked than about the type. */
const ENOUGH = 5;

/** Two letters for each answer between two parties: one with the question, one with the answer. */
export function lettersAvoided(figures: readonly Pick<InquiryFigure, 'asker' | 'answerer' | 'answered'>[]): number {
  return figures.reduce((sum, one) => sum + (one.asker === one.answerer ? 0 : 2 * one.answered), 0);
}

/** Classes grow by 2^(1/8): class b holds 2^(b/8) − 1 to 2^((b+1)/8) − 1 seconds, and is read as its middle. */
export function middleOf(bucket: number): number {
  return bucket === 0 ? 0 : 2 ** ((bucket + 0.5) / 8) - 1;
}

export function figuresOf(figures: readonly InquiryFigure[]): TypeFigures {
  const answered = figures.reduce((sum, one) => sum + one.answered, 0);
  const atOnce = figures.reduce((sum, one) => sum + (one.answerer === 'register' ? one.answered : 0), 0);
  const letters = lettersAvoided(figures);
  if (answered < ENOUGH) return { answered, atOnce, letters };
  let before = 0;
  for (const one of figures.toSorted((a, b) => a.bucket - b.bucket)) {
    before += one.answered;
    if (before * 2 >= answered) return { answered, atOnce, letters, medianSeconds: middleOf(one.bucket) };
  }
  return { answered, atOnce, letters };
}

function dayBefore(now: Instant, days: number): string {
  return isoDateOf(plusMillis(now, -days * DAY_MS), IRAN_OFFSET);
}

export type ListedType = { readonly type: InquiryType; readonly owner: Text; readonly figures: TypeFigures };

/** Every type in force, with its figures of the last 90 days. */
export async function inquiryTypeList(road: Road): Promise<readonly ListedType[]> {
  const figures = await listFigures(road.pool, { since: dayBefore(road.ports.world.now(), FIGURE_DAYS) });
  return road.catalogue.inquiryTypes().map(({ inquiry: { type } }) => ({
    type,
    owner: road.catalogue.unitName(type.owner),
    figures: figuresOf(figures.filter((one) => one.type === type.id)),
  }));
}

export type TypePage = ListedType & {
  readonly asks: readonly Text[];
  readonly contracts: readonly Contract[];
  /** Services whose process asks it. */
  readonly services: readonly { readonly id: string; readonly title: Text }[];
  readonly versions: readonly InquiryVersion[];
  readonly unitName: (id: string) => Text;
  readonly connectorName: (id: string) => Text;
  readonly registerName: (id: string) => Text;
  readonly layerName: (id: string) => Text;
};

/** Throws Refusal `service-not-found`. */
export async function inquiryTypePage(road: Road, id: string): Promise<TypePage> {
  const { type } = road.catalogue.inquiryType(id).inquiry;
  const now = road.ports.world.now();
  const figures = await listFigures(road.pool, { since: dayBefore(now, FIGURE_DAYS), type: id });
  const layers = await listLayerTitles(road.pool);
  const contracts = road.catalogue.contracts().filter((one) => !one.test && one.from <= now && now < one.until);
  return {
    type,
    owner: road.catalogue.unitName(type.owner),
    figures: figuresOf(figures),
    asks: (type.asks ?? []).map((one) => asked(road, one)),
    contracts: contracts.filter((one) => Object.hasOwn(one.types, id)),
    services: road.catalogue
      .services()
      .filter((one) => one.package.manifest.inquiries.includes(id))
      .map((one) => ({ id: one.package.manifest.id, title: one.package.manifest.title })),
    versions: await listInquiryVersions(road.pool, id),
    unitName: (unit) => road.catalogue.unitName(unit),
    connectorName: (one) => road.catalogue.connectors().find((each) => each.id === one)?.title ?? { fa: one, en: one },
    registerName: (one) => REGISTERS[one]?.title ?? { fa: one, en: one },
    layerName: (one) => layers.get(one) ?? { fa: one, en: one },
  };
}

/** An entry of `asks` in words; with a star, what that unit is called in the first district, without its number. */
function asked(road: Road, entry: string): Text {
  if (!entry.includes('*')) return road.catalogue.unitName(entry);
  const first = road.catalogue.unitName(entry.replace('*', '01'));
  return {
    fa: first.fa.replace(/ منطقه ۱$/, ' همهٔ منطقه‌ها'),
    en: first.en.replace(/^District 1 (.*)$/, '$1 of every district'),
  };
}

export type UnitLetters = {
  readonly unit: Text;
  readonly type: Text;
  /** `1405-09`, Jalali. */
  readonly month: string;
  readonly asked: number;
  readonly answered: number;
  readonly letters: number;
};

const YEAR_DAYS = 365;

/** By unit of the reader, type and month, the latest first: what it asked, what it answered, and the letters neither side wrote. */
export async function unitLetters(
  road: Road,
  { reader }: InquiryViewer,
): Promise<{ readonly rows: readonly UnitLetters[]; readonly letters: number }> {
  const parties = reader.units.map((unit) => `unit:${unit}`);
  const figures = await listFigures(road.pool, { since: dayBefore(road.ports.world.now(), YEAR_DAYS), parties });
  const titles = new Map(road.catalogue.inquiryTypes().map(({ inquiry: { type } }) => [type.id, type.title]));
  const rows = reader.units.flatMap((unit) => {
    const own = figures.filter((one) => one.asker === `unit:${unit}` || one.answerer === `unit:${unit}`);
    const groups = Map.groupBy(own, (one) => `${monthOf(one.day)} ${one.type}`);
    return [...groups].map(([key, group]): UnitLetters => {
      const [month = '', type = ''] = key.split(' ');
      const sum = (side: 'asker' | 'answerer'): number =>
        group.reduce((all, one) => all + (one[side] === `unit:${unit}` ? one.answered : 0), 0);
      return {
        unit: road.catalogue.unitName(unit),
        type: titles.get(type) ?? { fa: type, en: type },
        month,
        asked: sum('asker'),
        answered: sum('answerer'),
        letters: lettersAvoided(group),
      };
    });
  });
  return {
    rows: rows.toSorted((a, b) => (a.month < b.month ? 1 : a.month > b.month ? -1 : 0)),
    // Between two units of one reader a letter is avoided once.
    letters: lettersAvoided(figures),
  };
}

function monthOf(day: string): string {
  const { year, month } = jalaliOf(day);
  return `${year}-${String(month).padStart(2, '0')}`;
}

/** Adds up the days that are over. */
export async function tallyDays(pool: Road['pool'], now: Instant): Promise<void> {
  await tallyInquiries(pool, isoDateOf(plusMillis(now, -SETTLED_MS), IRAN_OFFSET));
}
