// Contracts as their two sides see them: the organisation's people theirs, owners those about their questions, the steward all.
// Throws Refusal `contract-not-found` for what is not theirs; says what they may do now.
import { Refusal } from '#base/refusal.ts';
import { canonical } from '#base/json.ts';
import type { JsonObject } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import { samplesOf } from '#catalog/inquiry-samples.ts';
import type { Sample } from '#catalog/inquiry-samples.ts';
export { ORGANISATION_KINDS } from '#inquiries/terms.ts';
import type { InquiryPackage } from '#catalog/types.ts';
import { minimised } from '#inquiries/contract.ts';
import { isOfOrganisation } from '#inquiries/agreement.ts';
import type { AgreementState, KeyUse, Terms } from '#inquiries/agreement-types.ts';
import type { InquiryType } from '#inquiries/types.ts';
import { findAgreement, listAgreements, listPeople } from '#store/agreements.ts';
import type { KnownPerson } from '#store/agreements.ts';
import { findHook, listDeliveries, resendDelivery } from '#store/hooks.ts';
import type { DeliveryRow } from '#store/hooks.ts';
import { readAs } from '#store/read-as.ts';
import { contractIdOf, partyOf } from '#work/contracts/act.ts';
import { contractable } from '#work/contracts/draft.ts';
import type { Road } from '#work/road.ts';
import type { InquiryViewer } from './inquiries.ts';

const MOST = 500;
const MOST_DELIVERIES = 50;

export type ContractStatus = 'draft' | 'in-force' | 'not-begun' | 'ended' | 'revoked';

export type ContractRow = {
  readonly state: AgreementState;
  readonly status: ContractStatus;
  /** Of the version in force, else of the draft. */
  readonly terms: Terms;
  /** The reader is one of the organisation's people; or of the city, as the steward or an owner of its questions. */
  readonly isPartner: boolean;
  readonly isCity: boolean;
};

export async function contractsFor(road: Road, viewer: InquiryViewer): Promise<readonly ContractRow[]> {
  const states = await readAs(road.readers, viewer.reader, (client) => listAgreements(client, MOST));
  return states.map((state) => rowOf(road, viewer, state));
}

function rowOf(road: Road, { actor }: InquiryViewer, state: AgreementState): ContractRow {
  const terms = state.current?.terms ?? state.draft?.terms;
  if (!terms) throw new Error(`the contract ${state.id} has no terms`);
  const { owns, isSteward, person } = partyOf(actor);
  const owners = [...(state.current?.owners ?? []), ...(state.draft?.owners ?? [])];
  return {
    state,
    terms,
    status: statusOf(road, state),
    isPartner: isOfOrganisation(state, person),
    isCity: isSteward || owners.some((one) => owns.includes(one)),
  };
}

function statusOf(road: Road, { current, revoked }: AgreementState): ContractStatus {
  const now = road.ports.world.now();
  if (!current) return 'draft';
  if (revoked) return 'revoked';
  if (now < current.terms.from) return 'not-begun';
  return now < current.terms.until ? 'in-force' : 'ended';
}

export type ContractView = ContractRow & {
  readonly people: readonly KnownPerson[];
  /** Each type of the terms, with its samples. */
  readonly types: readonly (TypeMembers & { readonly samples: readonly Sample[] })[];
  readonly hooks: { readonly [use in KeyUse]: { readonly url: string } | undefined };
  readonly deliveries: readonly DeliveryRow[];
  /** What the reader may do with the draft now. */
  readonly may: { readonly sign: boolean; readonly agree: boolean; readonly draft: boolean; readonly revoke: boolean };
};

export async function contractFor(road: Road, viewer: InquiryViewer, id: string): Promise<ContractView> {
  const loaded = await readAs(road.readers, viewer.reader, (client) => findAgreement(client, id.slice(0, 80)));
  if (!loaded) throw new Refusal('contract-not-found', { contract: id.slice(0, 80) });
  const { state } = loaded;
  const row = rowOf(road, viewer, state);
  const terms = [state.current?.terms, state.draft?.terms].filter((one) => one !== undefined);
  const signers = [state.current, state.draft].flatMap((one) => one?.signatures.map((each) => each.person) ?? []);
  const drafter = state.draft ? [state.draft.drafter] : [];
  const revoker = state.revoked ? [state.revoked.person] : [];
  const named = [...new Set([...terms.flatMap((one) => one.persons), ...signers, ...drafter, ...revoker])];
  const [people, real, test, deliveries] = await Promise.all([
    listPeople(road.pool, named),
    findHook(road.pool, contractIdOf(id, 'real')),
    findHook(road.pool, contractIdOf(id, 'test')),
    listDeliveries(road.pool, bothOf(id), MOST_DELIVERIES),
  ]);
  return {
    ...row,
    people,
    types: [...new Set(terms.flatMap((one) => Object.keys(one.types)))].map((type) => {
      const { inquiry } = road.catalogue.inquiryType(type);
      return { type: inquiry.type, members: membersOf(inquiry.type), samples: samplesUnder(row.terms, inquiry) };
    }),
    hooks: { real: real && { url: real.url }, test: test && { url: test.url } },
    deliveries,
    may: mayOf(viewer, row),
  };
}

/** As the test environment gives them: the members that the contract names, and no others. */
function samplesUnder({ types }: Terms, inquiry: InquiryPackage): readonly Sample[] {
  const { id } = inquiry.type;
  return samplesOf(inquiry).map((one) => ({ ...one, ...(one.answer && { answer: minimised({ types }, id, one.answer) }) }));
}

function bothOf(id: string): readonly string[] {
  return [contractIdOf(id, 'real'), contractIdOf(id, 'test')];
}

function mayOf({ actor }: InquiryViewer, { state, isPartner, isCity }: ContractRow): ContractView['may'] {
  const { draft, current, revoked } = state;
  const { owns, isSteward, person } = partyOf(actor);
  const hasSigned = (side: 'organisation' | 'city'): boolean => draft?.signatures.some((one) => one.side === side) === true;
  const signsForPartner = draft?.terms.persons.includes(person) === true && !hasSigned('organisation');
  const isReady = draft?.owners.every((one) => draft.agreed.includes(one)) === true;
  const signsForCity =
    isSteward && isReady && draft.drafter !== person && !draft.terms.persons.includes(person) && !hasSigned('city');
  return {
    sign: signsForPartner || signsForCity,
    agree: draft?.owners.some((one) => owns.includes(one) && !draft.agreed.includes(one)) === true,
    draft: owns.length > 0 && isCity,
    revoke: current !== undefined && !revoked && (isCity || isPartner),
  };
}

/** The text that is signed, in its one byte form: for those who sign with a key of their own. Throws Refusal `contract-not-found`. */
export async function termsText(road: Road, viewer: InquiryViewer, id: string): Promise<string> {
  const { state } = await contractFor(road, viewer, id);
  const terms = (state.draft ?? state.current)?.terms;
  return canonical(terms as unknown as JsonObject);
}

/** Sent again under its id. Throws Refusal `contract-not-found`. */
export async function resendWebhook(road: Road, viewer: InquiryViewer, id: string, delivery: string): Promise<void> {
  const { isPartner } = await contractFor(road, viewer, id);
  if (!isPartner) throw new Refusal('not-permitted', { command: 'ResendWebhook' });
  if (!(await resendDelivery(road.pool, bothOf(id), delivery))) throw new Refusal('contract-not-found', { contract: id });
  road.nudge();
}

export type TypeMembers = {
  readonly type: InquiryType;
  /** Of its answer, by name. */
  readonly members: readonly { readonly name: string; readonly title: Text }[];
};
export type Drafting = { readonly types: readonly TypeMembers[] };

/** What can be put into a draft. Throws Refusal `not-permitted` for people who own no question. */
export function draftingFor(road: Road, { actor }: InquiryViewer): Drafting {
  if (partyOf(actor).owns.length === 0) throw new Refusal('not-permitted', { command: 'DraftContract' });
  return {
    types: contractable(road).map((type) => ({ type, members: membersOf(type) })),
  };
}

function membersOf({ answer }: InquiryType): TypeMembers['members'] {
  return Object.entries((answer['properties'] ?? {}) as JsonObject).map(([name, schema]) => {
    const [fa = name, en = name] = String((schema as JsonObject)['title'] ?? `${name} / ${name}`).split(' / ');
    return { name, title: { fa, en } };
  });
}
