// What a citizen reads of a fee: its lines, and behind them the rule, what it looked at, its act, its days and the sum.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { money } from '#base/money.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { explainFee } from '#rules/tariff.ts';
import { Fee } from '#portal/fee.tsx';

const CITATION = 'تعرفه ۱۴۰۴، بند ۱ (نمونه) / Tariff 1404, item 1 (sample)';
const LINE = {
  code: 'waste-1404',
  label: { fa: 'پسماند سال ۱۴۰۴', en: 'Waste, year 1404' },
  amount: '1540001',
  exact: '1540000.5',
  basis: '140 m² × 11000.0036',
  citation: CITATION,
};
const HIT = {
  decision: 'waste rate',
  rule: 8,
  ruleId: 'r8',
  inputs: [
    { expression: 'year', value: '1404' },
    { expression: 'use', value: 'residential' },
    { expression: 'date(tariffDate)', value: '2026-03-20' },
  ],
  outputs: { rate: '11000.0036', citation: CITATION },
  annotations: { citation: CITATION, from: '1404-01-01', until: '1404-12-29' },
};

const LABELS = {
  tables: {
    'waste rate': {
      title: { fa: 'نرخ پسماند', en: 'Waste rate' },
      names: { year: { fa: 'سال', en: 'year' }, rate: { fa: 'نرخ', en: 'rate' }, use: { fa: 'کاربری', en: 'use' } },
    },
  },
  values: { residential: { fa: 'مسکونی', en: 'Residential' } },
};

function page(language: 'fa' | 'en'): string {
  const value = {
    lines: [LINE, { ...LINE, code: 'x', amount: '9', exact: '9' }],
    total: '1540010',
    rounding: { mode: 'half up', unit: 1 },
  };
  const { explanation: explained } = explainFee(value, [HIT], LABELS);
  assert.ok(explained);
  const date = { rule: 'submission', legal: { fa: 'آیین‌نامه، ماده ۲', en: 'By-law, article 2' } };
  const of = { explained, state: { tariffDate: '2026-03-20' }, package: { manifest: { fees: { date } } } } as unknown as CaseFile;
  return renderToString(<Fee language={language} fee={{ lines: value.lines, total: money(value.total) }} of={of} />);
}

/** The words of a page, without its elements. */
function wordsOf(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ');
}

test('in Persian: the rule, its inputs by their names, its act, its days in Jalali, the rounding and the sum', () => {
  const html = page('fa');
  assert.match(html, /<details/);
  const words = wordsOf(html);
  for (const part of [
    'این مبلغ چگونه حساب شد؟',
    'روز ثبت درخواست، ۲۹ اسفند ۱۴۰۴',
    'آیین‌نامه، ماده ۲',
    'جدول نرخ پسماند، قاعدهٔ ۸',
    'نرخ = ۱۱۰۰۰.۰۰۳۶',
    'سال = ۱۴۰۴',
    'کاربری = مسکونی',
    'از ۱ فروردین ۱۴۰۴ تا ۲۹ اسفند ۱۴۰۴',
    'تعرفه ۱۴۰۴، بند ۱ (نمونه)',
    'پیش از گردکردن ۱۵۴۰۰۰۰.۵ ریال',
    'هر سطر نیم به بالا گرد می‌شود، به ۱ ریال.',
  ])
    assert.ok(words.includes(part), `${part}\nin\n${words}`);
});

test('in English: the same, nothing left in Persian', () => {
  const words = wordsOf(page('en'));
  for (const part of [
    'How was this computed?',
    'in force on the day of application, 20 March 2026',
    'By-law, article 2',
    'table Waste rate, rule 8',
    'year = 1404',
    'use = Residential',
    'from 21 March 2025',
    'Tariff 1404, item 1 (sample)',
    '1540000.5 rials before rounding',
    'Each line is rounded half up, to 1 rial.',
    'The lines add up: 1,540,001 + 9 = 1,540,010',
  ])
    assert.ok(words.includes(part), `${part}\nin\n${words}`);
  assert.doesNotMatch(words, /[\u0600-\u06ff]/);
});

test('a fee that cannot be followed to its rules still shows its lines', () => {
  const of = { state: {}, package: { manifest: { fees: {} } } } as unknown as CaseFile;
  const html = renderToString(<Fee language="fa" fee={{ lines: [LINE], total: money('1540001') }} of={of} />);
  assert.match(html, /پسماند سال/);
  assert.doesNotMatch(html, /<details/);
});
