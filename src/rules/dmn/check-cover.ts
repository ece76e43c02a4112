// Boxes in a space of classes: is every point covered, by which boxes, and if not, a point that is bare. Exact; knows nothing of tables.
// Boxes that do not meet are counted; others are swept input by input, what was seen once remembered.
import { both, has, isEmpty, lowest, membersOf, put, type Bits } from './check-bits.ts';

/** For each dimension, for each class of it, the boxes that hold it. */
export type Space = readonly (readonly Bits[])[];
/** For each dimension a class: a bare point. `used`: boxes that cover the space between them. `open`: too many steps to tell. */
export type Cover =
  | { readonly is: 'bare'; readonly at: readonly number[] }
  | { readonly is: 'covered'; readonly used: Bits }
  | { readonly is: 'open' };

/** Steps that may still be taken: shared by all questions about one table. */
export type Budget = { left: number };

export function budget(): Budget {
  return { left: 40_000 };
}

/** Whether boxes that do not meet each other fill the space: by counting, then walking to where they are too few. */
export function fills(space: Space, active: Bits): Cover {
  const boxes = membersOf(active);
  /** For each box the points it holds in the last dimensions: none, the last one, the last two … */
  const sizes = new Map(
    boxes.map((box) => {
      const after: bigint[] = [1n];
      for (const classes of space.toReversed()) {
        const held = classes.reduce((count, holders) => count + (has(holders, box) ? 1 : 0), 0);
        after.push(BigInt(held) * (after.at(-1) ?? 1n));
      }
      return [box, after] as const;
    }),
  );
  const full = (list: readonly number[], depth: number): bigint =>
    list.reduce((sum, box) => sum + (sizes.get(box)?.[space.length - depth] ?? 0n), 0n);
  let left = space.reduce((product, classes) => product * BigInt(classes.length), 1n);
  if (full(boxes, 0) >= left) return { is: 'covered', used: active };
  const at: number[] = [];
  let inside = boxes;
  for (const [depth, classes] of space.entries()) {
    left /= BigInt(classes.length);
    const place = classes.findIndex((holders) => {
      const held = inside.filter((box) => has(holders, box));
      return full(held, depth + 1) < left;
    });
    at.push(place);
    inside = inside.filter((box) => has(classes[place] ?? active, box));
  }
  return { is: 'bare', at };
}

type Sweep = {
  readonly space: Space;
  readonly seen: Set<string>;
  readonly used: Bits;
  readonly at: number[];
  readonly budget: Budget;
};

/** Whether boxes that may meet cover the space. */
export function covers(space: Space, active: Bits, steps: Budget): Cover {
  const sweep: Sweep = { space, seen: new Set(), used: new Uint32Array(active.length), at: space.map(() => 0), budget: steps };
  const rest = space.map((_, dimension) => dimension).filter((dimension) => (space[dimension]?.length ?? 0) > 0);
  if (rest.length < space.length) return { is: 'covered', used: sweep.used };
  const bare = search(sweep, active, rest);
  if (steps.left < 0) return { is: 'open' };
  return bare ? { is: 'bare', at: sweep.at } : { is: 'covered', used: sweep.used };
}

/** True where a bare point was found: it stands in `at`. */
function search(sweep: Sweep, active: Bits, rest: readonly number[]): boolean {
  if (isEmpty(active)) {
    for (const dimension of rest) sweep.at[dimension] = 0;
    return true;
  }
  sweep.budget.left -= 1;
  if (sweep.budget.left < 0) return false;
  const whole = rest.reduce((found, dimension) => (isEmpty(found) ? found : all(sweep.space[dimension] ?? [], found)), active);
  if (!isEmpty(whole)) {
    put(sweep.used, lowest(whole));
    return false;
  }
  const key = `${rest.join()};${active.join()}`;
  if (sweep.seen.has(key)) return false;
  const { dimension, parts } = narrowest(sweep.space, active, rest);
  const others = rest.filter((one) => one !== dimension);
  for (const { place, inside } of parts) {
    sweep.at[dimension] = place;
    if (search(sweep, inside, others)) return true;
  }
  sweep.seen.add(key);
  return false;
}

/** Boxes that hold every class of a dimension. */
function all(classes: readonly Bits[], active: Bits): Bits {
  let found = active;
  for (const holders of classes) {
    found = both(found, holders);
    if (isEmpty(found)) break;
  }
  return found;
}

type Part = { readonly place: number; readonly inside: Bits };

/** The dimension that parts the active boxes into the fewest groups. */
function narrowest(
  space: Space,
  active: Bits,
  rest: readonly number[],
): { readonly dimension: number; readonly parts: readonly Part[] } {
  let best: { dimension: number; parts: readonly Part[] } | undefined;
  for (const dimension of rest) {
    const parts = partsOf(space[dimension] ?? [], active);
    if (!best || parts.length < best.parts.length) best = { dimension, parts };
    if (best.parts.length === 1) break;
  }
  return best ?? { dimension: rest[0] ?? 0, parts: [] };
}

function partsOf(classes: readonly Bits[], active: Bits): readonly Part[] {
  const groups = new Map<string, Part>();
  for (const [place, holders] of classes.entries()) {
    const inside = both(active, holders);
    const key = inside.join();
    if (!groups.has(key)) groups.set(key, { place, inside });
  }
  return [...groups.values()];
}
