// Does each task and service of the process say all that Dargah needs to carry it out (docs/packages.md): executor, form, inputs, outcome.
import type { Finding } from '#base/finding.ts';
import type { ModelNode } from '#engine/model.ts';
import type { ElementInfo } from '#engine/types.ts';
import type { Field } from '#forms/types.ts';
import { problem, warning } from './findings.ts';
import type { Words } from './findings.ts';
import type { Parts } from './parts.ts';

const FILE = 'process.bpmn';
const ROLES = ['applicant', 'officer', 'manager', 'engineer'];
/** Service → the inputs it cannot do without. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'dargah:register': ['register', 'key'],
  'dargah:pay': ['amount'],
  'dargah:issue': ['data'],
  'dargah:notify': ['to', 'message'],
  'dargah:inquire': ['type', 'question'],
};

export function checkWork(parts: Parts): readonly Finding[] {
  return [
    ...parts.model.nodes.flatMap((node) => [
      ...checkTask(node, parts),
      ...checkService(node, parts),
      ...checkMessage(node, parts),
    ]),
    ...checkNames(parts),
    ...checkEnds(parts),
    ...checkPresence(parts),
  ];
}

function fault(code: string, place: string, reason: Words, mend: Words): Finding {
  return problem({ code, file: FILE, place }, reason, mend);
}

type TaskRule = {
  readonly code: string;
  readonly isBroken: (info: ElementInfo, fields: readonly Field[]) => boolean;
  readonly reason: Words;
  readonly mend: Words;
};

const TASK_RULES: readonly TaskRule[] = [
  {
    code: 'executor-missing',
    isBroken: ({ executor }) => executor === undefined || executor.unit === '',
    reason: ['کار مجری ندارد.', 'The task has no executor.'],
    mend: ['dargah:executor با unit و role بنویسید.', 'Write dargah:executor with unit and role.'],
  },
  {
    code: 'executor-role',
    isBroken: ({ executor }) => executor !== undefined && !ROLES.includes(executor.role),
    reason: ['نقش مجری نقشی نیست که کار را انجام دهد.', 'The executor’s role is none that works tasks.'],
    mend: [`یکی از ${ROLES.join('، ')} بنویسید.`, `Write one of ${ROLES.join(', ')}.`],
  },
  {
    code: 'form-missing',
    isBroken: ({ form }) => form === undefined,
    reason: ['کار فرم ندارد.', 'The task has no form.'],
    mend: ['zeebe:formDefinition با formId بنویسید.', 'Write zeebe:formDefinition with formId.'],
  },
  {
    code: 'corrections-without-decision',
    isBroken: ({ properties }, fields) => properties?.['corrections'] !== undefined && !offers(fields, 'decision', 'correct'),
    reason: [
      'کار اصلاح می‌خواهد، اما فرمش مورد decision با گزینهٔ correct ندارد.',
      'The task asks for corrections, but its form has no field “decision” with the option “correct”.',
    ],
    mend: ['این مورد را به فرم بیفزایید.', 'Add it to the form.'],
  },
  {
    code: 'only-for-applicant',
    isBroken: ({ properties, executor }) => properties?.['only'] !== undefined && executor?.role !== 'applicant',
    reason: ['only تنها برای کار متقاضی است.', 'Only a task of the applicant can have “only”.'],
    mend: ['نقش مجری را applicant کنید یا only را بردارید.', 'Make the executor’s role “applicant”, or remove “only”.'],
  },
  {
    code: 'inquiry-to-applicant',
    isBroken: ({ inquiry, executor }) => inquiry !== undefined && executor?.role === 'applicant',
    reason: ['استعلام از متقاضی نمی‌شود.', 'An inquiry is not put to the applicant.'],
    mend: ['مجری را واحدی کنید که پاسخ می‌دهد.', 'Make the unit that answers its executor.'],
  },
];

function checkTask({ kind, id, info }: ModelNode, { forms }: Parts): readonly Finding[] {
  if (kind !== 'user') return [];
  const fields = (info.form === undefined ? undefined : forms[info.form])?.pages.flatMap((page) => page.fields) ?? [];
  return TASK_RULES.filter((rule) => rule.isBroken(info, fields)).map((rule) => fault(rule.code, id, rule.reason, rule.mend));
}

function offers(fields: readonly Field[], key: string, option: string): boolean {
  return fields.some((field) => field.key === key && field.options?.some((one) => one.value === option) === true);
}

function checkService({ id, info, inputs }: ModelNode, { manifest }: Parts): readonly Finding[] {
  const { service } = info;
  if (service === undefined) return [];
  const needed = NEEDED[service];
  if (!needed)
    return [
      fault(
        'unknown-service',
        id,
        [`خدمت «${service}» را سکو نمی‌شناسد.`, `The platform has no service “${service}”.`],
        [`یکی از ${Object.keys(NEEDED).join('، ')} بنویسید.`, `Write one of ${Object.keys(NEEDED).join(', ')}.`],
      ),
    ];
  const given = new Set(inputs.map((one) => one.target));
  const absent = needed
    .filter((name) => !given.has(name))
    .map((name) =>
      fault(
        'service-input',
        id,
        [`${service} به ورودی «${name}» نیاز دارد.`, `${service} needs the input “${name}”.`],
        ['آن را در zeebe:ioMapping بنویسید.', 'Write it in zeebe:ioMapping.'],
      ),
    );
  if (service === 'dargah:issue' && !manifest.output)
    absent.push(
      problem(
        { code: 'missing-reference', file: 'service.yaml', place: 'output' },
        [`گام ${id} سند صادر می‌کند، اما output نیست.`, `The step ${id} issues a document, but there is no output.`],
        ['output را بنویسید.', 'Write output.'],
      ),
    );
  return absent;
}

/** The words of a notification must be there, in both languages, where the model names them plainly. */
function checkMessage({ id, info, inputs }: ModelNode, { texts }: Parts): readonly Finding[] {
  if (info.service !== 'dargah:notify') return [];
  const source = inputs.find((one) => one.target === 'message')?.source ?? '';
  const key = /^=\s*"([^"]+)"$/.exec(source)?.[1] ?? (source.startsWith('=') ? undefined : source);
  if (key === undefined || (texts.fa[key] !== undefined && texts.en[key] !== undefined)) return [];
  return [
    fault(
      'missing-text',
      id,
      [`متن پیام «${key}» در fa.json یا en.json نیست.`, `The message “${key}” is not in fa.json or en.json.`],
      ['آن را به هر دو بیفزایید.', 'Add it to both.'],
    ),
  ];
}

/** A diagram has names in one language; people of the other read `step.<id>` of the texts. */
function checkNames({ model, texts }: Parts): readonly Finding[] {
  const named = model.nodes.filter((node) => node.info.name !== '');
  const ids = new Set(model.nodes.map((node) => node.id));
  const bare = named.filter(({ id }) => texts.fa[`step.${id}`] === undefined && texts.en[`step.${id}`] === undefined);
  const idle = Object.keys(texts.fa).filter((key) => key.startsWith('step.') && !ids.has(key.slice('step.'.length)));
  return [
    ...bare.map(({ id, info }) =>
      warning(
        { code: 'step-without-name', file: FILE, place: id },
        [
          `گام «${info.name}» تنها به زبان نمودار نام دارد.`,
          `The step “${info.name}” has a name in the diagram’s language only.`,
        ],
        [`‏step.${id} را به fa.json و en.json بیفزایید.`, `Add step.${id} to fa.json and en.json.`],
      ),
    ),
    ...idle.map((key) =>
      warning(
        { code: 'name-without-step', file: 'fa.json', place: key },
        [`«${key}» نام گامی است که در فرایند نیست.`, `“${key}” names a step that the process does not have.`],
        ['آن را بردارید یا شناسه را درست کنید.', 'Remove it, or correct the id.'],
      ),
    ),
  ];
}

/** A case that ends says how; a refusal says why. */
function checkEnds({ model }: Parts): readonly Finding[] {
  const ends = model.nodes.filter((node) => node.kind === 'end' && node.scope === model.main);
  const silent = ends.every((node) => node.info.outcome === undefined);
  const bare = ends.filter((node) => node.info.outcome?.status === 'refused' && node.info.outcome.reason === undefined);
  return [
    ...(silent
      ? [
          fault(
            'no-outcome',
            model.main,
            ['هیچ پایانی نمی‌گوید پرونده چه شد.', 'No end says what became of the case.'],
            ['به رویداد پایان dargah:outcome بدهید.', 'Give the end events dargah:outcome.'],
          ),
        ]
      : []),
    ...bare.map(({ id }) =>
      fault(
        'refusal-without-reason',
        id,
        ['پرونده اینجا بی‌دلیل رد می‌شود.', 'The case is refused here without a reason.'],
        ['به dargah:outcome ویژگی reason بدهید.', 'Give dargah:outcome a reason.'],
      ),
    ),
  ];
}

/** Presence declared against presence drawn. */
function checkPresence({ model, manifest }: Parts): readonly Finding[] {
  const drawn = model.nodes.filter((node) => node.info.visit !== undefined).length;
  const { mode, visits } = manifest;
  const said = mode === 'remote' ? 0 : visits.city;
  if ((said === 0) === (drawn === 0)) return [];
  return [
    warning(
      { code: 'visits-differ', file: 'service.yaml', place: 'visits' },
      [
        `بازدید شهر ${said} اعلام شده، اما فرایند ${drawn} گام بازدید دارد.`,
        `${said} visits of the city are declared, but the process draws ${drawn}.`,
      ],
      ['mode و visits را با فرایند یکی کنید.', 'Make mode and visits agree with the process.'],
    ),
  ];
}
