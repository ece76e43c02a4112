// How the engine's tests draw a process in few words and play it. Holds no test itself.
import assert from 'node:assert/strict';
import { instant, plusMillis, type Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { DecisionLibrary } from '#rules/types.ts';
import { compile } from './compile.ts';
import type { Plan } from './plan.ts';
import { readModel } from './read.ts';
import { step } from './step.ts';
import type { EngineEnv, EngineInput, EngineState, EngineWant, Incident, StepResult, WaitId } from './types.ts';
import { incidents, variables, waits } from './waits.ts';

export const NOW = instant('2026-11-24T09:00:00+03:30');

export function definitions(...roots: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:dargah="https://dargah.city/schema/bpmn/1.0" id="definitions" targetNamespace="https://dargah.city">
${roots.join('\n')}
</bpmn:definitions>`;
}

export function process(id: string, ...parts: readonly string[]): string {
  return `<bpmn:process id="${id}" isExecutable="true">${parts.join('\n')}</bpmn:process>`;
}

/** One process `P` of these parts, read by a person as a line of elements and flows. */
export function drawn(...parts: readonly string[]): string {
  return definitions(process('P', ...parts));
}

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** `el('userTask', 'A', { default: 'f' }, …inner XML)`. */
export function el(
  type: string,
  id: string,
  attributes: Readonly<Record<string, string>> = {},
  ...inner: readonly string[]
): string {
  const written = Object.entries({ id, ...attributes }).map(([name, value]) => ` ${name}="${attribute(value)}"`);
  return `<bpmn:${type}${written.join('')}>${inner.join('')}</bpmn:${type}>`;
}

export function ext(...inner: readonly string[]): string {
  return `<bpmn:extensionElements>${inner.join('')}</bpmn:extensionElements>`;
}

export function io(inputs: Readonly<Record<string, string>>, outputs: Readonly<Record<string, string>> = {}): string {
  const rows = (kind: string, all: Readonly<Record<string, string>>): string[] =>
    Object.entries(all).map(([target, source]) => `<zeebe:${kind} source="${attribute(source)}" target="${target}"/>`);
  return `<zeebe:ioMapping>${[...rows('input', inputs), ...rows('output', outputs)].join('')}</zeebe:ioMapping>`;
}

export function service(id: string, type: string, ...more: readonly string[]): string {
  return el('serviceTask', id, {}, ext(`<zeebe:taskDefinition type="${type}"/>`, ...more));
}

export function script(id: string, result: string, expression: string): string {
  return el('scriptTask', id, {}, ext(`<zeebe:script expression="${attribute(expression)}" resultVariable="${result}"/>`));
}

/** Flows along a line of ids: `path('S A E')` gives `S_A` and `A_E`. */
export function path(line: string): string {
  const ids = line.split(' ');
  return ids
    .slice(1)
    .map((to, index) => `<bpmn:sequenceFlow id="${ids[index]}_${to}" sourceRef="${ids[index]}" targetRef="${to}"/>`)
    .join('');
}

export function when(from: string, to: string, condition: string): string {
  return `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}"><bpmn:conditionExpression>${attribute(condition)}</bpmn:conditionExpression></bpmn:sequenceFlow>`;
}

export function timer(form: 'timeDuration' | 'timeDate' | 'timeCycle', text: string, extension = ''): string {
  return `<bpmn:timerEventDefinition>${extension === '' ? '' : ext(extension)}<bpmn:${form}>${attribute(text)}</bpmn:${form}></bpmn:timerEventDefinition>`;
}

export async function planned(xml: string, library?: DecisionLibrary): Promise<Plan> {
  const { model, findings } = await readModel(xml);
  assert.deepEqual(findings, []);
  assert.ok(model);
  return compile(model, library);
}

/** A case at play: each move keeps the last result, and checks that the state survives JSON. */
export class Play {
  readonly plan: Plan;
  state: EngineState | undefined = undefined;
  now: Instant = NOW;
  last: StepResult = { state: { format: 2 }, trail: [], wants: [], decisions: [] };
  history: string[] = [];

  constructor(plan: Plan) {
    this.plan = plan;
  }

  get env(): EngineEnv {
    return { now: this.now, workingDue: (from, duration) => workingDue(from, duration) };
  }

  input(input: EngineInput): this {
    this.last = step(this.plan, this.state, input, this.env);
    this.state = JSON.parse(JSON.stringify(this.last.state)) as EngineState;
    assert.deepEqual(this.state, this.last.state);
    this.history.push(...this.last.trail.map((entry) => `${entry.did} ${entry.element}`));
    return this;
  }

  start(vars: JsonObject = {}): this {
    return this.input({ kind: 'start', vars });
  }

  wait(element: string): WaitId {
    const found = waits(this.state ?? { format: 2 }).find((one) => one.element === element);
    assert.ok(found, `nothing waits at ${element}, but at ${this.waiting().join(', ')}`);
    return found.wait;
  }

  complete(element: string, result: JsonObject = {}): this {
    return this.input({ kind: 'complete', wait: this.wait(element), result });
  }

  fail(element: string, code: string, vars?: JsonObject): this {
    return this.input({ kind: 'error', wait: this.wait(element), code, ...(vars && { vars }) });
  }

  fire(element: string): this {
    return this.input({ kind: 'timer', wait: this.wait(element) });
  }

  message(name: string, vars: JsonObject = {}, key?: string): this {
    return this.input({ kind: 'message', name, vars, ...(key !== undefined && { key }) });
  }

  pass(millis: number): this {
    this.now = plusMillis(this.now, millis);
    return this;
  }

  /** Elements waited at, sorted. */
  waiting(): readonly string[] {
    return waits(this.state ?? { format: 2 })
      .map((one) => one.element)
      .toSorted();
  }

  vars(): JsonObject {
    return variables(this.state ?? { format: 2 });
  }

  incidents(): readonly Incident[] {
    return incidents(this.state ?? { format: 2 });
  }

  ended(): string | undefined {
    return this.state?.ended?.how;
  }

  wants<K extends EngineWant['kind']>(kind: K): readonly Extract<EngineWant, { kind: K }>[] {
    return this.last.wants.filter((want): want is Extract<EngineWant, { kind: K }> => want.kind === kind);
  }
}

/** A calendar in which every day works 24 hours but counts double: enough to see that it was asked. */
function workingDue(from: Instant, duration: string): Instant {
  const days = /^P(\d+)D$/.exec(duration)?.[1];
  if (days === undefined) throw new Error('not a working duration');
  return plusMillis(from, Number(days) * 2 * 86_400_000);
}

export async function play(...parts: readonly string[]): Promise<Play> {
  return new Play(await planned(drawn(...parts)));
}
