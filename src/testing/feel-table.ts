// FEEL as a table of lines, `expression ⇒ value`, for tests of the rules room: each line is one statement of the standard. Reads no file.
import assert from 'node:assert/strict';
import { compileExpression } from '#rules/expression.ts';
import { textOf } from '#rules/text.ts';
import type { FeelContext, FeelValue } from '#rules/types.ts';
import { toFeel } from '#rules/values.ts';

const DATA = toFeel({
  a: 3,
  b: 4,
  s: 'text',
  l: [1, 2, 3],
  c: { x: 1, 'y z': 2 },
  'big name': 7,
  'the-rate': 5,
  t: true,
}) as FeelContext;
const NAMES = [...Object.keys(DATA), 'c.x', 'c.y z'];
export const NOW = '2026-11-24T09:00:00+03:30';

/** Strings in quotes, as JSON has them, so that they differ from what they spell. */
function written(value: FeelValue): string {
  return typeof value === 'string' ? JSON.stringify(value) : textOf(value);
}

/** Each line holds, without a syntax finding; `⏎` stands for a line break. The failing line is told. */
export function feelTable(table: string): void {
  for (const line of table.trim().split('\n')) {
    const [source = '', expected] = line.trim().split(' ⇒ ');
    const compiled = compileExpression(source.replaceAll('⏎', '\n'), { names: NAMES });
    assert.deepEqual(compiled.findings, [], source);
    assert.equal(written(compiled.evaluate(DATA, NOW).value), expected, source);
  }
}
