// Do the manifest and the other parts of a package name each other rightly: forms, decisions, template, steps and their executors, inquiries.
import type { Finding } from '#base/finding.ts';
import type { ModelNode } from '#engine/model.ts';
import type { ElementInfo } from '#engine/types.ts';
import { checkFees } from './fees.ts';
import { problem, warning } from './findings.ts';
import type { Words } from './findings.ts';
import type { Parts } from './parts.ts';

const FILE = 'service.yaml';
const ADD: Words = ['نام را درست کنید یا آن را بیفزایید.', 'Correct the name, or add it.'];
/** What anyone may see of a document. */
const PUBLIC = ['number', 'kind', 'title', 'issued', 'validUntil', 'status'];

export function checkReferences(parts: Parts): readonly Finding[] {
  const { manifest, forms, decisions, files } = parts;
  const { decision } = manifest.fees;
  const { output } = manifest;
  return [
    ...(forms[manifest.application] ? [] : [missing('application', manifest.application)]),
    ...(decision === undefined || decisions.decisions.some((one) => one.id === decision)
      ? []
      : [missing('fees.decision', decision)]),
    ...(output && files[output.document] === undefined ? [missing('output.document', output.document)] : []),
    ...(output?.public ?? []).filter((one) => !PUBLIC.includes(one)).map(notPublic),
    ...checkFees(parts),
    ...checkExecutors(parts),
    ...checkInquiries(parts),
    ...checkForms(parts),
  ];
}

function missing(place: string, what: string, mend: Words = ADD): Finding {
  return problem(
    { code: 'missing-reference', file: FILE, place },
    [`«${what}» که در ${place} آمده در بسته نیست.`, `“${what}”, named at ${place}, is not in the package.`],
    mend,
  );
}

function notPublic(name: string): Finding {
  return problem(
    { code: 'not-public', file: FILE, place: 'output.public' },
    [`«${name}» را همه نمی‌توانند ببینند.`, `“${name}” is nothing that anyone may see.`],
    [`از این‌ها برگزینید: ${PUBLIC.join('، ')}.`, `Choose from ${PUBLIC.join(', ')}.`],
  );
}

/** Both ways: each step named exists and is worked by people; each such step is named, with the same role and unit. */
function checkExecutors({ manifest, model }: Parts): readonly Finding[] {
  const tasks = new Map(model.nodes.filter((node) => node.kind === 'user').map((node) => [node.id, node.info]));
  const rows = manifest.duties.executors;
  const served = new Set(rows.map((one) => one.step));
  const absent = rows.flatMap((one, at) => (tasks.has(one.step) ? [] : [missing(`duties.executors[${at}].step`, one.step)]));
  const unnamed = [...tasks.values()]
    .filter((info) => info.executor !== undefined && info.executor.role !== 'applicant' && !served.has(info.id))
    .map((info) =>
      missing('duties.executors', info.id, [
        'مجری این گام را در service.yaml بنویسید.',
        'Name who executes this step in service.yaml.',
      ]),
    );
  return [...absent, ...unnamed, ...rows.flatMap((one, at) => differs(tasks.get(one.step)?.executor, one, at))];
}

function differs(
  drawn: ElementInfo['executor'],
  said: { readonly step: string; readonly unit: string; readonly role: string },
  at: number,
): readonly Finding[] {
  if (!drawn) return [];
  const unitIsPlain = !drawn.unit.startsWith('=') && said.unit !== 'district';
  if (drawn.role === said.role && (!unitIsPlain || drawn.unit === said.unit)) return [];
  return [
    problem(
      { code: 'executor-differs', file: FILE, place: `duties.executors[${at}]` },
      [
        `گام ${said.step} در فرایند با ${drawn.role} از «${drawn.unit}» است، اینجا ${said.role} از «${said.unit}».`,
        `In the process ${said.step} is for ${drawn.role} of “${drawn.unit}”, here for ${said.role} of “${said.unit}”.`,
      ],
      [
        'یکی از دو را درست کنید: دفتر وظایف همین را به مردم نشان می‌دهد.',
        'Correct one of the two: the duty register shows this to the public.',
      ],
    ),
  ];
}

function checkInquiries({ manifest, model }: Parts): readonly Finding[] {
  const asked = model.nodes.flatMap((node) => {
    const type = node.info.inquiry ?? askedBy(node);
    return type === undefined ? [] : [{ id: node.id, type }];
  });
  const idle = manifest.inquiries.filter((type) => !asked.some((one) => one.type === type));
  return [
    ...asked
      .filter((one) => !manifest.inquiries.includes(one.type))
      .map((one) =>
        missing('inquiries', one.type, ['نوع استعلام را به inquiries بیفزایید.', 'Add the inquiry type to inquiries.']),
      ),
    ...idle.map((type) =>
      warning(
        { code: 'inquiry-not-asked', file: FILE, place: 'inquiries' },
        [`استعلام «${type}» در هیچ گامی پرسیده نمی‌شود.`, `No step asks the inquiry “${type}”.`],
        ['آن را بردارید یا گامش را بکشید.', 'Remove it, or draw its step.'],
      ),
    ),
  ];
}

/** The type that a step of `dargah:inquire` names as it stands; one that FEEL works out is known only in a case. */
function askedBy({ info, inputs }: ModelNode): string | undefined {
  const type = info.service === 'dargah:inquire' ? inputs.find((one) => one.target === 'type')?.source : undefined;
  return type?.startsWith('=') === true ? /^="([a-z0-9-]+)"$/.exec(type)?.[1] : type;
}

function checkForms({ manifest, model, forms }: Parts): readonly Finding[] {
  const used = new Set([manifest.application, ...model.nodes.flatMap((node) => node.info.form ?? [])]);
  return Object.keys(forms)
    .filter((id) => !used.has(id))
    .map((id) =>
      warning(
        { code: 'unused-form', file: `${id}.form` },
        [`فرم «${id}» در هیچ گامی به کار نمی‌رود.`, `No step uses the form “${id}”.`],
        ['آن را بردارید یا به گامی بدهید.', 'Remove it, or give it to a step.'],
      ),
    );
}
