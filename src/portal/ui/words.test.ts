// Words, numbers, dates and durations in both languages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { instant } from '#base/instant.ts';
import { money } from '#base/money.ts';
import { clockText, dateText, dateTimeText, durationText, jalaliNumbers, moneyText, sizeText } from '#portal/ui/format.ts';
import { percentText } from '#portal/ui/numbers.ts';
import { fill, say } from '#portal/ui/words.ts';
import { en } from '#portal/ui/words/en.ts';
import { fa } from '#portal/ui/words/fa.ts';

const NOON = instant('2026-11-24T09:30:00+03:30');

function factNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{([^}|]+)/g)].map(([, name]) => name ?? ''))].sort();
}

test('both languages have the same words with the same facts', () => {
  assert.deepEqual(Object.keys(en), Object.keys(fa));
  for (const key of Object.keys(fa) as (keyof typeof fa)[]) {
    assert.deepEqual(factNames(en[key]), factNames(fa[key]), key);
    assert.notEqual(fa[key].trim(), '', key);
  }
});

test('Persian words use Persian letters, Persian digits and no stray marks', () => {
  for (const [key, text] of Object.entries(fa)) assert.doesNotMatch(text, /[يىك٠-٩0-9\u200E\u200F\u202A-\u202E]/, key);
});

test('numbers in a text follow its language', () => {
  assert.equal(say('fa', 'step.of', { now: 2, of: 4 }), 'گام ۲ از ۴');
  assert.equal(say('en', 'step.of', { now: 2, of: 4 }), 'Step 2 of 4');
  assert.equal(percentText('en', 0.943), '94.3%');
});

test('a fact in the other script is isolated, in its own script it is not', () => {
  assert.equal(fill('fa', 'خدمت {name}', { name: 'GSB' }), 'خدمت \u2068GSB\u2069');
  assert.equal(fill('fa', 'خدمت {name}', { name: 'درخت' }), 'خدمت درخت');
  assert.equal(fill('en', 'Service {name}', { name: 'درخت' }), 'Service \u2068درخت\u2069');
});

test('a fact is never read as a pattern of its own', () => {
  fc.assert(
    fc.property(
      fc.string(),
      (value) =>
        fill('en', '<{a}>', { a: value }).replaceAll(/[\u2068\u2069]/g, '') === `<${value.replaceAll(/[\u2068\u2069]/g, '')}>`,
    ),
  );
});

test('English counts one and many', () => {
  assert.equal(durationText('en', 'P1D', true), '1 working day');
  assert.equal(durationText('en', 'P10D', true), '10 working days');
});

test('durations are said in the order of their parts', () => {
  assert.equal(durationText('fa', 'P10D', true), '۱۰ روز کاری');
  assert.equal(durationText('fa', 'P1Y6M'), '۱ سال و ۶ ماه');
  assert.equal(durationText('fa', 'PT4H30M'), '۴ ساعت و ۳۰ دقیقه');
  assert.equal(durationText('fa', 'soon'), 'soon');
});

test('a date is day, month, year in Persian, and has its Gregorian twin in English', () => {
  assert.equal(dateText('fa', NOON, 'full'), 'سه‌شنبه ۳ آذر ۱۴۰۵');
  assert.equal(dateText('fa', NOON), '۳ آذر ۱۴۰۵');
  assert.equal(dateText('fa', NOON, 'short'), '۱۴۰۵/۰۹/۰۳');
  assert.equal(dateText('en', NOON, 'full'), 'Tuesday 24 November 2026 (3 Azar 1405)');
  assert.equal(clockText('fa', NOON), '۰۹:۳۰');
  assert.equal(dateTimeText('fa', NOON), '۳ آذر ۱۴۰۵، ساعت ۰۹:۳۰');
});

test('a day begins at midnight in Tehran, not in Greenwich', () => {
  assert.equal(dateText('fa', instant('2026-11-24T20:31:00Z'), 'short'), '۱۴۰۵/۰۹/۰۴');
  assert.deepEqual(jalaliNumbers(instant('2026-11-24T20:29:00Z')), { year: '1405', month: '9', day: '3' });
});

test('money is exact beyond what a double holds', () => {
  assert.equal(moneyText('fa', money('12345678901234567890')), '۱۲٬۳۴۵٬۶۷۸٬۹۰۱٬۲۳۴٬۵۶۷٬۸۹۰ ریال');
  assert.equal(moneyText('en', money(1_234_000)), '1,234,000 rials');
});

test('sizes are said to one decimal', () => {
  assert.equal(sizeText('fa', 1_420_000), '۱٫۴ مگابایت');
  assert.equal(sizeText('en', 1), '1 byte');
});
