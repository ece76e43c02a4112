// Judges what people do with a contract and says which facts follow. Pure. A repeat gives no facts, so that it is harmless.
// Two people as everywhere: who drafted does not sign for the city, and nobody signs for both sides.
import { Refusal } from '#base/refusal.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import type { AgreementFact, AgreementState, Draft, KeyUse, Terms } from './agreement-types.ts';
import type { Side, TermsSignature } from './types.ts';

/** Who acts: units they own questions for, and whether they are the portal's steward. */
export type Party = { readonly person: PersonId; readonly owns: readonly UnitId[]; readonly isSteward: boolean };

/** More keys than these are none that somebody looks after. */
const MOST_KEYS = 8;

/** `owners`: units of the questions in it. A new draft takes the place of the one before, and of its signatures. Throws Refusal `not-permitted`. */
export function drafted(
  state: AgreementState | undefined,
  by: Party,
  given: { readonly terms: Terms; readonly hash: string; readonly owners: readonly UnitId[] },
): readonly AgreementFact[] {
  const agreed = given.owners.filter((one) => by.owns.includes(one));
  // The next version of a contract is drafted by an owner of its questions, not by whoever adds one of theirs.
  const known = [...(state?.current?.owners ?? []), ...(state?.draft?.owners ?? [])];
  const isOwn = !state || known.some((one) => by.owns.includes(one));
  if (agreed.length === 0 || !isOwn) throw new Refusal('not-permitted', { command: 'DraftContract' });
  if (state?.draft?.hash === given.hash || (!state?.revoked && state?.current?.hash === given.hash && !state.draft)) return [];
  const id = state?.id ?? given.terms.id;
  return [{ type: 'AgreementDrafted', data: { ...given, id, drafter: by.person, agreed } }];
}

/** An owner of other questions in the draft agrees to it. Throws Refusal `wrong-state`, `not-permitted`. */
export function agreed(state: AgreementState, by: Party): readonly AgreementFact[] {
  const draft = draftOf(state);
  const units = draft.owners.filter((one) => by.owns.includes(one));
  if (units.length === 0) throw new Refusal('not-permitted', { command: 'AgreeToContract' });
  const fresh = units.filter((one) => !draft.agreed.includes(one));
  return fresh.length === 0 ? [] : [{ type: 'DraftAgreed', data: { units: fresh } }];
}

/** May this person sign the draft now, for that side? The signature itself is made after. Throws Refusal. */
export function requireMaySign(state: AgreementState, by: Party, { side, hash }: { readonly side: Side; readonly hash: string }) {
  const draft = draftOf(state);
  if (draft.hash !== hash) throw new Refusal('contract-changed', { contract: state.id });
  if (side === 'organisation') {
    if (!draft.terms.persons.includes(by.person)) throw new Refusal('not-permitted', { command: 'SignContract' });
    return;
  }
  if (!by.isSteward) throw new Refusal('not-permitted', { command: 'SignContract' });
  if (draft.drafter === by.person || draft.terms.persons.includes(by.person)) throw new Refusal('same-person', {});
  const missing = draft.owners.filter((one) => !draft.agreed.includes(one));
  if (missing.length > 0) throw new Refusal('contract-owners-missing', { contract: state.id, units: missing.join(', ') });
}

/** With the second side's signature it is in force. */
export function signed(
  state: AgreementState,
  by: Party,
  { signature, hash }: { readonly signature: TermsSignature; readonly hash: string },
): readonly AgreementFact[] {
  requireMaySign(state, by, { side: signature.side, hash });
  const sides = draftOf(state).signatures.map((one) => one.side);
  if (sides.includes(signature.side)) return [];
  const fact: AgreementFact = { type: 'AgreementSigned', data: { signature } };
  return sides.length === 0 ? [fact] : [fact, { type: 'AgreementEntered', data: { hash } }];
}

/** Either side, with a reason, at once. Throws Refusal `not-permitted`, `wrong-state` where nothing is in force. */
export function revoked(state: AgreementState, by: Party, reason: string): readonly AgreementFact[] {
  const { current } = state;
  if (!current) throw new Refusal('wrong-state', { command: 'RevokeContract', status: 'draft' });
  const isCity = by.isSteward || current.owners.some((one) => by.owns.includes(one));
  if (!isCity && !isOfOrganisation(state, by.person)) throw new Refusal('not-permitted', { command: 'RevokeContract' });
  const side: Side = isCity ? 'city' : 'organisation';
  return state.revoked ? [] : [{ type: 'AgreementRevoked', data: { side, person: by.person, reason } }];
}

export function isOfOrganisation({ draft, current }: AgreementState, person: string): boolean {
  return [draft, current].some((one) => one?.terms.persons.includes(person as PersonId));
}

/** Throws Refusal `not-permitted`. */
export function requireOrganisation(state: AgreementState, person: string): void {
  if (!isOfOrganisation(state, person)) throw new Refusal('not-permitted', { command: 'KeepContract' });
}

/** `jwk`: public, with its thumbprint as `kid`. A key asks in one environment alone. Throws Refusal `invalid-answers`. */
export function keyRegistered(
  state: AgreementState,
  by: Party,
  { use, jwk }: { readonly use: KeyUse; readonly jwk: JsonObject },
): readonly AgreementFact[] {
  requireOrganisation(state, by.person);
  const has = (one: KeyUse): boolean => state.keys[one].some((key) => key.jwk['kid'] === jwk['kid']);
  if (has(use)) return [];
  if (has(use === 'real' ? 'test' : 'real')) throw wrong('/key', 'key-other-use');
  if (state.keys[use].length >= MOST_KEYS) throw wrong('/key', 'key-too-many');
  return [{ type: 'KeyRegistered', data: { use, jwk, by: by.person } }];
}

export function keyWithdrawn(
  state: AgreementState,
  by: Party,
  { use, kid }: { readonly use: KeyUse; readonly kid: string },
): readonly AgreementFact[] {
  requireOrganisation(state, by.person);
  return state.keys[use].some((key) => key.jwk['kid'] === kid) ? [{ type: 'KeyWithdrawn', data: { use, kid } }] : [];
}

/** The organisation's people open it themselves, before anybody signs. */
export function twinOpened(state: AgreementState, by: Party): readonly AgreementFact[] {
  requireOrganisation(state, by.person);
  return state.twinSince === undefined ? [{ type: 'TwinOpened', data: {} }] : [];
}

function draftOf(state: AgreementState): Draft {
  if (!state.draft) throw new Refusal('wrong-state', { command: 'SignContract', status: state.revoked ? 'revoked' : 'in-force' });
  return state.draft;
}

export function wrong(pointer: string, code: string): Refusal {
  return new Refusal('invalid-answers', { fields: [{ pointer, code }] });
}
