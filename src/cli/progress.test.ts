// How far a load is: a bar in its line on a terminal, a line now and then elsewhere, nothing where nobody reads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressLine } from './progress.ts';

const at = (rows: number, done: number | null) => ({ rows, done, added: 0, changed: 0, unchanged: 0, rejected: 2, gone: 0 });

function shown(isTTY: boolean): {
  readonly lines: string[];
  readonly pass: (ms: number) => void;
  readonly line: ReturnType<typeof progressLine>;
} {
  const lines: string[] = [];
  let now = 0;
  const line = progressLine({ isTTY, write: (text) => lines.push(text) }, () => now);
  return { lines, pass: (ms) => (now += ms), line };
}

test('on a terminal a bar stays in its line, without one where the end is not known', () => {
  const { lines, pass, line } = shown(true);
  pass(2000);
  line.show(at(20_000, 0.5));
  line.show(at(30_000, null));
  line.end();
  assert.equal(lines[0], `\r\u001B[K[${'█'.repeat(15)}${' '.repeat(15)}]  50 % 20,000 rows, 10,000/s, 2 rejected`);
  assert.equal(lines[1], '\r\u001B[K30,000 rows, 15,000/s, 2 rejected');
  assert.equal(lines[2], '\n');
});

test('elsewhere a line is written every few seconds', () => {
  const { lines, pass, line } = shown(false);
  for (let step = 1; step <= 10; step += 1) {
    pass(1500);
    line.show(at(step * 1000, step / 10));
  }
  line.end();
  assert.deepEqual(lines, [' 40 % 4,000 rows, 667/s, 2 rejected\n', ' 80 % 8,000 rows, 667/s, 2 rejected\n']);
});

test('nothing is said where nobody reads', () => {
  const line = progressLine(undefined);
  line.show(at(1, 0.1));
  line.end();
});
