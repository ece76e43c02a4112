// A reporter of node:test that keeps JSON: how many tests ran and how they ended, and, where it is measured, which lines of which files ran
// how often. Beside the reporter people read.
// oxlint-disable-next-line import/no-default-export -- node:test asks for one
export default async function* tally(source) {
  let counts;
  let ran;
  for await (const { type, data } of source) {
    // The summary without a file is that of the whole run.
    if (type === 'test:summary' && data.file === undefined) counts = data.counts;
    if (type === 'test:coverage')
      ran = data.summary.files.map(({ path, lines }) => ({ path, lines: lines.map(({ line, count }) => [line, count]) }));
  }
  if (counts) yield JSON.stringify({ counts, ran });
}
