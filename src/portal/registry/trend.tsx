// A share of one over days as a line, with its first and last value in words: the line repeats for the eye what the table says.
// Time runs as the language reads: in Persian from right to left.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Instant } from '#base/instant.ts';
import { dateText } from '#portal/ui/format.ts';
import { percentText } from '#portal/ui/numbers.ts';
import { words } from './words.ts';

const [WIDE, HIGH, EDGE] = [300, 60, 3];

/** `points`: oldest first, at least one. */
export type TrendProps = {
  readonly language: Language;
  readonly label: string;
  readonly points: readonly { readonly day: string; readonly share: number }[];
};

export function Trend({ language, label, points }: TrendProps): JSX.Element | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const origin = epoch(first.day);
  const span = Math.max(1, epoch(last.day) - origin);
  const along = (day: string): number => EDGE + ((WIDE - 2 * EDGE) * (epoch(day) - origin)) / span;
  const x = (day: string): number => (language === 'fa' ? WIDE - along(day) : along(day));
  const y = (share: number): number => EDGE + (HIGH - 2 * EDGE) * (1 - share);
  const at = ({ day, share }: { readonly day: string; readonly share: number }): string =>
    `${x(day).toFixed(1)},${y(share).toFixed(1)}`;
  const title = words(language, 'quality.trend-of', {
    figure: label,
    from: percentText(language, first.share),
    to: percentText(language, last.share),
  });
  return (
    <figure class="trend">
      <figcaption>
        {label}: <strong>{percentText(language, last.share)}</strong>
      </figcaption>
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={title}>
        <path d={`M0 ${HIGH - 0.5}H${WIDE}`} stroke="currentColor" stroke-opacity=".3" />
        <polyline points={points.map(at).join(' ')} fill="none" stroke="currentColor" stroke-width="2" />
        <circle cx={x(last.day)} cy={y(last.share)} r={EDGE} fill="currentColor" />
      </svg>
      <p class="soft trend-days">
        <bdi>{dateText(language, noon(first.day), 'short')}</bdi>
        {last.day !== first.day && <bdi>{dateText(language, noon(last.day), 'short')}</bdi>}
      </p>
    </figure>
  );
}

export function noon(day: string): Instant {
  return `${day}T08:30:00.000Z` as Instant;
}

function epoch(day: string): number {
  return Date.parse(noon(day));
}
