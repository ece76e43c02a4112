// How a fee was computed, for whoever pays it: each line's rule, what the rule looked at, its act, its days, the rounding and the sum.
import type { JSX } from 'preact';
import { instant } from '#base/instant.ts';
import type { Json } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import type { TariffDateRule } from '#catalog/types.ts';
import type { FeeExplanation, FeeLine } from '#rules/tariff.ts';
import type { Named, RuleSeen } from '#rules/tariff-rules.ts';
import { feeWords } from './fee-words.ts';
import { SummaryList } from './ui/case-parts.tsx';
import type { SummaryRow } from './ui/case-parts.tsx';
import { codeText, dateText, moneyText } from './ui/format.ts';
import { numberText } from './ui/numbers.ts';
import { Details } from './ui/parts.tsx';
import { MoneyText } from './ui/show.tsx';
import { say } from './ui/words.ts';

export type ExplainedProps = {
  readonly language: Language;
  readonly explained: FeeExplanation;
  readonly tariffDate?: string | undefined;
  readonly rule?: TariffDateRule | undefined;
};

export function FeeExplained({ language, explained, tariffDate, rule }: ExplainedProps): JSX.Element {
  const { lines, total, rounding } = explained;
  return (
    <Details summary={feeWords(language, 'fee.how')}>
      {tariffDate !== undefined && <TariffDay language={language} day={tariffDate} rule={rule} />}
      {lines.map((line, index) => (
        <Line language={language} line={line} key={index} />
      ))}
      {rounding && (
        <p>{feeWords(language, 'fee.rounding', { mode: feeWords(language, `fee.${rounding.mode}`), unit: rounding.unit })}</p>
      )}
      {lines.length > 1 && (
        <p>
          {feeWords(language, 'fee.sum', {
            amounts: lines.map((one) => numberText(language, BigInt(one.amount))).join(' + '),
            total: moneyText(language, total),
          })}
        </p>
      )}
    </Details>
  );
}

function TariffDay({
  language,
  day,
  rule,
}: {
  readonly language: Language;
  readonly day: string;
  readonly rule: TariffDateRule | undefined;
}): JSX.Element {
  const which = rule === undefined ? '' : `${feeWords(language, `fee.date.${rule.rule}`)}${language === 'fa' ? '، ' : ', '}`;
  return (
    <p>
      {feeWords(language, 'fee.date', { date: `${which}${dayText(language, day)}` })}{' '}
      {rule && feeWords(language, 'fee.date.legal', { legal: rule.legal[language] })}
    </p>
  );
}

function Line({ language, line }: { readonly language: Language; readonly line: FeeLine }): JSX.Element {
  const rows: readonly SummaryRow[] = [
    ...(line.basis
      ? [{ label: feeWords(language, 'fee.computed'), value: <Computation language={language} line={line} /> }]
      : []),
    ...line.rules.flatMap((rule) => ruleRows(language, rule)),
    ...(line.citation ? [{ label: say(language, 'fee.citation'), value: line.citation[language] }] : []),
  ];
  return (
    <>
      <h3>
        {line.label[language]} — <MoneyText language={language} amount={line.amount} />
      </h3>
      <SummaryList language={language} rows={rows} />
    </>
  );
}

/** A formula reads from left to right in both languages. */
function Computation({ language, line }: { readonly language: Language; readonly line: FeeLine }): JSX.Element {
  const isRounded = line.exact !== undefined && line.exact !== line.amount;
  return (
    <>
      <bdi dir="ltr">{line.basis?.[language]}</bdi>
      {isRounded && (
        <span class="pair soft">{feeWords(language, 'fee.rounded', { exact: codeText(language, line.exact ?? '') })}</span>
      )}
    </>
  );
}

function ruleRows(language: Language, rule: RuleSeen): readonly SummaryRow[] {
  const { from, until } = rule;
  const force =
    from === undefined
      ? undefined
      : until === undefined
        ? feeWords(language, 'fee.force-open', { from: dayText(language, from) })
        : feeWords(language, 'fee.force-until', { from: dayText(language, from), until: dayText(language, until) });
  return [
    {
      label: feeWords(language, 'fee.rule'),
      value: feeWords(language, 'fee.rule-of', {
        table: rule.title?.[language] ?? rule.table,
        rule: codeText(language, String(rule.rule)),
      }),
    },
    { label: feeWords(language, 'fee.inputs'), value: <Values language={language} values={rule.inputs} /> },
    { label: feeWords(language, 'fee.outputs'), value: <Values language={language} values={rule.outputs} /> },
    ...(force === undefined ? [] : [{ label: feeWords(language, 'fee.force'), value: force }]),
  ];
}

function Values({ language, values }: { readonly language: Language; readonly values: readonly Named[] }): JSX.Element {
  return (
    <>
      {values.map(({ name, label, value, words }, index) => (
        <span class="pair" key={index}>
          <bdi>{label?.[language] ?? name}</bdi> = <bdi>{words?.[language] ?? seenText(language, value)}</bdi>
        </span>
      ))}
    </>
  );
}

/** Digits stay as they are written: a year is never grouped. */
function seenText(language: Language, value: Json): string {
  if (value === null) return '—';
  if (typeof value === 'boolean') return say(language, value ? 'yes' : 'no');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return dayText(language, text);
  return /^[-\d.]+$/.test(text) ? codeText(language, text) : text;
}

function dayText(language: Language, day: string): string {
  return dateText(language, instant(`${day}T12:00:00+03:30`));
}
