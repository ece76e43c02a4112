// Disputing a field of one's own data, withdrawing that, deciding for the unit that answers for the source, and what happens when nobody decides.
import { createHash } from 'node:crypto';
import { canonical } from '#base/json.ts';
import type { JsonObject } from '#base/json.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import { Refusal } from '#base/refusal.ts';
import { parseWorkingDuration, workingDue } from '#calendar/working.ts';
import { isoDateOf } from '#calendar/jalali.ts';
import { isOwn } from '#cases/known.ts';
import type { Actor, Hat } from '#cases/types.ts';
import { claimedValue, claimForm } from '#catalog/claim-form.ts';
import { REGISTERS } from '#catalog/registers.ts';
import { validateAnswers } from '#forms/validate.ts';
import { decided, isSameClaim, overdue, shaped, sourceOf, withdrawn } from '#registry/dispute.ts';
import type { DisputeFact, DisputeId, DisputeState, EvidenceFile, HeldValue, Verdict } from '#registry/dispute.ts';
import { findRegisterRecord } from '#store/catalogue.ts';
import type { HeldRecord } from '#store/catalogue.ts';
import { findOpenDispute, listOverdueDisputes, loadDispute } from '#store/disputes.ts';
import { findSourceName } from '#store/register-sources.ts';
import type { Road } from '#work/road.ts';
import { append, change } from './change.ts';

/** Working time in which the source's owner answers: rules on the city's data, item 9 (sample). */
const TIME_TO_ANSWER = 'P10D';
/** Roles of a unit that may decide what its sources say; owners of processes oversee, and do not. */
const DECIDERS: ReadonlySet<string> = new Set(['officer', 'manager', 'steward']);

export type DataViewer = { readonly actor: Actor; readonly nationalId: string };
/** `key`: `me` for a person's own record, so that no number stands in an address. */
export type DatumName = { readonly register: string; readonly key: string; readonly member: string };

export type OwnDatum = { readonly key: string; readonly record: HeldRecord; readonly held: HeldValue };

/** A field of the viewer's own record, or of one that names them as its owner. Throws Refusal `record-not-found` for anything else. */
export async function ownDatum(
  road: Road,
  { nationalId }: DataViewer,
  { register, key: named, member }: DatumName,
): Promise<OwnDatum> {
  const absent = (): Refusal => new Refusal('record-not-found', { register });
  const known = Object.hasOwn(REGISTERS, register) ? REGISTERS[register] : undefined;
  if (!known || !Object.hasOwn(known.fields, member)) throw absent();
  const key = named === 'me' && known.key === known.owner ? nationalId : named;
  const record = await findRegisterRecord(road.pool, register, key);
  if (!record || !isOwn(register, record, { nationalId })) throw absent();
  const { source, asOf, record: id } = record.provenance[member] ?? { ...record, record: undefined };
  const value = record.body[member] ?? null;
  return { key, record, held: { value, source, asOf, ...(id !== undefined && { record: id }) } };
}

export type Claim = {
  readonly datum: DatumName;
  /** As the form sends it. */
  readonly raw: JsonObject;
  readonly evidence?: EvidenceFile | undefined;
  readonly key: string;
};

/** Opens a dispute; the same claim again is the same dispute. Throws Refusal `record-not-found`, `invalid-answers`, `dispute-open`. */
export async function dispute(road: Road, viewer: DataViewer, { datum, raw, evidence, key: intent }: Claim): Promise<DisputeId> {
  const { register, member: field } = datum;
  const { key, held } = await ownDatum(road, viewer, datum);
  const known = REGISTERS[register]?.fields[field];
  // Its key is what a record is: that is no field of it to be put right.
  if (!known || REGISTERS[register]?.key === field) throw new Refusal('record-not-found', { register });
  const { claimed, reason } = checkedClaim(road, { known, raw, held });
  const person = viewer.actor.person as PersonId;
  const id = `d${createHash('sha256')
    .update(canonical([person, intent]))
    .digest('hex')
    .slice(0, 24)}` as DisputeId;
  const unit = await answeringUnit(road, register, held.source);
  const now = road.ports.world.now();
  const due = workingDue(road.catalogue.calendar('city'), now, parseWorkingDuration(TIME_TO_ANSWER));
  const data = { id, register, key, field, person, subject: viewer.nationalId, held, claimed, reason, unit, due };
  const fact: DisputeFact = { type: 'DisputeOpened', data: { ...data, ...(evidence && { evidence }) } };
  const before = await findOpenDispute(road.pool, person, data);
  if (before) return sameOrRefused(before.state, claimed);
  const role = viewer.actor.kind === 'business' ? 'business' : 'citizen';
  const opened = await append(road, { facts: [fact], by: { person, role } });
  if (typeof opened !== 'string') return opened.id;
  // Sent twice at once: the first of them is the dispute.
  const open = await findOpenDispute(road.pool, person, data);
  return open ? sameOrRefused(open.state, claimed) : (await loadDispute(road.pool, id)).state.id;
}

function sameOrRefused(state: DisputeState, claimed: DisputeState['claimed']): DisputeId {
  if (!isSameClaim(state, claimed)) throw new Refusal('dispute-open', { dispute: state.id });
  return state.id;
}

type Claimed = { readonly known: Parameters<typeof claimForm>[0]; readonly raw: JsonObject; readonly held: HeldValue };

function checkedClaim(road: Road, { known, raw, held }: Claimed): Pick<DisputeState, 'claimed' | 'reason'> {
  const today = isoDateOf(road.ports.world.now(), road.catalogue.calendar('city').utcOffset);
  const { claimed: typed, reason } = raw;
  const { answers, faults } = validateAnswers(claimForm(known), { claimed: typed, reason, ...dateParts(raw) }, { today });
  const claimed = shaped(held.value, claimedValue(known, answers['claimed']));
  const isFaulty = faults.some((one) => one.pointer === '/claimed');
  const isSame = !isFaulty && canonical(claimed) === canonical(held.value);
  const all = isSame ? [{ pointer: '/claimed', code: 'same-as-held' }, ...faults] : faults;
  if (all.length > 0) throw new Refusal('invalid-answers', { fields: all });
  return { claimed, reason: String(answers['reason'] ?? '') };
}

/** A date comes in three boxes. */
function dateParts(raw: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(raw).filter(([name]) => name.startsWith('claimed-')));
}

/** The unit that owns the source; where no source is on record, the one that keeps the register. */
async function answeringUnit(road: Road, register: string, source: string): Promise<UnitId> {
  const owner = (await findSourceName(road.pool, sourceOf(source)))?.owner ?? REGISTERS[register]?.keeper;
  if (owner === undefined) throw new TypeError(`nobody answers for ${register}`);
  return owner as UnitId;
}

/** Throws Refusal `dispute-not-found`, `dispute-closed`. */
export async function withdrawDispute(road: Road, { actor }: DataViewer, id: DisputeId): Promise<DisputeState> {
  const person = actor.person as PersonId;
  const by: Hat = { person, role: actor.kind === 'business' ? 'business' : 'citizen' };
  return change(road, id, by, (state) => withdrawn(state, person));
}

/** The hat under which somebody of the deciding unit decides; undefined for anybody else. */
export function deciderHat(actor: Actor, unit: UnitId): Hat | undefined {
  const held = actor.assignments.find((one) => one.unit === unit && DECIDERS.has(one.role));
  return held && { person: actor.person, role: held.role, unit };
}

/** Throws Refusal `own-dispute`, `dispute-not-with-unit`, `dispute-closed`, `invalid-answers` where a refusal has no reason. */
export async function decideDispute(
  road: Road,
  { actor, nationalId }: DataViewer,
  id: DisputeId,
  verdict: Verdict,
): Promise<DisputeState> {
  const { state } = await loadDispute(road.pool, id);
  const hat = deciderHat(actor, state.unit);
  const person = actor.person as PersonId;
  return change(road, id, hat ?? { person, role: 'citizen' }, (now) =>
    decided(now, verdict, { person, unit: hat?.unit, nationalId }),
  );
}

/** Tells both sides, once, of each dispute that nobody decided in time. Gives how many. */
export async function remindOfDisputes(road: Road): Promise<number> {
  const now = road.ports.world.now();
  const due = await listOverdueDisputes(road.pool, now, 100);
  for (const id of due) await change(road, id, { person: 'system', role: 'system' }, (state) => overdue(state, now));
  return due.length;
}
