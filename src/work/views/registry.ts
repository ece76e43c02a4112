// The registry as a steward sees it: an entity by any of its keys, its one view with who said what, and the pairs that wait for a decision.
// Every look at a person's, a business's or an owner's data is written down before the data are given.
import { Refusal } from '#base/refusal.ts';
import type { Text } from '#base/text.ts';
import { REGISTERS } from '#catalog/registers.ts';
import type { Actor, Hat } from '#cases/types.ts';
import { explain } from '#registry/explain.ts';
import { OWNERS, readKey, registerValue } from '#registry/registers.ts';
import type { Key } from '#registry/registers.ts';
import { SCHEMES } from '#registry/schemes.ts';
import { unpackRow } from '#registry/sheet.ts';
import { KINDS } from '#registry/types.ts';
import type { Explanation, Fields, FieldView, GoldenView, Kind, RecordId } from '#registry/types.ts';
import { readAs } from '#store/read-as.ts';
import type { Reader } from '#store/read-as.ts';
import { findEntity, listByKeys, listFull, listPersonNames, listSources } from '#store/registry-views.ts';
import type { EntityRows, FoundEntity, FullRecord, RecordRow } from '#store/registry-views.ts';
import { countOpen, findMerge, findNumbered, listOpenDoubts, listSteps, listTorn } from '#store/steward.ts';
import type { LinkageStep, OpenDoubt, TornRow } from '#store/steward.ts';
import { noteLook } from '#work/looks.ts';
import { judgeAmong } from '#work/registry/names.ts';
import { subjectsOf } from '#work/registry/project.ts';
import type { Road } from '#work/road.ts';

export type RegistryViewer = { readonly actor: Actor; readonly reader: Reader };

const MOST = 50;
/** Steps of an entity's history that a page shows. */
const STEPS = 100;

/** Throws Refusal `not-permitted`. */
export function stewardHat({ actor }: RegistryViewer): Hat {
  const held = actor.assignments.find(({ role }) => role === 'steward');
  if (!held || actor.person === 'system') throw new Refusal('not-permitted', { command: 'registry' });
  return { person: actor.person, role: 'steward', unit: held.unit };
}

const MORE_FIELDS: { readonly [field: string]: Text | undefined } = {
  part: { fa: 'بخش', en: 'Part' },
  fileNumber: { fa: 'شماره پرونده منطقه', en: 'District file number' },
  licence: { fa: 'شماره پروانه اشتغال', en: 'Licence number' },
  chassis: { fa: 'شماره شاسی', en: 'Chassis number' },
  geometry: { fa: 'نقشه', en: 'Ground plan' },
  sex: { fa: 'جنس', en: 'Sex' },
  guild: { fa: 'صنف', en: 'Guild' },
  validUntil: { fa: 'اعتبار تا', en: 'Valid until' },
  discipline: { fa: 'رشته', en: 'Discipline' },
  grade: { fa: 'پایه', en: 'Grade' },
  competence: { fa: 'صلاحیت', en: 'Competence' },
  class: { fa: 'نوع', en: 'Class' },
  power: { fa: 'پیشرانه', en: 'Power' },
  modelYear: { fa: 'سال ساخت', en: 'Model year' },
  value: { fa: 'ارزش (ریال)', en: 'Value (rials)' },
  unpaidYears: { fa: 'سال‌های پرداخت‌نشده', en: 'Unpaid years' },
};

/** What a field is called. */
export function fieldTitle(kind: Kind, field: string): Text {
  return REGISTERS[kind]?.fields[field]?.title ?? MORE_FIELDS[field] ?? { fa: field, en: field };
}

/** Sources by their names. */
export async function sourceTitles(road: Road): Promise<(source: string) => Text> {
  const titles = new Map((await listSources(road.pool)).map(({ id, title }) => [id, title]));
  return (source) => titles.get(source) ?? { fa: source, en: source };
}

/** By any key, typed as people type them; nobody's name is shown until an entity is opened. */
export async function findByKey(road: Road, viewer: RegistryViewer, text: string): Promise<readonly FoundEntity[]> {
  stewardHat(viewer);
  const keys = readKey(text.slice(0, 100));
  if (keys.length === 0) return [];
  return readAs(road.readers, viewer.reader, (client) => listByKeys(client, keys, { most: MOST }));
}

export type ShownField = FieldView & { readonly field: string; readonly title: Text };
export type EntityPage = Omit<EntityRows, 'view'> & {
  readonly fields: readonly ShownField[];
  readonly steps: readonly (LinkageStep & { readonly who: Text | undefined })[];
  readonly related: readonly FoundEntity[];
  readonly nameOf: (source: string) => Text;
};

/** Throws Refusal `entity-not-found`, `not-permitted`. */
export async function entityPage(road: Road, viewer: RegistryViewer, number: number): Promise<EntityPage> {
  const by = stewardHat(viewer);
  const read = await readAs(road.readers, viewer.reader, async (client) => {
    const rows = await findEntity(client, number);
    if (!rows) throw new Refusal('entity-not-found', { entity: number });
    const steps = await listSteps(
      client,
      rows.records.map(({ id }) => id),
      STEPS,
    );
    const ties = rows.view ? tiesOf(rows.view) : { keys: [] };
    const related = await listByKeys(client, ties.keys, { most: MOST, range: ties.range });
    const names = await listPersonNames(client, [...new Set(steps.map((step) => step.by))]);
    return { rows, steps: steps.map((step) => ({ ...step, who: names.get(step.by) })), related };
  });
  const { view, ...rows } = read.rows;
  if (view) await noteView(road, by, view);
  return {
    ...rows,
    fields: view ? shownFields(view) : [],
    steps: read.steps,
    related: eachOnce(read.related.filter(({ entity }) => entity !== rows.entity)),
    nameOf: await sourceTitles(road),
  };
}

async function noteView(road: Road, by: Hat, view: GoldenView): Promise<void> {
  for (const subject of subjectsOf(view)) await noteLook(road, { subject, by, basis: 'registry', what: view.kind });
}

/** Fields that are compared come first, as the scheme has them. */
function shownFields({ kind, fields }: GoldenView): readonly ShownField[] {
  const order = SCHEMES[kind].columns.map(({ field }) => field);
  const place = (field: string): number => (order.includes(field) ? order.indexOf(field) : order.length);
  return Object.entries(fields)
    .sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
    .map(([field, view]) => ({ ...view, field, title: fieldTitle(kind, field) }));
}

type Ties = { readonly keys: readonly Key[]; readonly range?: { readonly field: string; readonly from: string } };

/** By which keys others are tied to it: whose it is, what is theirs, and the parcel, buildings and units of one piece of land. */
function tiesOf({ kind, fields }: GoldenView): Ties {
  const valueOf = (field: string): string | undefined => {
    const value = fields[field] && registerValue(kind, field, fields[field].claim.value);
    return typeof value === 'string' ? value : undefined;
  };
  const key = (names: readonly string[], value: string | undefined): readonly Key[] =>
    value === undefined ? [] : names.map((field) => ({ field, value }));
  const own = valueOf(OWNERS[kind]);
  const people = key(['nationalId', 'legalId'], own === undefined ? valueOf('managerNationalId') : own);
  if (kind === 'person' || kind === 'business' || kind === 'engineer')
    return {
      keys: [
        ...people,
        ...key(['ownerNationalId', 'managerNationalId'], own),
        ...key(['nationalId'], valueOf('managerNationalId')),
      ],
    };
  if (kind === 'vehicle') return { keys: people };
  const code = valueOf('renovationCode');
  const groups = code?.split('-') ?? [];
  const above = groups.map((_, at) => groups.slice(0, at + 1).join('-')).filter((one) => one.split('-').length > 2);
  return {
    keys: [
      ...people,
      ...above.map((value) => ({ field: 'renovationCode', value })),
      ...key(['registrationPlate'], valueOf('registrationPlate')),
    ],
    ...(code === undefined ? {} : { range: { field: 'renovationCode', from: code } }),
  };
}

function eachOnce(found: readonly FoundEntity[]): readonly FoundEntity[] {
  return [...new Map(found.map((one) => [one.entity, one])).values()];
}

/** The view of an entity under its register's key, for programs. Throws Refusal `entity-not-found`, `not-permitted`. */
export async function entityByKey(road: Road, viewer: RegistryViewer, kind: string, text: string): Promise<EntityPage> {
  stewardHat(viewer);
  const known = KINDS.find((one) => one === kind);
  const keys = known === undefined ? [] : readKey(text.slice(0, 100), [known]);
  if (known === undefined || keys.length === 0) throw new Refusal('entity-not-found', { kind, key: text.slice(0, 100) });
  const [first] = await readAs(road.readers, viewer.reader, (client) => listByKeys(client, keys, { most: 1, kind: known }));
  if (!first) throw new Refusal('entity-not-found', { kind, key: text.slice(0, 100) });
  return entityPage(road, viewer, first.number);
}

export type QueuePage = {
  readonly kind: Kind;
  readonly counts: Awaited<ReturnType<typeof countOpen>>;
  readonly doubts: readonly OpenDoubt[];
  readonly torn: readonly TornRow[];
  readonly nameOf: (source: string) => Text;
};

/** Pairs of a kind that wait, surest first. `after`: the place of the last one seen. */
export async function queuePage(
  road: Road,
  viewer: RegistryViewer,
  { kind, after, most }: { readonly kind: Kind; readonly after?: string | undefined; readonly most: number },
): Promise<QueuePage> {
  stewardHat(viewer);
  const [score = '', one = '', other = ''] = (after ?? '').split('~');
  const isPlace = /^-?\d+(\.\d+)?$/.test(score) && one !== '' && other !== '';
  const read = await readAs(road.readers, viewer.reader, async (client) => ({
    counts: await countOpen(client),
    doubts: await listOpenDoubts(client, { kind, most, after: isPlace ? { score: Number(score), one, other } : undefined }),
    torn: isPlace ? [] : await listTorn(client, kind, MOST),
  }));
  return { kind, ...read, nameOf: await sourceTitles(road) };
}

export async function openCounts(road: Road, viewer: RegistryViewer): Promise<QueuePage['counts']> {
  stewardHat(viewer);
  return readAs(road.readers, viewer.reader, countOpen);
}

export type PairSide = Pick<RecordRow, 'number' | 'source' | 'asOf' | 'isGone'> & {
  readonly id: RecordId;
  readonly fields: Fields;
  readonly entity: RecordId;
};
export type PairPage = {
  readonly kind: Kind;
  readonly sides: readonly [PairSide, PairSide];
  readonly fields: readonly { readonly field: string; readonly title: Text }[];
  readonly explanation: Explanation | undefined;
  /** They are of one entity already. */
  readonly isOne: boolean;
  readonly nameOf: (source: string) => Text;
};

/** Two records side by side, with what speaks for and against their being one. Throws Refusal `entity-not-found`. */
export async function pairPage(road: Road, viewer: RegistryViewer, numbers: readonly [number, number]): Promise<PairPage> {
  const by = stewardHat(viewer);
  const rows = await readAs(road.readers, viewer.reader, (client) => listFull(client, numbers));
  const [left, right] = numbers.map((number) => rows.find((row) => row.number === number));
  if (!left || !right || left.kind !== right.kind) throw new Refusal('entity-not-found', { pair: numbers.join(' ') });
  for (const { kind, fields } of [left, right]) {
    const subject = registerValue(kind, OWNERS[kind], fields[OWNERS[kind]] ?? null);
    if (typeof subject === 'string' && subject !== '') await noteLook(road, { subject, by, basis: 'registry', what: kind });
  }
  const { kind } = left;
  const names = [
    ...new Set([...SCHEMES[kind].columns.map(({ field }) => field), ...Object.keys(left.fields), ...Object.keys(right.fields)]),
  ];
  return {
    kind,
    sides: [left, right],
    fields: names
      .filter((field) => left.fields[field] !== undefined || right.fields[field] !== undefined)
      .map((field) => ({ field, title: fieldTitle(kind, field) })),
    explanation: await explained(road, left, right),
    isOne: left.entity === right.entity,
    nameOf: await sourceTitles(road),
  };
}

async function explained(road: Road, left: FullRecord, right: FullRecord): Promise<Explanation | undefined> {
  if (left.form === null || right.form === null) return undefined;
  const rows = [unpackRow(left.form), unpackRow(right.form)] as const;
  const client = await road.pool.connect();
  try {
    return explain(await judgeAmong(client, SCHEMES[left.kind], rows), ...rows);
  } finally {
    client.release();
  }
}

/** A standing merge, to be undone. Throws Refusal `entity-not-found` where it stands no longer. */
export async function mergePage(road: Road, viewer: RegistryViewer, merge: string): Promise<PairPage> {
  stewardHat(viewer);
  const [one, other] = await readAs(road.readers, viewer.reader, async (client) => {
    const pair = await findMerge(client, merge.slice(0, 60));
    return pair ? [await findNumbered(client, pair.one), await findNumbered(client, pair.other)] : [];
  });
  if (!one || !other) throw new Refusal('entity-not-found', { merge: merge.slice(0, 60) });
  return pairPage(road, viewer, [one.number, other.number]);
}

export type { FoundEntity };
