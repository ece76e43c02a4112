// How every benchmark speaks: a table for people, one JSON object with --json.

export type Measure = { readonly name: string; readonly value: number; readonly unit: string; readonly note?: string };

export function report(title: string, measures: readonly Measure[]): void {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(Object.fromEntries(measures.map(({ name, value }) => [name, value])), null, 2));
    return;
  }
  console.log(`\n${title}\n`);
  const width = Math.max(...measures.map(({ name }) => name.length));
  for (const { name, value, unit, note } of measures) {
    const shown = Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
    console.log(`  ${name.padEnd(width)} ${shown.padStart(10)} ${unit.padEnd(12)} ${note ?? ''}`);
  }
}
