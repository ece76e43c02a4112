// An inquiry type from its folder: what is asked and answered, who answers, under which law; its rule compiled, its examples run.
// Never throws for what an author wrote: every fault is a finding with its file and place.
import type { Finding } from '#base/finding.ts';
import type { FieldFault } from '#base/refusal.ts';
import { canonical, isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { isPeriod } from '#calendar/period.ts';
import { readWorkingDuration } from '#calendar/working.ts';
import { validator } from '#inquiries/schema.ts';
import type { InquiryType, Responder } from '#inquiries/types.ts';
import { compileExpression } from '#rules/expression.ts';
import { problem } from './findings.ts';
import { answerByRule, draftOf, subjectOf } from './inquiry-rule.ts';
import type { InquiryPackage } from './types.ts';
import { decisionsOf, yamlOf } from './read-parts.ts';
import { isList, isOneOf, isWord, judge, KEBAB, need, TEXT, VERSION } from './shape.ts';
import type { Needs } from './shape.ts';
import type { PackageFiles } from './types.ts';

const FILE = 'inquiry.yaml';

/** `inquiry` is absent where any finding is an error. */
export type ReadInquiry = { readonly inquiry?: InquiryPackage; readonly findings: readonly Finding[] };

const isSchema = (value: Json | undefined): boolean =>
  isObject(value) && value['type'] === 'object' && isObject(value['properties']);

const NEEDS: Needs = {
  id: KEBAB,
  version: VERSION,
  title: TEXT,
  summary: TEXT,
  owner: need('شناسه واحد مالک', 'the owner’s unit id', isWord),
  asks: need(
    'فهرستی از شناسه واحدهایی که می‌توانند بپرسند؛ district-*-planning یعنی همان واحد در هر منطقه',
    'a list of ids of units that may ask; district-*-planning is that unit of every district',
    (value) => value === undefined || isList((one) => typeof one === 'string' && /^[a-z0-9-]+(\*[a-z0-9-]*)?$/.test(one))(value),
  ),
  question: need('یک JSON Schema از نوع object', 'a JSON Schema of type object', isSchema),
  answer: need('یک JSON Schema از نوع object', 'a JSON Schema of type object', isSchema),
  responders: need(
    'فهرستی از پاسخ‌دهندگان: register با register، key و decision (و شاید with و near)؛ connector؛ یا unit',
    'a list of responders: a register with register, key and decision (and with and near, if need be); a connector; or a unit',
    (value) => isList(isResponder)(value) && (value as readonly Json[]).length > 0,
  ),
  deadline: need(
    'مدت کاری مانند P2D',
    'working time like P2D',
    (value) => typeof value === 'string' && readWorkingDuration(value) !== undefined,
  ),
  silence: need('none، escalate یا no-objection', 'none, escalate or no-objection', isOneOf('none', 'escalate', 'no-objection')),
  legal: TEXT,
  subject: need('شیئی با person یا property', 'an object with person or property', isObject),
  sample: need('true یا false', 'true or false', (value) => typeof value === 'boolean'),
};

function isResponder(value: Json): boolean {
  if (!isObject(value)) return false;
  switch (value['by']) {
    case 'register':
      return isWord(value['register']) && isWord(value['key']) && isWord(value['decision']) && isBeside(value);
    case 'connector':
      return isWord(value['connector']);
    case 'unit':
      return isWord(value['unit']) && (value['draft'] === undefined || isWord(value['draft']));
    default:
      return false;
  }
}

/** What a rule reads beside its record: other registers, and layers within so many metres. Their names are names in its decision. */
function isBeside({ with: registers = [], near = [] }: JsonObject): boolean {
  const isName = (one: Json): boolean =>
    typeof one === 'string' && /^[a-z]+$/.test(one) && !['question', 'found', 'record', 'near', 'plan'].includes(one);
  const isNear = (one: Json): boolean =>
    isObject(one) && isWord(one['layer']) && typeof one['within'] === 'number' && one['within'] >= 0 && one['within'] <= 2000;
  return isList(isName)(registers) && isList(isNear)(near);
}

/** `isPublished`: what runs already is read for as long as it can run; later, stricter checks are told but stop nothing (ADR 6). */
export function readInquiryType(files: PackageFiles, { isPublished = false } = {}): ReadInquiry {
  const findings: Finding[] = [];
  const yaml = yamlOf(files, FILE, findings);
  if (yaml === undefined) return { findings };
  findings.push(...judge(yaml, NEEDS, { file: FILE, code: 'inquiry-type' }));
  const reuse = isObject(yaml) ? yaml['reuse'] : undefined;
  if (reuse !== undefined && !(typeof reuse === 'string' && isPeriod(reuse)))
    findings.push(
      fault(
        'inquiry-type',
        'reuse',
        ['مدت اعتبار پاسخ درست نیست.', 'The validity of an answer is not right.'],
        ['مدتی مانند P1D بنویسید.', 'Write a period like P1D.'],
      ),
    );
  const { library: decisions } = decisionsOf(files, findings);
  const isFaulty = (): boolean => findings.some((one) => one.severity === 'error');
  if (isFaulty() && !(isPublished && isObject(yaml))) return { findings };
  const inquiry: InquiryPackage = { type: yaml as unknown as InquiryType, decisions, files };
  if (isFaulty()) return { inquiry, findings };
  findings.push(...checkResponders(inquiry), ...checkExpressions(inquiry.type));
  // A rule that is not there, or cannot be read, answers no example.
  if (!isFaulty()) findings.push(...checkExamples(inquiry));
  return isFaulty() && !isPublished ? { findings } : { inquiry, findings };
}

type Words = readonly [fa: string, en: string];
function fault(code: string, place: string, reason: Words, mend: Words): Finding {
  return problem({ code, file: FILE, place }, reason, mend);
}

function checkResponders({ type, decisions }: InquiryPackage): readonly Finding[] {
  const known = new Set(decisions.decisions.map((one) => one.id));
  return type.responders.flatMap((one, at) => {
    const named = one.by === 'register' ? one.decision : one.by === 'unit' ? one.draft : undefined;
    if (named === undefined || known.has(named)) return [];
    return [
      fault(
        'unknown-decision',
        `responders.${at}`,
        [`تصمیم «${named}» در این پوشه نیست.`, `The decision “${named}” is not in this folder.`],
        ['پروندهٔ DMN آن را بیفزایید.', 'Add its DMN file.'],
      ),
    ];
  });
}

function checkExpressions({ responders, subject }: InquiryType): readonly Finding[] {
  const keys = responders.flatMap((one: Responder) => (one.by === 'register' ? [one.key] : []));
  const texts = [...keys, ...Object.values(subject)].filter((one) => typeof one === 'string');
  return texts.flatMap((text) => compileExpression(text).findings.map((one) => ({ ...one, file: FILE, place: text })));
}

/** Each example says what the register's rule answers; `answer: null` that it gives way to the next responder. */
function checkExamples(inquiry: InquiryPackage): readonly Finding[] {
  const files = Object.keys(inquiry.files).filter((one) => /^examples\/.+\.yaml$/.test(one));
  if (files.length === 0)
    return [
      fault(
        'examples-missing',
        'examples',
        ['هیچ مثالی ندارد.', 'There is no example.'],
        ['مثالی در examples بیفزایید.', 'Add one to examples/.'],
      ),
    ];
  return files.flatMap((file) => checkExample(inquiry, file));
}

function checkExample(inquiry: InquiryPackage, file: string): readonly Finding[] {
  const unread: Finding[] = [];
  const example = yamlOf(inquiry.files, file, unread);
  if (unread.length > 0) return unread;
  if (!isObject(example) || !isObject(example['question']))
    return [
      problem(
        { code: 'example-shape', file },
        ['question ندارد.', 'It has no question.'],
        ['title، question، record و answer بنویسید.', 'Write title, question, record and answer.'],
      ),
    ];
  const {
    question,
    record = null,
    answer = null,
    subject,
    later,
    draft,
  } = example as { readonly question: JsonObject } & JsonObject;
  const wrong = (what: string, came: Json | undefined): Finding =>
    problem(
      { code: 'example-failed', file, place: what },
      [
        `در مثال ${file} برای ${what} این آمد: ${canonical(came ?? null)}`,
        `In ${file}, ${what} came out as ${canonical(came ?? null)}`,
      ],
      ['قاعده یا مثال را درست کنید.', 'Correct the rule or the example.'],
    );
  const asked = validator(inquiry.type.question)(question);
  // What people answer where the rule gives way: shown by the test environment.
  const people = later === undefined ? [] : validator(inquiry.type.answer)(later);
  const known = { record, beside: besideIn(inquiry.type, example) };
  const given = answerByRule(inquiry, question, known);
  const drafted = draftOf(inquiry, question, known);
  const shaped = given === null ? [] : validator(inquiry.type.answer)(given);
  const about = subjectOf(inquiry.type, question, record);
  return [
    ...asked.map((one) => wrong(`question${one.pointer}`, question)),
    ...(canonical(given) === canonical(answer) ? [] : [wrong('answer', given)]),
    ...(draft === undefined || canonical(drafted) === canonical(draft) ? [] : [wrong('draft', drafted)]),
    ...draftFaults(inquiry.type, drafted).map((one) => wrong(`draft${one.pointer}`, drafted)),
    ...people.map((one) => wrong(`later${one.pointer}`, later)),
    ...shaped.map((one) => wrong(`answer${one.pointer}`, given)),
    ...(subject === undefined || canonical(about) === canonical(subject) ? [] : [wrong('subject', about)]),
  ];
}

/** A draft lacks what people are to say; what it says must fit. */
function draftFaults(type: InquiryType, drafted: JsonObject): readonly FieldFault[] {
  return validator(type.answer)(drafted).filter((one) => one.code !== 'required');
}

/** What the example says that other registers and layers have (its `beside`, by name); null where it says nothing. */
export function besideIn({ responders }: InquiryType, { beside = {} }: JsonObject): JsonObject {
  const rule = responders.find((one) => one.by === 'register');
  const names = [...(rule?.with ?? []), ...(rule?.near ? ['near', 'plan'] : [])];
  return Object.fromEntries(names.map((name) => [name, (isObject(beside) ? beside[name] : null) ?? null]));
}
