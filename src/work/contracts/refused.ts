// Questions of programs that were refused, counted by contract, day and code: in this process first, so that a flood of them writes a row now and
// then and not one each. Of a crash, the last round's counts are lost; nothing else hangs on them.
import { Refusal } from '#base/refusal.ts';
import type { RefusalCode } from '#base/refusal.ts';
import { dayOf } from '#inquiries/use.ts';
import { field } from '#proofs/http-message.ts';
import { addRefusals } from '#store/contract-use.ts';
import type { Received } from '#work/inquiries/exchange.ts';
import { tokenOf } from '#work/partner-tokens.ts';
import type { Road } from '#work/road.ts';

const counts = new WeakMap<Road, Map<string, number>>();

/** Does it, and counts its refusal under the contract whose token came with the request. One that names none is nobody's. */
export async function countingRefusals<T>(road: Road, request: Received, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) await count(road, request, error).catch(() => undefined);
    throw error;
  }
}

async function count(road: Road, { fields }: Received, { code }: Refusal): Promise<void> {
  const token = /^DPoP (\S{1,512})$/i.exec(field(fields, 'authorization') ?? '')?.[1];
  const grant = token && (await tokenOf(road, road.ports.partners.tokenHash(token)));
  if (grant) noteRefusal(road, grant.contract, code);
}

/** The same where the contract is known. */
export async function countingFor<T>(road: Road, contract: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) noteRefusal(road, contract, error.code);
    throw error;
  }
}

function noteRefusal(road: Road, contract: string, code: RefusalCode): void {
  const all = counts.get(road) ?? new Map<string, number>();
  counts.set(road, all);
  const key = JSON.stringify([contract, dayOf(road.ports.world.now()), code]);
  all.set(key, (all.get(key) ?? 0) + 1);
}

export async function flushRefusals(road: Road): Promise<void> {
  const all = [...(counts.get(road) ?? [])];
  counts.delete(road);
  await addRefusals(
    road.pool,
    all.map(([key, refused]) => {
      const [contract, day, code] = JSON.parse(key) as [string, string, string];
      return { contract, day, code, refused };
    }),
  );
}
