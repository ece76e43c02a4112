// A reporter of node:test that keeps one line of JSON: how many tests ran and how they ended. Beside the reporter people read.
// oxlint-disable-next-line import/no-default-export -- node:test asks for one
export default async function* tally(source) {
  for await (const { type, data } of source) {
    // The summary without a file is that of the whole run.
    if (type === 'test:summary' && data.file === undefined) yield JSON.stringify(data.counts);
  }
}
