// The evidence file's shape: what it may hold, and that it holds nothing else. Judges no signature.
import { canonical, isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { fromEpochMillis, instant } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { fromBase64 } from './bytes.ts';
import { ANSWER_TAG, QUESTION_TAG } from './http-exchange.ts';
import { jwkThumbprint, readPublicJwk } from './http-key.ts';
import type { PublicJwk } from './http-key.ts';
import { field } from './http-message.ts';
import type { HttpFields, HttpMessage, HttpRequest, HttpResponse } from './http-message.ts';
import { isInnerList, parseDictionary, serialiseDictionary } from './structured-fields.ts';

type Validity = { readonly from?: Instant; readonly until?: Instant };
/** What evidence needs of a contract; the document may say more. */
export type EvidenceContract = Required<Validity> & {
  readonly id: string;
  readonly organisation?: string;
  /** Who may ask by hand. */
  readonly persons: readonly string[];
  readonly keys: readonly (Validity & { readonly thumbprint: string })[];
};
export type ReadEvidence = {
  readonly json: JsonObject;
  readonly contract: EvidenceContract;
  readonly question: HttpRequest & { readonly body: Uint8Array };
  readonly answer: HttpResponse & { readonly body: Uint8Array };
  readonly keys: { readonly question: PublicJwk; readonly answer: PublicJwk };
};

/** The fields that the message's signature with that tag covers, and the signature, each in its one form. */
export function keptFields({ fields }: HttpMessage, tag: string): { readonly [name: string]: string } {
  const inputs = parseDictionary(field(fields, 'signature-input') ?? '') ?? new Map<string, never>();
  const [label, input] = [...inputs].find(([, member]) => member.params.get('tag')?.value === tag) ?? ['', undefined];
  const kept = (input && isInnerList(input) ? input.items : [])
    .filter(({ bare, params }) => !params.has('req') && !params.has('tr') && !String(bare.value).startsWith('@'))
    .map(({ bare }) => String(bare.value))
    .flatMap((name) => pair(name, field(fields, name)));
  const signatures = ['signature-input', 'signature'].flatMap((name) => {
    const member = parseDictionary(field(fields, name) ?? '')?.get(label);
    return pair(name, member && serialiseDictionary(new Map([[label, member]])));
  });
  return Object.fromEntries([...kept, ...signatures]);
}

function pair(name: string, value: string | undefined): readonly (readonly [string, string])[] {
  return value === undefined ? [] : [[name, value]];
}

/** The file's parts, or the place where it is no evidence file. */
export function readEvidence(text: string): ReadEvidence | string {
  const json = parsed(text);
  if (!isObject(json) || !hasOnly(json, ['dargah', 'contract', 'question', 'answer', 'keys'])) return '';
  if (json['dargah'] !== 'evidence/1') return 'dargah';
  const contract = readContract(json['contract']);
  if (!contract) return 'contract';
  const question = readRequest(json['question']);
  if (!question) return 'question';
  const answer = readResponse(json['answer']);
  if (!answer) return 'answer';
  const keys = readKeys(json['keys']);
  return keys ? { json, contract, question, answer, keys } : 'keys';
}

/** No contract of honest use is nested deeper; walking one that is would exhaust the stack. */
const DEEPEST = 50;

function parsed(text: string): Json {
  if (depthOf(text) > DEEPEST) return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function depthOf(text: string): number {
  let [depth, deepest, isInText] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (isInText && sign === '\\') at++;
    else if (sign === '"') isInText = !isInText;
    else if (!isInText && (sign === '{' || sign === '[')) deepest = Math.max(deepest, ++depth);
    else if (!isInText && (sign === '}' || sign === ']')) depth--;
  }
  return deepest;
}

/** What is shown to people: printable ASCII, so that no file writes on a terminal what it likes. */
function isPlain(value: Json | undefined): value is string {
  return typeof value === 'string' && /^[ -~]{1,2000}$/.test(value);
}

function hasOnly(json: JsonObject, names: readonly string[]): boolean {
  return Object.keys(json).every((name) => names.includes(name));
}

function readContract(json: Json | undefined): EvidenceContract | undefined {
  if (!isObject(json)) return undefined;
  const { id, keys } = json;
  const [from, until] = [readInstant(json['from']), readInstant(json['until'])];
  if (!isPlain(id) || from === undefined || until === undefined || !Array.isArray(keys)) return undefined;
  const persons = Array.isArray(json['persons']) ? json['persons'].filter((one) => typeof one === 'string') : [];
  const organisation = isObject(json['organisation']) ? json['organisation']['id'] : undefined;
  return {
    id,
    from,
    until,
    persons,
    ...(isPlain(organisation) && { organisation }),
    keys: (keys as readonly Json[]).flatMap(readContractKey),
  };
}

/** A key the contract names: a JSON Web Key, perhaps with `nbf` and `exp` in seconds. One of another kind can have signed nothing. */
function readContractKey(json: Json): readonly (Validity & { readonly thumbprint: string })[] {
  const jwk = readPublicJwk(json);
  if (!jwk || !isObject(json)) return [];
  const at = (name: string): Instant | undefined => {
    const seconds = json[name];
    return typeof seconds === 'number' ? fromEpochMillis(Math.floor(seconds * 1000)) : undefined;
  };
  const [from, until] = [at('nbf'), at('exp')];
  return [{ thumbprint: jwkThumbprint(jwk), ...(from !== undefined && { from }), ...(until !== undefined && { until }) }];
}

function readInstant(json: Json | undefined): Instant | undefined {
  try {
    return typeof json === 'string' ? instant(json) : undefined;
  } catch {
    return undefined;
  }
}

function readRequest(json: Json | undefined): ReadEvidence['question'] | undefined {
  if (!isObject(json) || !hasOnly(json, ['method', 'target', 'fields', 'body'])) return undefined;
  const { method, target } = json;
  const [fields, body] = [readFields(json['fields'], QUESTION_TAG), readBody(json['body'])];
  return isPlain(method) && isPlain(target) && fields && body ? { method, target, fields, body } : undefined;
}

function readResponse(json: Json | undefined): ReadEvidence['answer'] | undefined {
  if (!isObject(json) || !hasOnly(json, ['status', 'fields', 'body'])) return undefined;
  const { status } = json;
  const [fields, body] = [readFields(json['fields'], ANSWER_TAG), readBody(json['body'])];
  return typeof status === 'number' && fields && body ? { status, fields, body } : undefined;
}

/** Only what a signature covers, each in the one form that `keptFields` gives it. */
function readFields(json: Json | undefined, tag: string): HttpFields | undefined {
  if (!isObject(json)) return undefined;
  const fields = Object.entries(json);
  if (!fields.every((one): one is [string, string] => typeof one[1] === 'string')) return undefined;
  return canonical(keptFields({ status: 0, fields }, tag)) === canonical(json) ? fields : undefined;
}

function readBody(json: Json | undefined): Uint8Array | undefined {
  return typeof json === 'string' ? fromBase64(json) : undefined;
}

function readKeys(json: Json | undefined): ReadEvidence['keys'] | undefined {
  if (!isObject(json) || !hasOnly(json, ['question', 'answer'])) return undefined;
  const read = (one: Json | undefined): PublicJwk | undefined => {
    const jwk = readPublicJwk(one);
    return jwk && canonical(jwk) === canonical(one ?? null) ? jwk : undefined;
  };
  const [question, answer] = [read(json['question']), read(json['answer'])];
  return question && answer ? { question, answer } : undefined;
}
