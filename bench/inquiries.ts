// Signed, logged, authorised inquiries a second: a program in a process of its own asks, the register answers, question and answer are kept and
// stand in the ledger. Beside it the cost of the two signatures of an exchange alone, which no such service goes below, and what growth costs.
import { fork } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import type { JsonObject } from '#base/json.ts';
import { messageSigner, messageVerifier } from '#outside/http-keys.ts';
import { CLIENT, fillInquiries, fillProperties, KID, openInquiryCity, sizeOf } from './parts/inquiry-city.ts';
import type { InquiryCity } from './parts/inquiry-city.ts';
import type { Order, Told } from './parts/inquirer.ts';
import { postgresCpu } from './parts/postgres-cpu.ts';
import { report } from './table.ts';
import type { Measure } from './table.ts';

const option = (name: string, otherwise: number): number =>
  Number(process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise);
const seconds = option('seconds', 10);
const warmup = option('warmup', 6);
const callers = option('callers', 16);
const properties = option('properties', 1_000_000);
/** Askers at once in a rush: more than the city lets in. 0 leaves it out. */
const crowd = option('crowd', 400);
/** Inquiries that are there already in the second measurement; 0 leaves it out. */
const kept = option('kept', 1_000_000);

/** What a run cost, in CPU microseconds an inquiry of each process. */
type Measured = Told & {
  readonly server: number;
  readonly postgres: number;
  readonly calls: number;
  readonly bytes: number;
  /** Longest time in milliseconds in which the server's one thread heard nobody. */
  readonly stall: number;
};

async function measure({ origin, pem, road, owner, home }: InquiryCity, callers: number): Promise<Measured> {
  const { publicKey } = road.ports.partners;
  const times = { warmup, seconds, callers, properties };
  const order: Order = { origin, client: CLIENT, pem, kid: KID, city: publicKey as JsonObject, ...times };
  const child = fork(join(import.meta.dirname, 'parts/inquirer.js'), [JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // What this process was started with lets its own channel go, and so would the asker's, which waits at it.
    execArgv: [],
  });
  const said = child.stdout === null ? Promise.resolve('') : text(child.stdout);
  const ended = once(child, 'exit');
  await Promise.race([once(child, 'message'), ended]);
  if (!child.connected) throw new Error('the asker ended before it was warm');
  let calls = 0;
  road.pool.on('acquire', () => (calls += 1));
  const before = { postgres: postgresCpu(home) ?? 0, bytes: await sizeOf(owner) };
  const stalls = monitorEventLoopDelay({ resolution: 1 });
  stalls.enable();
  const cpu = process.cpuUsage();
  child.send('go');
  await ended;
  const { user, system } = process.cpuUsage(cpu);
  stalls.disable();
  const told = JSON.parse(await said) as Told;
  road.pool.removeAllListeners('acquire');
  const each = (all: number): number => all / told.count;
  return {
    ...told,
    server: each(user + system),
    postgres: each((postgresCpu(home) ?? 0) - before.postgres),
    stall: stalls.max / 1e6,
    calls: each(calls),
    bytes: each((await sizeOf(owner)) - before.bytes),
  };
}

/** CPU microseconds to verify one signature and make another. */
async function signatureCost(): Promise<number> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const naming = { keyid: 'bench', alg: 'ecdsa-p256-sha256' } as const;
  const [signer, verifier] = [messageSigner(naming, privateKey), messageVerifier(naming, publicKey)];
  const bytes = new TextEncoder().encode('x'.repeat(600));
  const signature = await signer.sign(bytes);
  const times = 1000;
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < times; turn += 1) {
      await verifier.verify(bytes, signature);
      await signer.sign(bytes);
    }
  };
  await turns();
  const before = process.cpuUsage();
  await turns();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}

async function keptWithEvidence({ owner }: InquiryCity): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    `select count(*)::int as n from inquiry join inquiry_evidence using (inquiry_id)
     where contract = $1 and definition <> 'old' and status = 'answered' and answer is not null`,
    [CLIENT],
  );
  return rows[0]?.n ?? 0;
}

/** What a rush does: those let in are answered in good time, the others come again when they are told to. */
async function rushed(city: InquiryCity): Promise<readonly Measure[]> {
  if (crowd === 0) return [];
  const then = await measure(city, crowd);
  const note = `${crowd} at once`;
  return [
    { name: 'per_s_rush', value: then.perSecond, unit: 'inquiries/s', note },
    { name: 'p99_ms_rush', value: then.p99, unit: 'ms', note: `${note}; of those let in` },
    { name: 'told_to_come_again', value: then.busy, unit: '', note: 'times for each answer: 503 with Retry-After' },
  ];
}

async function grown(city: InquiryCity, first: Measured): Promise<readonly Measure[]> {
  if (kept === 0) return [];
  console.error(`filling ${kept} inquiries of the past …`);
  await fillInquiries(city.owner, kept);
  const then = await measure(city, callers);
  const note = `with ${kept} inquiries there`;
  return [
    { name: 'per_s_grown', value: then.perSecond, unit: 'inquiries/s', note },
    { name: 'p99_ms_grown', value: then.p99, unit: 'ms', note },
    { name: 'speed_kept', value: then.perSecond / first.perSecond, unit: '', note: '1: growth costs nothing' },
    { name: 'postgres_growth', value: then.postgres / first.postgres, unit: '', note: 'CPU of the database an inquiry' },
  ];
}

const city = await openInquiryCity();
try {
  console.error(`filling the register with ${properties} properties …`);
  await fillProperties(city.owner, properties);
  const first = await measure(city, callers);
  const signatures = await signatureCost();
  const evidence = await keptWithEvidence(city);
  const cores = ((first.server + first.cpu + first.postgres) * first.perSecond) / 1e6;
  report(`inquiries: ${callers} at once, ${properties} properties, client in a process of its own, ${seconds} s, durable`, [
    { name: 'per_s', value: first.perSecond, unit: 'inquiries/s', note: 'aim ≥ 500' },
    { name: 'p50_ms', value: first.p50, unit: 'ms' },
    { name: 'p99_ms', value: first.p99, unit: 'ms', note: 'aim ≤ 100' },
    { name: 'longest_stall_ms', value: first.stall, unit: 'ms', note: 'of the server’s one thread' },
    { name: 'server_us', value: first.server, unit: 'µs CPU', note: 'an inquiry; the sequencer beside is in it' },
    { name: 'postgres_us', value: first.postgres, unit: 'µs CPU', note: 'an inquiry, all its processes' },
    { name: 'client_us', value: first.cpu, unit: 'µs CPU', note: 'an inquiry: the asker’s two signatures and its HTTP' },
    { name: 'cores', value: cores, unit: 'cores', note: 'used by the three, of two' },
    { name: 'two_signatures_us', value: signatures, unit: 'µs CPU', note: 'verify one, make one: the limit' },
    { name: 'share_of_signatures', value: signatures / first.server, unit: '', note: 'of the server’s CPU' },
    { name: 'database_calls', value: first.calls, unit: '', note: 'an inquiry, ticker and sequencer beside' },
    { name: 'bytes', value: first.bytes, unit: 'bytes', note: 'an inquiry, tables and indexes' },
    { name: 'kept_with_evidence', value: evidence, unit: 'inquiries', note: 'question and answer, both signed' },
    { name: 'answers_verified', value: first.verified, unit: 'answers', note: 'by the asker, bound to their questions' },
    ...(await rushed(city)),
    ...(await grown(city, first)),
  ]);
} finally {
  await city.stop();
}
