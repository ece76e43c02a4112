// From BPMN 2.0 XML to a Drawing. A file that is no drawing gives an empty one, a vast one is cut: never an exception, never without bound.
import { BpmnModdle } from 'bpmn-moddle';
import type { Bounds, DrawnEdge, DrawnShape, Drawing, Point } from './drawing.ts';
import { gather, type Budget, type Canvas, type Link, type Part } from './drawing-parts.ts';
import { namedOutside, placesOf, type Places } from './drawing-places.ts';
import { nameOf } from './drawing-shape.ts';
import { boundsAround, sheetsOf, type Sheet, type Sheets } from './drawing-sheet.ts';
import { layersOf } from './layers.ts';
import { idOf, list, localType, type Raw } from './raw.ts';

/** Keeps nothing of what it reads. */
const MODDLE = new BpmnModdle();
const LONGEST_FILE = 4_000_000;
const MOST = { parts: 1_000, links: 2_000 };
const MARGIN = 16;
const NOTHING: Drawing = {
  id: '',
  name: '',
  bounds: { x: 0, y: 0, width: 1, height: 1 },
  shapes: [],
  edges: [],
  insides: [],
  hidden: {},
  complete: false,
};

/** Reads names and places; checks nothing. The same text gives the same drawing: keep it where it is shown often. */
export async function readDrawing(xml: string): Promise<Drawing> {
  const root = xml.length > LONGEST_FILE ? undefined : await parsed(xml);
  return root ? drawingOf(root) : NOTHING;
}

async function parsed(xml: string): Promise<Raw | undefined> {
  try {
    const { rootElement } = await MODDLE.fromXML(xml);
    return rootElement as Raw;
  } catch {
    return undefined;
  }
}

function drawingOf(root: Raw): Drawing {
  const roots = list(root, 'rootElements');
  const containers = [
    ...roots.filter((raw) => localType(raw) === 'collaboration'),
    ...roots.filter((raw) => localType(raw) === 'process'),
  ];
  const named = containers.find((raw) => localType(raw) === 'process' && nameOf(raw) !== '') ?? containers[0];
  if (!named) return NOTHING;
  const sheets = sheetsOf(root);
  const budget: Budget = { ...MOST, cut: false };
  const drawing = drawAll(containers, named, { sheet: sheets.main, sheets, budget });
  return { ...drawing, complete: !budget.cut };
}

type Given = { readonly sheet: Sheet; readonly sheets: Sheets; readonly budget: Budget };

function drawAll(containers: readonly Raw[], named: Raw, { sheet, sheets, budget }: Given): Drawing {
  const canvas = gather(containers, sheet, sheets, budget);
  const places = placesOf(canvas);
  const edges = canvas.links.flatMap((link) => edgeOf(link, canvas, places));
  const shapes = ordered(canvas, places.bounds).map((part) => shapeOf(part, places, edges));
  const insides = canvas.closed.flatMap((closed) => {
    const inner = drawAll([closed.raw], closed.raw, { sheet: closed.sheet, sheets, budget });
    return [{ ...inner, insides: [] }, ...inner.insides];
  });
  return {
    id: idOf(named),
    name: nameOf(named),
    bounds: boundsOf(shapes, edges),
    shapes,
    edges,
    insides,
    hidden: Object.fromEntries(canvas.hidden),
    complete: true,
  };
}

function boundsOf(shapes: readonly DrawnShape[], edges: readonly DrawnEdge[]): Bounds {
  const points = edges.flatMap(({ waypoints }) => waypoints.map(({ x, y }) => ({ x, y, width: 0, height: 0 })));
  const labels = [...shapes, ...edges].flatMap(({ label }) => label ?? []);
  const around = boundsAround([...shapes.map(({ bounds }) => bounds), ...labels, ...points]) ?? NOTHING.bounds;
  const { x, y, width, height } = around;
  return { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
}

/** What holds others before them; in each scope along the flow, events on an edge after what they stand on. */
function ordered({ parts, links }: Canvas, bounds: ReadonlyMap<string, Bounds>): readonly Part[] {
  const byScope = Map.groupBy(parts, ({ scope }) => scope);
  const host = new Map(parts.map(({ id, notation }) => [id, notation.shape === 'event' ? notation.host : undefined]));
  const ids = parts.map(({ id }) => id);
  const known = new Set(ids);
  const ties = links
    .map(({ id, from, to }) => ({ id, from: host.get(from) ?? from, to: host.get(to) ?? to }))
    .filter(({ from, to }) => known.has(from) && known.has(to));
  const { layer } = layersOf(ids, ties);
  const rank = ({ id, notation }: Part): number =>
    notation.shape === 'pool' || notation.shape === 'lane' ? -1 : (layer.get(id) ?? 0);
  const standing = ({ notation }: Part): boolean => notation.shape !== 'event' || !known.has(notation.host ?? '');
  const along = (scope: string): readonly Part[] =>
    (byScope.get(scope) ?? [])
      .filter(standing)
      .sort((a, b) => rank(a) - rank(b) || (rank(a) < 0 ? 0 : (bounds.get(a.id)?.y ?? 0) - (bounds.get(b.id)?.y ?? 0)))
      .flatMap((part) => [part, ...along(part.id), ...parts.filter(({ id }) => host.get(id) === part.id)]);
  return [...byScope.keys()].filter((scope) => !known.has(scope)).flatMap(along);
}

function shapeOf({ id, name, notation, drawn }: Part, { bounds }: Places, edges: readonly DrawnEdge[]): DrawnShape {
  const at = bounds.get(id) ?? NOTHING.bounds;
  const label = namedOutside({ name, notation }) ? (drawn?.label ?? labelBeside({ id, notation }, at, edges)) : undefined;
  const lying = 'horizontal' in notation && { horizontal: drawn?.horizontal ?? true };
  return { ...notation, ...lying, id, name, bounds: at, ...(label && { label }) } as DrawnShape;
}

const LABEL = { width: 116, height: 32, gap: 5 };

/** Under the shape, or over it where a line leaves from below and none from above; of an event on an edge to its lower right. */
function labelBeside(part: Pick<Part, 'id' | 'notation'>, at: Bounds, edges: readonly DrawnEdge[]): Bounds {
  const { id, notation } = part;
  const { x, y, width, height } = at;
  const middle = x + width / 2;
  if (notation.shape === 'event' && notation.host !== undefined)
    return { x: x + width + 2, y: y + height / 2 + LABEL.gap, width: LABEL.width, height: LABEL.height / 2 };
  const ends = edges.flatMap(({ from, to, waypoints }) => [
    ...(from === id ? waypoints.slice(0, 1) : []),
    ...(to === id ? waypoints.slice(-1) : []),
  ]);
  const touches = (edge: number): boolean => ends.some((end) => Math.abs(end.x - middle) < 4 && Math.abs(end.y - edge) < 4);
  const over = touches(y + height) && !touches(y);
  const top = over ? y - LABEL.gap - LABEL.height : y + height + LABEL.gap;
  return { x: middle - LABEL.width / 2, y: top, width: LABEL.width, height: LABEL.height };
}

function edgeOf(link: Link, { parts, hidden }: Canvas, { bounds, lines }: Places): readonly DrawnEdge[] {
  const { drawn, ...edge } = link;
  const from = bounds.has(link.from) ? link.from : (hidden.get(link.from) ?? '');
  const to = bounds.has(link.to) ? link.to : (hidden.get(link.to) ?? '');
  const [start, end] = [bounds.get(from), bounds.get(to)];
  // A line from or to another line (an annotation of a flow) needs the file's own places.
  const own = drawn?.waypoints && isDrawn(parts, from, start) && isDrawn(parts, to, end) ? drawn.waypoints : undefined;
  const waypoints = own ?? lines.get(link.id) ?? (start && end && connect(start, end));
  if (!waypoints) return [];
  const label = edge.name === '' ? undefined : ((own && drawn?.label) ?? labelOn(waypoints));
  return [{ ...edge, waypoints, ...(label && { label }) }];
}

function isDrawn(parts: readonly Part[], id: string, at: Bounds | undefined): boolean {
  return at === undefined || parts.some((part) => part.id === id && part.drawn?.bounds !== undefined);
}

/** How far a line from a shape to itself goes round it. */
const ROUND = 22;

/** Right angles between two shapes: across where they stand side by side, down where one is above the other. */
function connect(from: Bounds, to: Bounds): readonly Point[] {
  const [a, b] = [middle(from), middle(to)];
  if (from === to) {
    const [out, over] = [from.x + from.width + ROUND, from.y - ROUND];
    return [
      { x: from.x + from.width, y: a.y },
      { x: out, y: a.y },
      { x: out, y: over },
      { x: a.x, y: over },
      { x: a.x, y: from.y },
    ];
  }
  const right = to.x >= from.x + from.width;
  if (right || to.x + to.width <= from.x) {
    const start = { x: right ? from.x + from.width : from.x, y: a.y };
    const end = { x: right ? to.x : to.x + to.width, y: b.y };
    const x = (start.x + end.x) / 2;
    return a.y === b.y ? [start, end] : [start, { x, y: a.y }, { x, y: b.y }, end];
  }
  const down = b.y >= a.y;
  // A wide one, a pool, is met straight.
  const start = { x: from.width > to.width ? within(b.x, from) : a.x, y: down ? from.y + from.height : from.y };
  const end = { x: to.width > from.width ? within(a.x, to) : b.x, y: down ? to.y : to.y + to.height };
  const y = (start.y + end.y) / 2;
  return start.x === end.x ? [start, end] : [start, { x: start.x, y }, { x: end.x, y }, end];
}

function within(x: number, bounds: Bounds): number {
  return Math.max(bounds.x, Math.min(bounds.x + bounds.width, x));
}

function middle({ x, y, width, height }: Bounds): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Over the first stretch that is a line's own: past the turn where lines of one node part, else the first that can carry it. */
function labelOn(waypoints: readonly Point[]): Bounds {
  const size = { width: 110, height: 16 };
  for (const [from, to] of [waypoints.slice(2, 4), ...waypoints.map((_, index) => waypoints.slice(index, index + 2))]) {
    if (!from || !to || Math.hypot(to.x - from.x, to.y - from.y) < 28) continue;
    const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
    const across = Math.abs(to.x - from.x) > Math.abs(to.y - from.y);
    return across ? { x: x - size.width / 2, y: y - size.height - 3, ...size } : { x: x + 4, y: y - size.height / 2, ...size };
  }
  const { x, y } = waypoints[0] ?? { x: 0, y: 0 };
  return { x, y: y - size.height - 3, ...size };
}
