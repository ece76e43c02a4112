// How far along the flow each node stands: the longest way to it, ties that lead back set aside. Iterative: depth is no danger.

export type Tie = { readonly id: string; readonly from: string; readonly to: string };
export type Layers = { readonly layer: ReadonlyMap<string, number>; readonly back: ReadonlySet<string> };

/** Every tie must join two of the ids. */
export function layersOf(ids: readonly string[], ties: readonly Tie[]): Layers {
  const out = new Map<string, Tie[]>(ids.map((id) => [id, []]));
  const entered = new Set<string>();
  for (const tie of ties) {
    out.get(tie.from)?.push(tie);
    if (tie.from !== tie.to) entered.add(tie.to);
  }
  const { back, finished } = walk([...ids.filter((id) => !entered.has(id)), ...ids], out);
  const layer = new Map(ids.map((id) => [id, 0]));
  for (const id of finished.reverse())
    for (const { id: tie, to } of out.get(id) ?? [])
      if (!back.has(tie)) layer.set(to, Math.max(layer.get(to) ?? 0, (layer.get(id) ?? 0) + 1));
  return { layer, back };
}

/** Depth first: which ties lead back to a node still open, and the nodes in the order they were finished. */
function walk(ids: readonly string[], out: ReadonlyMap<string, readonly Tie[]>): { back: Set<string>; finished: string[] } {
  const back = new Set<string>();
  const finished: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const root of ids) {
    if (state.has(root)) continue;
    state.set(root, 'open');
    const path = [{ id: root, next: 0 }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const tie = out.get(top.id)?.[top.next];
      top.next += 1;
      if (!tie) {
        state.set(top.id, 'done');
        finished.push(top.id);
        path.pop();
      } else if (state.get(tie.to) === 'open') back.add(tie.id);
      else if (!state.has(tie.to)) {
        state.set(tie.to, 'open');
        path.push({ id: tie.to, next: 0 });
      }
    }
  }
  return { back, finished };
}
