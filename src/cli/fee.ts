// `dargah fee`: what a service costs for given facts on a given day, line by line, with the rule, the act and the rounding of each.
// The same decision that charges a case, asked without one.
import type { Finding } from '#base/finding.ts';
import type { JsonObject } from '#base/json.ts';
import { isoDateOf, IRAN_OFFSET } from '#calendar/jalali.ts';
import { fromEpochMillis } from '#base/instant.ts';
import type { ServicePackage } from '#catalog/types.ts';
import { loadCity } from '#main/seed.ts';
import { TARIFF_DATE } from '#rules/dmn/check-tariffs.ts';
import type { DmnModel } from '#rules/dmn/model.ts';
import { readDmn } from '#rules/dmn/read.ts';
import { inputFaults } from '#rules/tariff-inputs.ts';
import { dayOf } from '#rules/tariff-rules.ts';
import { explainFee } from '#rules/tariff.ts';
import type { FeeExplanation } from '#rules/tariff.ts';
import { toFeel } from '#rules/values.ts';
import { findingLines, openPackage } from './check.ts';
import { readInputs, type ReadInputs } from './fee-inputs.ts';
import { feeLines } from './fee-lines.ts';
import type { Options, Outcome } from './outcome.ts';

type Asked = {
  readonly explanation?: FeeExplanation;
  readonly tariffDate?: string;
  /** A day was asked for, and the fee hangs on none. */
  readonly undated?: true;
  readonly findings: readonly Finding[];
};

export async function fee(names: readonly string[], options: Options): Promise<Outcome> {
  const asked = await Promise.all(names.map(openPackage));
  const answers: { readonly name: string; readonly pkg?: ServicePackage; readonly answer: Asked }[] = [];
  for (const one of asked)
    answers.push(
      one.package
        ? { name: one.name, pkg: one.package, answer: await feeOf(one.package, options) }
        : { name: one.name, answer: { findings: one.findings.filter((each) => each.severity === 'error') } },
    );
  return {
    ok: answers.every(({ answer }) => answer.findings.length === 0),
    lines: answers.flatMap(({ name, pkg, answer }) => [
      ...(answer.findings.length > 0 ? [`${name}: ${options.languages.includes('en') ? 'no fee' : 'بها حساب نشد'}`] : []),
      ...answer.findings.flatMap((one) => options.languages.flatMap((language) => findingLines(one, language))),
      ...(pkg && answer.findings.length === 0 ? options.languages.flatMap((language) => feeLines(pkg, answer, language)) : []),
    ]),
    result: answers.map(({ name, pkg, answer }) => ({
      name,
      ok: answer.findings.length === 0,
      ...(pkg ? { service: pkg.manifest.id, version: pkg.manifest.version } : {}),
      ...answer,
    })),
  };
}

async function feeOf(pkg: ServicePackage, options: Options): Promise<Asked> {
  const { decision } = pkg.manifest.fees;
  if (decision === undefined) return { findings: [] };
  const needed = pkg.decisions.decisions.find((one) => one.id === decision)?.inputs ?? [];
  const found = options.property === undefined ? { given: {}, findings: [] } : await propertyOf(options.property);
  const read = await readInputs(options.inputs, found.given);
  const findings = [...found.findings, ...read.findings];
  if (findings.length > 0) return { findings };
  const dated = dateOf(needed.includes(TARIFF_DATE), read.given, options.date);
  if ('finding' in dated) return { findings: [dated.finding] };
  const { tariffDate } = dated;
  const of = { ...dated, ...(tariffDate === undefined && options.date !== undefined ? { undated: true as const } : {}) };
  const given = tariffDate === undefined ? read.given : { ...read.given, [TARIFF_DATE]: tariffDate };
  const faults = inputFaults(modelsOf(pkg, decision), needed, given);
  if (faults.length > 0) return { findings: faults };
  const inputs = Object.fromEntries(needed.map((name) => [name, toFeel(given[name])]));
  const { value, hits, problems } = pkg.decisions.evaluate(decision, inputs);
  if (value === null) return { findings: problems.length > 0 ? problems : [noFee(decision)], ...of };
  return { ...explainFee(value, hits, pkg.labels), ...of };
}

/** The models of a package, the one that has the decision first: names in it mean what it says. */
function modelsOf(pkg: ServicePackage, decision: string): readonly DmnModel[] {
  const models = Object.entries(pkg.files).flatMap(([file, text]) => (/^[^/]+\.dmn$/.test(file) ? [readDmn(text)] : []));
  const has = (model: DmnModel): number => (model.decisions.some((one) => one.id === decision) ? 0 : 1);
  return models.toSorted((a, b) => has(a) - has(b));
}

async function propertyOf(code: string): Promise<ReadInputs> {
  const { properties } = await loadCity();
  const record = properties.find((one) => one.renovationCode === code);
  if (record) return { given: { property: record as unknown as JsonObject }, findings: [] };
  return {
    given: {},
    findings: [
      {
        code: 'unknown-property',
        severity: 'error',
        place: '--property',
        reason: { fa: `ملکی با کد ${code} در شهر نمونه نیست.`, en: `The demo city has no property ${code}.` },
        mend: { fa: 'کدی از city/properties.yaml بدهید.', en: 'Give a code of city/properties.yaml.' },
      },
    ],
  };
}

/** The day of the tariff: as asked, as among the inputs, or today in the city; none where the fee hangs on no day. */
function dateOf(
  isDated: boolean,
  given: JsonObject,
  asked: string | undefined,
): { readonly tariffDate?: string } | { readonly finding: Finding } {
  if (!isDated) return {};
  const said = asked ?? given[TARIFF_DATE] ?? isoDateOf(fromEpochMillis(Date.now()), IRAN_OFFSET);
  const tariffDate = dayOf(String(said).replaceAll('/', '-'));
  if (tariffDate !== undefined) return { tariffDate };
  return {
    finding: {
      code: 'date-unreadable',
      severity: 'error',
      place: asked === undefined ? TARIFF_DATE : '--date',
      reason: { fa: `«${String(said)}» روزی نیست.`, en: `“${String(said)}” is no day.` },
      mend: { fa: 'مانند 2026-03-21 یا 1405-01-01 بنویسید.', en: 'Write it like 2026-03-21 or 1405-01-01.' },
    },
  };
}

function noFee(decision: string): Finding {
  return {
    code: 'no-fee',
    severity: 'error',
    place: decision,
    reason: { fa: 'تصمیم بها برای این ورودی پاسخی ندارد.', en: 'The fee decision has no answer for these inputs.' },
    mend: { fa: 'ورودی‌ها و تاریخ را بسنجید.', en: 'Check the inputs and the date.' },
  };
}
