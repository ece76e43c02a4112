// The signs inside shapes, as BPMN 2.0 draws them: triggers in a circle of 36, kinds of task, markers. Each around its own origin.
import type { JSX } from 'preact';
import type { ActivityKind, DrawnActivity, DrawnGateway, DrawnTrigger } from '#engine/drawing.ts';

const PENTAGON = 'M0-9 8.6-2.8 5.3 7.3H-5.3L-8.6-2.8Z';
const PLUS = 'M-2.2-8.5H2.2V-2.2H8.5V2.2H2.2V8.5H-2.2V2.2H-8.5V-2.2H-2.2Z';
const CROSS = 'M-8.5-5.5-5.5-8.5 0-3 5.5-8.5 8.5-5.5 3 0 8.5 5.5 5.5 8.5 0 3-5.5 8.5-8.5 5.5-3 0Z';

/** Closed shapes are filled where the event throws, outlined where it catches. */
const TRIGGERS: {
  readonly [trigger in Exclude<DrawnTrigger, 'none' | 'message' | 'timer' | 'condition' | 'terminate'>]: string;
} = {
  error: 'M-8 8.5-3-6.5 2.6 1.6 8-8.5 3 7-2.6-1Z',
  escalation: 'M0-9 7 8 0 1.5-7 8Z',
  signal: 'M0-8.5 8.8 6.5H-8.8Z',
  link: 'M-9-4H1.5V-8L9 0 1.5 8V4H-9Z',
  compensation: 'M-9.5 0-.5-6.5V6.5ZM-.5 0 8.5-6.5V6.5Z',
  cancel: CROSS,
  multiple: PENTAGON,
  'parallel-multiple': PLUS,
};

export function TriggerSign({
  trigger,
  throws,
}: {
  readonly trigger: DrawnTrigger;
  readonly throws: boolean;
}): JSX.Element | null {
  if (trigger === 'none') return null;
  if (trigger === 'message') return <Envelope width={19} height={13} filled={throws} />;
  if (trigger === 'timer') return <Clock />;
  if (trigger === 'terminate') return <circle class="ink" r="10.5" />;
  if (trigger === 'condition') return <path class="thin" d="M-7-9H7V9H-7ZM-4.5-5.5H4.5M-4.5-1.8H4.5M-4.5 1.8H4.5M-4.5 5.5H4.5" />;
  return <path class={throws ? 'ink' : 'thin'} d={TRIGGERS[trigger]} />;
}

function Envelope({
  width,
  height,
  filled,
}: {
  readonly width: number;
  readonly height: number;
  readonly filled: boolean;
}): JSX.Element {
  const [x, y] = [width / 2, height / 2];
  return (
    <g class={filled ? 'reversed' : 'thin'}>
      <path d={`M${-x} ${-y}H${x}V${y}H${-x}Z`} />
      <path class="fold" d={`M${-x} ${-y} 0 ${y * 0.25} ${x} ${-y}`} />
    </g>
  );
}

function Clock(): JSX.Element {
  return (
    <g class="thin">
      <circle r="10.5" />
      <path d="M0-10.5V-8M0 8V10.5M-10.5 0H-8M8 0H10.5M5.2-9.1 4.3-7.4M9.1-5.2 7.4-4.3M9.1 5.2 7.4 4.3M5.2 9.1 4.3 7.4M-5.2 9.1-4.3 7.4M-9.1 5.2-7.4 4.3M-9.1-5.2-7.4-4.3M-5.2-9.1-4.3-7.4" />
      <path class="thick" d="M1.5-6.5 0 0H5" />
    </g>
  );
}

const GEAR =
  'M-1.3-7.5H1.3L1.8-5.4 3.4-4.7 5.2-5.9 5.9-5.2 4.7-3.4 5.4-1.8 7.5-1.3V1.3L5.4 1.8 4.7 3.4 5.9 5.2 5.2 5.9 3.4 4.7 1.8 5.4 1.3 7.5H-1.3L-1.8 5.4-3.4 4.7-5.2 5.9-5.9 5.2-4.7 3.4-5.4 1.8-7.5 1.3V-1.3L-5.4-1.8-4.7-3.4-5.9-5.2-5.2-5.9-3.4-4.7-1.8-5.4Z';

const TASKS: { readonly [kind in 'user' | 'service' | 'script' | 'rule' | 'manual']: string } = {
  user: 'M0-7.2A3.3 3.3 0 1 1 0-.6 3.3 3.3 0 1 1 0-7.2ZM-7 7.5C-7 3-4.5.6-2 .3Q0 1.8 2 .3C4.5.6 7 3 7 7.5Z',
  service: `${GEAR}M0-2.6A2.6 2.6 0 1 1 0 2.6 2.6 2.6 0 1 1 0-2.6Z`,
  script:
    'M-2.5-7.5H7C3.5-4.5 3.5-2 5.5 0 7 2 7 5 4 7.5H-5.5C-2.5 5-2.5 2-4-0-6-2-6-4.5-2.5-7.5ZM-2.8-4.2H2.6M-2-1H3M-1-.1V0M-.7 2H4.4M-1.5 5H4.2',
  rule: 'M-7.5-6.5H7.5V6.5H-7.5ZM-7.5-2.5H7.5M-7.5 2H7.5M-2.5-2.5V6.5',
  manual:
    'M-7.5-1C-5-4.5-3.5-6.5-2-6.5-.5-6.5-.8-5-1.8-3.8H6.5C8-3.8 8-1.8 6.5-1.8 8.2-1.6 8 .4 6.4.4 7.6.8 7.2 2.5 5.8 2.5 6.6 3.2 6 4.6 4.8 4.6H-3C-5 4.6-6.5 4-7.5 3ZM6.5-1.8H1M6.4.4H1.5M5.8 2.5H1.5',
};

/** 16 pixels square, for the corner of a task. */
export function TaskSign({ kind }: { readonly kind: ActivityKind }): JSX.Element | null {
  if (kind === 'send' || kind === 'receive') return <Envelope width={16} height={11} filled={kind === 'send'} />;
  if (kind !== 'user' && kind !== 'service' && kind !== 'script' && kind !== 'rule' && kind !== 'manual') return null;
  return (
    <g class="thin">
      {kind === 'rule' && <path class="shade" d="M-7.5-6.5H7.5V-2.5H-7.5Z" />}
      <path d={TASKS[kind]} />
    </g>
  );
}

const MARKERS = {
  collapsed: 'M-7-7H7V7H-7ZM0-4V4M-4 0H4',
  loop: 'M-2.5 5.6A6 6 0 1 1 2 6M-2.5 5.6V1.6M-2.5 5.6H-6.6',
  parallel: 'M-5-6V6M0-6V6M5-6V6',
  sequential: 'M-6-5H6M-6 0H6M-6 5H6',
  compensates: 'M-7 0 0-5V5ZM0 0 7-5V5Z',
  adHoc: 'M-7 2C-5-4-1.5-3.5 0 0S5 4 7-2',
} as const;
type Marker = keyof typeof MARKERS;

export function markersOf({ activity, expanded, repeats, compensates }: DrawnActivity): readonly Marker[] {
  const holds =
    activity === 'subprocess' || activity === 'event-subprocess' || activity === 'transaction' || activity === 'ad-hoc';
  return [
    ...(repeats ? [repeats] : []),
    ...(compensates ? (['compensates'] as const) : []),
    ...((holds && !expanded) || activity === 'call' ? (['collapsed'] as const) : []),
    ...(activity === 'ad-hoc' ? (['adHoc'] as const) : []),
  ];
}

/** 14 pixels square, for the foot of an activity. */
export function MarkerSign({ marker }: { readonly marker: Marker }): JSX.Element {
  const bold = marker === 'parallel' || marker === 'sequential' || marker === 'adHoc';
  return <path class={bold ? 'line thick' : marker === 'compensates' ? 'thin' : 'line'} d={MARKERS[marker]} />;
}

/** For a diamond of 50. */
export function GatewaySign({ gateway }: { readonly gateway: DrawnGateway['gateway'] }): JSX.Element {
  switch (gateway) {
    case 'exclusive':
      return <path class="ink" d={CROSS} />;
    case 'parallel':
      return <path class="ink" d={PLUS} transform="scale(1.25)" />;
    case 'inclusive':
      return <circle class="line heavy" r="9.5" />;
    case 'complex':
      return <path class="line heavy" d="M0-11V11M-11 0H11M-7.5-7.5 7.5 7.5M-7.5 7.5 7.5-7.5" />;
    case 'event':
    case 'starting-event':
    case 'starting-parallel-event':
      return (
        <g class="thin">
          <circle r="14" />
          {gateway === 'event' && <circle r="11.5" />}
          <path d={gateway === 'starting-parallel-event' ? PLUS : PENTAGON} transform="scale(.8)" />
        </g>
      );
  }
}

/** For a mark: a tick, a diamond, a triangle with an exclamation mark. */
export const MARK_SIGNS = {
  done: 'M-4 .3-1.3 3 4.2-3.4',
  here: 'M0-5 5 0 0 5-5 0Z',
  failed: 'M0-5.5 6 5H-6ZM0-2V1.6M0 3V3.4',
} as const;
