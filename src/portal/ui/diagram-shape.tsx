// One shape of a drawing as SVG, in BPMN 2.0's notation. Classes and attributes only: the security policy allows no inline style.
import type { JSX } from 'preact';
import type { Bounds, DrawnActivity, DrawnArea, DrawnData, DrawnEvent, DrawnShape } from '#engine/drawing.ts';
import { GatewaySign, markersOf, MarkerSign, TaskSign, TriggerSign } from './diagram-signs.tsx';
import { languageOfName, widthOf, wrap } from './diagram-text.ts';

export const TEXT = { size: 12.5, line: 17, rise: 12.5 };
const BAND = 30;

export function ShapeSign({ shape }: { readonly shape: DrawnShape }): JSX.Element {
  switch (shape.shape) {
    case 'event':
      return <Event event={shape} />;
    case 'activity':
      return <Activity activity={shape} />;
    case 'gateway': {
      const { x, y, width, height } = shape.bounds;
      return (
        <>
          <path
            class="body"
            d={`M${x + width / 2} ${y}l${width / 2} ${height / 2}-${width / 2} ${height / 2}-${width / 2}-${height / 2}Z`}
          />
          <At bounds={shape.bounds}>
            <GatewaySign gateway={shape.gateway} />
          </At>
          <OutsideName shape={shape} />
        </>
      );
    }
    case 'data':
      return <Data data={shape} />;
    case 'note':
    case 'group':
    case 'pool':
    case 'lane':
      return <Area area={shape} />;
  }
}

function At({
  bounds: { x, y, width, height },
  children,
}: {
  readonly bounds: Bounds;
  readonly children: JSX.Element;
}): JSX.Element {
  return <g transform={`translate(${x + width / 2} ${y + height / 2})`}>{children}</g>;
}

function Event({ event }: { readonly event: DrawnEvent }): JSX.Element {
  const { at, trigger, interrupting, bounds } = event;
  const radius = Math.min(bounds.width, bounds.height) / 2;
  const goesOn = interrupting ? '' : ' dashed';
  const throws = at === 'throw' || at === 'end';
  return (
    <>
      <At bounds={bounds}>
        <>
          <circle class={`body${at === 'end' ? ' heavy' : goesOn}`} r={at === 'end' ? radius - 1 : radius} />
          {(at === 'catch' || at === 'throw' || at === 'boundary') && <circle class={`line${goesOn}`} r={radius - 3.5} />}
          <TriggerSign trigger={trigger} throws={throws} />
        </>
      </At>
      <OutsideName shape={event} />
    </>
  );
}

const CORNER = 10;

function Activity({ activity }: { readonly activity: DrawnActivity }): JSX.Element {
  const { bounds, activity: kind, expanded } = activity;
  const { x, y, width, height } = bounds;
  const weight = kind === 'call' ? ' heavy' : kind === 'event-subprocess' ? ' dotted' : '';
  const markers = markersOf(activity);
  const foot = { x: x + width / 2 - (markers.length - 1) * 9, y: y + height - 11 };
  return (
    <>
      <rect class={`${expanded ? 'frame' : 'body'}${weight}`} x={x} y={y} width={width} height={height} rx={CORNER} />
      {kind === 'transaction' && (
        <rect
          class="line"
          x={x + 3.5}
          y={y + 3.5}
          width={Math.max(0, width - 7)}
          height={Math.max(0, height - 7)}
          rx={CORNER - 3}
        />
      )}
      <g transform={`translate(${x + 15} ${y + 14})`}>
        <TaskSign kind={kind} />
      </g>
      <InsideName activity={activity} signs={markers.length > 0} />
      {markers.map((marker, index) => (
        <g key={marker} transform={`translate(${foot.x + index * 18} ${foot.y})`}>
          <MarkerSign marker={marker} />
        </g>
      ))}
    </>
  );
}

function InsideName({ activity, signs }: { readonly activity: DrawnActivity; readonly signs: boolean }): JSX.Element {
  const { name, bounds, expanded, activity: kind } = activity;
  const { x, y, width, height } = bounds;
  if (expanded) {
    const lines = wrap(name, { width: width - 90, lines: 1, size: TEXT.size });
    return <Lines name={name} x={x + (kind === 'subprocess' ? 14 : 30) + widest(lines) / 2} top={y + 6} lines={lines} strong />;
  }
  // The corner of a task holds its sign, the foot its markers: a name of many lines begins under the one and ends over the other.
  const signed = kind !== 'task' && kind !== 'call' && kind !== 'subprocess' && kind !== 'transaction';
  const foot = signs ? FOOT : 0;
  const cut = (room: number): readonly string[] =>
    wrap(name, { width: width - 14, lines: Math.max(1, Math.floor(room / TEXT.line)), size: TEXT.size });
  const free = cut(height - 8 - foot);
  const under = signed && free.length > 2;
  const lines = under ? cut(height - HEAD - foot) : free;
  const middle = y + (height - foot - lines.length * TEXT.line) / 2;
  return <Lines name={name} x={x + width / 2} top={under ? Math.max(middle, y + HEAD - 2) : middle} lines={lines} />;
}

const HEAD = 24;
const FOOT = 16;

function Data({ data }: { readonly data: DrawnData }): JSX.Element {
  const { bounds, data: kind, collection } = data;
  const { x, y, width, height } = bounds;
  const fold = Math.min(10, width / 2);
  const page = `M${x} ${y}H${x + width - fold}L${x + width} ${y + fold}V${y + height}H${x}ZM${x + width - fold} ${y}V${y + fold}H${x + width}`;
  const drum = `M${x} ${y + 7}V${y + height - 7}A${width / 2} 7 0 0 0 ${x + width} ${y + height - 7}V${y + 7}A${width / 2} 7 0 0 0 ${x} ${y + 7}A${width / 2} 7 0 0 0 ${x + width} ${y + 7}`;
  const arrow = `M${x + 5} ${y + 9}H${x + 11}V${y + 5}L${x + 17} ${y + 12} ${x + 11} ${y + 19}V${y + 15}H${x + 5}Z`;
  return (
    <>
      <path class="body" d={kind === 'store' ? drum : page} />
      {(kind === 'input' || kind === 'output') && <path class={kind === 'output' ? 'ink' : 'thin'} d={arrow} />}
      {collection && <path class="line thick" d={`M${x + width / 2 - 4} ${y + height - 10}v8m4-8v8m4-8v8`} />}
      <OutsideName shape={data} />
    </>
  );
}

function Area({ area }: { readonly area: DrawnArea }): JSX.Element {
  const { shape, name, bounds, horizontal } = area;
  const { x, y, width, height } = bounds;
  if (shape === 'note')
    return (
      <>
        <path class="line" d={`M${x + 12} ${y}H${x}V${y + height}H${x + 12}`} />
        <Lines
          name={name}
          x={x + width / 2}
          top={y + 4}
          lines={wrap(name, { width: width - 12, lines: Math.max(1, Math.floor(height / TEXT.line)), size: TEXT.size })}
        />
      </>
    );
  if (shape === 'group')
    return (
      <>
        <rect class="frame mixed" x={x} y={y} width={width} height={height} rx={CORNER} />
        <Lines name={name} x={x + width / 2} top={y + 5} lines={wrap(name, { width, lines: 1, size: TEXT.size })} />
      </>
    );
  const lines = wrap(name, { width: (horizontal ? height : width) - 12, lines: shape === 'pool' ? 1 : 2, size: TEXT.size });
  const middle = horizontal ? { x: x + BAND / 2, y: y + height / 2 } : { x: x + width / 2, y: y + BAND / 2 };
  return (
    <>
      <rect class="frame" x={x} y={y} width={width} height={height} />
      {shape === 'pool' && <path class="line" d={horizontal ? `M${x + BAND} ${y}v${height}` : `M${x} ${y + BAND}h${width}`} />}
      <g transform={horizontal ? `rotate(-90 ${middle.x} ${middle.y})` : undefined}>
        <Lines name={name} x={middle.x} top={middle.y - (lines.length * TEXT.line) / 2} lines={lines} strong={shape === 'pool'} />
      </g>
    </>
  );
}

/** A name under, over or beside its shape, kept at that side however many lines it needs. */
function OutsideName({
  shape: { name, label, bounds },
}: {
  readonly shape: Pick<DrawnShape, 'name' | 'label' | 'bounds'>;
}): JSX.Element | null {
  if (!label) return null;
  const lines = wrap(name, { width: Math.max(label.width, 96), lines: 3, size: TEXT.size });
  const tall = lines.length * TEXT.line;
  const over = label.y + label.height <= bounds.y + 4;
  const under = label.y >= bounds.y + bounds.height - 4;
  const top = over ? label.y + label.height - tall : under ? label.y - 2 : label.y + (label.height - tall) / 2;
  // Beside its shape it stands close to it, as wide as it may be.
  const right = !over && !under && label.x >= bounds.x + bounds.width - 6;
  const left = !over && !under && label.x + label.width <= bounds.x + 6;
  const wide = widest(lines);
  const x = right ? label.x + wide / 2 : left ? label.x + label.width - wide / 2 : label.x + label.width / 2;
  return <Lines name={name} x={x} top={top} lines={lines} outside />;
}

function widest(lines: readonly string[]): number {
  return Math.max(0, ...lines.map((line) => widthOf(line, TEXT.size)));
}

type LinesProps = {
  readonly name: string;
  readonly x: number;
  readonly top: number;
  readonly lines: readonly string[];
  readonly strong?: boolean;
  /** Over lines that may pass: with a rim of the ground. */
  readonly outside?: boolean;
};

/** Each line a text of its own, in the direction of the name's own script: in one text browsers order the runs of all lines together. */
export function Lines({ name, x, top, lines, strong, outside }: LinesProps): JSX.Element {
  const language = languageOfName(name);
  return (
    <g
      class={outside ? 'name rim' : strong ? 'name strong' : 'name'}
      lang={language}
      direction={language === 'fa' ? 'rtl' : 'ltr'}
      aria-hidden="true"
    >
      {lines.map((line, index) => (
        <text key={index} x={round(x)} y={round(top + TEXT.rise + index * TEXT.line)}>
          {line}
        </text>
      ))}
    </g>
  );
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
