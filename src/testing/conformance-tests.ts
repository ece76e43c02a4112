// Runs the tests that docs/conformance.md names, and no other, and says which of them passed.
import { join } from 'node:path';
import { run } from 'node:test';
import { ROOT } from './database.ts';
import { ELEMENTS, type ElementRow } from './conformance-elements.ts';

const key = ({ file, test }: Pick<ElementRow, 'file' | 'test'>): string => `${file}: ${test}`;
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** True for the rows whose test exists, ran and passed. */
export async function passedElements(): Promise<(row: ElementRow) => boolean> {
  const passed = new Map<string, boolean>();
  const files = [...new Set(ELEMENTS.map(({ file }) => file))];
  const compiled = new Map(files.map((file) => [join(ROOT, 'dist', file.replace(/\.ts$/, '.js')), file]));
  const names = [...new Set(ELEMENTS.map(({ test }) => test))].map((name) => new RegExp(`^${escaped(name)}$`));
  const told = run({ files: [...compiled.keys()], concurrency: true, testNamePatterns: names });
  for await (const { type, data } of told) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const file = [...compiled].find(([path, source]) => data.file === path || data.file === join(ROOT, 'src', source))?.[1];
    if (file === undefined) continue;
    const of = key({ file, test: data.name });
    passed.set(of, (passed.get(of) ?? true) && type === 'test:pass' && data.skip === undefined);
  }
  return (row) => passed.get(key(row)) === true;
}
