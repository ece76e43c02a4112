// Tasks: what each kind does once its input is mapped and its boundary events listen. Those that wait for no one complete at once.
import type { Json, JsonObject } from '#base/json.ts';
import type { Instant } from '#base/instant.ts';
import { fromFeel } from '#rules/values.ts';
import { completeActivity } from '#engine/activity.ts';
import type { PlanNode } from '#engine/plan.ts';
import { fail, type Run, type TokenRecord } from '#engine/run.ts';
import { workingPlus } from '#engine/timer.ts';
import type { Executor } from '#engine/types.ts';
import { contextOf, evaluateJson, evaluateText, frameOf, placed } from '#engine/variables.ts';
import { openWork, subscribe, subscriptionOf } from '#engine/waiting.ts';
import { throwMessage } from './message.ts';

export function workTask(run: Run, node: PlanNode, token: TokenRecord): void {
  switch (node.kind) {
    case 'user':
      return openUserTask(run, node, token);
    case 'service':
      return openService(run, node, token);
    case 'send':
      return node.info.service === undefined ? sendMessage(run, node, token) : openService(run, node, token);
    case 'receive':
      return receive(run, node, token);
    case 'script':
      return runScript(run, node, token);
    case 'rule':
      return node.decision ? decide(run, node, token) : openService(run, node, token);
    default:
      return completeWith(run, token, {});
  }
}

export function completeWith(run: Run, token: TokenRecord, result: JsonObject): void {
  completeActivity(run, token, { result, seen: result });
}

function openUserTask(run: Run, node: PlanNode, token: TokenRecord): void {
  const executor = executorOf(run, node, token);
  if (executor === null) return fail(run, token, 'work', `executor: ${node.unit?.source} gives no unit`);
  const due = dueOf(run, node, token);
  if (due === null) return fail(run, token, 'work', `deadline: ${node.due?.source} is not a working time`);
  openWork(run, token, {
    kind: 'task',
    element: node.info,
    input: token.local ?? {},
    ...(executor && { executor }),
    ...(due && { due }),
  });
}

function executorOf(run: Run, { info, unit }: PlanNode, token: TokenRecord): Executor | undefined | null {
  if (!info.executor || !unit) return undefined;
  const name = evaluateText(run, unit, frameOf(token));
  return name === undefined || (unit.compiled && name === '') ? null : { unit: name, role: info.executor.role };
}

function dueOf(run: Run, { due }: PlanNode, token: TokenRecord): Instant | undefined | null {
  if (!due) return undefined;
  const duration = evaluateText(run, due, frameOf(token));
  return (duration !== undefined && workingPlus(run, run.env.now, duration)) || null;
}

function openService(run: Run, node: PlanNode, token: TokenRecord): void {
  openWork(run, token, { kind: 'service', element: node.info, input: token.local ?? {} });
}

function sendMessage(run: Run, node: PlanNode, token: TokenRecord): void {
  const fault = throwMessage(run, node, frameOf(token), token.local ?? {});
  if (fault !== undefined) return fail(run, token, 'work', fault);
  return completeWith(run, token, {});
}

function receive(run: Run, node: PlanNode, token: TokenRecord): void {
  const found = subscriptionOf(run, node, frameOf(token));
  if (!found || 'fault' in found) return fail(run, token, 'work', found?.fault ?? 'message: none is named');
  subscribe(run, found, { token: token.id });
}

function runScript(run: Run, { script }: PlanNode, token: TokenRecord): void {
  const result: JsonObject = script ? placed({}, script.result, evaluateJson(run, script.value, frameOf(token))) : {};
  return completeWith(run, token, result);
}

function decide(run: Run, { id, decision }: PlanNode, token: TokenRecord): void {
  if (!decision || !run.plan.library) return fail(run, token, 'work', 'decision: the plan was compiled without decisions');
  const { library } = run.plan;
  const context = contextOf(run, decision.inputs, frameOf(token));
  let value: Json;
  try {
    const given = library.evaluate(decision.id, context);
    const problem = given.problems[0];
    if (given.value === null && problem)
      return fail(run, token, 'work', `decision ${decision.id}: ${problem.reason.en} (${problem.place})`);
    run.decisions.push({ element: id, decision: decision.id, value: given.value, hits: given.hits });
    value = fromFeel(given.value);
  } catch (error) {
    return fail(run, token, 'work', `decision ${decision.id}: ${error instanceof Error ? error.message : 'failed'}`);
  }
  return completeWith(run, token, placed({}, decision.result, value));
}
