// Where a case stands in a drawing: marks by element, resolved to what is drawn, and every shape said in words. Draws nothing.
import type { Drawing, DrawnShape } from '#engine/drawing.ts';
import type { Language } from '#base/text.ts';
import { words } from './words/diagram.ts';

export type MarkState = 'done' | 'here' | 'failed';
/** `count`: how many times, or how many stand there. `text`: why it failed, since when it waits. */
export type Mark = MarkState | { readonly state: MarkState; readonly count?: number; readonly text?: string };
/** By element id: of shapes, of sequence flows that were taken, and of what a collapsed subprocess hides. */
export type Marks = { readonly [elementId: string]: Mark };
export type KnownMark = { readonly state: MarkState; readonly count: number; readonly text?: string };

const WEIGHT = { done: 0, here: 1, failed: 2 } as const;

export function markOf(marks: Marks, id: string): KnownMark | undefined {
  const mark = Object.hasOwn(marks, id) ? marks[id] : undefined;
  if (mark === undefined) return undefined;
  return typeof mark === 'string' ? { state: mark, count: 1 } : { ...mark, count: mark.count ?? 1 };
}

/** What is hidden marks the collapsed subprocess that hides it: the gravest of all, unless that is marked itself more gravely. */
export function marksOn(drawing: Drawing, marks: Marks): Marks {
  const shown: { [id: string]: Mark } = { ...marks };
  for (const id of Object.keys(marks)) {
    const mark = markOf(marks, id);
    const hider = Object.hasOwn(drawing.hidden, id) ? drawing.hidden[id] : undefined;
    if (!mark || hider === undefined) continue;
    const own = markOf(shown, hider);
    const state = mark.state === 'done' ? 'here' : mark.state;
    if (!own ? mark.state !== 'done' : WEIGHT[state] > WEIGHT[own.state]) shown[hider] = state;
  }
  return shown;
}

export function stateText(language: Language, { state, count }: KnownMark): string {
  const word = words(language, `mark.${state}`);
  return count > 1 ? `${word} (${words(language, 'diagram.times', { count })})` : word;
}

/** What kind of thing a shape is, in words. */
export function kindText(language: Language, shape: DrawnShape): string {
  switch (shape.shape) {
    case 'event': {
      const event = words(language, `event.${shape.at}`);
      const { trigger } = shape;
      const named =
        trigger === 'none' ? event : words(language, 'event.with', { event, trigger: words(language, `trigger.${trigger}`) });
      return shape.interrupting ? named : words(language, 'event.goes-on', { event: named });
    }
    case 'activity':
      return words(language, `activity.${shape.activity}`);
    case 'gateway':
      return words(language, `gateway.${shape.gateway}`);
    case 'data':
      return words(language, `data.${shape.data}`);
    case 'note':
    case 'group':
    case 'pool':
    case 'lane':
      return words(language, `area.${shape.shape}`);
  }
}

/** Kind, name and mark of a shape: what a screen reader says of it. */
export function shapeText(language: Language, shape: DrawnShape, mark?: KnownMark): string {
  const kind = kindText(language, shape);
  const label = shape.name === '' ? kind : words(language, 'diagram.named', { kind, name: shape.name });
  const text = mark ? words(language, 'diagram.state', { label, state: stateText(language, mark) }) : label;
  return mark?.text === undefined ? text : words(language, 'diagram.named', { kind: text, name: mark.text });
}

export type Passage = { readonly id: string; readonly shape?: DrawnShape; readonly mark: KnownMark };

/** Every marked element along the flow, insides after what hides them; last those the drawing does not show. Lines are no steps. */
export function passages(drawing: Drawing, marks: Marks): readonly Passage[] {
  const drawings = [drawing, ...drawing.insides];
  const found = new Map<string, Passage>();
  for (const shape of drawings.flatMap(({ shapes }) => shapes)) {
    const mark = markOf(marks, shape.id);
    if (mark && !found.has(shape.id)) found.set(shape.id, { id: shape.id, shape, mark });
  }
  const lines = new Set(drawings.flatMap(({ edges }) => edges.map(({ id }) => id)));
  for (const id of Object.keys(marks)) {
    const mark = markOf(marks, id);
    if (mark && !lines.has(id) && !found.has(id)) found.set(id, { id, mark });
  }
  return [...found.values()];
}
