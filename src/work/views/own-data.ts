// "My data": every field that the city holds of a person or company, and of what they own, each with its source; its past; what they disputed.
import type { Readable } from 'node:stream';
import type { Instant } from '#base/instant.ts';
import type { Json } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { Text } from '#base/text.ts';
import { CLAIM_TEXTS, claimForm } from '#catalog/claim-form.ts';
import { isOwn } from '#cases/known.ts';
import { REGISTERS } from '#catalog/registers.ts';
import type { FieldType, RegisterField } from '#catalog/registers.ts';
import type { Form, Texts } from '#forms/types.ts';
import type { DisputeEventRow } from '#store/disputes.ts';
import type { DisputeId, DisputeState, EvidenceFile } from '#registry/dispute.ts';
import { sourceOf } from '#registry/dispute.ts';
import { listOwnRecords } from '#store/catalogue.ts';
import type { HeldRecord } from '#store/catalogue.ts';
import { findVisibleDispute, listDisputeEvents, listOwnDisputes, listPastValues, listUnitDisputes } from '#store/disputes.ts';
import { listNames } from '#store/cases.ts';
import { readAs } from '#store/read-as.ts';
import type { Reader } from '#store/read-as.ts';
import { deciderHat, ownDatum } from '#work/disputes/dispute.ts';
import type { DataViewer, DatumName } from '#work/disputes/dispute.ts';
import { noteLook } from '#work/looks.ts';
import type { Road } from '#work/road.ts';
import { told } from './known.ts';
import type { Told } from './known.ts';

const MOST = 200;

export type { DisputeId };
export type OwnDataViewer = DataViewer & { readonly reader: Reader };

/** A value as it is held: by its type it is shown, and read where somebody says otherwise. */
export type Datum = Told & { readonly title: Text; readonly type: FieldType; readonly value: Json; readonly isKey: boolean };

export type OwnRecord = {
  readonly register: string;
  readonly key: string;
  readonly title: Text;
  /** It is of the person; else of something they own. */
  readonly isSelf: boolean;
  readonly data: readonly Datum[];
};

/** What registers hold of the viewer and of what they own. */
export async function ownData(road: Road, { nationalId }: OwnDataViewer): Promise<readonly OwnRecord[]> {
  const records = await listOwnRecords(road.pool, nationalId);
  return Promise.all(
    records.flatMap((record) => {
      const known = REGISTERS[record.register];
      // Whose it is, is as it stands: a record whose owner was put right is theirs from then on.
      return known && isOwn(record.register, record, { nationalId }) ? [recordView(road, record, known)] : [];
    }),
  );
}

type Row = HeldRecord & { readonly register: string; readonly key: string };

async function recordView(
  road: Road,
  row: Row,
  { title, key, owner, fields }: NonNullable<(typeof REGISTERS)[string]>,
): Promise<OwnRecord> {
  // First those the register declares, in their order; then what its sources say beside.
  const members = [...new Set([...Object.keys(fields), ...Object.keys(row.body)])].filter((one) => isShown(row.body[one]));
  const data = await Promise.all(
    members.map((member) => datumOf(road, row, { member, field: fields[member], isKey: member === key })),
  );
  return { register: row.register, key: row.key, title, isSelf: key === owner, data };
}

/** Ground plans and the like are no text to read. */
function isShown(value: Json | undefined): value is Json {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Array.isArray(value) || 'fa' in value;
}

type Member = { readonly member: string; readonly field: RegisterField | undefined; readonly isKey: boolean };

async function datumOf(road: Road, row: Row, { member, field, isKey }: Member): Promise<Datum> {
  const value = row.body[member] ?? null;
  const disputed = row.disputes[member];
  const from = row.provenance[member] ?? { source: row.source, asOf: row.asOf };
  const origin = { register: row.register, key: row.key, member, ...from, ...(disputed !== undefined && { disputed }) };
  const { title, type } = field ?? { title: { fa: member, en: member }, type: 'word' as const };
  return { ...(await told(road, origin)), title, type, value, isKey };
}

export type DatumView = {
  readonly datum: Datum;
  readonly past: readonly { readonly value: Json; readonly asOf: Instant; readonly until: Instant }[];
  /** Absent for a key: that is what the record is, and no field of it. */
  readonly claim?: { readonly form: Form; readonly texts: Texts };
  readonly disputes: readonly DisputeState[];
};

/** One field of the viewer's own data, with its past. Throws Refusal `record-not-found`. */
export async function ownDatumView(road: Road, viewer: OwnDataViewer, name: DatumName): Promise<DatumView> {
  const { key, record, held } = await ownDatum(road, viewer, name);
  const { register, member } = name;
  const field = REGISTERS[register]?.fields[member];
  if (!field) throw new Refusal('record-not-found', { register });
  const isKey = REGISTERS[register]?.key === member;
  const datum = await datumOf(road, { ...record, register, key }, { member, field, isKey });
  // A corrected value has the past of the source's record that it stands over.
  const own = held.record?.includes('/') === true ? held.record : `${sourceOf(record.source)}/${key}`;
  const [source = '', ...rest] = own.split('/');
  const past = await listPastValues(road.pool, { source, key: rest.join('/'), field: member });
  const { person } = viewer.reader;
  const mine = await readAs(road.readers, viewer.reader, (client) => listOwnDisputes(client, person, MOST));
  return {
    datum,
    past: past.filter((one) => JSON.stringify(one.value) !== JSON.stringify(datum.value)),
    ...(!isKey && { claim: { form: claimForm(field), texts: CLAIM_TEXTS } }),
    disputes: mine.filter((one) => one.register === register && one.key === key && one.field === member),
  };
}

export type DisputeView = {
  readonly state: DisputeState;
  readonly title: Text;
  readonly type: FieldType;
  readonly register: Text;
  readonly unitName: Text;
  readonly source: Told;
  readonly events: readonly (DisputeEventRow & { readonly unitName?: Text })[];
  /** The reader is who disputes. */
  readonly own: boolean;
  /** The reader may decide it, as things stand. */
  readonly mayDecide: boolean;
  /** Whose claim it is: for the unit alone. */
  readonly personName?: Text;
};

export async function ownDisputes(road: Road, viewer: OwnDataViewer): Promise<readonly DisputeView[]> {
  const list = await readAs(road.readers, viewer.reader, (client) => listOwnDisputes(client, viewer.reader.person, MOST));
  return Promise.all(list.map((state) => viewOf(road, viewer, { state, events: [] })));
}

/** What waits for the reader's units, and what they decided. */
export async function unitDisputes(road: Road, viewer: OwnDataViewer): Promise<readonly DisputeView[]> {
  const { units } = viewer.reader;
  const list = await readAs(road.readers, viewer.reader, (client) => listUnitDisputes(client, units, MOST));
  const decidable = list.filter((one) => deciderHat(viewer.actor, one.unit) !== undefined);
  return Promise.all(decidable.map((state) => viewOf(road, viewer, { state, events: [] })));
}

/** One dispute, for who disputes or for the unit that decides: theirs is a look at a person's data, which is noted. Throws Refusal `dispute-not-found`. */
export async function disputeView(road: Road, viewer: OwnDataViewer, id: string): Promise<DisputeView> {
  const found = await readAs(road.readers, viewer.reader, async (client) => {
    const state = await findVisibleDispute(client, id);
    if (!state) return undefined;
    return { state, events: await listDisputeEvents(client, id), names: await listNames(client, [state.person]) };
  });
  const own = found?.state.person === viewer.reader.person;
  const hat = found && deciderHat(viewer.actor, found.state.unit);
  if (!found || (!own && !hat)) throw new Refusal('dispute-not-found', { dispute: id.slice(0, 40) });
  const { state, events, names } = found;
  if (!own && hat) await noteLook(road, { subject: state.subject, by: hat, basis: 'registry', what: state.register });
  const personName = own ? undefined : names.get(state.person);
  return { ...(await viewOf(road, viewer, { state, events })), ...(personName && { personName }) };
}

type Found = { readonly state: DisputeState; readonly events: readonly DisputeEventRow[] };

async function viewOf(road: Road, viewer: OwnDataViewer, { state, events }: Found): Promise<DisputeView> {
  const { register, key, field, held, unit, person, subject } = state;
  const known = REGISTERS[register];
  const own = person === viewer.reader.person;
  return {
    state,
    events: events.map((one) => (one.unit === null ? one : { ...one, unitName: road.catalogue.unitName(one.unit) })),
    title: known?.fields[field]?.title ?? { fa: field, en: field },
    type: known?.fields[field]?.type ?? 'word',
    register: known?.title ?? { fa: register, en: register },
    unitName: road.catalogue.unitName(unit),
    source: await told(road, { register, key, member: field, ...held }),
    own,
    mayDecide: state.status === 'open' && !own && subject !== viewer.nationalId && deciderHat(viewer.actor, unit) !== undefined,
  };
}

/** The evidence of a dispute that the viewer may see. Throws Refusal `dispute-not-found`, `file-not-found`. */
export async function disputeEvidence(
  road: Road,
  viewer: OwnDataViewer,
  id: DisputeId | string,
): Promise<{ readonly file: EvidenceFile; readonly stream: Readable }> {
  const { evidence } = (await disputeView(road, viewer, id)).state;
  if (!evidence) throw new Refusal('file-not-found', { file: 'evidence' });
  return { file: evidence, stream: await road.ports.files.open(evidence.sha256) };
}
