// Programs of outside organisations, under their contracts: a token bound to their key, signed questions, signed answers, and the evidence of both.
// Fails closed: without a good token, proof and signature nothing is looked up, and without a signature nothing is answered.
import { Refusal } from '#base/refusal.ts';
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { PersonId } from '#base/ids.ts';
import { requireAllowed } from '#inquiries/contract.ts';
import type { Contract, InquiryId, InquiryState } from '#inquiries/types.ts';
import { contractName, readQuestion } from '#proofs/http-exchange.ts';
import type { ContractName, SignedQuestion } from '#proofs/http-exchange.ts';
import { readPublicJwk } from '#proofs/http-key.ts';
import { field } from '#proofs/http-message.ts';
import type { MessageVerifier } from '#proofs/http-signature.ts';
import { takeQuestion } from '#proofs/http-taken.ts';
import type { Seen } from '#proofs/http-taken.ts';
import { loadInquiry } from '#store/inquiries.ts';
import { findEvidence, insertToken, keepEvidence } from '#store/partners.ts';
import type { KeptAnswer, KeptQuestion } from '#store/partners.ts';
import { keepSampleAnswer } from '#store/samples.ts';
import { askSample, loadSample } from './contracts/sample.ts';
import { ask } from './inquiries/ask.ts';
import { evidenceFile, kept, keptAnswer, requestOf, signedAnswer } from './inquiries/exchange.ts';
import type { Received, Signed } from './inquiries/exchange.ts';
import { countQuestion } from './inquiries/rate.ts';
import { tokenOf } from './partner-tokens.ts';
import { withPurse } from './purse.ts';
import type { Purse } from './purse.ts';
import type { Road } from './road.ts';
import { inquiryFor } from './views/inquiries.ts';
import type { InquiryViewer } from './views/inquiries.ts';

const TOKEN_SECONDS = 300;

/** `contract`: how a question names it, with the hash of its one byte form. */
export type TokenAnswer = {
  readonly access_token: string;
  readonly token_type: 'DPoP';
  readonly expires_in: number;
  readonly contract: ContractName;
};

/** OAuth 2 client credentials by `private_key_jwt`, the token bound to the key of the DPoP proof. Throws Refusal. */
export async function grantToken(road: Road, request: Received, assertion: string): Promise<TokenAnswer> {
  const now = road.ports.world.now();
  const { partners } = road.ports;
  return withPurse(road, async ({ seen, settle }) => {
    const keysOf = async (id: string) => inForce(road, id, now)?.keys;
    const { clientId } = await partners.identify(assertion, { keysOf, issuer: road.origin, seen, now });
    const thumbprint = await partners.prove(field(request.fields, 'dpop'), { ...request, seen, now });
    await settle();
    const { token, hash } = partners.newToken();
    await insertToken(road.pool, hash, { contract: clientId, thumbprint, until: plusMillis(now, TOKEN_SECONDS * 1000) });
    const { name } = termsOf(road, road.catalogue.contract(clientId));
    return { access_token: token, token_type: 'DPoP', expires_in: TOKEN_SECONDS, contract: name };
  });
}

function inForce(road: Road, id: string, now: Instant): Contract | undefined {
  const contract = road.catalogue.contracts().find((one) => one.id === id);
  return contract && contract.from <= now && now < contract.until ? contract : undefined;
}

/** The contract of the token that came with the request. Throws Refusal `access-token-invalid`, `dpop-proof-invalid`, `contract-not-in-force`. */
async function admitted(road: Road, request: Received, seen: Seen): Promise<Contract> {
  const now = road.ports.world.now();
  const presented = { authorization: field(request.fields, 'authorization'), dpop: field(request.fields, 'dpop') };
  const grant = await road.ports.partners.admit(presented, (hash) => tokenOf(road, hash), { ...request, seen, now });
  // Revoked in the middle is refused at once: the token is not believed beyond its contract.
  const contract = inForce(road, grant.contract, now);
  if (!contract) throw new Refusal('contract-not-in-force', { contract: grant.contract });
  return contract;
}

/** Whoever reads what is there already: the proof is spent before anything is looked up. */
function reader(road: Road, request: Received): Promise<Contract> {
  return withPurse(road, ({ seen }) => admitted(road, request, seen));
}

/**
 * Asks a signed question. The answer is signed, bound to it, and both are kept. 202 where people must answer first. `aside` is called where it begins to
 * wait for a system outside.
 */
export function askSigned(road: Road, request: Received, aside: () => void = () => undefined): Promise<Signed> {
  return withPurse(road, async (purse) => {
    const contract = await admitted(road, request, purse.seen);
    const rate = countQuestion(road, contract);
    const question = await taken(road, contract, { request, seen: purse.seen });
    const { fields, ...signed } = await answered(road, { contract, question, request, purse, aside });
    return { ...signed, fields: [...fields, ...rate] };
  });
}

type Taken = {
  readonly contract: Contract;
  readonly question: SignedQuestion;
  readonly request: Received;
  readonly purse: Purse;
  readonly aside: () => void;
};

async function answered(road: Road, { contract, question, request, purse, aside }: Taken): Promise<Signed> {
  const { type, question: asked } = parsed(request.body);
  requireAllowed(contract, type, road.ports.world.now());
  const key = field(request.fields, 'idempotency-key') ?? `nonce ${question.nonce}`;
  const person = `client:${contract.id}` as PersonId;
  let ready: { readonly id: string; readonly signed: Signed } | undefined;
  const answerFor = (state: InquiryState): Promise<Signed> => signedAnswer(road, contract, { state, question, isDirect: true });
  if (contract.test) {
    const keep = async (state: InquiryState): Promise<KeptAnswer> => keptAnswer(await answerFor(state));
    await purse.settle();
    return answerFor(await askSample(road, contract, { type, question: asked, key, kept: kept(request), keep }));
  }
  const { id, state } = await ask(road, {
    asker: { by: 'contract', contract: contract.id, version: contract.version, organisation: contract.organisation.id, person },
    by: { person, role: 'system' },
    type,
    question: asked,
    key,
    async evidence(known) {
      const signed = await answerFor(known);
      ready = { id: known.id, signed };
      return { question: kept(request), ...(known.answer && { answer: keptAnswer(signed) }) };
    },
    spends: purse.take,
  });
  aside();
  const settled = await settledSoon(road, id, state);
  if (settled !== state) {
    const signed = await answerFor(settled);
    await keepEvidence(road.pool, id, kept(request), settled.answer && keptAnswer(signed));
    return signed;
  }
  // Asked before under this key: the same answer, signed for this question.
  return ready?.id === state.id ? ready.signed : answerFor(state);
}

/** An outside registry that answers within two seconds answers this very request; else the asker comes again, or is told. */
const SOON = { looks: 20, everyMs: 100 };

async function settledSoon(road: Road, id: InquiryId, asked: InquiryState): Promise<InquiryState> {
  let state = asked;
  for (let look = 0; look < SOON.looks && state.connector !== undefined && state.status === 'waiting'; look += 1) {
    await new Promise((done) => setTimeout(done, SOON.everyMs));
    state = (await loadInquiry(road.pool, id)).state;
  }
  return state.status === 'waiting' ? asked : state;
}

/** What of a contract every question needs, made once for as long as the contract stands: its name, and its keys by theirs. */
type ContractTerms = { readonly name: ContractName; readonly verifiers: ReadonlyMap<string, MessageVerifier> };
const terms = new WeakMap<Contract, ContractTerms>();

function termsOf(road: Road, contract: Contract): ContractTerms {
  const known = terms.get(contract);
  if (known) return known;
  const verifiers = contract.keys.flatMap((one) => {
    const jwk = readPublicJwk(one);
    const verifier = jwk && road.ports.partners.verifier(jwk);
    return verifier ? [[verifier.keyid, verifier] as const] : [];
  });
  const name = contractName(contract as unknown as JsonObject & { readonly id: string });
  const made = { name, verifiers: new Map(verifiers) };
  terms.set(contract, made);
  return made;
}

async function taken(
  road: Road,
  contract: Contract,
  { request, seen }: { readonly request: Received; readonly seen: Seen },
): Promise<SignedQuestion> {
  const { name, verifiers } = termsOf(road, contract);
  const door = { find: (keyid: string) => verifiers.get(keyid), seen, now: road.ports.world.now() };
  const question = await takeQuestion(request, request.body, door);
  if (question.contract.id !== name.id || question.contract.hash !== name.hash)
    throw new Refusal('signature-invalid', { fault: 'contract-differs' });
  return question;
}

function parsed(body: Uint8Array): { readonly type: string; readonly question: JsonObject } {
  const json = jsonOf(body);
  const { type, question } = isObject(json) ? json : {};
  const fault = typeof type !== 'string' ? '/type' : !isObject(question) ? '/question' : undefined;
  if (fault !== undefined || typeof type !== 'string' || !isObject(question))
    throw new Refusal('invalid-answers', { fields: [{ pointer: fault ?? '', code: 'required' }] });
  return { type, question };
}

function jsonOf(body: Uint8Array): Json {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as Json;
  } catch {
    return null;
  }
}

/** The answer of an inquiry asked before, once people gave it: the same question, signed for anew, not on its own connection. */
export async function pollSigned(road: Road, request: Received, id: string): Promise<Signed> {
  const contract = await reader(road, request);
  const { state, evidence } = await ownExchange(road, contract, id);
  const question = evidence && readQuestion(requestOf(evidence.question));
  if (!question || !evidence) throw new Refusal('inquiry-not-found', { inquiry: id });
  const signed = await signedAnswer(road, contract, { state, question, isDirect: false });
  if (state.answer && !evidence.answer) await keep(road, contract, state, { question: evidence.question, signed });
  return signed;
}

/** One file that anybody can check offline: contract, question, answer, both keys. Throws Refusal `inquiry-not-found` until there is an answer. */
export async function evidenceFor(road: Road, request: Received, id: string): Promise<string> {
  const contract = await reader(road, request);
  const { state, evidence } = await ownExchange(road, contract, id);
  if (!evidence?.answer) throw new Refusal('inquiry-not-found', { inquiry: id });
  return evidenceFile(road, state, { question: evidence.question, answer: evidence.answer });
}

type Exchange = { readonly question: KeptQuestion; readonly answer: KeptAnswer | null };

/** What a program asked, real or in the test environment. Throws Refusal `inquiry-not-found`. */
async function ownExchange(
  road: Road,
  contract: Contract,
  id: string,
): Promise<{ readonly state: InquiryState; readonly evidence: Exchange | undefined }> {
  if (contract.test) {
    const { state, question, answer } = await loadSample(road, contract, id);
    return { state, evidence: { question, answer } };
  }
  const view = await inquiryFor(road, programOf(contract), id);
  const { state } = await loadInquiry(road.pool, view.id);
  return { state, evidence: await findEvidence(road.pool, view.id) };
}

async function keep(
  road: Road,
  { test }: Contract,
  { id }: InquiryState,
  { question, signed }: { readonly question: KeptQuestion; readonly signed: Signed },
): Promise<void> {
  const answer = keptAnswer(signed);
  await (test ? keepSampleAnswer(road.pool, id, answer) : keepEvidence(road.pool, id, question, answer));
}

/** The program as a reader: it sees what it asked. */
function programOf(contract: Contract): InquiryViewer {
  const person = `client:${contract.id}` as PersonId;
  return { actor: { person, kind: 'citizen', assignments: [] }, reader: { person, units: [] }, nationalId: '' };
}
