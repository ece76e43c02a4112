// `dargah check`: every finding of a service package, with its file, place, reason and mend.
import type { Finding } from '#base/finding.ts';
import { hashPackage } from '#catalog/hash.ts';
import { checkInCity } from '#catalog/in-city.ts';
import { readPackage } from '#catalog/read.ts';
import type { ReadPackage } from '#catalog/types.ts';
import { loadCity, readFolder } from '#main/seed.ts';
import { sha256 } from '#main/sha256.ts';
import type { Options, Outcome } from './outcome.ts';
import { fromHere } from './paths.ts';

export type Opened = ReadPackage & { readonly name: string; readonly definition: string };

/** The package in a folder; a folder that cannot be read is a finding like any other. */
export async function openPackage(name: string): Promise<Opened> {
  try {
    const files = await readFolder(fromHere(name));
    return { name, definition: hashPackage(files, sha256), ...(await readPackage(files)) };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))) throw error;
    const finding: Finding = {
      code: 'no-folder',
      severity: 'error',
      place: name,
      reason: { fa: `پوشه ${name} یافت نشد.`, en: `There is no folder ${name}.` },
      mend: { fa: 'نشانی پوشه خدمت را بدهید.', en: 'Give the folder of a service.' },
    };
    return { name, definition: '', findings: [finding] };
  }
}

export function findingLines(finding: Finding, language: 'fa' | 'en'): readonly string[] {
  const where = [finding.file, finding.place].filter((one) => one !== undefined && one !== '').join(' ');
  const mark = finding.severity === 'error' ? '✗' : '!';
  const path = finding.path && finding.path.length > 0 ? [`      ${finding.path.join(' → ')}`] : [];
  return [`  ${mark} ${where} [${finding.code}]`, `      ${finding.reason[language]} ${finding.mend[language]}`, ...path];
}

export async function check(names: readonly string[], options: Options): Promise<Outcome> {
  const city = await loadCity();
  const opened = (await Promise.all(names.map(openPackage))).map((one) =>
    one.package ? { ...one, findings: [...one.findings, ...checkInCity(one.package, city)] } : one,
  );
  const isBad = (one: Opened): boolean => one.package === undefined || one.findings.some((each) => each.severity === 'error');
  const lines = opened.flatMap((one) => {
    const errors = one.findings.filter((each) => each.severity === 'error').length;
    const words = isBad(one) ? `${errors} errors` : `good · ${one.package?.manifest.version} · ${one.definition.slice(0, 12)}`;
    return [
      `${one.name}: ${words}, ${one.findings.length - errors} warnings`,
      ...one.findings.flatMap((each) => findingLines(each, options.language)),
    ];
  });
  const result = opened.map(({ name, definition, findings, package: pkg }) => ({
    name,
    definition,
    ok: pkg !== undefined,
    findings,
  }));
  return { ok: !opened.some(isBad), lines, result };
}
