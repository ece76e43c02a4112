// The circuit breaker of a connector as the database keeps it: leave to ask, and what an outcome makes of it. Of two probes at once one sets out.
import { admission, CLOSED, faltered, hurried, probing, succeeded } from '#inquiries/breaker.ts';
import type { Connector } from '#inquiries/connector.ts';
import { countCall, findCircuit, hurryCalls, putCircuit } from '#store/connectors.ts';
import type { Road } from '#work/road.ts';

export type Leave = { readonly isProbe: boolean };

/** A lost race is tried again; one that loses so often sees to it next round. */
const MOST_TRIES = 20;
/** Beyond the call's own time: loading, recording. */
const PROBE_MS = 60_000;

/** How many questions it is worth taking up now: all, one as a probe, or none. */
export async function roomFor(road: Road, { id }: Connector, most: number): Promise<number> {
  const { circuit } = (await findCircuit(road.pool, id)) ?? { circuit: CLOSED };
  const admitted = admission(circuit, road.ports.world.now());
  return admitted === 'ask' ? most : admitted === 'probe' ? 1 : 0;
}

/** To be had right before asking: the circuit may have opened meanwhile. */
export async function leaveToAsk(road: Road, { id, timeoutMs }: Connector): Promise<Leave | undefined> {
  const { version, circuit } = (await findCircuit(road.pool, id)) ?? { version: 0, circuit: CLOSED };
  const now = road.ports.world.now();
  switch (admission(circuit, now)) {
    case 'ask':
      return { isProbe: false };
    case 'wait':
      return undefined;
    case 'probe': {
      const isMine = await putCircuit(road.pool, id, { version, circuit: probing(circuit, now, timeoutMs + PROBE_MS) });
      return isMine ? { isProbe: true } : undefined;
    }
  }
}

/** Whoever runs the connector knows that it is up again: a probe goes at once, and what waits is due. */
export async function tryNow(road: Road, { id }: Connector): Promise<void> {
  const now = road.ports.world.now();
  const held = await findCircuit(road.pool, id);
  // Lost to another change of the circuit, there is news of it anyway.
  if (held) await putCircuit(road.pool, id, { version: held.version, circuit: hurried(held.circuit, now) });
  await hurryCalls(road.pool, id, now);
  road.nudge();
}

/** `fault` null: it answered, and is alive. */
export async function noteOutcome(road: Road, connector: Connector, leave: Leave, fault: string | null): Promise<void> {
  const now = road.ports.world.now();
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const held = await findCircuit(road.pool, connector.id);
    const { version, circuit } = held ?? { version: 0, circuit: CLOSED };
    const next = fault === null ? succeeded() : faltered(circuit, connector.circuit, now, leave.isProbe);
    const isSame = held !== undefined && JSON.stringify(next) === JSON.stringify(circuit);
    if (isSame || (await putCircuit(road.pool, connector.id, { version, circuit: next }))) break;
  }
  await countCall(road.pool, connector.id, now, fault);
}
