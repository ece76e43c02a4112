// Values as people read them: numbers, money, dates, codes. Each keeps its own direction inside a sentence of the other.
import type { ComponentChildren, JSX } from 'preact';
import { printedCaseId } from '#base/ids.ts';
import type { CaseId } from '#base/ids.ts';
import type { Instant } from '#base/instant.ts';
import type { Money } from '#base/money.ts';
import type { Language } from '#base/text.ts';
import { clockText, codeText, dateText, dateTimeText, moneyText } from './format.ts';
import type { DateShape } from './format.ts';
import { numberText } from './numbers.ts';

export function Num({ language, value }: { readonly language: Language; readonly value: number | bigint }): JSX.Element {
  return <bdi class="num">{numberText(language, value)}</bdi>;
}

/** Whole rials, grouped, with the unit's name. */
export function MoneyText({ language, amount }: { readonly language: Language; readonly amount: Money }): JSX.Element {
  return <bdi class="num">{moneyText(language, amount)}</bdi>;
}

type DateProps = { readonly language: Language; readonly at: Instant; readonly shape?: DateShape };

/** The date of an instant in Tehran, Jalali (and Gregorian beside it in English). */
export function JalaliDateText({ language, at, shape = 'long' }: DateProps): JSX.Element {
  return (
    <time datetime={at}>
      <bdi>{dateText(language, at, shape)}</bdi>
    </time>
  );
}

/** Date and time of day. */
export function JalaliTime({ language, at, shape = 'long' }: DateProps): JSX.Element {
  return (
    <time datetime={at}>
      <bdi>{dateTimeText(language, at, shape)}</bdi>
    </time>
  );
}

/** The time of day alone, where the date stands near by. */
export function ClockTime({ language, at }: { readonly language: Language; readonly at: Instant }): JSX.Element {
  return (
    <time datetime={at}>
      <bdi>{clockText(language, at)}</bdi>
    </time>
  );
}

/** `1405-482-190-3476`, never broken nor turned. */
export function CaseNumber({ language, id }: { readonly language: Language; readonly id: CaseId }): JSX.Element {
  return <Code language={language} code={printedCaseId(id)} />;
}

/** A code of digits and signs (national id, postal code, document number), left to right. */
export function Code({ language, code }: { readonly language: Language; readonly code: string }): JSX.Element {
  return (
    <bdi class="code" dir="ltr">
      {codeText(language, code)}
    </bdi>
  );
}

/** A run in the other language: marked for screen readers and for direction. */
export function Foreign({
  language,
  children,
}: {
  readonly language: Language;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <bdi lang={language} dir={language === 'fa' ? 'rtl' : 'ltr'}>
      {children}
    </bdi>
  );
}

/** What a person typed: its direction is its own. */
export function UserText({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <bdi class="user-text">{children}</bdi>;
}
