// Carries out what waits for a connector: claimed by key with a lease, asked outside any transaction under the inquiry's own id, recorded as a step.
// At least once there, once here: killed between asking and recording, it is asked again under the same id.
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import type { JsonObject } from '#base/json.ts';
import type { FieldFault } from '#base/refusal.ts';
import { ourAnswer, theirQuestion } from '#catalog/connector.ts';
import type { Connector } from '#inquiries/connector.ts';
import { answered, delivered, failed, passedOn } from '#inquiries/decide.ts';
import { backoffMs } from '#inquiries/retry.ts';
import { validator } from '#inquiries/schema.ts';
import type { InquiryState, InquiryType } from '#inquiries/types.ts';
import { claimCall, dropCall, insertExchange, listDueCalls, listOutwaited, postponeCall, restCall } from '#store/connectors.ts';
import type { DueCall } from '#store/connectors.ts';
import { loadInquiry } from '#store/inquiries.ts';
import type { OutsideAnswer } from '#work/ports.ts';
import type { Road } from '#work/road.ts';
import { change, SYSTEM } from './change.ts';
import type { Inquired } from './change.ts';
import { leaveToAsk, noteOutcome, roomFor } from './circuit.ts';
import type { Leave } from './circuit.ts';
import { standing } from './respond.ts';

const LEASE_MS = 60_000;
/** In one round, and of them at once. */
const BATCH = 16;
const AT_ONCE = 4;
/** One that has the question may still answer this long after the deadline: late, and kept. */
const LATE_MS = 30 * 86_400_000;

/** One round of one connector's questions. Gives how many moved. */
export async function askConnector(road: Road, connector: Connector): Promise<number> {
  const now = road.ports.world.now();
  const room = await roomFor(road, connector, BATCH);
  const queue =
    room > 0
      ? [...(await listDueCalls(road.pool, { connector: connector.id, now, most: room }))]
      : [
          ...(await listOutwaited(road.pool, {
            connector: connector.id,
            before: patientSince(connector, now),
            now,
            most: BATCH,
          })),
        ];
  let moved = 0;
  async function lane(): Promise<void> {
    for (let call = queue.shift(); call; call = queue.shift()) if (await attempt(road, { connector, call })) moved += 1;
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, lane));
  return moved;
}

/** What has waited since then or longer goes on to the next responder, though not all tries were made. */
function patientSince({ retry }: Connector, now: Instant): Instant {
  return plusMillis(now, -retry.patienceMs);
}

type Attempt = { readonly connector: Connector; readonly call: DueCall };

/** True where the question moved: was asked, answered, passed on, or found to be over. */
async function attempt(road: Road, { connector, call }: Attempt): Promise<boolean> {
  const now = road.ports.world.now();
  if (!(await claimCall(road.pool, call.id, now, plusMillis(now, connector.timeoutMs + LEASE_MS)))) return false;
  const { state, definition } = await loadInquiry(road.pool, call.id);
  if (!isAwaited(state, connector, now)) {
    await (state.status === 'dead' ? restCall(road.pool, call) : dropCall(road.pool, call));
    return true;
  }
  const { type } = await road.catalogue.inquiryByDefinition(definition);
  const question = theirQuestion(connector, type.id, state.question);
  if (!question) return passOn(road, call, type, 'not-configured');
  const leave = await leaveToAsk(road, connector);
  if (!leave && isOutwaited(connector, call, state, now)) return passOn(road, call, type, 'outwaited');
  if (!leave) {
    await postponeCall(road.pool, call, now);
    return false;
  }
  road.crash('before-effect');
  const asked = { connector, id: call.id, type: type.id, question, at: now };
  const said = await road.ports.connectors.ask(asked);
  road.crash('after-effect');
  await record(road, { connector, call, type, leave }, said);
  return true;
}

/** One that has the question is given time until the deadline. */
function isOutwaited(connector: Connector, { since }: DueCall, { deliveredAt }: InquiryState, now: Instant): boolean {
  return deliveredAt === undefined && since <= patientSince(connector, now);
}

function isAwaited(state: InquiryState, { id }: Connector, now: Instant): boolean {
  if (state.connector !== id) return false;
  const isLate = state.status === 'silent' && state.deliveredAt !== undefined && now < plusMillis(state.due, LATE_MS);
  return state.status === 'waiting' || isLate;
}

type Asked = Attempt & { readonly type: InquiryType; readonly leave: Leave };

async function record(road: Road, asked: Asked, said: OutsideAnswer): Promise<void> {
  const { connector, call, type, leave } = asked;
  const now = road.ports.world.now();
  switch (said.result) {
    case 'answered': {
      await noteOutcome(road, connector, leave, null);
      const value = ourAnswer(connector, type.id, said.answer);
      const [wrong] = validator(type.answer)(value);
      if (wrong || !isObject(value)) return void (await passOn(road, call, type, unfit(wrong)));
      await insertExchange(road.pool, { id: call.id, at: now, connector: connector.id, ...said.exchange });
      await take(road, asked, value, said.asOf);
      return dropCall(road.pool, call);
    }
    case 'pending':
      await noteOutcome(road, connector, leave, null);
      await change(road, call.id, SYSTEM, async ({ state }) => delivered(state));
      return postponeCall(road.pool, call, plusMillis(now, againMs(connector, said.againMs)));
    case 'failed':
      return recordFault(road, asked, said);
  }
}

/** As it asked to be asked, but never at once: a partner that says so would be asked without end. */
function againMs({ retry }: Connector, wanted: number | undefined): number {
  return Math.max(retry.firstMs, wanted ?? retry.capMs);
}

/** Names the member of our schema that did not fit; nothing of what came. */
function unfit(wrong: FieldFault | undefined): string {
  const place = wrong?.code === 'additionalProperties' ? '' : (wrong?.pointer ?? '');
  return ['unfit', place, wrong?.code ?? 'type'].filter((one) => one !== '').join(' ');
}

async function take(road: Road, { connector, call, type }: Asked, value: JsonObject, asOf: Instant): Promise<Inquired> {
  const until = standing(type.reuse, road.ports.world.now());
  return change(road, call.id, SYSTEM, async ({ state }) =>
    answered(state, { value, provenance: { responder: 'connector', source: connector.id, asOf }, ...until }),
  );
}

async function recordFault(road: Road, asked: Asked, said: Extract<OutsideAnswer, { result: 'failed' }>): Promise<void> {
  const { connector, call, type, leave } = asked;
  const fault = said.detail === undefined ? said.fault : `${said.fault} ${said.detail}`;
  await noteOutcome(road, connector, leave, said.isFinal ? null : fault);
  if (said.isFinal) return void (await passOn(road, call, type, fault));
  const after = await change(road, call.id, SYSTEM, async ({ state }) =>
    isOutwaited(connector, call, state, road.ports.world.now())
      ? passedOn(state, type, fault)
      : failed(state, type, fault, connector.retry.tries),
  );
  if (!isAwaited(after.state, connector, road.ports.world.now())) return settle(road, call, after, fault);
  const chance = (road.ports.world.random(1)[0] ?? 0) / 256;
  const waitMs = Math.max(backoffMs(call.tries + 1, connector.retry, chance), said.againMs ?? 0);
  return postponeCall(road.pool, call, plusMillis(road.ports.world.now(), waitMs), fault);
}

/** To the next responder, or among the dead. */
async function passOn(road: Road, call: DueCall, type: InquiryType, fault: string): Promise<true> {
  const after = await change(road, call.id, SYSTEM, async ({ state }) => passedOn(state, type, fault));
  await settle(road, call, after, fault);
  return true;
}

async function settle(road: Road, call: DueCall, { state }: Inquired, fault: string): Promise<void> {
  await (state.status === 'dead' ? restCall(road.pool, call, fault) : dropCall(road.pool, call));
}
