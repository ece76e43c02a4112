// One step of a process: an input and `now` go in; the new state, the trail and the wants come out. Pure: the same history gives the same state.
// An input for a wait that is over, or for a case that has ended, changes nothing, so that a repeated one is harmless.
import type { JsonObject } from '#base/json.ts';
import { enterActivity } from './activity.ts';
import { catcherOf, trigger } from './behaviour/catching.ts';
import { undoNext } from './behaviour/compensation.ts';
import { fireCondition } from './behaviour/condition.ts';
import { afterUndoing, completeThrow, enterCatch, enterThrow } from './behaviour/event.ts';
import {
  arriveParallel,
  enterEventGateway,
  fireInclusiveJoin,
  leaveExclusive,
  leaveInclusive,
  leaveParallel,
} from './behaviour/gateway.ts';
import { deliver, deliverKept } from './behaviour/deliver.ts';
import { countInstance, enterMulti } from './behaviour/multi.ts';
import { hearSignal } from './behaviour/signal.ts';
import { doneScope, workScope } from './behaviour/subprocess.ts';
import { completeWith, workTask } from './behaviour/task.ts';
import { cancelTokensIn, entered, isJoin, leave } from './flow.ts';
import { FORMAT } from './format.ts';
import { moveToken } from './move.ts';
import type { Plan, PlanNode } from './plan.ts';
import {
  closeRun,
  enqueue,
  fail,
  incidentNamed,
  nodeOf,
  openRun,
  putToken,
  putWait,
  wantMore,
  type Move,
  type Phase,
  type Run,
  type TokenRecord,
  type WaitRecord,
} from './run.ts';
import { enterStart, openScope } from './scope.ts';
import type { EngineEnv, EngineInput, EngineState, StepResult } from './types.ts';
import { writeVariable } from './variables.ts';
import { closeWaitsOf, settleWait } from './waiting.ts';

export function step(plan: Plan, state: EngineState | undefined, input: EngineInput, env: EngineEnv): StepResult {
  const run = openRun(plan, state, env);
  const changed = !run.ended && apply(run, input);
  if (!changed) return { state: state ?? { format: FORMAT }, trail: [], wants: [], decisions: [] };
  drain(run);
  return closeRun(run);
}

/** False where the input means nothing here. */
function apply(run: Run, input: EngineInput): boolean {
  const started = run.scopes.size > 0;
  if (input.kind === 'start') return !started && start(run, input);
  if (!started) return false;
  switch (input.kind) {
    case 'complete':
      return onWait(run, input.wait, ['task', 'service'], (wait) => finishWork(run, wait, input.result));
    case 'error':
      return onWait(run, input.wait, ['task', 'service'], (wait) => failWork(run, wait, input));
    case 'timer':
      return onWait(run, input.wait, ['timer'], (wait) => trigger(run, wait, {}));
    case 'message':
      return deliver(run, input);
    case 'signal':
      return hearSignal(run, input.name, input.vars);
    case 'reschedule':
      return onWait(run, input.wait, ['timer'], (wait) => reschedule(run, wait, input));
    case 'set':
      return setVariables(run, input);
    case 'retry':
      return retry(run, input.incident);
    case 'move':
      return moveToken(run, input);
    case 'cancel':
      return cancel(run);
  }
}

function start(run: Run, { vars, at }: Extract<EngineInput, { kind: 'start' }>): boolean {
  const event = at === undefined ? undefined : run.plan.scopes.get(run.plan.main)?.starts.find((one) => one.id === at);
  if (at !== undefined && !event) return false;
  openScope(run, run.plan.main, vars, { at: event });
  return true;
}

function onWait(
  run: Run,
  id: WaitRecord['wait'],
  kinds: readonly WaitRecord['kind'][],
  act: (wait: WaitRecord) => void,
): boolean {
  const wait = run.waits.get(id);
  if (!wait || !kinds.includes(wait.kind)) return false;
  act(wait);
  return true;
}

function finishWork(run: Run, wait: WaitRecord, result: JsonObject): void {
  const token = tokenOf(run, wait);
  const node = nodeOf(run, token.at);
  settleWait(run, wait);
  if (node.kind === 'throw' || node.kind === 'end') completeThrow(run, node, token, result);
  else completeWith(run, token, result);
}

function failWork(run: Run, wait: WaitRecord, { code, message, vars = {} }: Extract<EngineInput, { kind: 'error' }>): void {
  const token = tokenOf(run, wait);
  settleWait(run, wait);
  const caught = catcherOf(run, token, { on: 'error', code });
  if (caught) caught(vars);
  else
    fail(
      run,
      token,
      isEvent(nodeOf(run, token.at)) ? 'enter' : 'work',
      message === undefined ? `error ${code}` : `error ${code}: ${message}`,
    );
}

function isGateway(node: PlanNode): boolean {
  return node.kind === 'exclusive' || node.kind === 'parallel' || node.kind === 'inclusive';
}

function isEvent(node: PlanNode): boolean {
  return node.kind === 'throw' || node.kind === 'end';
}

function tokenOf(run: Run, wait: WaitRecord): TokenRecord {
  const token = wait.token === undefined ? undefined : run.tokens.get(wait.token);
  if (!token) throw new Error(`the wait ${wait.wait} belongs to no token`);
  return token;
}

function reschedule(run: Run, wait: WaitRecord, { due }: Extract<EngineInput, { kind: 'reschedule' }>): void {
  putWait(run, { ...wait, due });
  wantMore(run, { kind: 'timer', wait: wait.wait, element: wait.element, due, clock: wait.clock ?? false });
}

/** Into the process's own variables; or, to mend an incident, where each name lives as seen from there. */
function setVariables(run: Run, { vars, incident }: Extract<EngineInput, { kind: 'set' }>): boolean {
  if (incident === undefined) {
    for (const scope of run.scopes.values())
      if (scope.token === undefined) run.scopes.set(scope.id, { ...scope, vars: { ...scope.vars, ...vars } });
    return true;
  }
  const at = incidentNamed(run, incident);
  const token = at && run.tokens.get(at.token);
  if (!token) return false;
  const own = Object.entries(vars).filter(([name]) => token.local !== undefined && Object.hasOwn(token.local, name));
  if (own.length > 0) putToken(run, { ...token, local: { ...token.local, ...Object.fromEntries(own) } });
  for (const [name, value] of Object.entries(vars))
    if (!own.some(([known]) => known === name)) writeVariable(run, token.in, [name], value);
  return true;
}

function retry(run: Run, id: string): boolean {
  const incident = incidentNamed(run, id);
  if (!incident) return false;
  run.incidents.delete(incident.token);
  const node = nodeOf(run, incident.element);
  const token = run.tokens.get(incident.token);
  if (token && (incident.phase === 'work' || (incident.phase === 'leave' && isGateway(node)))) entered(run, token);
  enqueue(run, { make: incident.phase, token: incident.token });
  return true;
}

function cancel(run: Run): boolean {
  for (const scope of run.scopes.values()) {
    if (scope.token !== undefined) continue;
    cancelTokensIn(run, scope.id);
    closeWaitsOf(run, scope.id);
  }
  run.ended = { how: 'cancelled' };
  return true;
}

/** Makes all moves until every token rests; then lets happen what only a resting process can judge: inclusive joins, conditions, kept messages. */
function drain(run: Run): void {
  do {
    for (let move = run.queue[run.made]; move; move = run.queue[run.made]) {
      run.made += 1;
      run.between.delete(move.token);
      const token = run.tokens.get(move.token);
      if (!token) continue;
      const again = run.made > run.allowed ? phaseOf(move) : undefined;
      if (again) fail(run, token, again, 'a loop without end');
      else makeMove(run, move, token);
    }
  } while (!run.ended && (fireInclusiveJoin(run) || fireCondition(run) || deliverKept(run)));
}

/** Where a loop without end is stopped and may be taken up again. What is done, counted or undone is so, and leads to such a place. */
function phaseOf({ make }: Move): Phase | undefined {
  return make === 'enter' || make === 'work' || make === 'leave' ? make : undefined;
}

function makeMove(run: Run, move: Move, token: TokenRecord): void {
  const node = nodeOf(run, token.at);
  switch (move.make) {
    case 'enter':
      return enter(run, node, token);
    case 'work':
      return node.kind === 'subprocess' || node.kind === 'call' ? workScope(run, node, token) : workTask(run, node, token);
    case 'leave':
      return leaveAs(run, node, token);
    case 'done':
      return doneScope(run, node, token, move);
    case 'counted':
      return countInstance(run, node, token, move.vars ?? {});
    case 'undone':
      return undoNext(run, token, (done) => afterUndoing(run, done));
  }
}

function enter(run: Run, node: PlanNode, token: TokenRecord): void {
  if (isJoin(node) && token.via !== undefined) return node.kind === 'parallel' ? arriveParallel(run, node, token) : undefined;
  entered(run, token);
  switch (node.kind) {
    case 'start':
      return enterStart(run, node, token);
    case 'end':
    case 'throw':
      return enterThrow(run, node, token);
    case 'catch':
      return enterCatch(run, node, token);
    case 'events':
      return enterEventGateway(run, node, token);
    case 'exclusive':
    case 'parallel':
    case 'inclusive':
      return leaveAs(run, node, token);
    default:
      return node.loop && token.inner === undefined ? enterMulti(run, node, token) : enterActivity(run, node, token);
  }
}

function leaveAs(run: Run, node: PlanNode, token: TokenRecord): void {
  switch (node.kind) {
    case 'exclusive':
      return leaveExclusive(run, node, token);
    case 'inclusive':
      return leaveInclusive(run, node, token);
    case 'parallel':
      return leaveParallel(run, node, token);
    default:
      return leave(run, token);
  }
}
