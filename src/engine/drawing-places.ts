// A place for every part of a drawing: the file's own where it gives one, else laid out in the free room below. Nothing stays invisible.
import type { Bounds, Point } from './drawing.ts';
import type { Canvas, Link, Part } from './drawing-parts.ts';
import { boundsAround, movedBounds } from './drawing-sheet.ts';
import { layOut, type Box, type LaidTie } from './lay-out.ts';

export type Places = { readonly bounds: Map<string, Bounds>; readonly lines: Map<string, readonly Point[]> };

const ROOM = { side: 24, top: 44, between: 60, band: 30 };
const EVENT = 36;
/** Room under an activity on whose edge events stand. */
const ON_EDGE = 58;

export function placesOf({ parts, links }: Canvas): Places {
  const places: Places = { bounds: new Map(), lines: new Map() };
  for (const { id, drawn } of parts) if (drawn?.bounds) places.bounds.set(id, drawn.bounds);
  const byScope = Map.groupBy(parts, ({ scope }) => scope);
  const ids = new Set(parts.map(({ id }) => id));
  for (const [scope, held] of byScope) {
    // What stands in a subprocess that has no place itself is laid out with it.
    if (ids.has(scope) && !places.bounds.has(scope)) continue;
    const missing = held.filter((part) => isLaidOut(part, places));
    if (missing.length > 0) put(arrange(missing, { byScope, links }), below(places), places);
  }
  for (const part of parts) if (part.notation.shape === 'event' && !places.bounds.has(part.id)) putOnEdge(part, parts, places);
  const around = [...parts].reverse().filter(({ id }) => !places.bounds.has(id));
  for (const part of around) putAround(part, byScope, places);
  // Parties whose process is not shown: as wide as the rest.
  for (const { id } of around.reverse())
    if (!places.bounds.has(id)) places.bounds.set(id, { ...below(places), width: widthOf(places), height: 60 });
  return places;
}

function isLaidOut({ id, notation }: Part, { bounds }: Places): boolean {
  return !bounds.has(id) && hostOf(notation) === undefined && notation.shape !== 'lane' && notation.shape !== 'pool';
}

function hostOf(notation: Part['notation']): string | undefined {
  return notation.shape === 'event' ? notation.host : undefined;
}

function below({ bounds }: Places): Point {
  const around = boundsAround([...bounds.values()]);
  return around ? { x: around.x, y: around.y + around.height + ROOM.between } : { x: 0, y: 0 };
}

function widthOf({ bounds }: Places): number {
  return boundsAround([...bounds.values()])?.width ?? 600;
}

type Block = {
  readonly width: number;
  readonly height: number;
  readonly bounds: [string, Bounds][];
  readonly lines: [string, Point[]][];
};
type Known = { readonly byScope: ReadonlyMap<string, readonly Part[]>; readonly links: readonly Link[] };

function put(block: Block, { x, y }: Point, places: Places): void {
  for (const [id, bounds] of block.bounds) places.bounds.set(id, movedBounds(bounds, x, y));
  for (const [id, points] of block.lines) places.lines.set(id, movedPoints(points, x, y));
}

function movedPoints(points: readonly Point[], right: number, down: number): Point[] {
  return points.map(({ x, y }) => ({ x: x + right, y: y + down }));
}

/** Parts of one scope with all that is in them, from the origin; lanes as bands one under another. */
function arrange(missing: readonly Part[], known: Known): Block {
  const scope = known.byScope.get(missing[0]?.scope ?? '') ?? [];
  const lanes = scope.filter(({ notation, drawn }) => notation.shape === 'lane' && !drawn?.bounds);
  const leaves = lanes.filter(({ holds }) => !lanes.some(({ id }) => holds.includes(id)));
  const inner = new Map<string, Block>();
  for (const { id, notation } of missing) {
    const held =
      notation.shape === 'activity' && notation.expanded ? known.byScope.get(id)?.filter((one) => isStanding(one)) : [];
    if (held && held.length > 0) inner.set(id, arrange(held, known));
  }
  const guests = scope.filter(({ notation }) => hostOf(notation) !== undefined);
  const boxes = missing.map((part) => boxOf(part, { inner: inner.get(part.id), guests, leaves }));
  const layout = layOut(boxes, tiesOf(boxes, guests, known.links));
  const left = leaves.length > 0 ? ROOM.band + ROOM.side : 0;
  const bounds: Block['bounds'] = [...layout.places].map(([id, at]) => [id, movedBounds(at, left, 0)]);
  const lines: Block['lines'] = [...layout.lines].map(([id, points]) => [id, movedPoints(points, left, 0)]);
  const width = layout.width + left + (leaves.length > 0 ? ROOM.side : 0);
  for (const [index, lane] of leaves.entries()) {
    const band = layout.bands[index];
    // Lines that lead back run under the last one.
    const height = index === leaves.length - 1 && band ? layout.height - band.top : band?.height;
    if (band && height !== undefined) bounds.push([lane.id, { x: 0, y: band.top, width, height }]);
  }
  for (const [id, block] of inner) {
    const at = layout.places.get(id);
    if (!at) continue;
    const [x, y] = [at.x + left + ROOM.side, at.y + ROOM.top];
    bounds.push(...block.bounds.map(([one, place]): [string, Bounds] => [one, movedBounds(place, x, y)]));
    lines.push(...block.lines.map(([one, points]): [string, Point[]] => [one, movedPoints(points, x, y)]));
  }
  return { width, height: layout.height, bounds, lines };
}

function isStanding({ notation }: Part): boolean {
  return notation.shape !== 'lane' && hostOf(notation) === undefined;
}

type Held = { readonly inner: Block | undefined; readonly guests: readonly Part[]; readonly leaves: readonly Part[] };

function boxOf(part: Part, { inner, guests, leaves }: Held): Box {
  const { width, height } = inner
    ? { width: inner.width + 2 * ROOM.side, height: inner.height + ROOM.top + ROOM.side }
    : sizeOf(part);
  const hosts = guests.some(({ notation }) => hostOf(notation) === part.id);
  const band = Math.max(
    0,
    leaves.findIndex(({ holds }) => holds.includes(part.id)),
  );
  return { id: part.id, width, height, below: hosts ? ON_EDGE : namedOutside(part) ? 40 : 0, band };
}

function sizeOf({ notation }: Part): { readonly width: number; readonly height: number } {
  if (notation.shape === 'event') return { width: EVENT, height: EVENT };
  if (notation.shape === 'gateway') return { width: 50, height: 50 };
  if (notation.shape === 'data') return { width: notation.data === 'store' ? 50 : 36, height: 50 };
  return notation.shape === 'activity' ? { width: 120, height: 80 } : { width: 150, height: 60 };
}

export function namedOutside({ name, notation }: Pick<Part, 'name' | 'notation'>): boolean {
  return name !== '' && (notation.shape === 'event' || notation.shape === 'gateway' || notation.shape === 'data');
}

/** A line from an event on an edge leaves there, but counts as its host's. */
function tiesOf(boxes: readonly Box[], guests: readonly Part[], links: readonly Link[]): readonly LaidTie[] {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const byGuest = new Map(guests.map((guest) => [guest.id, hostOf(guest.notation) ?? '']));
  return links
    .filter(({ edge }) => edge !== 'message')
    .map(({ id, from, to }): LaidTie => {
      const host = byId.get(byGuest.get(from) ?? '');
      const on =
        host &&
        seatOf(
          from,
          guests.filter(({ notation }) => hostOf(notation) === host.id),
          host,
        );
      const target = byGuest.get(to) ?? to;
      return { id, from: host?.id ?? from, to: target, ...(on && { leaves: { x: on.x + EVENT / 2, y: on.y + EVENT } }) };
    });
}

/** Where an event sits on the lower edge of its host, from the host's corner; the first one rightmost. */
function seatOf(id: string, guests: readonly Part[], { width, height }: Pick<Bounds, 'width' | 'height'>): Point {
  const index = guests.findIndex((guest) => guest.id === id);
  return { x: Math.max(0, width - EVENT - 12 - Math.max(0, index) * (EVENT + 10)), y: height - EVENT / 2 };
}

function putOnEdge(part: Part, parts: readonly Part[], { bounds }: Places): void {
  const host = bounds.get(hostOf(part.notation) ?? '');
  const at = host ?? { ...below({ bounds, lines: new Map() }), width: EVENT, height: EVENT };
  const guests = parts.filter(({ notation, drawn }) => hostOf(notation) === hostOf(part.notation) && !drawn?.bounds);
  const seat = host ? seatOf(part.id, guests, host) : { x: 0, y: 0 };
  bounds.set(part.id, { x: at.x + seat.x, y: at.y + seat.y, width: EVENT, height: EVENT });
}

/** A pool or lane without a place stands around what it holds. */
function putAround({ id, holds, notation }: Part, byScope: Known['byScope'], places: Places): void {
  const held = [...holds, ...holds.flatMap((scope) => (byScope.get(scope) ?? []).map((part) => part.id))];
  const around = boundsAround(held.flatMap((one) => places.bounds.get(one) ?? []));
  const lanes = held.some((one) =>
    byScope.get(holds[0] ?? '')?.some((part) => part.id === one && part.notation.shape === 'lane'),
  );
  const room = lanes ? 0 : ROOM.side;
  const band = notation.shape === 'pool' || notation.shape === 'lane' ? ROOM.band : 0;
  if (!around) return;
  const { x, y, width, height } = around;
  places.bounds.set(id, { x: x - room - band, y: y - room, width: width + 2 * room + band, height: height + 2 * room });
}
