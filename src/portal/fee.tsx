// The fee of a case, line by line, as the tariff's decision gave it, and how each line was computed.
import type { JSX } from 'preact';
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import { money } from '#base/money.ts';
import type { Language } from '#base/text.ts';
import type { CaseState } from '#cases/types.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { FeeExplained } from './fee-explained.tsx';
import { FeeLines } from './ui/case-parts.tsx';

type FeeProps = {
  readonly language: Language;
  readonly fee: NonNullable<CaseState['fee']>;
  /** The case it is of: with it, each line can be followed to its rule. */
  readonly of: Pick<CaseFile, 'explained' | 'package' | 'state'>;
};

export function Fee({ language, fee, of }: FeeProps): JSX.Element {
  const lines = fee.lines.filter(isObject).map((line, index) => ({
    code: `${String(line['code'] ?? index)}-${index}`,
    label: textIn(line['label'], language) || String(line['code'] ?? ''),
    // A formula reads from left to right in both languages.
    basis: <bdi dir="ltr">{textIn(line['basis'], language)}</bdi>,
    citation: textIn(line['citation'], language),
    amount: money(String(line['amount'] ?? 0)),
  }));
  const { explained, package: pkg, state } = of;
  return (
    <>
      <FeeLines language={language} lines={lines} total={fee.total} captionAway />
      {explained && explained.lines.length > 0 && (
        <FeeExplained language={language} explained={explained} tariffDate={state.tariffDate} rule={pkg.manifest.fees.date} />
      )}
    </>
  );
}

/** A model's text: in both languages, as one text «Persian / English», or as it is. */
export function textIn(value: Json | undefined, language: Language): string {
  if (isObject(value)) return String(value[language] ?? value['fa'] ?? '');
  if (value === undefined || value === null) return '';
  const text = String(value);
  const [fa = '', en, more] = text.split(' / ');
  const isPair = en !== undefined && more === undefined && /[\u0600-\u06ff]/.test(fa) && !/[\u0600-\u06ff]/.test(en);
  if (!isPair) return text;
  return language === 'fa' ? fa : en;
}
