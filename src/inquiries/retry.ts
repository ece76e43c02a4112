// How long after a failed try the next one is made: doubling to a cap, with half of it left to chance, so that a crowd does not come back at once. Pure.

/** `tries` made so far, at least one. `chance` in [0, 1). */
export function backoffMs(
  tries: number,
  { firstMs, capMs }: { readonly firstMs: number; readonly capMs: number },
  chance: number,
) {
  const full = Math.min(capMs, firstMs * 2 ** Math.min(tries - 1, 30));
  return Math.ceil(full * (0.5 + chance / 2));
}
