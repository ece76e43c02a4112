// Webhooks: the address an organisation gave, its secret shown once, and the ticker's part: sending what is due, trying again over a day.
// A message says that an inquiry is over, never what the answer is: that is fetched with the token.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { plusMillis, toEpochMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import type { PersonId } from '#base/ids.ts';
import { claimDeliveries, findHook, noteOutcome, setHook } from '#store/hooks.ts';
import type { DeliveryRow, HookRow } from '#store/hooks.ts';
import type { Road } from '#work/road.ts';

const DAY_MS = 86_400_000;
const LEASE_MS = 60_000;
const BATCH = 16;
const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];
/** Waits between the tries, a day in all; after the last it is put aside where both sides see it. */
const WAITS = [5 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 7 * HOUR, 9 * HOUR];

export type HookRequest = {
  readonly url: string;
  readonly by: PersonId;
  /** A repeat of it gives the same secret. */ readonly intent: string;
};

/** Gives the new secret, to be shown once; the one before stays good for a day. Throws Refusal `invalid-answers` beside `/url`. */
export async function registerHook(road: Road, contract: string, { url, by, intent }: HookRequest): Promise<Registered> {
  await road.ports.webhooks.check(url);
  const made = createHmac('sha256', road.secret).update(`webhook secret:${contract}:${intent}`).digest('base64');
  const secret = `whsec_${made}`;
  const before = await findHook(road.pool, contract);
  if (before?.url === url && unseal(road, contract, before.secret) === secret) return { secret, isNew: false };
  const at = road.ports.world.now();
  await setHook(road.pool, contract, { url, secret: seal(road, contract, secret), by, at, beforeUntil: plusMillis(at, DAY_MS) });
  return { secret, isNew: true };
}

export type Registered = { readonly secret: string; readonly isNew: boolean };

/** One round: what is due is sent, each for itself. Gives how many were tried. */
export async function deliverWebhooks(road: Road): Promise<number> {
  const now = road.ports.world.now();
  const due = await claimDeliveries(road.pool, now, plusMillis(now, LEASE_MS), BATCH);
  await Promise.all(due.map((one) => deliver(road, one)));
  return due.length;
}

async function deliver(road: Road, delivery: DeliveryRow): Promise<void> {
  const { id, contract, body, createdAt, attempts } = delivery;
  const began = road.ports.world.now();
  const hook = await findHook(road.pool, contract);
  road.crash('before-effect');
  const came = hook
    ? await road.ports.webhooks.send({
        url: hook.url,
        id,
        at: began,
        body: JSON.stringify({ type: 'inquiry.answered', timestamp: createdAt, data: body }),
        secrets: secretsOf(road, contract, hook, began),
      })
    : { fault: 'no-address' };
  road.crash('after-effect');
  const isTaken = 'status' in came && came.status >= 200 && came.status < 300;
  const wait = WAITS[attempts - 1];
  await noteOutcome(road.pool, id, {
    outcome: { at: began, ...came, millis: toEpochMillis(road.ports.world.now()) - toEpochMillis(began) },
    status: isTaken ? 'delivered' : wait === undefined ? 'given-up' : 'waiting',
    due: plusMillis(began, wait ?? 0),
  });
}

function secretsOf(road: Road, contract: string, hook: HookRow, now: Instant): readonly string[] {
  const before = hook.secretBefore && hook.beforeUntil !== null && now < hook.beforeUntil ? [hook.secretBefore] : [];
  return [hook.secret, ...before].map((one) => unseal(road, contract, one));
}

/** AES-256-GCM under a key of the city's secret; the contract's name is bound to it, so that no row stands in for another. */
function seal(road: Road, contract: string, text: string): Uint8Array {
  const iv = road.ports.world.random(12);
  const cipher = createCipheriv('aes-256-gcm', sealKey(road), iv).setAAD(Buffer.from(`contract_hook:${contract}`));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

function unseal(road: Road, contract: string, sealed: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', sealKey(road), sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(`contract_hook:${contract}`)).setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
}

function sealKey(road: Road): Buffer {
  return Buffer.from(hkdfSync('sha256', road.secret, '', 'dargah webhook secrets', 32));
}
