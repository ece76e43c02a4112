// The asking side of the inquiries bench, in a process of its own: a program that signs questions and waits for signed answers. Started by bench/inquiries.ts.
import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { messageSigner, publicJwk } from '#outside/http-keys.ts';
import { signQuestion } from '#proofs/http-exchange.ts';
import { algorithmOf, jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';

type Order = {
  readonly origin: string;
  readonly client: string;
  readonly pem: string;
  readonly kid: string;
  readonly seconds: number;
  readonly callers: number;
  readonly properties: number;
};

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const key = createPrivateKey(order.pem);
const jwk = readPublicJwk(publicJwk(createPublicKey(key)));
if (!jwk) throw new Error('the key is of no known kind');
const signer = messageSigner({ keyid: jwkThumbprint(jwk), alg: algorithmOf(jwk) }, key);
const { origin, client, kid } = order;

async function proof(url: string, ath?: string): Promise<string> {
  return new SignJWT({ htm: 'POST', htu: url, jti: randomUUID(), ...(ath !== undefined && { ath }) })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: jwk as never })
    .setIssuedAt()
    .sign(key);
}

type Granted = { readonly access_token: string; readonly contract: { readonly id: string; readonly hash: string } };

async function granted(): Promise<Granted> {
  const url = `${origin}/api/token`;
  const assertion = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setIssuer(client)
    .setSubject(client)
    .setAudience(origin)
    .setIssuedAt()
    .setExpirationTime('50s')
    .sign(key);
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_assertion: assertion });
  const answer = await fetch(url, { method: 'POST', headers: { dpop: await proof(url) }, body: form });
  return (await answer.json()) as Granted;
}

const { access_token: token, contract } = await granted();
const ath = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(token))).toString('base64url');
const url = `${origin}/api/inquiries`;

async function ask(): Promise<void> {
  const n = Math.floor(Math.random() * order.properties);
  const question: JsonObject = { renovationCode: `30-${n}-1-1` };
  const body = Buffer.from(JSON.stringify({ type: 'renovation-duty-status', question }));
  const fields = await signQuestion(
    { method: 'POST', target: url, fields: [['content-type', 'application/json']], body },
    contract,
    signer,
    { at: instant(new Date().toISOString()), nonce: randomUUID() },
  );
  const bound: [string, string][] = [
    ['authorization', `DPoP ${token}`],
    ['dpop', await proof(url, ath)],
  ];
  const answer = await fetch(url, { method: 'POST', headers: [...fields, ...bound] as [string, string][], body });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status} ${text.slice(0, 300)}`);
}

const waits: number[] = [];
const until = performance.now() + order.seconds * 1000;
const began = performance.now();
async function caller(): Promise<void> {
  while (performance.now() < until) {
    const at = performance.now();
    await ask();
    waits.push(performance.now() - at);
  }
}
await Promise.all(Array.from({ length: order.callers }, caller));
const elapsed = (performance.now() - began) / 1000;
const sorted = waits.toSorted((a, b) => a - b);
const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
console.log(JSON.stringify({ perSecond: waits.length / elapsed, p50: at(0.5), p99: at(0.99), count: waits.length }));
