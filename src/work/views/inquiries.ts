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
import type { Contract, InquiryId, InquiryState, InquiryType } from '#inquiries/types.ts';
import { findVisibleInquiry, listAsked, listInbox, listOfCase } from '#store/inquiries.ts';
import type { InquiryRow } from '#store/inquiries.ts';
import { findSessionStart } from '#store/sessions.ts';
import { readAs } from '#store/read-as.ts';
import type { Reader } from '#store/read-as.ts';
import { ask } from '#work/inquiries/ask.ts';
import { signedByHand } from '#work/inquiries/exchange.ts';
import { countQuestion } from '#work/inquiries/rate.ts';
import type { Road } from '#work/road.ts';

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
  countQuestion(road, contract);
  const byHand = { person: actor.person, organisation: organisation.id, ...(await loginOf(road, session)) };
  const asked = await ask(road, {
    asker: { by: 'contract', contract: id, version, organisation: organisation.id, person: actor.person },
    by: { person: actor.person, role: actor.kind === 'business' ? 'business' : 'citizen' },
    type: given.type,
    question: given.question,
    key: given.key,
    evidence: await signedByHand(road, contract, { type: given.type, question: given.question, byHand }),
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
  readonly forwarded: InquiryState['forwarded'];
  /** Of it what the reader may have: an asker the members that its contract names. */
  readonly answer?: InquiryState['answer'];
  readonly late: InquiryState['late'];
  /** The reader's unit holds it, and it is not about the reader. */
  readonly mine: boolean;
};

/** Throws Refusal `inquiry-not-found`: also where it is another's, or only about the reader. */
export async function inquiryFor(road: Road, viewer: InquiryViewer, id: string): Promise<InquiryView> {
  const row = await readAs(road.readers, viewer.reader, (client) => findVisibleInquiry(client, id.slice(0, 60)));
  if (!row) throw new Refusal('inquiry-not-found', { inquiry: id.slice(0, 60) });
  return viewOf(road, viewer, row);
}

async function viewOf(road: Road, viewer: InquiryViewer, { id, definition, state }: InquiryRow): Promise<InquiryView> {
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
    forwarded: state.forwarded,
    late: isAsker
      ? state.late.map((one) => (contract ? { ...one, value: minimised(contract, type.id, one.value) } : one))
      : state.late,
    mine:
      unit !== undefined &&
      viewer.actor.assignments.some((one) => one.unit === unit && one.role === 'officer') &&
      state.subject.person !== viewer.nationalId,
    ...(contract && { contract, organisation: contract.organisation.name }),
    ...(unit !== undefined && { unit, unitName: road.catalogue.unitName(unit) }),
    ...(given && { answer: given }),
  };
}

/** What waits in the reader's units, the most urgent first. */
export async function inbox(road: Road, viewer: InquiryViewer): Promise<readonly InquiryView[]> {
  const { units } = viewer.reader;
  const rows = await readAs(road.readers, viewer.reader, (client) => listInbox(client, units, MOST));
  return Promise.all(rows.map((row) => viewOf(road, viewer, row)));
}

/** What a case the reader may see has asked: by its process, or by officers from its file. */
export async function inquiriesOf(road: Road, viewer: InquiryViewer, caseId: string): Promise<readonly InquiryView[]> {
  const rows = await readAs(road.readers, viewer.reader, (client) => listOfCase(client, caseId));
  return Promise.all(rows.map((row) => viewOf(road, viewer, row)));
}

/** An officer asks from the file of a case that their unit works, and that is not their own. Throws Refusal `not-permitted`, `own-case`. */
export async function askForCase(
  road: Road,
  viewer: InquiryViewer,
  file: { readonly id: string; readonly units: readonly string[]; readonly own: boolean },
  given: Omit<AskedByHand, 'contract'>,
): Promise<InquiryId> {
  const { actor } = viewer;
  const held = actor.assignments.find(
    (one) => (one.role === 'officer' || one.role === 'manager') && file.units.includes(one.unit),
  );
  if (file.own) throw new Refusal('own-case', {});
  if (!held || actor.person === 'system') throw new Refusal('not-permitted', { command: 'AskInquiry' });
  const asked = await ask(road, {
    asker: { by: 'case', case: file.id, unit: held.unit, person: actor.person },
    by: { person: actor.person, role: held.role, unit: held.unit },
    type: given.type,
    question: given.question,
    key: given.key,
  });
  return asked.id;
}

export async function askedBy(road: Road, viewer: InquiryViewer): Promise<readonly InquiryView[]> {
  const rows = await readAs(road.readers, viewer.reader, (client) => listAsked(client, viewer.reader.person, MOST));
  return Promise.all(rows.map((row) => viewOf(road, viewer, row)));
}
