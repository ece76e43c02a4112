// What all activities share: input mapping and boundary events at the way in, output mapping at the way out. Knows no kind of activity.
import type { JsonObject } from '#base/json.ts';
import { completed, leave } from './flow.ts';
import type { PlanNode } from './plan.ts';
import { bareToken, enqueue, fail, nodeOf, putToken, type Run, type TokenRecord, type Undo } from './run.ts';
import { frameOf, inputsOf, writeAll, writeOutputs } from './variables.ts';
import { closeWaitsOf, subscribe, subscriptionsOf } from './waiting.ts';
import { noteUndo } from './undo.ts';

export function enterActivity(run: Run, node: PlanNode, token: TokenRecord): void {
  const local = inputsOf(run, node.inputs, frameOf(token));
  const ready = { ...token, ...(local && { local }) };
  if (token.inner === undefined && !armBoundaries(run, node, ready)) return;
  putToken(run, ready);
  enqueue(run, { make: 'work', token: token.id });
}

/** All boundary events listen, or none and an incident. */
export function armBoundaries(run: Run, node: PlanNode, token: TokenRecord): boolean {
  const found = subscriptionsOf(run, node.boundaries, frameOf(token));
  if ('fault' in found) {
    fail(run, token, 'enter', found.fault);
    return false;
  }
  for (const one of found) subscribe(run, one, { token: token.id });
  return true;
}

/** `result` goes into the variables where there is no output mapping; `seen` is what the mapping sees beside the scope; `inside` can be undone. */
export type ActivityResult = {
  readonly result: JsonObject;
  readonly seen: JsonObject;
  readonly inside?: readonly Undo[] | undefined;
};

export function completeActivity(run: Run, token: TokenRecord, { result, seen, inside }: ActivityResult): void {
  const node = nodeOf(run, token.at);
  closeWaitsOf(run, token.id);
  if (node.outputs.length > 0) writeOutputs(run, node.outputs, frameOf(token, seen));
  else writeAll(run, token.in, token.inner === undefined ? result : withoutCollected(node, result));
  completed(run, node.id);
  noteUndo(run, token, { vars: seen, inside });
  if (token.inner === undefined) return leave(run, putToken(run, bareToken(token)));
  enqueue(run, { make: 'counted', token: token.id, vars: seen });
}

/** What an instance gives to the collection is its own: the instances do not overwrite each other's (Zeebe's local output element). */
function withoutCollected(node: PlanNode, result: JsonObject): JsonObject {
  const element = node.loop?.output?.element;
  if (!element?.compiled) return result;
  return Object.fromEntries(Object.entries(result).filter(([name]) => !element.words.has(name)));
}
