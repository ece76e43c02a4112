// The style page's diagrams: a case that stands still in a small process, and every sign of the notation once.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { ActivityKind, Drawing, DrawnEdge, DrawnEvent, DrawnGateway, DrawnShape, DrawnTrigger } from '#engine/drawing.ts';
import { Diagram } from './diagram.tsx';
import { kindText } from './diagram-marks.ts';
import { sample } from './gallery-words.ts';

type Props = { readonly language: Language };

export function GalleryDiagram({ language }: Props): JSX.Element {
  const names = { start: sample(language, 'service'), check: sample(language, 'checked'), visit: sample(language, 'visit') };
  return (
    <>
      <Diagram
        language={language}
        drawing={STANDING}
        names={{
          ...names,
          standing: sample(language, 'service'),
          review: sample(language, 'review'),
          end: sample(language, 'issue'),
        }}
        marks={{
          start: 'done',
          check: { state: 'done', count: 2 },
          visit: { state: 'failed', text: sample(language, 'refusedWhy') },
          review: { state: 'here', count: 3 },
          first: 'done',
        }}
        hrefs={{ visit: '#case' }}
        id="standing"
      />
      <Diagram language={language} drawing={signs(language)} title={sample(language, 'signs')} id="signs" />
    </>
  );
}

const NOTHING = { insides: [], hidden: {}, complete: true } as const;

const STANDING: Drawing = {
  ...NOTHING,
  id: 'standing',
  name: '',
  bounds: { x: 0, y: 0, width: 800, height: 160 },
  shapes: [
    event('start', 'start', 'none', [40, 62]),
    activity('check', 'service', [130, 40]),
    activity('visit', 'user', [310, 40]),
    activity('review', 'rule', [490, 40]),
    event('end', 'end', 'none', [690, 62]),
  ],
  edges: [
    line('first', 'sequence', ['start', 'check'], [76, 130]),
    line('second', 'sequence', ['check', 'visit'], [250, 310]),
    line('third', 'conditional', ['visit', 'review'], [430, 490]),
    line('fourth', 'sequence', ['review', 'end'], [610, 690]),
  ],
};

function line(id: string, edge: DrawnEdge['edge'], [from, to]: [string, string], [x, end]: [number, number]): DrawnEdge {
  return {
    id,
    name: '',
    edge,
    from,
    to,
    arrows: 'one',
    waypoints: [
      { x, y: 80 },
      { x: end, y: 80 },
    ],
  };
}

function event(id: string, at: DrawnEvent['at'], trigger: DrawnTrigger, [x, y]: [number, number]): DrawnEvent {
  const bounds = { x, y, width: 36, height: 36 };
  const label = { x: x - 30, y: y + 40, width: 96, height: 32 };
  return { shape: 'event', id, at, trigger, interrupting: true, name: '', bounds, label };
}

function activity(id: string, kind: ActivityKind, [x, y]: [number, number], name = ''): DrawnShape {
  return {
    shape: 'activity',
    id,
    activity: kind,
    expanded: false,
    compensates: false,
    name,
    bounds: { x, y, width: 120, height: 80 },
  };
}

const CATCHES: readonly DrawnTrigger[] = [
  'none',
  'message',
  'timer',
  'condition',
  'signal',
  'error',
  'escalation',
  'compensation',
  'link',
  'cancel',
  'multiple',
  'parallel-multiple',
];
const THROWS: readonly DrawnTrigger[] = [
  'none',
  'message',
  'signal',
  'error',
  'escalation',
  'compensation',
  'link',
  'cancel',
  'multiple',
  'terminate',
];
const ENDS: ReadonlySet<DrawnTrigger> = new Set(['none', 'error', 'cancel', 'terminate']);
const ACTIVITIES: readonly ActivityKind[] = [
  'task',
  'user',
  'service',
  'send',
  'receive',
  'manual',
  'rule',
  'script',
  'call',
  'subprocess',
  'event-subprocess',
  'transaction',
  'ad-hoc',
];
const GATEWAYS: readonly DrawnGateway['gateway'][] = [
  'exclusive',
  'parallel',
  'inclusive',
  'complex',
  'event',
  'starting-event',
  'starting-parallel-event',
];

/** Each shape named for what it is. */
function signs(language: Language): Drawing {
  const events = [
    ...CATCHES.map((trigger, index) =>
      event(`catch-${trigger}`, index === 0 ? 'start' : 'catch', trigger, [60 + index * 105, 24]),
    ),
    ...THROWS.map((trigger, index) =>
      event(`throw-${trigger}`, ENDS.has(trigger) ? 'end' : 'throw', trigger, [60 + index * 105, 134]),
    ),
  ];
  const activities = ACTIVITIES.map((kind, index): DrawnShape => {
    const shape = activity(`activity-${kind}`, kind, [24 + (index % 7) * 180, 240 + Math.floor(index / 7) * 110]);
    return kind === 'manual'
      ? { ...shape, shape: 'activity', activity: kind, expanded: false, compensates: true, repeats: 'parallel' }
      : shape;
  });
  const gateways = GATEWAYS.map((gateway, index): DrawnShape => {
    const bounds = { x: 60 + index * 180, y: 470, width: 50, height: 50 };
    const label = { x: bounds.x - 35, y: 525, width: 120, height: 32 };
    return { shape: 'gateway', id: `gateway-${gateway}`, gateway, name: '', bounds, label };
  });
  const data = (['object', 'input', 'output', 'store'] as const).map((kind, index): DrawnShape => {
    const bounds = { x: 60 + index * 150, y: 590, width: kind === 'store' ? 50 : 36, height: 50 };
    const label = { x: bounds.x - 35, y: 644, width: 110, height: 32 };
    return { shape: 'data', id: `data-${kind}`, data: kind, collection: kind === 'object', name: '', bounds, label };
  });
  const areas = (['note', 'group', 'lane', 'pool'] as const).map((kind, index): DrawnShape => {
    return {
      shape: kind,
      id: `area-${kind}`,
      horizontal: true,
      name: '',
      bounds: { x: 660 + index * 160, y: 590, width: 140, height: 80 },
    };
  });
  const shapes = [...events, ...activities, ...gateways, ...data, ...areas];
  return {
    ...NOTHING,
    id: 'signs',
    name: '',
    bounds: { x: 0, y: 0, width: 1310, height: 700 },
    shapes: shapes.map((shape) => ({ ...shape, name: kindText(language, shape) })),
    edges: [],
  };
}
