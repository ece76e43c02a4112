// Inquiry types of this repository are read without a fault, and what an author gets wrong is named with its place.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readInquiryType } from './inquiry-type.ts';
import { filesIn } from '#testing/package-files.ts';
import type { PackageFiles } from './types.ts';

const ROOT = join(import.meta.dirname, '../../inquiries');

const folder = (id: string): PackageFiles => filesIn(join('inquiries', id));

test('every inquiry type here is read, and its examples come true', () => {
  for (const id of readdirSync(ROOT)) {
    const { inquiry, findings } = readInquiryType(folder(id));
    assert.deepEqual(
      findings.map((one) => `${one.code} ${one.place} ${one.reason.en}`),
      [],
      id,
    );
    assert.equal(inquiry?.type.id, id);
  }
});

const broken = (change: (files: Record<string, string>) => void): readonly string[] => {
  const files = { ...folder('renovation-duty-status') };
  change(files);
  return readInquiryType(files).findings.map((one) => `${one.code} ${one.place}`);
};
const edit =
  (file: string, from: string, to: string) =>
  (files: Record<string, string>): void => {
    assert.ok(files[file]?.includes(from), `${file} has ${from}`);
    files[file] = files[file]!.replace(from, to);
  };

test('what an author gets wrong is named: shape, rule, expression, example', () => {
  assert.deepEqual(broken(edit('inquiry.yaml', 'silence: escalate', 'silence: maybe')), ['inquiry-type silence']);
  assert.deepEqual(broken(edit('inquiry.yaml', 'reuse: P1D', 'reuse: long')), ['inquiry-type reuse']);
  assert.deepEqual(broken(edit('inquiry.yaml', 'decision: status }', 'decision: other }')), ['unknown-decision responders.0']);
  assert.deepEqual(broken(edit('examples/owing.yaml', 'question:', 'question: {}\nquestion:')), ['yaml-syntax line 3']);
  assert.ok(broken(edit('inquiry.yaml', 'key: question.renovationCode', 'key: question..x'))[0]?.startsWith('feel'));
  assert.deepEqual(broken(edit('examples/owing.yaml', 'clear: false', 'clear: true')), ['example-failed answer']);
  assert.deepEqual(broken(edit('examples/owing.yaml', "'6-1045-12-7', ownerNationalId", "'six', ownerNationalId")), [
    'example-failed question/renovationCode',
    'example-failed subject',
  ]);
  assert.deepEqual(
    broken((files) => {
      for (const file of Object.keys(files).filter((one) => one.startsWith('examples/'))) delete files[file];
    }),
    ['examples-missing examples'],
  );
});

test('a published type is still read where a check that came later refuses it; one that is no object is none', () => {
  const files = { ...folder('renovation-duty-status') };
  for (const file of Object.keys(files).filter((one) => one.startsWith('examples/'))) delete files[file];
  assert.equal(readInquiryType(files).inquiry, undefined);
  const published = readInquiryType(files, { isPublished: true });
  assert.equal(published.inquiry?.type.id, 'renovation-duty-status');
  assert.deepEqual(
    published.findings.map((one) => one.code),
    ['examples-missing'],
  );
  assert.equal(readInquiryType({ ...files, 'inquiry.yaml': '- no' }, { isPublished: true }).inquiry, undefined);
});

test('what a rule reads beside its record, and what a unit begins its answer with, are held to their shape and examples', () => {
  const metro = (from: string, to: string, file = 'inquiry.yaml'): readonly string[] => {
    const files = { ...folder('metro-clearance') };
    edit(file, from, to)(files);
    return readInquiryType(files).findings.map((one) => `${one.code} ${one.place}`);
  };
  assert.deepEqual(metro('within: 200', 'within: -1'), ['inquiry-type responders']);
  assert.deepEqual(metro('within: 200', 'within: 200000'), ['inquiry-type responders'], 'a plane does not reach so far');
  assert.deepEqual(metro('decision: answer,', 'decision: answer, with: [record],'), ['inquiry-type responders']);
  assert.deepEqual(metro('draft: draft', 'draft: none'), ['unknown-decision responders.1']);
  assert.deepEqual(metro('distance: 14.4', 'distance: 20', 'examples/in-strip.yaml'), ['example-failed draft']);
  assert.ok(metro('monitoring: true', 'monitoring: "yes"', 'rule.dmn').includes('example-failed draft/monitoring'));
});
