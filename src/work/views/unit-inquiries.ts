// Inquiries as the people of a unit see them: what they have to answer, what their cases and officers have asked, and what they may ask.
// Throws Refusal where it is not theirs.
import type { Instant } from '#base/instant.ts';
import { Refusal } from '#base/refusal.ts';
import type { Text } from '#base/text.ts';
import type { Actor } from '#cases/types.ts';
import { mayAsk } from '#inquiries/may-ask.ts';
import type { InquiryId, InquiryType } from '#inquiries/types.ts';
import type { InquiryRow } from '#store/inquiries.ts';
import { readAs } from '#store/read-as.ts';
import {
  countWaiting,
  keepRead,
  listInbox,
  listInquiries,
  listInquiryLoad,
  listSent,
  SENT_STATES,
} from '#store/unit-inquiries.ts';
import type { InquiryLoad, InquiryPlace, SentState } from '#store/unit-inquiries.ts';
import { ask } from '#work/inquiries/ask.ts';
import type { Road } from '#work/road.ts';
import { viewOf } from './inquiries.ts';
import type { AskedByHand, InquiryView, InquiryViewer } from './inquiries.ts';

export { SENT_STATES };
export type { SentState };

/** Rows of one page of a list. */
const MOST = 100;

export type Paged<View> = {
  readonly rows: readonly View[];
  /** The place of the last row, where more follow. */
  readonly next?: string;
};

function placeOf(at: Instant, id: string): string {
  return `${at}~${id}`;
}

/** One that cannot be read is the beginning. */
function placeIn(text: string | undefined): InquiryPlace | undefined {
  const [, at, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~(\w{1,60})$/.exec(text ?? '') ?? [];
  return at === undefined || id === undefined ? undefined : { at: at as Instant, id };
}

function paged<View>(rows: readonly View[], placed: (row: View) => string): Paged<View> {
  const shown = rows.slice(0, MOST);
  const last = shown.at(-1);
  return { rows: shown, ...(rows.length > MOST && last !== undefined && { next: placed(last) }) };
}

export type InboxAsked = {
  readonly type?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly forwarded?: boolean | undefined;
  readonly asker?: string | undefined;
  readonly after?: string | undefined;
};

/** What waits in the reader's units, overdue first. */
export async function inbox(road: Road, viewer: InquiryViewer, asked: InboxAsked = {}): Promise<Paged<InquiryView>> {
  const { type, overdue, forwarded, asker, after } = asked;
  const rows = await readAs(road.readers, viewer.reader, (client) =>
    listInbox(client, viewer.reader.units, {
      type,
      forwarded,
      asker,
      overdueAt: overdue === true ? road.ports.world.now() : undefined,
      after: placeIn(after),
      most: MOST + 1,
    }),
  );
  return paged(await views(road, viewer, rows), (one) => placeOf(one.due, one.id));
}

async function views(road: Road, viewer: InquiryViewer, rows: readonly InquiryRow[]): Promise<readonly InquiryView[]> {
  return Promise.all(rows.map((row) => viewOf(road, viewer, row)));
}

/** Those of these inquiries that the reader may see, in the order of their deadlines. */
export async function inquiriesById(road: Road, viewer: InquiryViewer, ids: readonly string[]): Promise<readonly InquiryView[]> {
  return views(road, viewer, await readAs(road.readers, viewer.reader, (client) => listInquiries(client, ids)));
}

export type Choice = { readonly id: string; readonly name: Text; readonly count: number };
export type Waiting = {
  readonly load: readonly (InquiryLoad & { readonly name: Text })[];
  readonly types: readonly Choice[];
  readonly askers: readonly Choice[];
};

/** What each of the reader's units has to answer, and by what it can be narrowed. */
export async function waitingOf(road: Road, { reader }: InquiryViewer): Promise<Waiting> {
  const { load, counts } = await readAs(road.readers, reader, async (client) => ({
    load: await listInquiryLoad(client, reader.units, road.ports.world.now()),
    counts: await countWaiting(client, reader.units),
  }));
  const summed = (of: (one: (typeof counts)[number]) => string, name: (id: string) => Text): readonly Choice[] => {
    const sums = new Map<string, number>();
    for (const one of counts) sums.set(of(one), (sums.get(of(one)) ?? 0) + one.waiting);
    return [...sums].map(([id, count]) => ({ id, name: name(id), count }));
  };
  return {
    load: load.map((one) => ({ ...one, name: road.catalogue.unitName(one.unit) })),
    types: summed(
      (one) => one.type,
      (id) => typeTitle(road, id),
    ),
    askers: summed(
      (one) => one.asker,
      (id) => partyName(road, id),
    ),
  };
}

function typeTitle(road: Road, id: string): Text {
  return road.catalogue.inquiryTypes().find(({ inquiry }) => inquiry.type.id === id)?.inquiry.type.title ?? { fa: id, en: id };
}

/** `unit:<id>` and `organisation:<id>` in words. */
export function partyName(road: Road, party: string): Text {
  const [kind, id = ''] = party.split(':');
  if (kind === 'unit') return road.catalogue.unitName(id);
  return road.catalogue.contracts().find((one) => one.organisation.id === id)?.organisation.name ?? { fa: id, en: id };
}

export type SentView = InquiryView & {
  /** Late answers that the reader has not seen. */
  readonly lateNew: number;
  /** The case is one that the reader's units work. */
  readonly seesCase: boolean;
};

/** What the reader's units have asked, latest first. */
export async function sent(
  road: Road,
  viewer: InquiryViewer,
  {
    state,
    type,
    before,
  }: { readonly state?: SentState | undefined; readonly type?: string | undefined; readonly before?: string | undefined },
): Promise<Paged<SentView>> {
  const { reader } = viewer;
  const rows = await readAs(road.readers, reader, (client) =>
    listSent(client, reader, { state, type, before: placeIn(before), now: road.ports.world.now(), most: MOST + 1 }),
  );
  const shown = await Promise.all(
    rows.map(async (row) => ({ ...(await viewOf(road, viewer, row)), lateNew: row.lateNew, seesCase: row.seesCase })),
  );
  return paged(shown, (one) => placeOf(one.askedAt, one.id));
}

/** The reader has seen the late answers of an inquiry. */
export async function markRead(road: Road, viewer: InquiryViewer, view: InquiryView): Promise<void> {
  const late = view.late.length + (view.isLate ? 1 : 0);
  if (late > 0) await keepRead(road.pool, view.id, viewer.reader.person, late);
}

type AskingFile = { readonly id: string; readonly units: readonly string[]; readonly own: boolean };

/** As whom an actor works the case: an officer or manager of a unit that does. */
function heldIn({ assignments }: Actor, { units }: AskingFile): Actor['assignments'] {
  return assignments.filter((one) => (one.role === 'officer' || one.role === 'manager') && units.includes(one.unit));
}

/** The types that an officer may ask from the file of this case, for one of the units that work it. */
export function askable(road: Road, { actor }: InquiryViewer, file: AskingFile): readonly InquiryType[] {
  const held = heldIn(actor, file);
  return road.catalogue
    .inquiryTypes()
    .map(({ inquiry }) => inquiry.type)
    .filter((type) => !file.own && held.some((one) => isAllowed(road, type, one.unit)));
}

function isAllowed(road: Road, type: InquiryType, unit: string): boolean {
  const above = new Map(road.catalogue.units().map((one) => [one.id, one.parent]));
  return mayAsk(type, unit, (id) => above.get(id));
}

/**
 * An officer asks from the file of a case that their unit works, and that is not their own.
 * Throws Refusal `not-permitted`, `own-case`, `inquiry-not-askable` where the type does not name their unit.
 */
export async function askForCase(
  road: Road,
  { actor }: InquiryViewer,
  file: AskingFile,
  given: Omit<AskedByHand, 'contract'>,
): Promise<InquiryId> {
  const held = heldIn(actor, file);
  if (file.own) throw new Refusal('own-case', {});
  const [first] = held;
  if (!first || actor.person === 'system') throw new Refusal('not-permitted', { command: 'AskInquiry' });
  const { type } = road.catalogue.inquiryType(given.type).inquiry;
  const as = held.find((one) => isAllowed(road, type, one.unit));
  if (!as) throw new Refusal('inquiry-not-askable', { unit: first.unit, type: type.id });
  const asked = await ask(road, {
    asker: { by: 'case', case: file.id, unit: as.unit, person: actor.person },
    by: { person: actor.person, role: as.role, unit: as.unit },
    type: given.type,
    question: given.question,
    key: given.key,
  });
  return asked.id;
}
