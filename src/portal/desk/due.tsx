// How long until a deadline, or since: in words beside the date, so that nobody has to compute with dates.
import type { JSX } from 'preact';
import type { Instant } from '#base/instant.ts';
import type { Language } from '#base/text.ts';
import { Tag } from '#portal/ui/parts.tsx';
import { JalaliDateText } from '#portal/ui/show.tsx';
import { say } from '#portal/ui/words.ts';
import { words } from './words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The largest whole unit of a span: `۳ روز`, `۵ ساعت`, `۱۲ دقیقه`. */
export function spanText(language: Language, from: Instant, to: Instant): string {
  const span = Math.abs(Date.parse(to) - Date.parse(from));
  if (span >= DAY) return say(language, 'time.days', { count: Math.floor(span / DAY) });
  if (span >= HOUR) return say(language, 'time.hours', { count: Math.floor(span / HOUR) });
  return say(language, 'time.minutes', { count: Math.max(1, Math.floor(span / MINUTE)) });
}

export function isLate(due: Instant | null | undefined, now: Instant): boolean {
  return due !== null && due !== undefined && Date.parse(due) < Date.parse(now);
}

export function DueText({
  language,
  due,
  now,
}: {
  readonly language: Language;
  readonly due: Instant;
  readonly now: Instant;
}): JSX.Element {
  const span = spanText(language, now, due);
  return (
    <span>
      <JalaliDateText language={language} at={due} shape="short" />{' '}
      {isLate(due, now) ? (
        <Tag tone="danger">{words(language, 'due.late', { span })}</Tag>
      ) : (
        <span class="soft">{words(language, 'due.left', { span })}</span>
      )}
    </span>
  );
}
