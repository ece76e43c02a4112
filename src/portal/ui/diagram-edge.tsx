// The lines of a drawing as SVG: flows, messages, associations, with the heads and tails BPMN 2.0 gives them.
import type { JSX } from 'preact';
import type { DrawnEdge, Point } from '#engine/drawing.ts';
import { Lines, round, TEXT } from './diagram-shape.tsx';
import { wrap } from './diagram-text.ts';

const BEND = 7;

/** Heads and tails, once for a drawing: `id` keeps them apart from those of another on the page. */
export function EdgeEnds({ id }: { readonly id: string }): JSX.Element {
  const box = {
    viewBox: '-12 -6 24 12',
    markerWidth: 24,
    markerHeight: 12,
    markerUnits: 'userSpaceOnUse',
    orient: 'auto',
  } as const;
  return (
    <defs>
      <marker id={`${id}-head`} {...box}>
        <path class="ink" d="M-10-4.5 0 0-10 4.5Z" />
      </marker>
      <marker id={`${id}-open`} {...box}>
        <path class="body" d="M-10-4.5-1 0-10 4.5Z" />
      </marker>
      <marker id={`${id}-fine`} {...box} orient="auto-start-reverse">
        <path class="line" d="M-8-5 0 0-8 5" />
      </marker>
      <marker id={`${id}-ring`} {...box}>
        <circle class="body" cx="4" r="3.5" />
      </marker>
      <marker id={`${id}-slash`} {...box}>
        <path class="line" d="M4 5 9-5" />
      </marker>
      <marker id={`${id}-diamond`} {...box} viewBox="-1 -6 24 12">
        <path class="body" d="M0 0 8-5 16 0 8 5Z" />
      </marker>
    </defs>
  );
}

export function EdgeLine({
  edge,
  id,
  taken,
}: {
  readonly edge: DrawnEdge;
  readonly id: string;
  readonly taken: boolean;
}): JSX.Element {
  const url = (end: string): string => `url(#${id}-${end})`;
  const { edge: kind, arrows } = edge;
  const line = kind === 'message' ? ' dashed' : kind === 'association' || kind === 'data' ? ' dotted' : '';
  const head = kind === 'message' ? 'open' : kind === 'association' || kind === 'data' ? 'fine' : 'head';
  const tail = TAILS[kind] ?? (arrows === 'both' ? 'fine' : undefined);
  return (
    <path
      class={`edge${line}${taken ? ' taken' : ''}`}
      d={pathOf(edge.waypoints)}
      marker-start={tail && url(tail)}
      marker-end={arrows === 'none' ? undefined : url(head)}
    />
  );
}

const TAILS: { readonly [kind in DrawnEdge['edge']]?: string } = { message: 'ring', default: 'slash', conditional: 'diamond' };

export function EdgeName({ edge: { name, label } }: { readonly edge: DrawnEdge }): JSX.Element | null {
  if (!label) return null;
  const lines = wrap(name, { width: Math.max(label.width, 90), lines: 2, size: TEXT.size });
  const top = label.y + (label.height - lines.length * TEXT.line) / 2;
  return <Lines name={name} x={label.x + label.width / 2} top={top} lines={lines} outside />;
}

/** Straight stretches joined by round bends. */
function pathOf(points: readonly Point[]): string {
  const parts: string[] = [];
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before) parts.push(`M${at(point)}`);
    else if (!after) parts.push(`L${at(point)}`);
    else parts.push(`L${at(toward(point, before))}Q${at(point)} ${at(toward(point, after))}`);
  }
  return parts.join('');
}

function toward(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(BEND, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function at({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}
