// The hash that names a definition: what changes it, and what does not.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { hashPackage } from '#catalog/hash.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const FILES = { 'service.yaml': 'id: x', 'process.bpmn': '<x/>', 'fa.json': '{}', 'examples/happy.yaml': 'title: x' };

test('the order in which files are listed does not count', () => {
  const turned = Object.fromEntries(Object.entries(FILES).reverse());
  assert.equal(hashPackage(turned, sha256), hashPackage(FILES, sha256));
});

test('examples are tests of a definition, not part of it', () => {
  assert.equal(hashPackage({ ...FILES, 'examples/more.yaml': 'y' }, sha256), hashPackage(FILES, sha256));
});

test('a file of any content or name that is added, removed or changed changes the hash', () => {
  fc.assert(
    fc.property(fc.constantFrom('service.yaml', 'process.bpmn', 'fa.json'), fc.string({ minLength: 1 }), (file, more) => {
      const before = hashPackage(FILES, sha256);
      const { [file]: text, ...without } = FILES;
      assert.notEqual(hashPackage({ ...FILES, [file]: `${text}${more}` }, sha256), before);
      assert.notEqual(hashPackage(without, sha256), before);
      assert.notEqual(hashPackage({ ...without, [`${file}x`]: text ?? '' }, sha256), before);
    }),
  );
});

test('content cannot move between files unseen', () => {
  assert.notEqual(hashPackage({ a: 'x', b: 'y' }, sha256), hashPackage({ a: 'y', b: 'x' }, sha256));
  assert.notEqual(hashPackage({ a: 'xy', b: '' }, sha256), hashPackage({ a: 'x', b: 'y' }, sha256));
});
