// A program of an outside organisation for tests: keys of its own, tokens, signed questions, polling; each step can be bent by the caller.
import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { instant } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { messageSigner, publicJwk } from '#outside/http-keys.ts';
import { signQuestion } from '#proofs/http-exchange.ts';
import type { ContractName } from '#proofs/http-exchange.ts';
import { algorithmOf, jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';
import type { PublicJwk } from '#proofs/http-key.ts';
import type { HttpFields } from '#proofs/http-message.ts';

export type Answered = { readonly status: number; readonly body: JsonObject; readonly text: string; readonly fields: HttpFields };
export type Token = { readonly token: string; readonly contract: ContractName };
export type Signed = { readonly fields: HttpFields; readonly body: string };

export type PartnerClient = {
  readonly jwk: PublicJwk;
  readonly key: KeyObject;
  /** The public key as somebody pastes it. */
  readonly pem: string;
  /** `change`: claims, or the door it is for. */
  requestToken(change?: { readonly audience?: string; readonly claims?: JsonObject; readonly at?: number }): Promise<Answered>;
  token(): Promise<Token>;
  /** Signs a question under the contract that the token names. */
  sign(
    token: Token,
    body: JsonObject,
    change?: { readonly at?: Instant; readonly nonce?: string; readonly signer?: PartnerClient },
  ): Promise<Signed>;
  send(
    token: Token,
    signed: Signed,
    change?: { readonly prover?: PartnerClient; readonly at?: number; readonly more?: HttpFields },
  ): Promise<Answered>;
  ask(token: Token, type: string, question: JsonObject): Promise<Answered>;
  get(token: Token, path: string): Promise<Answered>;
  prove(
    method: string,
    path: string,
    change: { readonly token?: string | undefined; readonly at?: number | undefined },
  ): Promise<string>;
};

const seconds = (): number => Math.floor(Date.now() / 1000);

type Self = Pick<PartnerClient, 'jwk' | 'key' | 'pem'> & { readonly origin: string; readonly id: string };

export function partnerClient(origin: string, id: string): PartnerClient {
  const { privateKey: key, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = readPublicJwk(publicJwk(publicKey));
  if (!jwk) throw new TypeError('no key');
  const self: Self = { origin, id, key, jwk, pem: String(publicKey.export({ format: 'pem', type: 'spki' })) };
  const client: PartnerClient = {
    ...self,
    prove: (method, path, change) => prove(self, method, path, change),
    requestToken: (change = {}) => requestToken(self, change),
    async token() {
      const { status, body, text } = await client.requestToken();
      if (status !== 200) throw new Error(`no token: ${status} ${text}`);
      return { token: String(body['access_token']), contract: body['contract'] as ContractName };
    },
    sign: (token, body, change = {}) => sign(self, token, body, change),
    async send({ token }, { fields, body }, { prover = client, at, more = [] } = {}) {
      const proof = await prover.prove('POST', '/api/inquiries', { token, at });
      const bound: HttpFields = [
        ['authorization', `DPoP ${token}`],
        ['dpop', proof],
      ];
      return fetched(self, 'POST', '/api/inquiries', { fields: [...fields, ...bound, ...more], body });
    },
    ask: async (token, type, question) => client.send(token, await client.sign(token, { type, question })),
    async get({ token }, path) {
      const proof = await client.prove('GET', path, { token });
      const fields: HttpFields = [
        ['authorization', `DPoP ${token}`],
        ['dpop', proof],
      ];
      return fetched(self, 'GET', path, { fields });
    },
  };
  return client;
}

type Request = { readonly fields: HttpFields; readonly body?: string };

async function fetched({ origin }: Self, method: string, path: string, { fields, body }: Request): Promise<Answered> {
  const headers = fields as [string, string][];
  const answer = await fetch(origin + path, { method, headers, ...(body !== undefined && { body }) });
  const text = await answer.text();
  return { status: answer.status, text, body: JSON.parse(text || 'null') as JsonObject, fields: [...answer.headers] };
}

async function prove(
  { origin, jwk, key }: Self,
  method: string,
  path: string,
  { token, at = seconds() }: { readonly token?: string | undefined; readonly at?: number | undefined },
): Promise<string> {
  const ath = token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') };
  return new SignJWT({ htm: method, htu: `${origin}${path}`, jti: randomUUID(), ...ath })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: jwk as never })
    .setIssuedAt(at)
    .sign(key);
}

async function requestToken(self: Self, change: Parameters<PartnerClient['requestToken']>[0] = {}): Promise<Answered> {
  const { origin, id, key, jwk } = self;
  const { audience = origin, claims = {}, at = seconds() } = change;
  const assertion = await new SignJWT({ jti: randomUUID(), iss: id, sub: id, aud: audience, iat: at, exp: at + 50, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: jwkThumbprint(jwk) })
    .sign(key);
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_assertion: assertion });
  const fields: HttpFields = [
    ['content-type', 'application/x-www-form-urlencoded'],
    ['dpop', await prove(self, 'POST', '/api/token', {})],
  ];
  return fetched(self, 'POST', '/api/token', { fields, body: form.toString() });
}

async function sign(
  self: Self,
  { contract }: Token,
  question: JsonObject,
  change: NonNullable<Parameters<PartnerClient['sign']>[2]>,
): Promise<Signed> {
  const { at = instant(new Date().toISOString()), nonce = randomUUID(), signer = self } = change;
  const body = JSON.stringify(question);
  const request = {
    method: 'POST',
    target: `${self.origin}/api/inquiries`,
    fields: [['content-type', 'application/json']] as const,
    body: Buffer.from(body),
  };
  const naming = { keyid: jwkThumbprint(signer.jwk), alg: algorithmOf(signer.jwk) };
  return { fields: await signQuestion(request, contract, messageSigner(naming, signer.key), { at, nonce }), body };
}

/** `401 access-token-invalid`. */
export function codeOf({ status, body }: Answered): string {
  return `${status} ${String(body?.['code'])}`;
}
