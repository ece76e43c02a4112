// What people read of a test run: node:test's own words, without its table of every file's coverage, which is told by room instead.
import { Readable } from 'node:stream';
import { spec } from 'node:test/reporters';

async function* withoutCoverage(source) {
  for await (const event of source) if (event.type !== 'test:coverage') yield event;
}

// oxlint-disable-next-line import/no-default-export -- node:test asks for one
export default async function* words(source) {
  yield* Readable.from(withoutCoverage(source)).compose(new spec());
}
