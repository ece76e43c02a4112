// The places a BPMN file gives its elements (BPMN DI): by element, in pixels. A place that is no place, or far beyond any screen, is none.
import type { Bounds, Point } from './drawing.ts';
import { flag, idOf, list, one, type Raw } from './raw.ts';

export type Drawn = {
  readonly bounds?: Bounds;
  readonly label?: Bounds;
  readonly waypoints?: readonly Point[];
  readonly expanded?: boolean;
  readonly horizontal?: boolean;
};
export type Sheet = ReadonlyMap<string, Drawn>;

export type Sheets = {
  /** All processes and collaborations, one plane under another. */
  readonly main: Sheet;
  /** The planes that open a collapsed subprocess. */
  readonly ofSubprocess: ReadonlyMap<string, Sheet>;
};

const FARTHEST = 100_000;
const BETWEEN_PLANES = 60;
const MOST_WAYPOINTS = 100;

export function sheetsOf(root: Raw): Sheets {
  const main = new Map<string, Drawn>();
  const ofSubprocess = new Map<string, Map<string, Drawn>>();
  let bottom: number | undefined;
  for (const plane of list(root, 'diagrams').flatMap((diagram) => one(diagram, 'plane') ?? [])) {
    const element = one(plane, 'bpmnElement');
    const drawn = list(plane, 'planeElement').map((raw) => [idOf(one(raw, 'bpmnElement')), drawnOf(raw)] as const);
    const own = element && ['bpmn:Process', 'bpmn:Collaboration'].includes(element.$type) ? undefined : element;
    const sheet = own ? sheetIn(ofSubprocess, idOf(own)) : main;
    const around = boundsAround(drawn.flatMap(([, { bounds }]) => bounds ?? []));
    const down = own || bottom === undefined || !around ? 0 : bottom + BETWEEN_PLANES - around.y;
    for (const [id, one] of drawn) if (id !== '' && !sheet.has(id)) sheet.set(id, down === 0 ? one : moved(one, down));
    if (!own && around) bottom = around.y + around.height + down;
  }
  return { main, ofSubprocess };
}

function sheetIn(sheets: Map<string, Map<string, Drawn>>, id: string): Map<string, Drawn> {
  const sheet = sheets.get(id) ?? new Map<string, Drawn>();
  sheets.set(id, sheet);
  return sheet;
}

function drawnOf(raw: Raw): Drawn {
  const bounds = boundsOf(one(raw, 'bounds'));
  const label = boundsOf(one(one(raw, 'label'), 'bounds'));
  const points = list(raw, 'waypoint').slice(0, MOST_WAYPOINTS).map(pointOf);
  const waypoints = points.filter((point) => point !== undefined);
  return {
    ...(bounds && { bounds }),
    ...(label && { label }),
    ...(waypoints.length === points.length && points.length > 1 && { waypoints }),
    ...('isExpanded' in raw && { expanded: flag(raw, 'isExpanded', false) }),
    ...('isHorizontal' in raw && { horizontal: flag(raw, 'isHorizontal', true) }),
  };
}

function pointOf(raw: Raw | undefined): Point | undefined {
  const x = coordinate(raw, 'x');
  const y = coordinate(raw, 'y');
  return x === undefined || y === undefined ? undefined : { x, y };
}

function boundsOf(raw: Raw | undefined): Bounds | undefined {
  const point = pointOf(raw);
  const width = coordinate(raw, 'width');
  const height = coordinate(raw, 'height');
  return point && width !== undefined && height !== undefined && width > 0 && height > 0
    ? { ...point, width, height }
    : undefined;
}

function coordinate(raw: Raw | undefined, name: string): number | undefined {
  const value = raw?.[name];
  return typeof value === 'number' && Math.abs(value) <= FARTHEST ? Math.round(value * 100) / 100 : undefined;
}

function moved(drawn: Drawn, down: number): Drawn {
  const { bounds, label, waypoints } = drawn;
  return {
    ...drawn,
    ...(bounds && { bounds: movedBounds(bounds, 0, down) }),
    ...(label && { label: movedBounds(label, 0, down) }),
    ...(waypoints && { waypoints: waypoints.map(({ x, y }) => ({ x, y: y + down })) }),
  };
}

export function movedBounds(bounds: Bounds, right: number, down: number): Bounds {
  return { ...bounds, x: bounds.x + right, y: bounds.y + down };
}

/** The least bounds around all of them; undefined around none. */
export function boundsAround(all: readonly Bounds[]): Bounds | undefined {
  const [first] = all;
  if (!first) return undefined;
  let [left, top, right, bottom] = [first.x, first.y, first.x, first.y];
  for (const { x, y, width, height } of all) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
