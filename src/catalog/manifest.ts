// service.yaml, read and judged: every key of docs/packages.md, each fault with its place, reason and mend.
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { isIsoDate } from '#calendar/jalali.ts';
import { isPeriod } from '#calendar/period.ts';
import { readWorkingDuration } from '#calendar/working.ts';
import { COUNT, isList, isOneOf, isText, isWord, judge, KEBAB, need, shapeFinding, TEXT, VERSION } from './shape.ts';
import type { Needs } from './shape.ts';
import type { Manifest } from './types.ts';

export type ReadManifest = { readonly manifest?: Manifest; readonly findings: readonly Finding[] };

const isWorkingTime = (value: Json | undefined): boolean => typeof value === 'string' && readWorkingDuration(value) !== undefined;

/** Dotted path → what must stand there. */
const NEEDS: Needs = {
  id: KEBAB,
  version: VERSION,
  title: TEXT,
  summary: TEXT,
  kind: need(
    'یکی از permit، certificate، inquiry، service',
    'permit, certificate, inquiry or service',
    isOneOf('permit', 'certificate', 'inquiry', 'service'),
  ),
  mode: need('remote یا semi-in-person', 'remote or semi-in-person', isOneOf('remote', 'semi-in-person')),
  'visits.applicant': COUNT,
  'visits.city': COUNT,
  audience: need(
    'فهرستی از citizen، business، engineer',
    'a list of citizen, business, engineer',
    isList(isOneOf('citizen', 'business', 'engineer')),
  ),
  status: need(
    'offered، announced یا withdrawn',
    'offered, announced or withdrawn',
    isOneOf('offered', 'announced', 'withdrawn'),
  ),
  'duties.steward': need('شناسه واحد متولی', 'the steward’s unit id', isWord),
  'duties.owner': need('شناسه واحد مالک فرایند', 'the process owner’s unit id', isWord),
  'duties.executors': need(
    'فهرستی از { step, unit, role }',
    'a list of { step, unit, role }',
    isList((one) => isObject(one) && isWord(one['step']) && isWord(one['unit']) && isWord(one['role'])),
  ),
  'duties.infrastructure': need(
    'فهرستی از { unit, provides }',
    'a list of { unit, provides }',
    isList((one) => isObject(one) && isWord(one['unit']) && isText(one['provides'])),
  ),
  legal: need(
    'فهرستی از { cite, url? }',
    'a list of { cite, url? }',
    isList((one) => isObject(one) && isText(one['cite'])),
  ),
  needs: need(
    'فهرستی از { what, source, from? }',
    'a list of { what, source, from? }',
    isList((one) => isObject(one) && isText(one['what']) && isOneOf('registry', 'upload', 'applicant')(one['source'])),
  ),
  'fees.summary': TEXT,
  'deadline.time': need('مدت کاری مانند P10D', 'working time like P10D', isWorkingTime),
  'deadline.norm': need('مدت کاری مانند P5D', 'working time like P5D', isWorkingTime),
  'deadline.calendar': need('شناسه تقویم', 'a calendar’s id', isWord),
  'deadline.silence': need(
    'escalate، issue، refuse یا none',
    'escalate, issue, refuse or none',
    isOneOf('escalate', 'issue', 'refuse', 'none'),
  ),
  'deadline.legal': TEXT,
  inquiries: need('فهرستی از شناسه نوع استعلام', 'a list of inquiry type ids', isList(isWord)),
  application: need('شناسه فرم درخواست', 'the application form’s id', isWord),
  retention: need('مدتی مانند P30Y', 'a period like P30Y', (value) => typeof value === 'string' && isPeriod(value)),
  sample: need('true یا false', 'true or false', (value) => typeof value === 'boolean'),
};

const OUTPUT_NEEDS: Needs = {
  'output.document': need('نام پرونده قالب', 'the template’s file name', isWord),
  'output.title': TEXT,
  'output.revocable': need('true یا false', 'true or false', (value) => typeof value === 'boolean'),
  'output.public': need('فهرست آنچه همه می‌بینند', 'a list of what anyone may see', isList(isWord)),
};

const DATE_NEEDS: Needs = {
  'fees.date.rule': need(
    'submission، completeness یا assessment',
    'submission, completeness or assessment',
    isOneOf('submission', 'completeness', 'assessment'),
  ),
  'fees.date.legal': TEXT,
};
const STEP_NEEDS: Needs = {
  'fees.date.step': need('شناسه گامی که کامل بودن پرونده را می‌سنجد', 'the id of the step that judges completeness', isWord),
};

const WHERE = { file: 'service.yaml', code: 'manifest' };
const EXPECTED = need(
  'تاریخ آغاز yyyy-mm-dd',
  'the expected date yyyy-mm-dd',
  (value) => typeof value === 'string' && isIsoDate(value),
);

/** `yaml`: the parsed file. */
export function readManifest(yaml: Json): ReadManifest {
  const findings = [...judge(yaml, needsOf(yaml), WHERE)];
  if (isObject(yaml)) {
    if (yaml['status'] === 'announced' && !EXPECTED.holds(yaml['expected']))
      findings.push(shapeFinding(WHERE, 'expected', EXPECTED));
    findings.push(...unknownKeys(yaml));
  }
  return findings.some((one) => one.severity === 'error') ? { findings } : { manifest: yaml as unknown as Manifest, findings };
}

/** What must stand in this manifest: some keys ask for more beside them. */
function needsOf(yaml: Json): Needs {
  const { output, fees } = isObject(yaml) ? yaml : {};
  const date = isObject(fees) ? fees['date'] : undefined;
  const isByStep = isObject(date) && date['rule'] === 'completeness';
  return {
    ...NEEDS,
    ...(output === undefined ? {} : OUTPUT_NEEDS),
    ...(date === undefined ? {} : DATE_NEEDS),
    ...(isByStep ? STEP_NEEDS : {}),
  };
}

const KEYS = new Set([...Object.keys(NEEDS).map((path) => path.split('.')[0] ?? ''), 'output', 'expected', 'baselineVisits']);

/** A key nobody reads is most often a slip of the pen. */
function unknownKeys(yaml: JsonObject): readonly Finding[] {
  return Object.keys(yaml)
    .filter((key) => !KEYS.has(key))
    .map((key) => ({
      code: 'unknown-key',
      severity: 'warning',
      file: 'service.yaml',
      place: key,
      reason: {
        fa: `«${key}» از کلیدهای service.yaml نیست و خوانده نمی‌شود.`,
        en: `“${key}” is no key of service.yaml: nothing reads it.`,
      },
      mend: { fa: 'املای آن را درست کنید یا آن را بردارید.', en: 'Correct its spelling, or remove it.' },
    }));
}
