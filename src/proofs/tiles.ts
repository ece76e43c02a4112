// The log as static files of 256 hashes (c2sp.org/tlog-tiles): what mirrors and monitors fetch, made from stored nodes.
// Node level 8·L is tile level L; a tile that is full never changes.
import { concat } from './bytes.ts';
import type { ReadNode } from './nodes.ts';

const WIDTH = 256;
const HEIGHT = 8;

/** `width`: hashes in it, 1 to 256; below 256 the tile is partial, the last of its level in a tree of some size. */
export type Tile = { readonly level: number; readonly index: number; readonly width: number };

/** `tile/0/x001/x234/067.p/17`. */
export function tilePath({ level, index, width }: Tile): string {
  const parts = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    parts.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  return `tile/${level}/${parts.join('/')}${width === WIDTH ? '' : `.p/${width}`}`;
}

/** Undefined where the path is not exactly the one of a tile. */
export function readTilePath(path: string): Tile | undefined {
  const [, level = '', index = '', width = String(WIDTH)] =
    /^tile\/(\d{1,2})\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  const tile = { level: Number(level), index: Number(index.replace(/[x/]/g, '')), width: Number(width) };
  const isOne = level !== '' && tile.level < 64 && tile.width >= 1 && tile.width <= WIDTH;
  return isOne && tilePath(tile) === path ? tile : undefined;
}

/** How many hashes that tile has in a tree of `size` leaves; 0 where it has none yet. */
export function tileWidth(level: number, index: number, size: number): number {
  const nodes = Math.floor(size / WIDTH ** level);
  return Math.max(0, Math.min(WIDTH, nodes - index * WIDTH));
}

/** The hashes of a tile, one after another. The log must have that many. */
export async function tileBytes({ level, index, width }: Tile, read: ReadNode): Promise<Uint8Array> {
  const hashes = await Promise.all(Array.from({ length: width }, (_, at) => read(level * HEIGHT, index * WIDTH + at)));
  return concat(...hashes);
}
