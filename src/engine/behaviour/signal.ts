// Signals: heard by everything in the case that listens at that moment, and told to the host for every other case. None is kept.
import type { JsonObject } from '#base/json.ts';
import type { PlanNode } from '#engine/plan.ts';
import { wantMore, type Run } from '#engine/run.ts';
import { evaluateText, type Frame } from '#engine/variables.ts';
import { trigger } from './catching.ts';

/** False where nothing in the case listens to it. */
export function hearSignal(run: Run, name: string, vars: JsonObject): boolean {
  const hearing = [...run.waits.values()].filter((wait) => wait.kind === 'signal' && wait.name === name);
  for (const wait of hearing) if (run.waits.has(wait.wait)) trigger(run, wait, vars);
  return hearing.length > 0;
}

/** The fault, or undefined once the signal is thrown. */
export function throwSignal(run: Run, node: PlanNode, frame: Frame, vars: JsonObject): string | undefined {
  if (node.trigger.on !== 'signal') return 'signal: none is named';
  const name = evaluateText(run, node.trigger.name, frame);
  if (name === undefined || name === '') return `signal: ${node.trigger.name.source} gives no name`;
  wantMore(run, { kind: 'broadcast', element: node.id, signal: name, vars });
  hearSignal(run, name, vars);
  return undefined;
}
