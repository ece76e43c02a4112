// What the lists of a unit's inquiries share: their tabs, marks of a row, and how long something took.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { InquiryView } from '#work/views/inquiries.ts';
import { href } from '#portal/ui/href.ts';
import { Tabs, Tag } from '#portal/ui/parts.tsx';
import { say } from '#portal/ui/words.ts';
import { unitWords } from './unit-words.ts';

const TABS = [
  ['inbox', '/desk/inquiries'],
  ['sent', '/desk/inquiries/sent'],
  ['letters', '/desk/inquiries/letters'],
] as const;

export function UnitTabs({
  language,
  now,
}: {
  readonly language: Language;
  readonly now: (typeof TABS)[number][0];
}): JSX.Element {
  return (
    <Tabs
      language={language}
      label={unitWords(language, 'tabs.label')}
      links={TABS.map(([name, to]) => ({
        href: href(language, to),
        label: unitWords(language, `tabs.${name}`),
        current: name === now,
      }))}
    />
  );
}

/** Escalated, forwarded, late: what a row says beside its state. */
export function Marks({
  language,
  of,
  lateNew = 0,
}: {
  readonly language: Language;
  readonly of: InquiryView;
  readonly lateNew?: number;
}): JSX.Element {
  const { escalatedAt, forwarded, returns, isLate, late } = of;
  return (
    <>
      {escalatedAt !== undefined && <Tag tone="danger">{unitWords(language, 'mark.escalated')}</Tag>}{' '}
      {forwarded.length > 0 && <Tag>{unitWords(language, 'mark.forwarded', { count: forwarded.length })}</Tag>}{' '}
      {returns > 0 && <Tag tone="warning">{unitWords(language, 'mark.returned', { count: returns })}</Tag>}{' '}
      {lateNew > 0 ? (
        <Tag tone="info">{unitWords(language, 'mark.late-new')}</Tag>
      ) : (
        (isLate || late.length > 0) && <Tag tone="warning">{unitWords(language, 'mark.late')}</Tag>
      )}
    </>
  );
}

/** The largest whole unit: at once, seconds, minutes, hours, days. */
export function secondsText(language: Language, seconds: number): string {
  if (seconds < 1) return unitWords(language, 'time.at-once');
  if (seconds < 60) return unitWords(language, 'time.seconds', { count: Math.round(seconds) });
  if (seconds < 3600) return say(language, 'time.minutes', { count: Math.round(seconds / 60) });
  if (seconds < 86_400) return say(language, 'time.hours', { count: Math.round(seconds / 3600) });
  return say(language, 'time.days', { count: Math.round(seconds / 86_400) });
}

/** An address with the parts of its query that are set. */
export function addressOf(path: string, query: { readonly [name: string]: string | undefined }): string {
  const set = Object.entries(query).filter((one): one is [string, string] => one[1] !== undefined && one[1] !== '');
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set).toString()}`;
}

/** A field of a form or an address that is there any number of times. */
export function manyOf(values: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return [value].flat().filter((one): one is string => typeof one === 'string' && one !== '');
}
