// service.yaml, read and judged: every key of docs/packages.md, each fault with its place, reason and mend.
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import { isPeriod } from '#calendar/period.ts';
import { readWorkingDuration } from '#calendar/working.ts';
import type { Manifest } from './types.ts';

export type ReadManifest = { readonly manifest?: Manifest; readonly findings: readonly Finding[] };

type Need = { readonly fa: string; readonly en: string; readonly holds: (value: Json | undefined) => boolean };

const isWord = (value: Json | undefined): boolean => typeof value === 'string' && value.trim() !== '';
const isText = (value: Json | undefined): boolean => isObject(value) && isWord(value['fa']) && isWord(value['en']);
const isOneOf = (...words: readonly string[]): Need['holds'] => (value) => typeof value === 'string' && words.includes(value);
const isCount = (value: Json | undefined): boolean => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isList = (each: (value: Json) => boolean): Need['holds'] => (value) => Array.isArray(value) && (value as readonly Json[]).every(each);
const isWorkingTime = (value: Json | undefined): boolean => typeof value === 'string' && readWorkingDuration(value) !== undefined;

function need(fa: string, en: string, holds: Need['holds']): Need {
  return { fa, en, holds };
}

const TEXT = need('متنی به دو زبان { fa, en }', 'a text in both languages { fa, en }', isText);

/** Dotted path → what must stand there. */
const NEEDS: Readonly<Record<string, Need>> = {
  id: need('شناسه با حروف کوچک و خط تیره', 'a kebab-case id', (value) => typeof value === 'string' && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value)),
  version: need('نسخه سه‌بخشی مانند 1.0.0', 'a version like 1.0.0', (value) => typeof value === 'string' && /^\d+\.\d+\.\d+$/.test(value)),
  title: TEXT,
  summary: TEXT,
  kind: need('یکی از permit، certificate، inquiry، service', 'permit, certificate, inquiry or service', isOneOf('permit', 'certificate', 'inquiry', 'service')),
  mode: need('remote یا semi-in-person', 'remote or semi-in-person', isOneOf('remote', 'semi-in-person')),
  'visits.applicant': need('شمار بازدیدها', 'a whole number of visits', isCount),
  'visits.city': need('شمار بازدیدها', 'a whole number of visits', isCount),
  audience: need('فهرستی از citizen، business، engineer', 'a list of citizen, business, engineer', isList(isOneOf('citizen', 'business', 'engineer'))),
  status: need('offered، announced یا withdrawn', 'offered, announced or withdrawn', isOneOf('offered', 'announced', 'withdrawn')),
  'duties.steward': need('شناسه واحد متولی', 'the steward’s unit id', isWord),
  'duties.owner': need('شناسه واحد مالک فرایند', 'the process owner’s unit id', isWord),
  'duties.executors': need(
    'فهرستی از { step, unit, role }',
    'a list of { step, unit, role }',
    isList((one) => isObject(one) && isWord(one['step']) && isWord(one['unit']) && isWord(one['role'])),
  ),
  'duties.infrastructure': need('فهرستی از { unit, provides }', 'a list of { unit, provides }', isList((one) => isObject(one) && isWord(one['unit']) && isText(one['provides']))),
  legal: need('فهرستی از { cite, url? }', 'a list of { cite, url? }', isList((one) => isObject(one) && isText(one['cite']))),
  needs: need(
    'فهرستی از { what, source, from? }',
    'a list of { what, source, from? }',
    isList((one) => isObject(one) && isText(one['what']) && isOneOf('registry', 'upload', 'applicant')(one['source'])),
  ),
  'fees.summary': TEXT,
  'deadline.time': need('مدت کاری مانند P10D', 'working time like P10D', isWorkingTime),
  'deadline.norm': need('مدت کاری مانند P5D', 'working time like P5D', isWorkingTime),
  'deadline.calendar': need('شناسه تقویم', 'a calendar’s id', isWord),
  'deadline.silence': need('escalate، issue، refuse یا none', 'escalate, issue, refuse or none', isOneOf('escalate', 'issue', 'refuse', 'none')),
  'deadline.legal': TEXT,
  inquiries: need('فهرستی از شناسه نوع استعلام', 'a list of inquiry type ids', isList(isWord)),
  application: need('شناسه فرم درخواست', 'the application form’s id', isWord),
  retention: need('مدتی مانند P30Y', 'a period like P30Y', (value) => typeof value === 'string' && isPeriod(value)),
  sample: need('true یا false', 'true or false', (value) => typeof value === 'boolean'),
};

const OUTPUT_NEEDS: Readonly<Record<string, Need>> = {
  'output.document': need('نام پرونده قالب', 'the template’s file name', isWord),
  'output.title': TEXT,
  'output.revocable': need('true یا false', 'true or false', (value) => typeof value === 'boolean'),
  'output.public': need('فهرست آنچه همه می‌بینند', 'a list of what anyone may see', isList(isWord)),
};

/** `yaml`: the parsed file. */
export function readManifest(yaml: Json): ReadManifest {
  if (!isObject(yaml)) return { findings: [fault('', need('یک شیء', 'an object', isObject))] };
  const needs = yaml['output'] === undefined ? NEEDS : { ...NEEDS, ...OUTPUT_NEEDS };
  const findings = Object.entries(needs).flatMap(([path, one]) => (one.holds(at(yaml, path)) ? [] : [fault(path, one)]));
  if (yaml['status'] === 'announced' && !isWord(yaml['expected'])) findings.push(fault('expected', need('تاریخ آغاز', 'the expected date', isWord)));
  return findings.length > 0 ? { findings } : { manifest: yaml as unknown as Manifest, findings };
}

function at(object: JsonObject, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), object);
}

function fault(place: string, { fa, en }: Need): Finding {
  const reason: Text = { fa: `در service.yaml، «${place}» درست نیست.`, en: `In service.yaml, “${place}” is missing or not right.` };
  return { code: 'manifest', severity: 'error', file: 'service.yaml', place, reason, mend: { fa: `${fa} بنویسید.`, en: `Write ${en}.` } };
}
