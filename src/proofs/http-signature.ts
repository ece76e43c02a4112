// HTTP Message Signatures (RFC 9421): the signature base of a request or response, signing it, and verifying it under a policy.
// Keys are never touched: what signs and what verifies arrive as functions, each bound to one algorithm that no message can change.
import type { Instant } from '#base/instant.ts';
import { toEpochMillis } from '#base/instant.ts';
import { utf8 } from './bytes.ts';
import type { SignatureAlgorithm } from './http-key.ts';
import { componentValue, field, isComponent, readComponent } from './http-message.ts';
import type { HttpFields, HttpMessage } from './http-message.ts';
import { isInnerList, parseDictionary, serialiseDictionary, serialiseMember } from './structured-fields.ts';
import type { Bare, Dictionary, InnerList, Item } from './structured-fields.ts';

export type MessageSigner = {
  readonly keyid: string;
  readonly alg: SignatureAlgorithm;
  readonly sign: (base: Uint8Array) => Uint8Array | Promise<Uint8Array>;
};
export type MessageVerifier = {
  readonly keyid: string;
  readonly alg: SignatureAlgorithm;
  readonly verify: (base: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;
};

export type SigningTerms = {
  /** Names the signature within its message: `sig1`. */
  readonly label: string;
  /** Component identifiers as the RFC writes them: `"@method"`, `"content-digest";req`. */
  readonly covered: readonly string[];
  readonly created?: Instant;
  readonly expires?: Instant;
  readonly nonce?: string;
  readonly tag?: string;
  /** Says the algorithm in the message too. Verifiers never take it from there. */
  readonly withAlg?: boolean;
};

/** The two fields to add. Throws TypeError for components the message does not have. */
export async function signMessage(message: HttpMessage, signer: MessageSigner, terms: SigningTerms): Promise<HttpFields> {
  const input: InnerList = { items: terms.covered.map(component), params: signatureParameters(signer, terms) };
  const read = signatureBase(message, input);
  if ('fault' in read) throw new TypeError(`${read.fault}: ${read.component ?? ''}`);
  const signature: Item = { bare: { kind: 'bytes', value: await signer.sign(utf8(read.base)) }, params: new Map() };
  return [
    ['signature-input', serialiseDictionary(new Map([[terms.label, input]]))],
    ['signature', serialiseDictionary(new Map([[terms.label, signature]]))],
  ];
}

function component(identifier: string): Item {
  const item = readComponent(identifier);
  if (!item) throw new TypeError(`no component identifier: ${identifier}`);
  return item;
}

function signatureParameters(signer: MessageSigner, terms: SigningTerms): ReadonlyMap<string, Bare> {
  const seconds = (at: Instant | undefined): Bare | undefined =>
    at && { kind: 'integer', value: Math.floor(toEpochMillis(at) / 1000) };
  const text = (value: string | undefined): Bare | undefined => (value === undefined ? undefined : { kind: 'string', value });
  const all: readonly (readonly [string, Bare | undefined])[] = [
    ['created', seconds(terms.created)],
    ['expires', seconds(terms.expires)],
    ['nonce', text(terms.nonce)],
    ['alg', text(terms.withAlg === true ? signer.alg : undefined)],
    ['keyid', text(signer.keyid)],
    ['tag', text(terms.tag)],
  ];
  return new Map(all.filter((one): one is [string, Bare] => one[1] !== undefined));
}

export type SignatureFault =
  | 'signature-missing'
  | 'signature-ambiguous'
  | 'signature-unreadable'
  | 'component-unreadable'
  | 'component-uncovered'
  | 'parameter-missing'
  | 'key-unknown'
  | 'algorithm-differs'
  | 'created-too-old'
  | 'created-in-future'
  | 'signature-expired'
  | 'signature-wrong';

type Base = { readonly base: string } | SignatureFailure;

/** §2.5: a line for each covered component, then the parameters; `input` is a member of Signature-Input. */
export function signatureBase(message: HttpMessage, input: InnerList): Base {
  const lines = new Map<string, string>();
  for (const item of input.items) {
    const identifier = serialiseMember(item);
    const same = serialiseMember({ ...item, params: new Map([...item.params].sort(([a], [b]) => (a < b ? -1 : 1))) });
    if (!isComponent(item) || lines.has(same)) return { fault: 'signature-unreadable', component: identifier };
    const value = componentValue(message, item);
    if (value === undefined) return { fault: 'component-unreadable', component: identifier };
    lines.set(same, `${identifier}: ${value}`);
  }
  return { base: [...lines.values(), `"@signature-params": ${serialiseMember(input)}`].join('\n') };
}

export type SignaturePolicy = {
  /** Which of a message's signatures is meant: the one with this tag. Undefined: the only one there is. */
  readonly tag?: string;
  /** Component identifiers that must be covered. */
  readonly required: readonly string[];
  readonly requiredParameters?: readonly ('created' | 'expires' | 'nonce')[];
  /** Undefined: its age is not judged. */
  readonly time?: { readonly now: Instant; readonly maxAgeSeconds: number; readonly skewSeconds: number };
};

/** What a signature says of itself: proven only once it is verified. */
export type ReadSignature = {
  readonly label: string;
  readonly keyid: string | undefined;
  readonly alg: string | undefined;
  /** Seconds since 1970, as `expires`. */
  readonly created: number | undefined;
  readonly expires: number | undefined;
  readonly nonce: string | undefined;
  readonly covered: readonly string[];
  readonly base: string;
  readonly signature: Uint8Array;
};
export type SignatureFailure = { readonly fault: SignatureFault; readonly component?: string };
export type CheckedSignature = { readonly ok: true; readonly keyid: string; readonly read: ReadSignature };
export type RefusedSignature = { readonly ok: false } & SignatureFailure;

/** Known keys alone: `find` gives the key of a keyid with the algorithm it was made for, or undefined. */
export async function verifyMessage(
  message: HttpMessage,
  policy: SignaturePolicy,
  find: (keyid: string) => MessageVerifier | undefined,
): Promise<CheckedSignature | RefusedSignature> {
  const read = readSignature(message, policy.tag);
  if ('fault' in read) return { ok: false, ...read };
  const fault = policyFault(policy, read);
  if (fault) return { ok: false, ...fault };
  const verifier = read.keyid === undefined ? undefined : find(read.keyid);
  if (!verifier || verifier.keyid !== read.keyid) return { ok: false, fault: 'key-unknown' };
  if (read.alg !== undefined && read.alg !== verifier.alg) return { ok: false, fault: 'algorithm-differs' };
  if (!(await verifier.verify(utf8(read.base), read.signature))) return { ok: false, fault: 'signature-wrong' };
  return { ok: true, keyid: verifier.keyid, read };
}

/** The signature with that tag (undefined: the only one), and the base it is made over in this message. Verifies nothing. */
export function readSignature(message: HttpMessage, tag: string | undefined): ReadSignature | SignatureFailure {
  const chosen = choose(message.fields, tag);
  if ('fault' in chosen) return chosen;
  const { label, input, signature } = chosen;
  const params = readParameters(input);
  if (!params) return { fault: 'signature-unreadable' };
  const made = signatureBase(message, input);
  if ('fault' in made) return made;
  return { label, ...params, covered: input.items.map(serialiseMember), base: made.base, signature };
}

type Chosen = { readonly label: string; readonly input: InnerList; readonly signature: Uint8Array };

/** By tag, never by label: labels mean nothing (§7.2.5 and §3.2). */
function choose(fields: HttpFields, tag: string | undefined): Chosen | { readonly fault: SignatureFault } {
  const texts = [field(fields, 'signature-input'), field(fields, 'signature')] as const;
  if (texts[0] === undefined || texts[1] === undefined) return { fault: 'signature-missing' };
  const [inputs, signatures] = [parseDictionary(texts[0]), parseDictionary(texts[1])];
  if (!inputs || !signatures) return { fault: 'signature-unreadable' };
  const labels = [...inputs.keys()].filter((label) => tag === undefined || parameter(inputs, label, 'tag') === tag);
  const [label, another] = labels;
  if (label === undefined) return { fault: 'signature-missing' };
  if (another !== undefined) return { fault: 'signature-ambiguous' };
  const [input, signature] = [inputs.get(label), signatures.get(label)];
  if (!signature) return { fault: 'signature-missing' };
  if (!input || !isInnerList(input) || isInnerList(signature) || signature.bare.kind !== 'bytes')
    return { fault: 'signature-unreadable' };
  return { label, input, signature: signature.bare.value };
}

function parameter(inputs: Dictionary, label: string, name: string): unknown {
  return inputs.get(label)?.params.get(name)?.value;
}

type ReadParameters = Pick<ReadSignature, 'created' | 'expires' | 'nonce' | 'keyid' | 'alg'>;

const LONGEST_NAME = 200;
/** 9999-12-31T23:59:59Z. */
const LAST_SECOND = 253_402_300_799;
const KINDS = { created: 'integer', expires: 'integer', nonce: 'string', keyid: 'string', alg: 'string', tag: 'string' } as const;

/** Undefined where a parameter of §2.3 has another type, or one is unknown: what is not understood is not vouched for. */
function readParameters({ params }: InnerList): ReadParameters | undefined {
  const isKnown = [...params].every(
    ([name, bare]) => Object.hasOwn(KINDS, name) && KINDS[name as keyof typeof KINDS] === bare.kind,
  );
  if (!isKnown) return undefined;
  const isTime = (name: string): boolean =>
    Number(params.get(name)?.value ?? 0) >= 0 && Number(params.get(name)?.value ?? 0) <= LAST_SECOND;
  if (!isTime('created') || !isTime('expires')) return undefined;
  const number = (name: string): number | undefined => params.get(name)?.value as number | undefined;
  const text = (name: string): string | undefined => params.get(name)?.value as string | undefined;
  // They are kept and looked up by whoever reads them.
  if ([text('nonce'), text('keyid')].some((one) => (one?.length ?? 0) > LONGEST_NAME)) return undefined;
  return { created: number('created'), expires: number('expires'), nonce: text('nonce'), keyid: text('keyid'), alg: text('alg') };
}

function policyFault({ required, requiredParameters, time }: SignaturePolicy, read: ReadSignature): SignatureFailure | undefined {
  const uncovered = required.find((identifier) => !read.covered.includes(identifier));
  if (uncovered !== undefined) return { fault: 'component-uncovered', component: uncovered };
  const missing = requiredParameters?.find((name) => read[name] === undefined);
  if (missing !== undefined) return { fault: 'parameter-missing', component: missing };
  if (!time) return undefined;
  if (read.created === undefined) return { fault: 'parameter-missing', component: 'created' };
  const now = toEpochMillis(time.now) / 1000;
  if (read.created > now + time.skewSeconds) return { fault: 'created-in-future' };
  if (read.created < now - time.maxAgeSeconds - time.skewSeconds) return { fault: 'created-too-old' };
  if (read.expires !== undefined && read.expires < now - time.skewSeconds) return { fault: 'signature-expired' };
  return undefined;
}
