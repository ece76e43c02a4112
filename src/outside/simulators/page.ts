// The page where a tester says how each simulated organisation behaves. Looks like what it is: a sandbox, not the city.
import { MODES } from './simulator.ts';
import type { Mode, Simulator } from './simulator.ts';

const WORDS: Readonly<Record<Mode, readonly [fa: string, en: string]>> = {
  well: ['پاسخ می‌دهد', 'answers'],
  sluggish: ['کند پاسخ می‌دهد', 'answers slowly'],
  later: ['می‌گیرد و دیرتر پاسخ می‌دهد', 'takes it, answers later'],
  busy: ['سرش شلوغ است', 'is busy'],
  error: ['خطای درونی', 'internal error'],
  down: ['قطع است', 'is down'],
  slow: ['هیچ نمی‌گوید', 'says nothing'],
  halfway: ['نیمه‌کاره قطع می‌شود', 'breaks off halfway'],
  malformed: ['پاسخ ناخوانا', 'unreadable answer'],
  huge: ['پاسخ بیش از اندازه بزرگ', 'far too large an answer'],
  redirect: ['جای دیگری می‌فرستد', 'sends elsewhere'],
  denied: ['ما را نمی‌شناسد', 'does not know us'],
  refused: ['چنین سابقه‌ای ندارد', 'has no such record'],
  forged: ['امضا یا چکیدهٔ نادرست', 'wrong signature or hash'],
  other: ['پاسخ پرسشی دیگر', 'answers another question'],
  unfit: ['پاسخی جز آنچه قرار است', 'an answer of the wrong shape'],
};

export function simulatorPage(simulators: readonly Simulator[]): string {
  const forms = simulators.map(
    (one) => `<section><h2><bdi dir="ltr">${one.id}</bdi></h2>
<p>اکنون: ${WORDS[one.mode()][0]} <span lang="en" dir="ltr">${WORDS[one.mode()][1]}</span> · <bdi dir="ltr">${one.counts().calls} calls, ${one.counts().questions} questions</bdi></p>
<form method="post" action="/sandbox/behaviour/${one.id}"><label>رفتار <span lang="en" dir="ltr">behaviour</span>
<select name="mode">${MODES.map((mode) => `<option value="${mode}"${mode === one.mode() ? ' selected' : ''}>${WORDS[mode].join(' · ')}</option>`).join('')}</select></label>
<button>همین شود <span lang="en" dir="ltr">Set</span></button></form></section>`,
  );
  return `<!doctype html>
<html lang="fa" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>دستگاه‌های آزمایشی</title>
<link rel="stylesheet" href="/assets/sandbox.css"></head>
<body><main>
<h1>دستگاه‌های آزمایشی <span lang="en" dir="ltr">Simulated organisations</span></h1>
<p>اتصال‌های شهر نمونه از این‌ها می‌پرسند. <span lang="en" dir="ltr">The demo city’s connectors ask these. Say how each behaves.</span></p>
${forms.join('\n')}</main></body></html>`;
}
