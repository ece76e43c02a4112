// Messages thrown by send tasks and events. Delivery is the host's.
import type { JsonObject } from '#base/json.ts';
import type { PlanNode } from '#engine/plan.ts';
import { wantMore, type Run } from '#engine/run.ts';
import type { Frame } from '#engine/variables.ts';
import { subscriptionOf } from '#engine/waiting.ts';

/** The fault, or undefined once the message is among the wants. */
export function throwMessage(run: Run, node: PlanNode, frame: Frame, vars: JsonObject): string | undefined {
  const found = subscriptionOf(run, node, frame);
  if (!found || 'fault' in found) return found?.fault ?? 'message: none is named';
  if (found.kind !== 'message') return 'message: none is named';
  wantMore(run, {
    kind: 'throw',
    element: node.id,
    message: found.name,
    vars,
    ...(found.key !== undefined && { key: found.key }),
  });
  return undefined;
}
