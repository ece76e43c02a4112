// Which event may be triggered by what: BPMN 2.0.2 (Table 10.93) beside what the engine does when it is given a drawing of it: whether its check
// takes the drawing, and whether a case walks it as BPMN says.
import { checkModel } from '#engine/check.ts';
import { readModel } from '#engine/read.ts';
import { drawn, POSITIONS, TRIGGERS, type Position, type TriggerName } from './conformance-drawings.ts';
import { fault } from './conformance-walk.ts';

const SEVERAL: readonly TriggerName[] = ['multiple', 'parallel multiple'];
const FROM_OUTSIDE: readonly TriggerName[] = ['message', 'timer', 'conditional', 'signal', ...SEVERAL];
const FROM_WITHIN: readonly TriggerName[] = ['escalation', ...FROM_OUTSIDE];

/** BPMN 2.0.2, Table 10.93. */
const ALLOWED: Readonly<Record<Position, readonly TriggerName[]>> = {
  start: ['none', ...FROM_OUTSIDE],
  'event subprocess start, interrupting': ['error', 'compensation', ...FROM_WITHIN],
  'event subprocess start, not interrupting': FROM_WITHIN,
  'intermediate catch': ['link', ...FROM_OUTSIDE],
  'boundary, interrupting': ['error', 'cancel', 'compensation', ...FROM_WITHIN],
  'boundary, not interrupting': FROM_WITHIN,
  'intermediate throw': ['none', 'message', 'escalation', 'compensation', 'link', 'signal', 'multiple'],
  end: ['none', 'message', 'error', 'escalation', 'cancel', 'compensation', 'signal', 'terminate', 'multiple'],
};

/** Executed: taken by the check and walked as BPMN says; else `why` not. */
export type EventCell = { readonly isBpmn: boolean; readonly isExecuted: boolean; readonly why: string };
export type EventRow = { readonly position: Position; readonly cells: readonly EventCell[] };

export async function eventTable(): Promise<readonly EventRow[]> {
  return Promise.all(
    POSITIONS.map(async (position) => ({
      position,
      cells: await Promise.all(TRIGGERS.map(async (trigger) => cell(position, trigger))),
    })),
  );
}

async function cell(position: Position, trigger: TriggerName): Promise<EventCell> {
  const drawing = drawn(position, trigger);
  const { model, findings } = await readModel(drawing.xml);
  const found = [...findings, ...(model ? checkModel(model, { forms: [], decisions: [] }) : [])];
  const refused = found.filter(({ severity }) => severity === 'error').map(({ code, place }) => `${code} ${place}`);
  const why = refused.length > 0 || !model ? refused.join(', ') : fault(model, drawing, trigger);
  return { isBpmn: ALLOWED[position].includes(trigger), isExecuted: why === undefined, why: why ?? '' };
}
