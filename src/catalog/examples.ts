// Is each example of the documented shape, and does it name steps that exist. Runs nothing: cases/rehearse.ts does.
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { problem, warning } from './findings.ts';
import type { Parts } from './parts.ts';
import { isText } from './shape.ts';

const STEPS = ['submit', 'complete', 'pay', 'withdraw', 'revoke', 'advance', 'advanceWorking', 'refused'];
const PAYMENTS = ['paid', 'failed', 'abandoned', 'paid-twice', 'paid-then-failed'];
const EXPECTED = ['status', 'reason', 'fee', 'document', 'visits', 'open', 'clock', 'due', 'notified', 'refunds'];
/** Fewer examples than these leave paths unwalked. */
const FEWEST = 6;

export function checkExamples({ examples, model }: Pick<Parts, 'examples' | 'model'>): readonly Finding[] {
  const tasks = new Set(model.nodes.filter((node) => node.kind === 'user').map((node) => node.id));
  const found = Object.entries(examples).flatMap(([file, example]) => [
    ...checkHead(file, example),
    ...checkSteps(file, example, tasks),
    ...checkThen(file, example, tasks),
  ]);
  const count = Object.keys(examples).length;
  if (count >= FEWEST) return found;
  const few = warning(
    { code: 'few-examples', file: 'examples' },
    [`بسته ${count} مثال دارد.`, `The package has ${count} examples.`],
    [
      `دست‌کم ${FEWEST} مثال بنویسید: راه راست، اصلاح، رد، مهلت، پرداخت، انصراف.`,
      `Write at least ${FEWEST}: happy, correction, refusal, timer, payment, withdrawal.`,
    ],
  );
  return [...found, few];
}

function shape(file: string, place: string, what: string): Finding {
  return problem(
    { code: 'example-shape', file, place },
    [`«${place}» از شکل مثال‌ها بیرون است: ${what}`, `“${place}” is not of the shape of examples: ${what}`],
    ['docs/packages.md شکل مثال را می‌گوید.', 'docs/packages.md tells the shape of an example.'],
  );
}

function checkHead(file: string, example: JsonObject): readonly Finding[] {
  const given = example['given'];
  return [
    ...(isText(example['title']) ? [] : [shape(file, 'title', '{ fa, en }')]),
    ...(isObject(given) && typeof given['applicant'] === 'string' ? [] : [shape(file, 'given.applicant', 'a persona’s id')]),
    ...(Array.isArray(example['when']) ? [] : [shape(file, 'when', 'a list of steps')]),
    ...(isObject(example['then']) ? [] : [shape(file, 'then', 'what is expected')]),
  ];
}

function checkSteps(file: string, example: JsonObject, tasks: ReadonlySet<string>): readonly Finding[] {
  const steps = Array.isArray(example['when']) ? (example['when'] as readonly Json[]) : [];
  return steps.flatMap((step, at) => checkStep(file, `when[${at}]`, step, tasks));
}

function checkStep(file: string, place: string, step: Json, tasks: ReadonlySet<string>): readonly Finding[] {
  const [verb = '', body] = isObject(step) ? (Object.entries(step)[0] ?? []) : [];
  if (!STEPS.includes(verb)) return [shape(file, place, STEPS.join(', '))];
  const details = isObject(body) ? body : {};
  if (verb === 'complete' && !tasks.has(String(details['task'])))
    return [noTask(file, `${place}.complete.task`, String(details['task']))];
  if (verb === 'pay' && !PAYMENTS.includes(String(details['result'])))
    return [shape(file, `${place}.pay.result`, PAYMENTS.join(', '))];
  if (verb !== 'refused') return [];
  const { code, ...inside } = details;
  return [
    ...(typeof code === 'string' ? [] : [shape(file, `${place}.refused.code`, 'a refusal code')]),
    ...checkStep(file, `${place}.refused`, inside, tasks),
  ];
}

function checkThen(file: string, example: JsonObject, tasks: ReadonlySet<string>): readonly Finding[] {
  const then = isObject(example['then']) ? example['then'] : {};
  const open = Array.isArray(then['open']) ? (then['open'] as readonly Json[]) : [];
  return [
    ...Object.keys(then)
      .filter((name) => !EXPECTED.includes(name))
      .map((name) => shape(file, `then.${name}`, EXPECTED.join(', '))),
    ...open.filter((one) => !tasks.has(String(one))).map((one) => noTask(file, 'then.open', String(one))),
  ];
}

function noTask(file: string, place: string, task: string): Finding {
  return problem(
    { code: 'missing-reference', file, place },
    [`فرایند کاری با شناسه «${task}» ندارد.`, `The process has no task “${task}”.`],
    ['شناسهٔ کار را درست کنید.', 'Correct the task’s id.'],
  );
}
