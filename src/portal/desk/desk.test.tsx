// The desk's views with rows of our own making: deadlines in words, a long list, an editor of corrections, values of rules.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { caseId } from '#base/ids.ts';
import { instant } from '#base/instant.ts';
import type { Language } from '#base/text.ts';
import type { Form } from '#forms/types.ts';
import type { WorkItem } from '#work/views/lists.ts';
import { CorrectionEditor, correctionErrors, sentCorrections, sentReasons } from './corrections.tsx';
import { isLate, spanText } from './due.tsx';
import { filterOf, listHref } from './filters.tsx';
import { valueText } from './values.ts';
import { List } from './worklist.tsx';

const NOW = instant('2026-11-24T09:00:00Z');

function row(at: number, more: Partial<WorkItem> = {}): WorkItem {
  const id = caseId(1405, at);
  return {
    caseId: id,
    task: `w${at}`,
    element: 'Task_check',
    service: 'completion-certificate',
    definition: 'd',
    role: 'officer',
    unit: 'district-06-planning',
    inquiry: null,
    visit: null,
    assignee: null,
    openedAt: NOW,
    dueAt: null,
    caseDueAt: null,
    title: { fa: 'گواهی پایان کار', en: 'Completion certificate' },
    step: { fa: 'بررسی', en: 'Check' },
    unitName: { fa: 'منطقه ۶', en: 'District 6' },
    place: `${NOW}~${id}~w${at}`,
    ...more,
  };
}

function list(rows: readonly WorkItem[], language: Language = 'fa', query: Readonly<Record<string, string>> = {}): string {
  const services = [{ id: 'completion-certificate', title: { fa: 'گواهی پایان کار', en: 'Completion certificate' } }];
  const filter = filterOf(query, services);
  const isLater = query['after'] !== undefined;
  return renderToString(
    <List language={language} rows={rows} load={[]} services={services} filter={filter} now={NOW} me="leila" isLater={isLater} />,
  );
}

test('a span is said in its largest whole unit, whichever way it runs', () => {
  assert.equal(spanText('fa', NOW, instant('2026-11-27T08:59:00Z')), '۲ روز');
  assert.equal(spanText('en', instant('2026-11-24T14:30:00Z'), NOW), '5 hours');
  assert.equal(spanText('fa', NOW, NOW), '۱ دقیقه');
  assert.equal(isLate(NOW, NOW), false);
  assert.equal(isLate(null, NOW), false);
});

test('what is overdue says so in words, and by whom it is held', () => {
  const html = list([
    row(1, { dueAt: instant('2026-11-20T09:00:00Z'), caseDueAt: instant('2026-12-01T09:00:00Z') }),
    row(2, { assignee: 'omid' as never, assigneeName: { fa: 'امید', en: 'Omid' }, inquiry: 'fire-safety' }),
    row(3, { assignee: 'leila' as never, visit: 'site' }),
  ]);
  assert.match(html, /<tr role="row" class="danger">[\s\S]*?۴ روز از مهلت گذشته[\s\S]*?۷ روز مانده/);
  assert.match(html, /استعلام<\/strong>[\s\S]*?امید/);
  assert.match(html, /بازدید<\/strong>[\s\S]*?خودم/);
  // One free, one another's, one mine: each with its own way on, and the case's number in its name.
  assert.match(html, /method="post" action="\/desk\/cases\/\d{14}\/tasks\/w1\/claim"/);
  assert.doesNotMatch(html, /tasks\/w2/);
  assert.match(html, /href="\/desk\/cases\/\d{14}\/tasks\/w3">انجام این کار/);
});

test('a page of the list holds 200 rows and leads to the next, keeping what narrows it', () => {
  const rows = Array.from({ length: 201 }, (_, at) => row(at));
  const html = list(rows, 'en', { list: 'visits', whose: 'free', service: 'completion-certificate' });
  assert.equal(html.match(/scope="row"/g)?.length, 200);
  assert.match(html, /rel="next" href="\/en\/desk\?list=visits&amp;whose=free&amp;service=completion-certificate&amp;after=/);
  assert.match(html, /<option value="free" selected/);
  assert.doesNotMatch(list(rows.slice(0, 200)), /rel="next"/);
  assert.match(list([], 'fa', { after: 'x' }), /از آغاز فهرست/);
});

test('an address that asks for what is not there asks for everything', () => {
  assert.deepEqual(filterOf({ list: 'x', whose: 'y', service: '__proto__' }, []), {
    kind: undefined,
    whose: undefined,
    service: undefined,
  });
  assert.equal(listHref('fa', {}), '/desk');
});

const FORM: Form = {
  id: 'application',
  pages: [
    {
      id: 'one',
      title: 'one',
      fields: [
        { key: 'floors', kind: 'number', label: '$floors', required: true },
        { key: 'about', kind: 'note', label: '$about', required: false },
        { key: 'plan', kind: 'file', label: '$plan', required: true },
      ],
    },
  ],
} as never;
const TEXTS = { fa: { floors: 'طبقه‌ها', plan: 'نقشه' }, en: { floors: 'Floors', plan: 'Plan' } };

test('corrections are what was ticked, in the form’s order; a reason beside an empty box stays typed', () => {
  const body = { 'fix-plan': 'true', 'why-plan': ' تار است ', 'why-floors': 'شاید', 'fix-about': 'true', 'fix-other': 'true' };
  assert.deepEqual(sentCorrections(FORM, body), [{ field: 'plan', reason: 'تار است' }]);
  assert.deepEqual(sentReasons(FORM, body), { floors: 'شاید', plan: ' تار است ' });
  assert.deepEqual(sentCorrections(undefined, body), []);
});

test('the editor shows every item with its present answer, and each fault beside its own reason', () => {
  const given = {
    language: 'en' as const,
    form: FORM,
    texts: TEXTS,
    answers: { floors: 3, plan: { file: 'plan-1', name: 'a<b.pdf' } },
    corrections: [{ field: 'plan', reason: '' }],
    reasons: { floors: 'perhaps' },
    faults: [{ pointer: '/corrections/0/reason', code: 'required' }],
  };
  const html = renderToString(<CorrectionEditor {...given} />);
  assert.match(html, /name="fix-plan" value="true" checked/);
  assert.match(html, /Answer now:[^3]*3/);
  assert.match(html, /a&lt;b\.pdf/);
  assert.match(html, /value="perhaps"/);
  assert.match(html, /id="f-why-plan"[^>]*aria-describedby="f-why-plan-error"/);
  assert.doesNotMatch(html, /about/);
  assert.deepEqual(correctionErrors(given, given), [
    { message: 'The reason to correct “Plan” is missing. Write it for the applicant.', field: 'f-why-plan' },
  ]);
  const none = { ...given, corrections: [], faults: [{ pointer: '/corrections', code: 'corrections-empty' }] };
  assert.equal(correctionErrors(none, none)[0]?.field, 'f-fix-floors');
  assert.match(renderToString(<CorrectionEditor {...none} />), /No item to correct was named/);
});

test('values of a decision are read, not decoded', () => {
  assert.equal(valueText('fa', '0.0316666666666666666666666666666667'), '۰.۰۳۱۷');
  assert.equal(valueText('en', '1436913571'), '1436913571');
  assert.equal(valueText('fa', { feel: 'date', year: 2026, month: 11, day: 24 }), '۱۴۰۵/۰۹/۰۳');
  assert.equal(valueText('en', ['structure', true, null]), 'structure, Yes, —');
  assert.equal(valueText('en', 'برابر ماده ۱۰۰ / Under article 100'), 'Under article 100');
  assert.equal(valueText('fa', []), '—');
});
