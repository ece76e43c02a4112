// Gateways (BPMN 2.0.2 §13.4): exclusive, parallel, inclusive, event-based. A join is entered when it fires, not when a token arrives.
import { completed, entered, spread } from '#engine/flow.ts';
import type { PlanFlow, PlanNode } from '#engine/plan.ts';
import { bareToken, dropToken, fail, nodeOf, putToken, tokensIn, type Run, type TokenRecord } from '#engine/run.ts';
import { frameOf, holding } from '#engine/variables.ts';
import { subscribe, subscriptionsOf } from '#engine/waiting.ts';

const NONE_HOLDS = 'no condition holds and no flow is the default';

/** The first flow whose condition holds, else the default. */
export function leaveExclusive(run: Run, node: PlanNode, token: TokenRecord): void {
  return leaveBy(run, token, chosen(node, holding(run, node.outgoing, frameOf(token), 'first')));
}

/** Every flow whose condition holds, else the default. */
export function leaveInclusive(run: Run, node: PlanNode, token: TokenRecord): void {
  return leaveBy(run, token, chosen(node, holding(run, node.outgoing, frameOf(token), 'all')));
}

/** The default where no condition holds; not where one has failed. */
function chosen(node: PlanNode, found: readonly PlanFlow[] | string): readonly PlanFlow[] | string {
  return typeof found !== 'string' && found.length === 0 && node.fallback ? [node.fallback] : found;
}

function leaveBy(run: Run, token: TokenRecord, flows: readonly PlanFlow[] | string): void {
  const inside = putToken(run, bareToken(token));
  if (typeof flows === 'string') return fail(run, inside, 'leave', flows);
  if (flows.length === 0) return fail(run, inside, 'leave', NONE_HOLDS);
  completed(run, token.at);
  return spread(run, inside, flows);
}

/** Conditions do not count after a parallel gateway. */
export function leaveParallel(run: Run, node: PlanNode, token: TokenRecord): void {
  return leaveBy(run, token, node.fallback ? [...node.outgoing, node.fallback] : node.outgoing);
}

/** Fires when a token has come by every incoming flow, taking one of each; a second one on a flow stays for the next time. */
export function arriveParallel(run: Run, node: PlanNode, token: TokenRecord): void {
  const waiting = waitingAt(run, node, token.in);
  const others: TokenRecord[] = [];
  for (const flow of node.incoming) {
    if (flow === token.via) continue;
    const other = waiting.find((one) => one.via === flow);
    if (!other) return;
    others.push(other);
  }
  for (const other of others) dropToken(run, other);
  entered(run, token);
  return leaveParallel(run, node, token);
}

function waitingAt(run: Run, node: PlanNode, scope: number): readonly TokenRecord[] {
  return tokensIn(run, scope).filter((token) => token.at === node.id && token.via !== undefined);
}

/** Fires the first inclusive join that no token can still reach by a flow without one (BPMN 2.0.2 §13.4.3); false where none can fire. */
export function fireInclusiveJoin(run: Run): boolean {
  if (!run.plan.hasInclusiveJoin) return false;
  for (const token of run.tokens.values()) {
    const node = nodeOf(run, token.at);
    if (node.kind !== 'inclusive' || !node.reach || token.via === undefined) continue;
    const waiting = waitingAt(run, node, token.in);
    const marked = new Set(waiting.flatMap((one) => one.via ?? []));
    if (isAwaited(run, node, { token, marked })) continue;
    for (const flow of marked) {
      const one = waiting.find((other) => other.via === flow);
      if (one && flow !== token.via) dropToken(run, one);
    }
    entered(run, token);
    leaveInclusive(run, node, token);
    return true;
  }
  return false;
}

type Arrived = { readonly token: TokenRecord; readonly marked: ReadonlySet<string> };

function isAwaited(run: Run, node: PlanNode, { token, marked }: Arrived): boolean {
  const { reach = {} } = node;
  const leadsTo = (flow: string, at: string): boolean => reach[flow]?.has(at) ?? false;
  const empty = node.incoming.filter((flow) => !marked.has(flow));
  return tokensIn(run, token.in).some(
    (one) =>
      one.at !== node.id &&
      goesOn(one) &&
      empty.some((flow) => leadsTo(flow, one.at)) &&
      ![...marked].some((flow) => leadsTo(flow, one.at)),
  );
}

/** What compensates beside the flow ends where it stands. */
function goesOn({ undoing, for: asking }: TokenRecord): boolean {
  return asking === undefined && (undoing === undefined || undoing.after === 'go');
}

/** Waits for the first of the events that follow. */
export function enterEventGateway(run: Run, node: PlanNode, token: TokenRecord): void {
  const targets = node.outgoing.map((flow) => nodeOf(run, flow.to));
  const found = subscriptionsOf(run, targets, frameOf(token));
  if ('fault' in found) return fail(run, token, 'enter', found.fault);
  for (const one of found) subscribe(run, one, { token: token.id });
}
