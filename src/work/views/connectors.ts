// Connectors and the questions that nobody could answer, as those see them who run the ones and own the others.
// Whoever runs a connector never sees a question, an answer or a person; the unit that owns the question sees all, but not what is about the viewer.
import type { Instant } from '#base/instant.ts';
import { Refusal } from '#base/refusal.ts';
import type { Text } from '#base/text.ts';
import type { Actor, Hat, Role } from '#cases/types.ts';
import type { Circuit } from '#inquiries/breaker.ts';
import { CLOSED } from '#inquiries/breaker.ts';
import type { Connector } from '#inquiries/connector.ts';
import type { InquiryId } from '#inquiries/types.ts';
import { countDead, findDead, keepKey, listConnectorHealth, listDead } from '#store/connectors.ts';
import type { ConnectorRow, DeadRow } from '#store/connectors.ts';
import { findInquiryKey, findVisibleInquiry } from '#store/inquiries.ts';
import { readAs } from '#store/read-as.ts';
import { tryNow } from '#work/inquiries/circuit.ts';
import { giveUp, handOver, revive } from '#work/inquiries/dead.ts';
import type { Road } from '#work/road.ts';
import { viewOf } from './inquiries.ts';
import type { InquiryView, InquiryViewer } from './inquiries.ts';

const MOST = 200;
/** Who of the unit that owns a question mends it. */
const MENDERS: ReadonlySet<Role> = new Set(['officer', 'manager', 'owner']);

export type ConnectorHealth = Omit<ConnectorRow, 'connector' | 'circuit'> & {
  readonly connector: Pick<Connector, 'id' | 'title' | 'organisation' | 'adapter' | 'sample'>;
  readonly circuit: Circuit;
};

/** Throws Refusal `not-permitted` for all but those who run them. */
export async function connectorHealth(road: Road, { actor, reader }: InquiryViewer): Promise<readonly ConnectorHealth[]> {
  if (!doesRun(actor)) throw new Refusal('not-permitted', { command: 'connectors' });
  const now = road.ports.world.now();
  const rows = await readAs(road.readers, { ...reader, runs: true }, (client) => listConnectorHealth(client, now));
  return rows.flatMap(({ connector: id, circuit, ...row }) => {
    const connector = road.catalogue.connectors().find((one) => one.id === id);
    return connector ? [{ ...row, connector, circuit: circuit ?? CLOSED }] : [];
  });
}

/** Throws Refusal `not-permitted`, `page-not-found` where there is no such connector. */
export async function tryConnector(road: Road, { actor }: InquiryViewer, id: string): Promise<void> {
  if (!doesRun(actor)) throw new Refusal('not-permitted', { command: 'connectors' });
  const connector = road.catalogue.connectors().find((one) => one.id === id);
  if (!connector) throw new Refusal('page-not-found', { path: id.slice(0, 60) });
  await tryNow(road, connector);
}

export type DeadInquiry = {
  readonly id: InquiryId;
  readonly type: string;
  readonly title: Text;
  readonly owner: Text;
  readonly connector?: Text;
  readonly askedAt: Instant;
  readonly due: Instant;
  readonly isOverdue: boolean;
  readonly diedAt?: Instant;
  readonly tries: number;
  /** A word of the connector's; what an officer wrote is shown with the question alone. */
  readonly fault?: string;
};

/** Throws Refusal `not-permitted` for who neither runs connectors nor belongs to a unit that answers for questions. */
export async function deadInquiries(road: Road, viewer: InquiryViewer): Promise<readonly DeadInquiry[]> {
  requireMender(viewer.actor);
  const rows = await readAs(road.readers, readerOf(viewer), (client) => listDead(client, MOST));
  return Promise.all(rows.map((row) => shown(road, row)));
}

/** How many there are for the viewer; undefined for who has nothing to do with them. */
export async function countOfDead(road: Road, viewer: InquiryViewer): Promise<number | undefined> {
  if (!doesRun(viewer.actor) && !isMender(viewer.actor)) return undefined;
  return readAs(road.readers, readerOf(viewer), (client) => countDead(client));
}

export type Mend = 'revive' | 'hand-over' | 'give-up';
export type DeadView = {
  readonly dead: DeadInquiry;
  /** With its question; absent for who may not see it. */
  readonly view?: InquiryView;
  /** Why the last one could not answer, in their own words. */
  readonly reason?: string;
  readonly isOwn: boolean;
  readonly mends: readonly Mend[];
  /** The people it can be given to. */
  readonly unit?: { readonly id: string; readonly name: Text };
};

/** Throws Refusal `not-permitted`, `inquiry-not-found` where it is not the viewer's, or no longer among the dead. */
export async function deadInquiry(road: Road, viewer: InquiryViewer, id: string): Promise<DeadView> {
  return (await looked(road, viewer, id)).seen;
}

async function looked(road: Road, viewer: InquiryViewer, id: string): Promise<{ readonly seen: DeadView; readonly hat: Hat }> {
  requireMender(viewer.actor);
  const row = await readAs(road.readers, readerOf(viewer), (client) => findDead(client, id));
  if (!row) throw new Refusal('inquiry-not-found', { inquiry: id.slice(0, 60) });
  const dead = await shown(road, row);
  const mender = menderHat(viewer.actor, row.owner);
  const hat = mender ?? runnerHat(viewer.actor);
  if (!hat) throw new Refusal('not-permitted', { command: 'dead-inquiries' });
  const whole = mender && (await readAs(road.readers, viewer.reader, (client) => findVisibleInquiry(client, id)));
  if (!whole) return { seen: { dead, isOwn: false, mends: ['revive'] }, hat };
  const { state } = whole;
  const isOwn = state.subject.person !== undefined && state.subject.person === viewer.nationalId;
  if (isOwn) return { seen: { dead, isOwn, mends: [] }, hat };
  const view = await viewOf(road, viewer, whole);
  const unit = view.type.responders.find((one) => one.by === 'unit')?.unit;
  const seen: DeadView = {
    dead,
    view,
    isOwn,
    mends: unit === undefined ? ['revive', 'give-up'] : ['revive', 'hand-over', 'give-up'],
    ...(state.died && { reason: state.died.reason }),
    ...(unit !== undefined && { unit: { id: unit, name: road.catalogue.unitName(unit) } }),
  };
  return { seen, hat };
}

export type Mending = { readonly id: string; readonly mend: Mend; readonly reason: string; readonly key: string };

/** Once under its key. Throws Refusal `not-permitted`, `own-case`, `inquiry-not-found`, `key-reused`, `invalid-answers` where there is no reason. */
export async function mendDead(road: Road, viewer: InquiryViewer, { id, mend, reason, key }: Mending): Promise<void> {
  const { person } = viewer.actor;
  const digest = JSON.stringify([id, mend]);
  const before = await findInquiryKey(road.pool, person, key);
  if (before && before.digest !== digest) throw new Refusal('key-reused', { key });
  if (before) return;
  const { seen, hat } = await looked(road, viewer, id);
  const { dead, isOwn, mends } = seen;
  if (isOwn) throw new Refusal('own-case', {});
  if (!mends.includes(mend)) throw new Refusal('not-permitted', { command: mend });
  if (reason === '' && mend !== 'hand-over')
    throw new Refusal('invalid-answers', { fields: [{ pointer: '/reason', code: 'required' }] });
  switch (mend) {
    case 'revive':
      await revive(road, dead.id, { hat, reason });
      break;
    case 'hand-over':
      await handOver(road, dead.id, { hat });
      break;
    case 'give-up':
      await giveUp(road, dead.id, { hat, reason });
      break;
  }
  await keepKey(road.pool, { person, key, digest, id: dead.id, at: road.ports.world.now() });
}

function menderHat({ person, assignments }: Actor, owner: string | undefined): Hat | undefined {
  const held = assignments.find((one) => one.unit === owner && MENDERS.has(one.role));
  return held && { person, role: held.role, unit: held.unit };
}

function runnerHat({ person, assignments }: Actor): Hat | undefined {
  const held = assignments.find((one) => one.role === 'infrastructure');
  return held && { person, role: held.role, unit: held.unit };
}

export function doesRun(actor: Actor): boolean {
  return runnerHat(actor) !== undefined;
}

function isMender({ assignments }: Actor): boolean {
  return assignments.some((one) => MENDERS.has(one.role));
}

function requireMender(actor: Actor): void {
  if (!doesRun(actor) && !isMender(actor)) throw new Refusal('not-permitted', { command: 'dead-inquiries' });
}

/** Units that the viewer mends for, and all of them where they run the connectors. */
function readerOf({ actor, reader }: InquiryViewer) {
  const units = actor.assignments.filter((one) => MENDERS.has(one.role)).map((one) => one.unit);
  return { ...reader, units, runs: doesRun(actor) };
}

async function shown(road: Road, row: DeadRow): Promise<DeadInquiry> {
  const connector = road.catalogue.connectors().find((one) => one.id === row.connector);
  return {
    id: row.id,
    type: row.type,
    title: road.catalogue.inquiryType(row.type).inquiry.type.title,
    owner: road.catalogue.unitName(row.owner),
    askedAt: row.askedAt,
    due: row.dueAt,
    isOverdue: row.dueAt <= road.ports.world.now(),
    tries: row.tries ?? 0,
    ...(connector && { connector: connector.title }),
    ...(row.diedAt !== null && { diedAt: row.diedAt }),
    ...(row.fault !== null && { fault: row.fault }),
  };
}
