// Processes as the benchmarks draw them: of any number of elements, sound, in plain BPMN, so that any engine can read them.

export type Drawing = {
  readonly elements: number;
  /** The condition "go", in the language of the engine that reads it. */
  readonly go: string;
};

const flow = (from: string, to: string, condition = ''): string =>
  `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}">${condition && `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>`}</bpmn:sequenceFlow>`;

export function definitions(...parts: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="https://dargah.city">
<bpmn:process id="P" isExecutable="true">
${parts.join('\n')}
</bpmn:process></bpmn:definitions>`;
}

/** Ten elements: a check, a choice, two tasks side by side, a task after them, the merge, an approval with a timer at its border. */
function block(n: number, before: string, go: string): { readonly xml: string; readonly last: string } {
  const [check, choice, fork, a, b, join, after, merge, approve, late] = [
    'Check',
    'Choice',
    'Fork',
    'A',
    'B',
    'Join',
    'After',
    'Merge',
    'Approve',
    'Late',
  ].map((name) => `${name}${n}`) as [string, string, string, string, string, string, string, string, string, string];
  const users = [check, a, b, after, approve].map((id) => `<bpmn:userTask id="${id}"/>`);
  const xml = [
    ...users,
    `<bpmn:exclusiveGateway id="${choice}" default="${choice}_${merge}"/><bpmn:exclusiveGateway id="${merge}"/>`,
    `<bpmn:parallelGateway id="${fork}"/><bpmn:parallelGateway id="${join}"/>`,
    `<bpmn:boundaryEvent id="${late}" attachedToRef="${approve}"><bpmn:timerEventDefinition id="${late}_timer"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P10D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`,
    flow(before, check),
    flow(check, choice),
    flow(choice, fork, go),
    flow(choice, merge),
    flow(fork, a),
    flow(fork, b),
    flow(a, join),
    flow(b, join),
    flow(join, after),
    flow(after, merge),
    flow(merge, approve),
    flow(late, 'End'),
  ].join('\n');
  return { xml, last: approve };
}

/** A start, blocks of ten, user tasks in a line for the rest, an end. */
export function drawn({ elements, go }: Drawing): string {
  const parts = ['<bpmn:startEvent id="Start"/><bpmn:endEvent id="End"/>'];
  let last = 'Start';
  const blocks = Math.floor((elements - 2) / 10);
  for (let n = 1; n <= blocks; n += 1) {
    const made = block(n, last, go);
    parts.push(made.xml);
    last = made.last;
  }
  for (let n = 1; n <= elements - 2 - 10 * blocks; n += 1) {
    parts.push(`<bpmn:userTask id="Line${n}"/>`, flow(last, `Line${n}`));
    last = `Line${n}`;
  }
  return definitions(...parts, flow(last, 'End'));
}

/** One task for each of `items`, all at once. */
export const MANY_AT_ONCE = definitions(
  `<bpmn:startEvent id="Start"/><bpmn:endEvent id="End"/>
<bpmn:userTask id="Each"><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>`,
  flow('Start', 'Each'),
  flow('Each', 'End'),
);

/** A task done again until `again` is false. */
export const ROUND_AND_ROUND = definitions(
  '<bpmn:startEvent id="Start"/><bpmn:endEvent id="End"/><bpmn:exclusiveGateway id="In"/><bpmn:userTask id="Work"/><bpmn:exclusiveGateway id="Out" default="Out_End"/>',
  flow('Start', 'In'),
  flow('In', 'Work'),
  flow('Work', 'Out'),
  flow('Out', 'In', '=again'),
  flow('Out', 'End'),
);
