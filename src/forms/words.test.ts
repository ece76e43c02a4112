// Every fault of a form has words in both languages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAULT_CODES } from './faults.ts';
import { FAULT_WORDS, faultWords } from './words.ts';

test('every fault has words in both languages, and its facts fill them', () => {
  for (const code of FAULT_CODES) {
    const { reason, mend } = FAULT_WORDS[code];
    for (const { fa, en } of [reason, mend]) {
      assert.ok(/[\u0600-\u06FF]/.test(fa) && /^[\x20-\x7E“”’…]*(?:ب[^]*)?$/.test(en), code);
      assert.deepEqual((fa.match(/\{\w+\}/g) ?? []).sort(), (en.match(/\{\w+\}/g) ?? []).sort(), code);
      assert.equal(/[يك]/.test(fa), false, code);
    }
  }
  const label = { fa: 'تاریخ شروع', en: 'Start date' };
  assert.deepEqual(faultWords({ pointer: '/d', code: 'too-early', facts: { min: '2026-11-24' } }, label), {
    reason: { fa: '«تاریخ شروع» زودتر از تاریخ مجاز است.', en: '“Start date” is too early.' },
    mend: { fa: 'لطفاً تاریخ ۱۴۰۵/۰۹/۰۳ یا پس از آن را وارد کنید.', en: 'Enter 2026-11-24 or a later date.' },
  });
  assert.equal(faultWords({ pointer: '/d', code: 'constructor' }), undefined);
  assert.equal(
    faultWords({ pointer: '/t', code: 'too-long', facts: { max: '20' } })!.mend.fa,
    'لطفاً آن را در حداکثر ۲۰ نویسه بنویسید.',
  );
});
