// Places boxes in layers along the flow, left to right, where a drawing says nothing of their place (after Sugiyama, Tagawa and Toda 1981).
// Knows boxes and ties, nothing of BPMN. Time and space stay near the number of ties: what would not is drawn more simply.
import type { Bounds, Point } from './drawing.ts';
import { layersOf, type Tie } from './layers.ts';

export type Box = {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Room under it for its name and for what stands on its edge. */
  readonly below: number;
  /** Bands lie one under another: lanes. */
  readonly band: number;
};

/** `leaves`: where it leaves its box, from the box's corner; without it, from the middle of the right side. */
export type LaidTie = Tie & { readonly leaves?: Point };

export type Layout = {
  readonly places: ReadonlyMap<string, Bounds>;
  readonly lines: ReadonlyMap<string, readonly Point[]>;
  /** Top and height of each band. */
  readonly bands: readonly { readonly top: number; readonly height: number }[];
  readonly width: number;
  readonly height: number;
};

const GAP = { across: 90, down: 36, line: 14 };
const LABEL_WIDTH = 116;
const EMPTY_BAND = 60;
/** Cells that hold the place of a line which passes a layer: above this number lines go straight instead. */
const MOST_CELLS = 6_000;
const SWEEPS = 6;

type Cell = {
  readonly id: string;
  readonly box?: Box;
  readonly band: number;
  readonly layer: number;
  readonly half: number;
  readonly below: number;
  /** Its middle; until bands are settled, against its own band's others. */
  y: number;
  readonly before: Cell[];
  readonly after: Cell[];
};

/** From the origin, no place negative. */
export function layOut(boxes: readonly Box[], ties: readonly LaidTie[]): Layout {
  const ids = new Set(boxes.map(({ id }) => id));
  const inside = ties.filter(({ from, to }) => ids.has(from) && ids.has(to) && from !== to);
  const { layer, back } = layersOf([...ids], inside);
  const cells = new Map(boxes.map((box) => [box.id, cellOf(box, layer.get(box.id) ?? 0)]));
  const forward = inside.filter(({ id }) => !back.has(id));
  const chains = chainsOf(forward, cells);
  const layers = columns([...cells.values(), ...[...chains.values()].flatMap((chain) => chain.slice(1, -1))]);
  const bands = settle(layers, Math.max(0, ...boxes.map(({ band }) => band)) + 1);
  const gutters = guttersOf(layers, back.size > 0 ? GAP.across : 0);
  const places = new Map(boxes.map((box) => [box.id, placeOf(cells.get(box.id) as Cell, box, gutters)]));
  const bottom = bands.reduce((sum, { height }) => sum + height, 0);
  const lines = new Map<string, readonly Point[]>();
  for (const tie of inside) {
    const chain = chains.get(tie.id);
    lines.set(tie.id, chain ? ahead(tie, chain, { places, gutters }) : around(tie, { cells, places, gutters, bottom }));
  }
  const width = (gutters.starts.at(-1) ?? 0) - (back.size > 0 ? 0 : GAP.across);
  return { places, lines, bands, width, height: bottom + (gutters.returns > 0 ? GAP.line * (gutters.returns + 1) : 0) };
}

function cellOf(box: Box, layer: number): Cell {
  return { id: box.id, box, band: box.band, layer, half: box.height / 2, below: box.below, y: 0, before: [], after: [] };
}

/** Each forward tie as the cells it passes, its ends included. */
function chainsOf(ties: readonly LaidTie[], cells: ReadonlyMap<string, Cell>): ReadonlyMap<string, readonly Cell[]> {
  const chains = new Map<string, readonly Cell[]>();
  let made = 0;
  for (const tie of ties) {
    const from = cells.get(tie.from) as Cell;
    const to = cells.get(tie.to) as Cell;
    const chain = [from];
    for (let layer = from.layer + 1; layer < to.layer && made < MOST_CELLS; layer += 1, made += 1)
      chain.push({ id: tie.id, band: from.band, layer, half: GAP.line / 2, below: 0, y: 0, before: [], after: [] });
    chain.push(to);
    for (const [index, cell] of chain.entries()) {
      const next = chain[index + 1];
      if (!next) continue;
      cell.after.push(next);
      next.before.push(cell);
    }
    chains.set(tie.id, chain);
  }
  return chains;
}

function columns(cells: readonly Cell[]): readonly Cell[][] {
  const layers: Cell[][] = [];
  for (const cell of cells) (layers[cell.layer] ??= []).push(cell);
  return Array.from(layers, (layer) => layer ?? []);
}

/** Orders every layer by the middle of its neighbours, then moves each as near to them as the order allows. Gives the bands. */
function settle(layers: readonly Cell[][], count: number): Layout['bands'] {
  for (const layer of layers) spread(layer.sort((a, b) => a.band - b.band));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const leftward = sweep % 2 === 1;
    for (const layer of leftward ? [...layers].reverse() : layers) {
      for (const cell of layer) cell.y = wished(cell, leftward ? cell.after : cell.before);
      spread(layer.sort((a, b) => a.band - b.band || a.y - b.y));
    }
  }
  let top = 0;
  return Array.from({ length: count }, (_, band) => {
    const held = layers.flat().filter((cell) => cell.band === band);
    const first = Math.min(...held.map(({ y, half }) => y - half));
    const last = Math.max(...held.map(({ y, half, below }) => y + half + below));
    const here = { top, height: held.length === 0 ? EMPTY_BAND : last - first + GAP.down };
    for (const cell of held) cell.y += top - first + GAP.down / 2;
    top += here.height;
    return here;
  });
}

function wished({ band, y }: Cell, neighbours: readonly Cell[]): number {
  const near = neighbours.filter((one) => one.band === band);
  return near.length === 0 ? y : near.reduce((sum, one) => sum + one.y, 0) / near.length;
}

/** Nearest to where each cell wishes to be, in this order and apart: isotonic regression, pooling neighbours that would overlap. */
function spread(layer: readonly Cell[]): void {
  const shifts: number[] = [];
  const pools: { sum: number; count: number; readonly band: number }[] = [];
  for (const [index, cell] of layer.entries()) {
    const above = layer[index - 1];
    const apart = above?.band === cell.band ? above.half + above.below + gapBetween(above, cell) + cell.half : 0;
    const shift = (apart === 0 ? 0 : (shifts[index - 1] ?? 0)) + apart;
    shifts.push(shift);
    const pool = { sum: cell.y - shift, count: 1, band: cell.band };
    for (
      let last = pools.at(-1);
      last?.band === pool.band && last.sum / last.count > pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pools.pop();
      pool.sum += last.sum;
      pool.count += last.count;
    }
    pools.push(pool);
  }
  let index = 0;
  for (const { sum, count } of pools)
    for (const end = index + count; index < end; index += 1) {
      const cell = layer[index];
      if (cell) cell.y = sum / count + (shifts[index] ?? 0);
    }
}

function gapBetween(above: Cell, cell: Cell): number {
  return above.box && cell.box ? GAP.down : GAP.line;
}

/** Where each layer begins, and after the last where a next one would; how wide each is. The counts keep lines apart. */
type Gutters = { readonly starts: readonly number[]; readonly widths: readonly number[]; turns: number; returns: number };

function guttersOf(layers: readonly Cell[][], first: number): Gutters {
  const widths = layers.map((layer) => Math.max(0, ...layer.map(({ box }) => (box ? widthOf(box) : 0))));
  const starts = [first];
  for (const width of widths) starts.push((starts.at(-1) ?? 0) + width + GAP.across);
  return { starts, widths, turns: 0, returns: 0 };
}

function widthOf({ width, below }: Box): number {
  return below > 0 ? Math.max(width, LABEL_WIDTH) : width;
}

function placeOf(cell: Cell, box: Box, { starts, widths }: Gutters): Bounds {
  const x = (starts[cell.layer] ?? 0) + ((widths[cell.layer] ?? 0) - box.width) / 2;
  return { x, y: cell.y - cell.half, width: box.width, height: box.height };
}

type Placed = { readonly places: ReadonlyMap<string, Bounds>; readonly gutters: Gutters };

function leaving({ from, leaves }: LaidTie, places: ReadonlyMap<string, Bounds>): readonly Point[] {
  const { x, y, width, height } = places.get(from) as Bounds;
  if (!leaves) return [{ x: x + width, y: y + height / 2 }];
  const start = { x: x + leaves.x, y: y + leaves.y };
  return [start, { x: start.x, y: start.y + GAP.line }];
}

function entering({ to }: LaidTie, places: ReadonlyMap<string, Bounds>): Point {
  const { x, y, height } = places.get(to) as Bounds;
  return { x, y: y + height / 2 };
}

/** Where lines turn in the space before a layer; neighbours turn at different places. */
function turnBefore(layer: number, gutters: Gutters): number {
  gutters.turns += 1;
  return (gutters.starts[layer] ?? 0) - GAP.across / 2 + (gutters.turns % 4) * 7 - 10;
}

function ahead(tie: LaidTie, chain: readonly Cell[], { places, gutters }: Placed): readonly Point[] {
  const points = [...leaving(tie, places)];
  for (const cell of chain.slice(1)) {
    const { y } = cell.box ? entering(tie, places) : cell;
    const last = points.at(-1) as Point;
    if (Math.abs(last.y - y) < 1) continue;
    const x = turnBefore(cell.layer, gutters);
    points.push({ x, y: last.y }, { x, y });
  }
  return [...points, entering(tie, places)];
}

type Around = Placed & { readonly cells: ReadonlyMap<string, Cell>; readonly bottom: number };

/** A tie that leads back: under everything. */
function around(tie: LaidTie, { cells, places, gutters, bottom }: Around): readonly Point[] {
  const start = leaving(tie, places);
  const end = entering(tie, places);
  gutters.returns += 1;
  const y = bottom + GAP.line * gutters.returns;
  const out = turnBefore((cells.get(tie.from)?.layer ?? 0) + 1, gutters);
  const into = turnBefore(cells.get(tie.to)?.layer ?? 0, gutters);
  const last = start.at(-1) as Point;
  return [...start, { x: out, y: last.y }, { x: out, y }, { x: into, y }, { x: into, y: end.y }, end];
}
