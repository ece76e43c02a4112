// `dargah test`: the examples of a package, run on the real decide, evolve and engine under a virtual clock, in the demo city.
import type { City } from '#catalog/city.ts';
import type { ServicePackage } from '#catalog/types.ts';
import { rehearse } from '#cases/rehearse.ts';
import { isObject } from '#base/json.ts';
import { stageOf } from '#main/stage.ts';
import { loadCity } from '#main/seed.ts';
import { findingLines, openPackage } from './check.ts';
import type { Options, Outcome } from './outcome.ts';

type Result = {
  readonly file: string;
  readonly title: string;
  readonly ok: boolean;
  readonly failures: readonly string[];
  readonly events: number;
};

function runExamples(pkg: ServicePackage, city: City, language: 'fa' | 'en'): readonly Result[] {
  const stage = stageOf(city);
  return Object.entries(pkg.examples).map(([file, example]) => {
    const title = isObject(example['title']) ? String(example['title'][language] ?? file) : file;
    try {
      const { failures, events } = rehearse(pkg, example, stage);
      return { file, title, ok: failures.length === 0, failures, events: events.length };
    } catch (error) {
      // An example that is not of the documented shape: its author's fault, told as one.
      return { file, title, ok: false, failures: [error instanceof Error ? error.message : String(error)], events: 0 };
    }
  });
}

export async function testPackages(names: readonly string[], options: Options): Promise<Outcome> {
  const city = await loadCity();
  const opened = await Promise.all(names.map(openPackage));
  const runs = opened.map((one) => ({ ...one, results: one.package ? runExamples(one.package, city, options.language) : [] }));
  const lines = runs.flatMap((one) => [
    one.name,
    ...(one.package ? [] : one.findings.flatMap((each) => findingLines(each, options.language))),
    ...one.results.flatMap((each) => [
      `  ${each.ok ? '✓' : '✗'} ${each.title} (${each.file}, ${each.events} events)`,
      ...each.failures.map((words) => `      ${words}`),
    ]),
  ]);
  const all = runs.flatMap((one) => one.results);
  const passed = all.filter((one) => one.ok).length;
  const ok = passed === all.length && runs.every((one) => one.package !== undefined && one.results.length > 0);
  return {
    ok,
    lines: [...lines, `${passed} passed, ${all.length - passed} failed`],
    result: runs.map(({ name, package: pkg, results }) => ({
      name,
      ok: pkg !== undefined && results.every((one) => one.ok),
      results,
    })),
  };
}
