// Sound processes whose orders are many: blocks in a line, branches side by side, blocks within blocks; with choices, loops and events at borders.
import { definitions, drawn } from './drawing.ts';

const flow = (from: string, to: string, condition = ''): string =>
  `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}">${condition && `<bpmn:conditionExpression>${condition}</bpmn:conditionExpression>`}</bpmn:sequenceFlow>`;
const user = (id: string): string => `<bpmn:userTask id="${id}"/>`;
const gate = (kind: 'exclusive' | 'parallel', id: string, otherwise = ''): string =>
  `<bpmn:${kind}Gateway id="${id}"${otherwise === '' ? '' : ` default="${otherwise}"`}/>`;

type Part = { readonly xml: readonly string[]; readonly first: string; readonly last: string };

/** `count` tasks one after the other. */
function line(id: string, count: number): Part {
  const ids = Array.from({ length: count }, (_, n) => `${id}t${n}`);
  const flows = ids.slice(1).map((to, at) => flow(ids[at] ?? '', to));
  return { xml: [...ids.map(user), ...flows], first: ids[0] ?? '', last: ids.at(-1) ?? '' };
}

/** Nine elements: a task that is done again until it is right, with a reminder at its border, and a choice of two ways after it. */
function work(id: string): Part {
  const [merge, task, again, left, right, end, remind, told] = ['m', 't', 'x', 'l', 'r', 'e', 'b', 'n'].map(
    (one) => id + one,
  ) as [string, string, string, string, string, string, string, string];
  const xml = [
    gate('exclusive', merge),
    user(task),
    gate('exclusive', again, `${again}_${right}`),
    user(left),
    user(right),
    gate('exclusive', end),
    `<bpmn:boundaryEvent id="${remind}" attachedToRef="${task}" cancelActivity="false"><bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`,
    user(told),
    `<bpmn:endEvent id="${told}e"/>`,
    flow(merge, task),
    flow(task, again),
    flow(again, merge, `=again`),
    flow(again, left, `=left`),
    flow(again, right),
    flow(left, end),
    flow(right, end),
    flow(remind, told),
    flow(told, `${told}e`),
  ];
  return { xml, first: merge, last: end };
}

function whole(parts: readonly string[], first: string, last: string): string {
  return definitions('<bpmn:startEvent id="Start"/><bpmn:endEvent id="End"/>', ...parts, flow('Start', first), flow(last, 'End'));
}

/** One fork of `branches`, each a piece of work and a line of tasks, as even as may be. */
function wide(elements: number, branches: number): string {
  const room = elements - 4;
  const parts = Array.from({ length: branches }, (_, n) => {
    const size = Math.floor(room / branches) + (n < room % branches ? 1 : 0);
    const own = size > 9 ? work(`w${n}`) : undefined;
    const tasks = line(`w${n}`, size - (own ? 9 : 0));
    return own ? { xml: [...own.xml, ...tasks.xml, flow(own.last, tasks.first)], first: own.first, last: tasks.last } : tasks;
  });
  const xml = [
    gate('parallel', 'Fork'),
    gate('parallel', 'Join'),
    ...parts.flatMap((part) => [...part.xml, flow('Fork', part.first), flow(part.last, 'Join')]),
  ];
  return whole(xml, 'Fork', 'Join');
}

/** A fork in a branch of a fork in a branch of a fork: four elements a level, tasks for the rest. */
function nested(elements: number): string {
  const levels = Math.floor((elements - 3) / 4);
  const rest = line('rest', elements - 2 - 4 * levels);
  let inner: Part = rest;
  for (let level = 1; level <= levels; level += 1) {
    const [fork, join, before, beside] = ['f', 'j', 'a', 'b'].map((one) => `${one}${level}`) as [string, string, string, string];
    const xml = [
      ...inner.xml,
      gate('parallel', fork),
      gate('parallel', join),
      user(before),
      user(beside),
      flow(fork, before),
      flow(before, inner.first),
      flow(inner.last, join),
      flow(fork, beside),
      flow(beside, join),
    ];
    inner = { xml, first: fork, last: join };
  }
  return whole(inner.xml, inner.first, inner.last);
}

/** Branches side by side, each step of which also waits for the step before of the branch at its left: no block to take out. */
function woven(branches: number, layers: number): string {
  const xml = [gate('parallel', 'Fork'), gate('parallel', 'Join')];
  for (let branch = 0; branch < branches; branch += 1)
    for (let layer = 0; layer < layers; layer += 1) {
      const at = `${branch}_${layer}`;
      xml.push(user(`t${at}`), gate('parallel', `g${at}`), flow(`t${at}`, `g${at}`));
      xml.push(flow(layer === 0 ? 'Fork' : `g${branch}_${layer - 1}`, `t${at}`));
      if (layer === layers - 1) xml.push(flow(`g${at}`, 'Join'));
      else if (branch < branches - 1) xml.push(flow(`g${at}`, `g${branch + 1}_${layer + 1}`));
    }
  return whole(xml, 'Fork', 'Join');
}

/** An inclusive choice of branches, each a line of tasks, and the join that waits for those taken. */
function inclusive(elements: number, branches: number): string {
  const room = elements - 4;
  const parts = Array.from({ length: branches }, (_, n) =>
    line(`w${n}`, Math.floor(room / branches) + (n < room % branches ? 1 : 0)),
  );
  const xml = [
    `<bpmn:inclusiveGateway id="Fork" default="Fork_${parts[0]?.first}"/><bpmn:inclusiveGateway id="Join"/>`,
    ...parts.flatMap((part, n) => [
      ...part.xml,
      flow('Fork', part.first, n === 0 ? '' : `=n = ${n} or m`),
      flow(part.last, 'Join'),
    ]),
  ];
  return whole(xml, 'Fork', 'Join');
}

const WOVEN: Readonly<Record<number, readonly [branches: number, layers: number]>> = { 20: [2, 4], 60: [4, 7], 200: [7, 14] };

/** Drawings of 20, 60 or 200 elements. */
export const SHAPES: Readonly<Record<string, (elements: number) => string>> = {
  blocks: (elements) => drawn({ elements, go: '=go' }),
  wide: (elements) => wide(elements, elements <= 20 ? 4 : elements <= 60 ? 5 : 10),
  nested,
  woven: (elements) => woven(...(WOVEN[elements] ?? [1, 1])),
  inclusive: (elements) => inclusive(elements, elements <= 20 ? 3 : elements <= 60 ? 4 : 6),
};
