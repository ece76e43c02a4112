// Inquiries as people see them: what an organisation's person may ask and has asked, what waits in a unit, who asked about oneself.
// Throws Refusal where it is not theirs.
import { toEpochMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { PersonId } from '#base/ids.ts';
import { Refusal } from '#base/refusal.ts';
import type { Text } from '#base/text.ts';
import type { Actor, Hat } from '#cases/types.ts';
import { minimised } from '#inquiries/contract.ts';
import { returns } from '#inquiries/decide.ts';
import type { Contract, InquiryId, InquiryState, InquiryType } from '#inquiries/types.ts';
import { listNames } from '#store/cases.ts';
import { findVisibleInquiry, listAsked, listOfCase } from '#store/inquiries.ts';
import type { InquiryRow } from '#store/inquiries.ts';
import { findSessionStart } from '#store/sessions.ts';
import { readAs } from '#store/read-as.ts';
import type { Reader } from '#store/read-as.ts';
import { ask } from '#work/inquiries/ask.ts';
import { countingFor } from '#work/contracts/refused.ts';
import { signedByHand } from '#work/inquiries/exchange.ts';
import { countQuestion } from '#work/inquiries/rate.ts';
import type { Road } from '#work/road.ts';
import { outsideOf } from './exchange.ts';
import type { Outside } from './exchange.ts';
import { draftFor } from '#work/inquiries/beside.ts';
import { placeOf } from './place.ts';
import type { Place } from './place.ts';

export type InquiryViewer = {
  readonly reader: Reader;
  readonly actor: Actor;
  readonly nationalId: string;
  /** The hash of their session: what they ask by hand names it. */
  readonly session?: string | undefined;
};

const MOST = 200;

/** Contracts in force under which a person may ask, each with its types. */
export function contractsOf(
  road: Road,
  person: string,
): readonly { readonly contract: Contract; readonly types: readonly InquiryType[] }[] {
  const now = road.ports.world.now();
  return road.catalogue
    .contracts()
    .filter((one) => one.persons.includes(person as PersonId) && one.from <= now && now < one.until)
    .map((contract) => ({
      contract,
      types: Object.keys(contract.types).map((type) => road.catalogue.inquiryType(type).inquiry.type),
    }));
}

/** The hat of an officer of the unit that holds an inquiry. Throws Refusal `inquiry-not-with-unit`. */
export function officerHat(actor: Actor, unit: string | undefined): Hat {
  const held = actor.assignments.find((one) => one.role === 'officer' && one.unit === unit);
  if (!held) throw new Refusal('inquiry-not-with-unit', { unit: unit ?? '' });
  return { person: actor.person, role: 'officer', unit: held.unit };
}

export type AskedByHand = {
  readonly contract?: string | undefined;
  readonly type: string;
  readonly question: JsonObject;
  readonly key: string;
};

/** By the organisation's person, under the contract named or the only one that has the type. Throws Refusal `contract-type-forbidden`. */
export async function askByHand(road: Road, { actor, session }: InquiryViewer, given: AskedByHand): Promise<InquiryId> {
  const first = contractsOf(road, actor.person).find(
    ({ contract }) =>
      (given.contract === undefined || contract.id === given.contract) && Object.hasOwn(contract.types, given.type),
  );
  if (!first || actor.person === 'system')
    throw new Refusal('contract-type-forbidden', { contract: given.contract ?? '', type: given.type });
  const { contract } = first;
  const { id, version, organisation } = contract;
  const { person, kind } = actor;
  const byHand = { person, organisation: organisation.id, ...(await loginOf(road, session)) };
  const { type, question, key } = given;
  const asked = await countingFor(road, id, async () => {
    countQuestion(road, contract);
    return ask(road, {
      asker: { by: 'contract', contract: id, version, organisation: organisation.id, person },
      by: { person, role: kind === 'business' ? 'business' : 'citizen' },
      type,
      question,
      key,
      evidence: await signedByHand(road, contract, { type, question, byHand }),
    });
  });
  return asked.id;
}

/** Which login, and of when: by half the hash of the session, which whoever keeps the sessions can match. */
async function loginOf(road: Road, session: string | undefined): Promise<{ readonly session: string; readonly since: number }> {
  const start = session === undefined ? undefined : await findSessionStart(road.pool, session);
  return { session: (session ?? 'none').slice(0, 32), since: Math.floor(toEpochMillis(start ?? road.ports.world.now()) / 1000) };
}

export type InquiryView = {
  readonly id: InquiryId;
  readonly type: InquiryType;
  readonly status: InquiryState['status'];
  readonly organisation?: Text;
  readonly contract?: Contract;
  readonly question: JsonObject;
  readonly askedAt: Instant;
  readonly due: Instant;
  readonly unit?: string;
  readonly unitName?: Text;
  readonly outside?: Outside;
  /** The unit whose case or officer asked, and the case. */
  readonly askerUnit?: Text;
  readonly caseId?: string;
  readonly forwarded: readonly Forwarded[];
  /** How often a unit was given it that had held it before. */
  readonly returns: number;
  readonly escalatedAt?: Instant;
  /** The answer came after silence had fallen. */
  readonly isLate: boolean;
  /** Of it what the reader may have: an asker the members that its contract names. */
  readonly answer?: InquiryState['answer'];
  readonly late: InquiryState['late'];
  /** The reader's unit holds it, and it is not about the reader. */
  readonly mine: boolean;
  /** Where the parcel lies, for who judges inside the city, where the type's rule asks the map. */
  readonly place?: Place;
  /** What the registers know of the answer, for the unit to complete. */
  readonly draft?: JsonObject;
};

/** From which unit to which; why and by whom is told inside the city alone. */
export type Forwarded = {
  readonly from: Text;
  readonly to: Text;
  readonly at: Instant;
  readonly reason?: string;
  readonly by?: Text;
};

/** Throws Refusal `inquiry-not-found`: also where it is another's, or only about the reader. */
export async function inquiryFor(road: Road, viewer: InquiryViewer, id: string): Promise<InquiryView> {
  const { row, names } = await visible(road, viewer, id);
  return viewOf(road, viewer, row, names);
}

async function visible(
  road: Road,
  viewer: InquiryViewer,
  id: string,
): Promise<{ readonly row: InquiryRow; readonly names: Names }> {
  const found = await readAs(road.readers, viewer.reader, async (client) => {
    const row = await findVisibleInquiry(client, id.slice(0, 60));
    return row && { row, names: await listNames(client, [...new Set(row.state.forwarded.flatMap((one) => one.by ?? []))]) };
  });
  if (!found) throw new Refusal('inquiry-not-found', { inquiry: id.slice(0, 60) });
  return found;
}

/** With what people of the city judge it by: where the parcel lies, and, for the unit that is to answer, what registers know of the answer. */
export async function inquiryToJudge(road: Road, viewer: InquiryViewer, id: string): Promise<InquiryView> {
  const { row, names } = await visible(road, viewer, id);
  const view = await viewOf(road, viewer, row, names);
  const place = await placeOf(road, view.type, view.question);
  const isToAnswer = view.mine && view.status === 'waiting';
  const inquiry = isToAnswer ? await road.catalogue.inquiryByDefinition(row.definition) : undefined;
  const draft = inquiry && (await draftFor(road, inquiry, view.question));
  return { ...view, ...(place && { place }), ...(draft && { draft }) };
}

type Names = ReadonlyMap<string, Text>;

export async function viewOf(
  road: Road,
  viewer: InquiryViewer,
  { id, definition, state }: InquiryRow,
  names: Names = new Map(),
): Promise<InquiryView> {
  const { type } = await road.catalogue.inquiryByDefinition(definition);
  const { asker, unit, answer } = state;
  const contract = asker.by === 'contract' ? road.catalogue.contracts().find((one) => one.id === asker.contract) : undefined;
  const isAsker = asker.by === 'contract' && asker.person === viewer.actor.person;
  const given = answer && contract && isAsker ? { ...answer, value: minimised(contract, type.id, answer.value) } : answer;
  return {
    id,
    type,
    status: state.status,
    question: state.question,
    askedAt: state.askedAt,
    due: state.due,
    forwarded: trace(road, state, { isOutside: isAsker, names }),
    returns: returns(state.forwarded),
    isLate: answer !== undefined && state.silentAt !== undefined,
    late: isAsker
      ? state.late.map((one) => (contract ? { ...one, value: minimised(contract, type.id, one.value) } : one))
      : state.late,
    mine:
      unit !== undefined &&
      viewer.actor.assignments.some((one) => one.unit === unit && one.role === 'officer') &&
      state.subject.person !== viewer.nationalId,
    ...(contract && { contract, organisation: contract.organisation.name }),
    ...(asker.by === 'case' && { askerUnit: road.catalogue.unitName(asker.unit), caseId: asker.case }),
    ...(state.escalatedAt !== undefined && { escalatedAt: state.escalatedAt }),
    ...(unit !== undefined && { unit, unitName: road.catalogue.unitName(unit) }),
    ...outsideOf(road, viewer, state),
    ...(given && { answer: given }),
  };
}

function trace(
  road: Road,
  { forwarded }: InquiryState,
  { isOutside, names }: { readonly isOutside: boolean; readonly names: Names },
): readonly Forwarded[] {
  return forwarded.map(({ from, to, at, reason, by }) => {
    const name = by === undefined ? undefined : names.get(by);
    const step = { from: road.catalogue.unitName(from), to: road.catalogue.unitName(to), at };
    return isOutside ? step : { ...step, reason, ...(name && { by: name }) };
  });
}

/** What a case the reader may see has asked: by its process, or by officers from its file. */
export async function inquiriesOf(road: Road, viewer: InquiryViewer, caseId: string): Promise<readonly InquiryView[]> {
  const rows = await readAs(road.readers, viewer.reader, (client) => listOfCase(client, caseId));
  return Promise.all(rows.map((row) => viewOf(road, viewer, row)));
}

export async function askedBy(road: Road, viewer: InquiryViewer): Promise<readonly InquiryView[]> {
  const rows = await readAs(road.readers, viewer.reader, (client) => listAsked(client, viewer.reader.person, MOST));
  return Promise.all(rows.map((row) => viewOf(road, viewer, row)));
}
