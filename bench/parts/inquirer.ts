// The asking side of the inquiries bench, in a process of its own: a program that signs questions, waits for signed answers and checks a sample of
// them. Started by bench/inquiries.ts, tells one JSON object; throws where an answer is not the signed answer to its question.
import { createHash, createPrivateKey, createPublicKey, randomUUID, sign } from 'node:crypto';
import { Agent, request } from 'node:http';
import { instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { jwkVerifier, messageSigner, publicJwk } from '#outside/http-keys.ts';
import { readQuestion, signQuestion } from '#proofs/http-exchange.ts';
import type { ContractName } from '#proofs/http-exchange.ts';
import { algorithmOf, jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';
import type { HttpFields } from '#proofs/http-message.ts';
import { takeAnswer } from '#proofs/http-taken.ts';

/** What the bench asks of this process. */
export type Order = {
  readonly origin: string;
  readonly client: string;
  readonly pem: string;
  readonly kid: string;
  /** The city's public key for answers. */
  readonly city: JsonObject;
  readonly warmup: number;
  readonly seconds: number;
  readonly callers: number;
  readonly properties: number;
};
export type Told = {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly count: number;
  /** How often the city said to come again, for each answer it gave. */
  readonly busy: number;
  /** Answers whose signature, digest and question were checked. */
  readonly verified: number;
  /** CPU microseconds of this process an inquiry. */
  readonly cpu: number;
};

/** One answer in so many is checked: the asker's own work is not what is measured. */
const SAMPLE = 20;

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const { origin, client, kid } = order;
const key = createPrivateKey(order.pem);
const jwk = known(publicJwk(createPublicKey(key)) as JsonObject);
const cityKey = known(order.city);
const city = jwkVerifier({ keyid: jwkThumbprint(cityKey), alg: algorithmOf(cityKey) }, cityKey);
const signer = messageSigner({ keyid: jwkThumbprint(jwk), alg: algorithmOf(jwk) }, key);
const agent = new Agent({ keepAlive: true, maxSockets: order.callers });

function known(json: JsonObject) {
  const read = readPublicJwk(json);
  if (!read) throw new Error('the key is of no known kind');
  return read;
}

const base64url = (json: JsonObject): string => Buffer.from(JSON.stringify(json)).toString('base64url');

function signedJwt(header: JsonObject, claims: JsonObject): string {
  const text = `${base64url({ alg: 'ES256', ...header })}.${base64url({ ...claims, jti: randomUUID() })}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

const now = (): number => Math.floor(Date.now() / 1000);

function proof(url: string, more: JsonObject = {}): string {
  return signedJwt({ typ: 'dpop+jwt', jwk: jwk as JsonObject }, { htm: 'POST', htu: url, iat: now(), ...more });
}

type Reply = { readonly status: number; readonly fields: HttpFields; readonly body: Buffer };

function post(url: string, fields: HttpFields, body: Uint8Array): Promise<Reply> {
  return new Promise((done, failed) => {
    const headers = [...fields, ['content-length', String(body.length)]].flat() as string[];
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', failed);
      answer.on('end', () => {
        const raw = answer.rawHeaders;
        const pairs = raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
        done({ status: answer.statusCode ?? 0, fields: pairs, body: Buffer.concat(chunks) });
      });
    });
    sent.on('error', failed);
    sent.end(body);
  });
}

async function granted(): Promise<{ readonly access_token: string; readonly contract: ContractName }> {
  const url = `${origin}/api/token`;
  const assertion = signedJwt({ kid }, { iss: client, sub: client, aud: origin, iat: now(), exp: now() + 50 });
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_assertion: assertion });
  const type = ['content-type', 'application/x-www-form-urlencoded'] as const;
  const { status, body } = await post(url, [type, ['host', new URL(url).host], ['dpop', proof(url)]], Buffer.from(String(form)));
  if (status !== 200) throw new Error(`no token: ${status} ${String(body)}`);
  return JSON.parse(String(body)) as never;
}

const { access_token: token, contract } = await granted();
const ath = createHash('sha256').update(token).digest('base64url');
const url = `${origin}/api/inquiries`;
const common: HttpFields = [
  ['host', new URL(url).host],
  ['authorization', `DPoP ${token}`],
];

let asked = 0;
let verified = 0;
let busy = 0;

/** Sends it until the city takes it, as it is: told to come again, it does so after as many seconds. Gives the milliseconds of the last sending too. */
async function sent(fields: HttpFields, body: Uint8Array): Promise<{ readonly answer: Reply; readonly wait: number }> {
  for (;;) {
    const at = performance.now();
    const answer = await post(url, fields, body);
    if (answer.status !== 503) return { answer, wait: performance.now() - at };
    busy += 1;
    const seconds = Number(answer.fields.find(([name]) => name.toLowerCase() === 'retry-after')?.[1] ?? 1);
    await new Promise((done) => setTimeout(done, seconds * 1000));
  }
}

/** Gives the milliseconds it waited for the answer, its own signatures included. */
async function ask(): Promise<number> {
  const began = performance.now();
  const renovationCode = `30-${Math.floor(Math.random() * order.properties)}-1-1`;
  const body = Buffer.from(JSON.stringify({ type: 'renovation-duty-status', question: { renovationCode } }));
  const message = { method: 'POST', target: url, fields: [['content-type', 'application/json']] as const, body };
  const at = instant(new Date().toISOString());
  const fields = await signQuestion(message, contract, signer, { at, nonce: randomUUID() });
  const signing = performance.now() - began;
  const { answer, wait } = await sent([...common, ['dpop', proof(url, { ath })], ...fields], body);
  if (answer.status !== 200) throw new Error(`${answer.status} ${String(answer.body).slice(0, 300)}`);
  asked += 1;
  if (asked % SAMPLE !== 0) return signing + wait;
  const question = readQuestion({ ...message, fields });
  if (!question) throw new Error('the question cannot be read again');
  // Throws where it is not signed by the city, not whole, or not the answer to this question.
  const { isDirect } = await takeAnswer(answer, question, (keyid) => (keyid === city?.keyid ? city : undefined));
  if (!isDirect) throw new Error('the answer is not bound to its question’s signature');
  verified += 1;
  return signing + wait;
}

async function run(seconds: number): Promise<Told> {
  const waits: number[] = [];
  [verified, busy] = [0, 0];
  const began = performance.now();
  const until = began + seconds * 1000;
  const cpu = process.cpuUsage();
  async function caller(): Promise<void> {
    while (performance.now() < until) waits.push(await ask());
  }
  await Promise.all(Array.from({ length: order.callers }, caller));
  const elapsed = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const count = waits.length;
  return {
    perSecond: count / elapsed,
    p50: at(0.5),
    p99: at(0.99),
    count,
    busy: busy / count,
    verified,
    cpu: (user + system) / count,
  };
}

await run(order.warmup);
process.send?.('warm');
// The bench takes its own clocks in between.
await new Promise((done) => (process.send ? process.once('message', done) : done(undefined)));
const told = await run(order.seconds);
agent.destroy();
process.disconnect?.();
console.log(JSON.stringify(told));
