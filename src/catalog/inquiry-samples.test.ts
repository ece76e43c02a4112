// What the test environment answers: the examples of every type of this repository, each question once, at once or later.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical } from '#base/json.ts';
import { samplesOf } from '#catalog/inquiry-samples.ts';
import { readInquiryType } from '#catalog/inquiry-type.ts';
import { validator } from '#inquiries/schema.ts';
import { loadInquiryTypes } from '#main/seed.ts';

test('every inquiry type has samples: each question once, each answer as its schema has it, each at once or later', async () => {
  for (const inquiry of await loadInquiryTypes()) {
    const samples = samplesOf(inquiry);
    const { type } = inquiry;
    assert.ok(samples.length > 0, type.id);
    assert.equal(new Set(samples.map((one) => canonical(one.question))).size, samples.length, type.id);
    for (const { question, answer, title } of samples) {
      assert.deepEqual(validator(type.question)(question), []);
      if (answer) assert.deepEqual(validator(type.answer)(answer), [], `${type.id}: ${title.en}`);
      assert.ok(title.fa !== '' && title.en !== '');
    }
  }
});

test('what an example says people answer later is held to the answer’s schema', async () => {
  const inquiry = (await loadInquiryTypes()).find((one) => one.type.id === 'renovation-duty-status');
  assert.ok(inquiry);
  const later = samplesOf(inquiry).filter((one) => one.isLater);
  assert.deepEqual(
    later.map((one) => one.answer),
    [{ clear: true, unpaidYears: [], district: '09' }],
  );
  const file = 'examples/unknown.yaml';
  const wrong = { ...inquiry.files, [file]: `${inquiry.files[file]}`.replace('clear: true', "clear: 'yes'") };
  const { findings } = readInquiryType(wrong);
  assert.deepEqual(
    findings.map((one) => [one.code, one.file, one.place]),
    [['example-failed', file, 'later/clear']],
  );
});
