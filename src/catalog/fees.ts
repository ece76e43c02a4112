// The fee of a package: is what is paid what a decision computed, is its rounding declared, and does the manifest say which day's tariff rules.
// The guard around the fee decision holds every fee to its explanation: one that does not add up is no fee.
import type { Finding } from '#base/finding.ts';
import { TARIFF_DATE, checkRounding } from '#rules/dmn/check-tariffs.ts';
import { explainFee } from '#rules/tariff.ts';
import type { DecisionLibrary } from '#rules/types.ts';
import { inFile, problem, warning } from './findings.ts';
import type { Parts } from './parts.ts';

const FILE = 'service.yaml';

export function checkFees(parts: Parts): readonly Finding[] {
  return [...checkPaid(parts), ...checkDate(parts), ...roundingOf(parts)];
}

/** What is paid must be what the named decision computed, else the page explains another fee than the one charged. */
function checkPaid({ manifest, model }: Parts): readonly Finding[] {
  const pays = model.nodes.find((node) => node.info.service === 'dargah:pay');
  const { decision, free } = manifest.fees;
  if (!pays) return [];
  if (free === true || decision === undefined)
    return [
      warning(
        { code: 'fee-unexplained', file: FILE, place: 'fees' },
        [`گام ${pays.id} پول می‌گیرد، اما fees تصمیمی نمی‌نامد.`, `The step ${pays.id} takes money, but fees names no decision.`],
        ['fees.decision را بنویسید و free را بردارید.', 'Write fees.decision, and remove free.'],
      ),
    ];
  if (model.nodes.some((node) => node.decision?.id === decision)) return [];
  return [
    problem(
      { code: 'missing-reference', file: FILE, place: 'fees.decision' },
      [`«${decision}» که در fees.decision آمده در بسته نیست.`, `“${decision}”, named at fees.decision, is not in the package.`],
      ['گامی با این تصمیم در فرایند بگذارید.', 'Let a step of the process run this decision.'],
    ),
  ];
}

/** A decision that reads the tariff's date needs the manifest to say which day that is, and the other way round. */
function checkDate({ manifest, model, decisions }: Parts): readonly Finding[] {
  const { decision, date } = manifest.fees;
  const reads = readsTariffDate(decisions, decision);
  if (reads && !date)
    return [
      problem(
        { code: 'tariff-date-missing', file: FILE, place: 'fees.date' },
        [
          `تصمیم ${decision} تعرفه را با ${TARIFF_DATE} برمی‌گزیند، اما fees.date نمی‌گوید کدام روز پرونده است.`,
          `The decision ${decision} chooses its tariff by ${TARIFF_DATE}, but fees.date does not say which day of a case that is.`,
        ],
        [
          'fees.date را بنویسید: { rule: submission یا completeness یا assessment, legal }.',
          'Write fees.date: { rule: submission, completeness or assessment, legal }.',
        ],
      ),
    ];
  if (!date) return [];
  const isKnown = date.step === undefined || model.nodes.some((node) => node.kind === 'user' && node.id === date.step);
  return [
    ...(reads
      ? []
      : [
          warning(
            { code: 'tariff-date-unread', file: FILE, place: 'fees.date' },
            [
              `fees.date روزی را می‌نامد که تصمیم بها آن را نمی‌خواند.`,
              `fees.date names a day that the fee decision does not read.`,
            ],
            [
              `آن را بردارید یا ورودی ${TARIFF_DATE} را به تصمیم بدهید.`,
              `Remove it, or give the decision the input ${TARIFF_DATE}.`,
            ],
          ),
        ]),
    ...(isKnown
      ? []
      : [
          problem(
            { code: 'missing-reference', file: FILE, place: 'fees.date.step' },
            [`گام «${date.step}» در فرایند نیست.`, `There is no step “${date.step}” in the process.`],
            ['شناسهٔ یک گام انسانی را بنویسید.', 'Write the id of a user task.'],
          ),
        ]),
  ];
}

export function readsTariffDate(library: DecisionLibrary, decision: string | undefined): boolean {
  return library.decisions.find((one) => one.id === decision)?.inputs.includes(TARIFF_DATE) === true;
}

function roundingOf({ manifest, dmn }: Parts): readonly Finding[] {
  const { decision } = manifest.fees;
  if (decision === undefined) return [];
  return dmn.flatMap(({ file, model }) =>
    model.decisions.filter((one) => one.id === decision).flatMap((one) => inFile(file, checkRounding(one))),
  );
}

/** The library of a package whose fee decision gives a fee that explains itself to the rial, or none and the reason. */
export function guardFee(library: DecisionLibrary, decision: string | undefined): DecisionLibrary {
  if (decision === undefined) return library;
  return {
    ...library,
    evaluate(name, inputs) {
      const result = library.evaluate(name, inputs);
      if (name !== decision || result.value === null) return result;
      const { findings } = explainFee(result.value, result.hits);
      return findings.length === 0 ? result : { ...result, value: null, problems: [...findings, ...result.problems] };
    },
  };
}
