// A contract's rate: so many questions a minute, spread evenly, with a burst of as many at once. The generic cell rate algorithm (ITU-T I.371): one
// number for each contract, exact over any window, with no minute that begins anew.

const WINDOW_MS = 60_000;

export type Rate = {
  /** Milliseconds; up to which time the questions taken so far are spread. Kept for the next one. */
  readonly filledTo: number;
  readonly isTaken: boolean;
  /** How many more would be taken now. */
  readonly left: number;
  /** Until one more is taken, where this one was not; until all of the rate is free again, where it was. */
  readonly seconds: number;
};

/** `filledTo` of the question before; 0 for none. */
export function taken(filledTo: number, ratePerMinute: number, now: number): Rate {
  const each = WINDOW_MS / ratePerMinute;
  const from = Math.max(filledTo, now);
  const next = from + each;
  // A hair of tolerance: sums of thirds are not exact.
  if (next - now > WINDOW_MS + each * 1e-6)
    return { filledTo, isTaken: false, left: 0, seconds: Math.max(1, Math.ceil((next - now - WINDOW_MS) / 1000)) };
  const left = Math.floor((WINDOW_MS - (next - now)) / each + 1e-6);
  return { filledTo: next, isTaken: true, left, seconds: Math.ceil((next - now) / 1000) };
}

/** RateLimit header fields for HTTP (IETF httpapi working group, draft 10). */
export function rateFields(ratePerMinute: number, { left, seconds }: Rate): readonly (readonly [string, string])[] {
  return [
    ['ratelimit-policy', `"contract";q=${ratePerMinute};w=${WINDOW_MS / 1000}`],
    ['ratelimit', `"contract";r=${left};t=${seconds}`],
  ];
}
