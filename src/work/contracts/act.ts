// What people do with a contract: load, decide, sign, append; the documents that follow are given out in the same statement.
// A repeat changes nothing. Reads are work/views/contracts.ts.
import { Refusal } from '#base/refusal.ts';
import type { JsonObject } from '#base/json.ts';
import type { PersonId, UnitId } from '#base/ids.ts';
import type { Actor, Hat } from '#cases/types.ts';
import * as judge from '#inquiries/agreement.ts';
import type { Party } from '#inquiries/agreement.ts';
import { documentsOf, evolveAgreement, TWIN_SUFFIX } from '#inquiries/agreement-evolve.ts';
import type { AgreementFact, AgreementState, KeyUse, Terms } from '#inquiries/agreement-types.ts';
import type { TermsSignature } from '#inquiries/types.ts';
import { jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';
import { judgeTermsSignature, signTerms } from '#proofs/terms-signature.ts';
import { appendAgreement, findAgreement, ledgerName } from '#store/agreements.ts';
import type { LoadedAgreement } from '#store/agreements.ts';
import { digestOf } from '#work/digest.ts';
import { commitEvents } from '#work/commit-events.ts';
import type { Road } from '#work/road.ts';
import { readTerms } from './draft.ts';
import { registerHook } from './hooks.ts';
import { readKey } from './keys.ts';

export type ContractAct =
  /** `terms` with people by their national numbers. */
  | { readonly do: 'draft'; readonly terms: JsonObject }
  | { readonly do: 'agree' }
  /** `hash`: of the text that was read. `jws`: by a key of the organisation; absent, the portal signs for who is signed in. */
  | { readonly do: 'sign'; readonly hash: string; readonly jws?: string | undefined }
  | { readonly do: 'revoke'; readonly reason: string }
  | { readonly do: 'register-key'; readonly use: KeyUse; readonly key: string }
  | { readonly do: 'withdraw-key'; readonly use: KeyUse; readonly kid: string }
  | { readonly do: 'open-twin' }
  /** `intent`: asked again under it, nothing changes and the secret is the same. */
  | { readonly do: 'set-webhook'; readonly use: KeyUse; readonly url: string; readonly intent: string };

/** `secret`: of a webhook just set, to be shown once. */
export type Acted = { readonly state: AgreementState; readonly secret?: string };

const MOST_TRIES = 8;

/** Throws Refusal: what `inquiries/agreement.ts` and the parts named above refuse; `contract-not-found`. */
export async function actOnContract(road: Road, actor: Actor, id: string, act: ContractAct): Promise<Acted> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const loaded = await findAgreement(road.pool, id);
    if (!loaded && act.do !== 'draft') throw new Refusal('contract-not-found', { contract: id });
    const { facts, secret } = await decide(road, actor, { loaded, act, id });
    const shown = secret === undefined ? {} : { secret };
    if (facts.length === 0 && loaded) return { state: loaded.state, ...shown };
    const state = await append(road, actor, loaded, facts);
    if (state) return { state, ...shown };
  }
  throw new Refusal('conflict-persisted', { contract: id });
}

export function partyOf(actor: Actor): Party {
  if (actor.person === 'system') throw new Refusal('not-permitted', { command: 'contract' });
  const owns = actor.assignments.filter((one) => one.role === 'owner').map((one) => one.unit);
  return { person: actor.person, owns, isSteward: actor.assignments.some((one) => one.role === 'steward') };
}

export function termsHash(terms: Terms): string {
  return digestOf(terms as unknown as JsonObject);
}

export function contractIdOf(id: string, use: KeyUse): string {
  return use === 'test' ? `${id}${TWIN_SUFFIX}` : id;
}

type Deciding = { readonly loaded: LoadedAgreement | undefined; readonly act: ContractAct; readonly id: string };
type Decided = { readonly facts: readonly AgreementFact[]; readonly secret?: string };

async function decide(road: Road, actor: Actor, { loaded, act, id }: Deciding): Promise<Decided> {
  const by = partyOf(actor);
  const state = loaded?.state;
  if (act.do === 'draft') {
    const terms = await readTerms(road, id, act.terms);
    if (!state && road.catalogue.contracts().some((one) => one.id === terms.id)) throw judge.wrong('/id', 'contract-exists');
    const owners = [
      ...new Set(Object.keys(terms.types).map((type) => road.catalogue.inquiryType(type).inquiry.type.owner as UnitId)),
    ];
    return { facts: judge.drafted(state, by, { terms, hash: termsHash(terms), owners }) };
  }
  if (!state) throw new Refusal('contract-not-found', { contract: id });
  switch (act.do) {
    case 'agree':
      return { facts: judge.agreed(state, by) };
    case 'sign':
      return { facts: await signing(road, state, by, act) };
    case 'revoke': {
      const reason = act.reason.trim().slice(0, 2000);
      if (reason === '') throw judge.wrong('/reason', 'reason-missing');
      return { facts: judge.revoked(state, by, reason) };
    }
    case 'register-key':
      judge.requireOrganisation(state, by.person);
      return { facts: judge.keyRegistered(state, by, { use: act.use, jwk: readKey(road, act.key) }) };
    case 'withdraw-key':
      return { facts: judge.keyWithdrawn(state, by, act) };
    case 'open-twin':
      return { facts: judge.twinOpened(state, by) };
    case 'set-webhook': {
      judge.requireOrganisation(state, by.person);
      const { use, intent } = act;
      const url = act.url.trim();
      const { secret, isNew } = await registerHook(road, contractIdOf(id, use), { url, by: by.person, intent });
      return { facts: isNew ? [{ type: 'WebhookSet', data: { use, url } }] : [], secret };
    }
  }
}

type Signing = { readonly hash: string; readonly jws?: string | undefined };

async function signing(road: Road, state: AgreementState, by: Party, { hash, jws }: Signing): Promise<readonly AgreementFact[]> {
  const { draft } = state;
  const side = draft?.terms.persons.includes(by.person) ? 'organisation' : 'city';
  judge.requireMaySign(state, by, { side, hash });
  if (!draft || draft.signatures.some((one) => one.side === side)) return [];
  const at = road.ports.world.now();
  const terms = draft.terms as unknown as JsonObject;
  const { partners } = road.ports;
  if (jws === undefined || side === 'city') {
    const signer = side === 'city' ? partners.signer : partners.door.signer;
    const made = await signTerms(terms, signer, { side, person: by.person, how: 'login' }, at);
    return judge.signed(state, by, { hash, signature: { side, person: by.person, at, how: 'login', jws: made } });
  }
  const keys = state.keys.real.flatMap((one) => readPublicJwk(one.jwk) ?? []);
  const judged = await judgeTermsSignature(
    jws,
    terms,
    (kid) => {
      const jwk = keys.find((one) => jwkThumbprint(one) === kid);
      return jwk && partners.verifier(jwk);
    },
    { side, person: by.person, how: 'key' },
  );
  if (typeof judged === 'string') throw judge.wrong('/jws', `signature-${judged.replace(/^signature-/, '')}`);
  const signature: TermsSignature = { side, person: by.person, at, how: 'key', jws: jws.trim() };
  return judge.signed(state, by, { hash, signature });
}

async function append(
  road: Road,
  actor: Actor,
  loaded: LoadedAgreement | undefined,
  facts: readonly AgreementFact[],
): Promise<AgreementState | undefined> {
  const at = road.ports.world.now();
  const hat = hatOf(actor);
  const { seq = 0, leaf = '' } = loaded ?? {};
  let state = loaded?.state;
  for (const fact of facts) state = evolveAgreement(state, { ...fact, at });
  if (!state) throw new TypeError('a contract begins with its draft');
  const numbered = facts.map((fact, index) => ({ ...fact, seq: seq + index + 1, at, hat }));
  const definition = state.draft?.hash ?? state.current?.hash ?? '';
  const events = commitEvents(numbered, { id: ledgerName(state.id), definition, leaf, random: road.ports.world.random });
  road.crash('before-commit');
  if (!(await appendAgreement(road.pool, { state, expected: seq, events, documents: documentsOf(state), at }))) return undefined;
  road.crash('after-commit');
  // What was revoked is refused from here on.
  await road.catalogue.refresh();
  return state;
}

function hatOf({ person, kind, assignments }: Actor): Hat {
  const held = assignments.find((one) => one.role === 'owner' || one.role === 'steward');
  return held
    ? { person: person as PersonId, role: held.role, unit: held.unit }
    : { person, role: kind === 'business' ? 'business' : 'citizen' };
}
