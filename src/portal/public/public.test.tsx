// The public pages' views with services and documents of our own making: what is told of few cases, of a revoked document, of hostile text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { instant } from '#base/instant.ts';
import type { Language } from '#base/text.ts';
import type { ServiceView } from '#work/views/public.ts';
import { Home } from './home.tsx';
import { ServicePage } from './service.tsx';
import { ServiceList } from './services.tsx';
import { CodeForm, Verdict } from './verify.tsx';

const HOSTILE = '"><script>alert(1)</script>';

function service(more: Readonly<Record<string, unknown>> = {}, real?: ServiceView['real']): ServiceView {
  const manifest = {
    id: 'tree-permit',
    version: '1.0.0',
    title: { fa: 'مجوز هرس', en: 'Pruning permit' },
    summary: { fa: HOSTILE, en: 'For trees.' },
    kind: 'permit',
    mode: 'remote',
    visits: { applicant: 0, city: 1 },
    audience: ['citizen'],
    status: 'offered',
    legal: [{ cite: { fa: 'ماده ۱', en: 'Article 1' } }],
    needs: [{ what: { fa: 'نشانی', en: 'Address' }, source: 'registry' }],
    fees: { decision: 'fee', summary: { fa: 'ده هزار', en: 'Ten thousand' } },
    deadline: { time: 'P10D', norm: 'P5D', calendar: 'city', silence: 'escalate', legal: { fa: 'بند ۲', en: 'Item 2' } },
    sample: false,
    ...more,
  };
  return { manifest, definition: 'd', publishedAt: '', package: {}, ...(real ? { real } : {}) } as unknown as ServiceView;
}

const start = (view: ServiceView, language: Language = 'en', draft?: string): string =>
  renderToString(<ServicePage language={language} view={view} duty={undefined} signedIn={false} draft={draft} />);

const times = (ended: number) => ({ service: 'tree-permit', ended, medianSeconds: 7200, p90Seconds: 172_800 });

test('times of a few cases are not told as the service’s; of enough they are', () => {
  assert.match(start(service()), /Not yet enough to say: 0 cases have ended, and 5 are needed/);
  assert.match(start(service({}, times(1))), /1 case has ended, and 5 are needed/);
  assert.match(start(service({}, times(5))), /half of 5 cases ended within 2 hours, 90% within 2 days/);
});

test('a service that is announced has its date and no start; a draft is continued', () => {
  const announced = service({ status: 'announced', expected: '2027-03-21' });
  assert.doesNotMatch(start(announced), /<form/);
  const cards = renderToString(<ServiceList language="fa" services={[announced]} search="" />);
  assert.match(cards, /به‌زودی/);
  assert.match(cards, /از ۱ فروردین ۱۴۰۶/);
  assert.match(start(service()), /<form method="post" action="\/en\/services\/tree-permit\/start"/);
  const continued = start(service(), 'en', '14051234567890');
  assert.match(continued, /href="\/en\/cases\/14051234567890\/apply"/);
  assert.doesNotMatch(continued, /<form/);
});

test('what a package or a visitor writes is text, and what was searched for stays in the box', () => {
  const pages = [
    start(service(), 'fa'),
    renderToString(<Home language="fa" services={[service()]} />),
    renderToString(<ServiceList language="fa" services={[]} search={HOSTILE} />),
    renderToString(<CodeForm language="fa" code={HOSTILE} />),
  ];
  for (const html of pages) {
    assert.doesNotMatch(html, /<script/);
    assert.match(html, /&lt;script>/);
  }
  assert.match(pages[2] ?? '', /خدمتی با این جست‌وجو یافت نشد/);
});

test('a document is valid, expired or revoked, in words and in colour, and nothing of its holder is asked for', () => {
  const document = {
    code: '0',
    number: '1405-1/1',
    kind: 'certificate',
    service: 's',
    titleFa: 'گواهی',
    titleEn: 'Certificate',
    issuedAt: instant('2026-01-01T00:00:00Z'),
    validUntil: instant('2026-06-01T00:00:00Z'),
    status: 'valid' as const,
    revokedAt: null,
  };
  const at = (now: string, more: object = {}): string =>
    renderToString(<Verdict language="en" document={{ ...document, ...more }} now={now} />);
  assert.match(at('2026-05-01T00:00:00Z'), /notice success[^]*This document is valid/);
  assert.match(at('2026-07-01T00:00:00Z'), /notice danger[^]*validity has ended/);
  const revoked = at('2026-07-01T00:00:00Z', { status: 'revoked', revokedAt: instant('2026-02-01T00:00:00Z') });
  assert.match(revoked, /notice danger[^]*was revoked and has no effect[^]*1 February 2026/);
});
