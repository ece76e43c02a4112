// What of a file stands on one drawing: its shapes and lines with the places the file gives them, if any. Invents no place.
import type { DrawnEdge } from './drawing.ts';
import type { Drawn, Sheet, Sheets } from './drawing-sheet.ts';
import { isContainer, nameOf, notationOf, type Notation } from './drawing-shape.ts';
import { idOf, list, localType, one, type Raw } from './raw.ts';

export type Part = {
  readonly id: string;
  readonly name: string;
  /** The process, expanded subprocess or collaboration it stands in. */
  readonly scope: string;
  readonly notation: Notation;
  readonly drawn: Drawn | undefined;
  /** Of a lane: what it holds, inner lanes included. Of a pool: its process. */
  readonly holds: readonly string[];
};
export type Link = Omit<DrawnEdge, 'waypoints' | 'label'> & { readonly drawn: Drawn | undefined };

export type Canvas = {
  readonly parts: Part[];
  readonly links: Link[];
  /** Collapsed subprocesses that hold something, each with the sheet its inside may be drawn on. */
  readonly closed: { readonly raw: Raw; readonly sheet: Sheet }[];
  readonly hidden: Map<string, string>;
};

/** How much may still be drawn, over all drawings of a file; `cut` where something was not. */
export type Budget = { parts: number; links: number; cut: boolean };
const DEEPEST = 16;
const NO_SHEET: Sheet = new Map();

type Place = { readonly scope: string; readonly sheet: Sheet; readonly depth: number };
type Gathering = {
  readonly canvas: Canvas;
  readonly sheets: Sheets;
  readonly budget: Budget;
  readonly seen: Set<string>;
};

export function gather(containers: readonly Raw[], sheet: Sheet, sheets: Sheets, budget: Budget): Canvas {
  const canvas: Canvas = { parts: [], links: [], closed: [], hidden: new Map() };
  // A scope's own id stands for no part in it: else it would hold itself.
  const gathering = { canvas, sheets, budget, seen: new Set(containers.map(idOf)) };
  for (const raw of containers) {
    const place = { scope: idOf(raw), sheet, depth: 0 };
    if (localType(raw) === 'collaboration') gatherPools(raw, place, gathering);
    else gatherScope(raw, place, gathering);
  }
  return canvas;
}

function gatherPools(raw: Raw, place: Place, gathering: Gathering): void {
  for (const pool of list(raw, 'participants')) addPart(pool, place, gathering, { holds: [idOf(one(pool, 'processRef'))] });
  for (const flow of list(raw, 'messageFlows')) addLink(flow, 'message', ends(flow), { place, gathering });
  gatherArtifacts(raw, place, gathering);
}

function gatherScope(container: Raw, place: Place, gathering: Gathering): void {
  for (const set of list(container, 'laneSets')) gatherLanes(set, place, gathering);
  const io = one(container, 'ioSpecification');
  for (const raw of [...list(container, 'flowElements'), ...list(io, 'dataInputs'), ...list(io, 'dataOutputs')]) {
    if (localType(raw) === 'sequenceFlow') addLink(raw, sequenceKind(raw), ends(raw), { place, gathering });
    else gatherNode(raw, place, gathering);
  }
  gatherArtifacts(container, place, gathering);
}

function gatherNode(raw: Raw, place: Place, gathering: Gathering): void {
  const notation = notationOf(raw);
  if (!notation) return;
  const id = idOf(raw);
  for (const data of list(raw, 'dataInputAssociations'))
    addLink(data, 'data', { from: idOf(list(data, 'sourceRef')[0]), to: id }, { place, gathering });
  for (const data of list(raw, 'dataOutputAssociations'))
    addLink(data, 'data', { from: id, to: idOf(one(data, 'targetRef')) }, { place, gathering });
  if (notation.shape !== 'activity' || !isContainer(raw)) return void addPart(raw, place, gathering);
  const inner = list(raw, 'flowElements');
  const expanded = place.depth < DEEPEST && isExpanded(raw, inner, place.sheet, gathering.sheets);
  if (!addPart(raw, place, gathering, { notation: { ...notation, expanded } })) return;
  const sheet = place.sheet.has(id) ? place.sheet : NO_SHEET;
  if (expanded) gatherScope(raw, { scope: id, sheet, depth: place.depth + 1 }, gathering);
  else if (inner.length > 0) close(raw, place, gathering);
}

/** Without a place of its own it shows what is in it; with one, what is in it must have places on the same sheet. */
function isExpanded(raw: Raw, inner: readonly Raw[], sheet: Sheet, { ofSubprocess }: Sheets): boolean {
  const drawn = sheet.get(idOf(raw));
  if (!drawn?.bounds) return inner.length > 0;
  if (drawn.expanded === false || ofSubprocess.has(idOf(raw))) return false;
  return inner.length === 0 ? drawn.expanded === true : inner.some((one) => sheet.get(idOf(one))?.bounds !== undefined);
}

function close(raw: Raw, { sheet }: Place, { canvas, sheets, budget }: Gathering): void {
  canvas.closed.push({ raw, sheet: sheets.ofSubprocess.get(idOf(raw)) ?? sheet });
  const waiting = [raw];
  for (let next = waiting.pop(); next; next = waiting.pop())
    for (const inner of list(next, 'flowElements')) {
      if (canvas.hidden.size > budget.parts + budget.links) return;
      canvas.hidden.set(idOf(inner), idOf(raw));
      waiting.push(inner);
    }
}

function gatherLanes(set: Raw, place: Place, gathering: Gathering): readonly string[] {
  if (place.depth > DEEPEST) return [];
  return list(set, 'lanes').flatMap((raw) => {
    const at = gathering.canvas.parts.length;
    const inner = one(raw, 'childLaneSet');
    const held = list(raw, 'flowNodeRef').map(idOf);
    const below = inner ? gatherLanes(inner, { ...place, depth: place.depth + 1 }, gathering) : [];
    const holds = [...held, ...below];
    if (addPart(raw, place, gathering, { holds })) gathering.canvas.parts.splice(at, 0, ...gathering.canvas.parts.splice(-1));
    return [idOf(raw), ...holds];
  });
}

function gatherArtifacts(container: Raw, place: Place, gathering: Gathering): void {
  for (const raw of list(container, 'artifacts'))
    if (localType(raw) === 'association') addLink(raw, 'association', ends(raw), { place, gathering });
    else if (notationOf(raw)) addPart(raw, place, gathering);
}

type Known = { readonly holds?: readonly string[]; readonly notation?: Notation };

function addPart(raw: Raw, place: Place, { canvas, budget, seen }: Gathering, known: Known = {}): boolean {
  const { holds = [], notation = notationOf(raw) } = known;
  const id = idOf(raw) || `unnamed-${canvas.parts.length + 1}`;
  if (!notation || seen.has(id)) return false;
  if (budget.parts <= 0) {
    budget.cut = true;
    return false;
  }
  budget.parts -= 1;
  seen.add(id);
  canvas.parts.push({ id, name: nameOf(raw), scope: place.scope, notation, drawn: place.sheet.get(id), holds });
  return true;
}

type Ends = { readonly from: string; readonly to: string };

function ends(raw: Raw): Ends {
  return { from: idOf(one(raw, 'sourceRef')), to: idOf(one(raw, 'targetRef')) };
}

/** A condition shows as a diamond only on a flow that leaves an activity (BPMN 2.0.2 §8.3.13). */
function sequenceKind(raw: Raw): Link['edge'] {
  const source = one(raw, 'sourceRef');
  if (!source) return 'sequence';
  if (idOf(one(source, 'default')) === idOf(raw) && idOf(raw) !== '') return 'default';
  return one(raw, 'conditionExpression') && notationOf(source)?.shape === 'activity' ? 'conditional' : 'sequence';
}

function addLink(raw: Raw, edge: Link['edge'], { from, to }: Ends, { place, gathering }: { place: Place; gathering: Gathering }) {
  const { canvas, budget, seen } = gathering;
  const id = idOf(raw) || `unnamed-line-${canvas.links.length + 1}`;
  if (from === '' || to === '' || seen.has(id)) return;
  if (budget.links <= 0) {
    budget.cut = true;
    return;
  }
  budget.links -= 1;
  seen.add(id);
  const direction = edge === 'association' ? raw['associationDirection'] : 'One';
  const arrows = direction === 'One' ? 'one' : direction === 'Both' ? 'both' : 'none';
  canvas.links.push({ id, name: nameOf(raw), edge, from, to, arrows, drawn: place.sheet.get(id) });
}
