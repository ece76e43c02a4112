// A process drawn: shapes and lines with their places, as BPMN 2.0's notation names them. Plain data, in pixels; knows no XML and no colour.

export type Point = { readonly x: number; readonly y: number };
export type Bounds = Point & { readonly width: number; readonly height: number };

export type DrawnTrigger =
  | 'none'
  | 'message'
  | 'timer'
  | 'error'
  | 'escalation'
  | 'signal'
  | 'condition'
  | 'link'
  | 'compensation'
  | 'cancel'
  | 'terminate'
  | 'multiple'
  | 'parallel-multiple';

type Placed = {
  readonly id: string;
  readonly name: string;
  readonly bounds: Bounds;
  /** Where the name stands, for shapes that carry it outside. */
  readonly label?: Bounds;
};

export type DrawnEvent = Placed & {
  readonly shape: 'event';
  /** `boundary` is a catching event that stands on the edge of the activity `host`. */
  readonly at: 'start' | 'catch' | 'throw' | 'end' | 'boundary';
  readonly trigger: DrawnTrigger;
  /** False draws the circle dashed: what it stands on, or in, goes on. */
  readonly interrupting: boolean;
  readonly host?: string;
};

export type ActivityKind =
  | 'task'
  | 'user'
  | 'service'
  | 'send'
  | 'receive'
  | 'manual'
  | 'rule'
  | 'script'
  | 'call'
  | 'subprocess'
  | 'event-subprocess'
  | 'transaction'
  | 'ad-hoc';

export type DrawnActivity = Placed & {
  readonly shape: 'activity';
  readonly activity: ActivityKind;
  /** An expanded subprocess shows what is in it; a collapsed one, and a call, shows a plus. */
  readonly expanded: boolean;
  readonly repeats?: 'loop' | 'parallel' | 'sequential';
  readonly compensates: boolean;
};

export type DrawnGateway = Placed & {
  readonly shape: 'gateway';
  readonly gateway: 'exclusive' | 'parallel' | 'inclusive' | 'complex' | 'event' | 'starting-event' | 'starting-parallel-event';
};

export type DrawnData = Placed & {
  readonly shape: 'data';
  readonly data: 'object' | 'input' | 'output' | 'store';
  readonly collection: boolean;
};

/** A text annotation (`name` is its text), a group, a pool or a lane. */
export type DrawnArea = Placed & {
  readonly shape: 'note' | 'group' | 'pool' | 'lane';
  /** Of pools and lanes: the band with the name stands at the left, the flow runs to the right. */
  readonly horizontal: boolean;
};

export type DrawnShape = DrawnEvent | DrawnActivity | DrawnGateway | DrawnData | DrawnArea;

export type DrawnEdge = {
  readonly id: string;
  readonly name: string;
  readonly edge: 'sequence' | 'default' | 'conditional' | 'message' | 'association' | 'data';
  readonly from: string;
  readonly to: string;
  /** Of associations: which ends carry an arrow head. */
  readonly arrows: 'none' | 'one' | 'both';
  /** Two or more. */
  readonly waypoints: readonly Point[];
  readonly label?: Bounds;
};

export type Drawing = {
  /** The process or collaboration drawn, or the collapsed subprocess whose inside this is. */
  readonly id: string;
  readonly name: string;
  /** Around everything in it, labels included. */
  readonly bounds: Bounds;
  /** In the order to draw and to read: what holds others before them, then along the flow. */
  readonly shapes: readonly DrawnShape[];
  readonly edges: readonly DrawnEdge[];
  /** The insides of collapsed subprocesses, outer ones first. */
  readonly insides: readonly Drawing[];
  /** What stands inside a collapsed subprocess: by its id, the shape of this drawing that hides it. */
  readonly hidden: { readonly [id: string]: string };
  /** False where the file was unreadable, or had more in it than is drawn. */
  readonly complete: boolean;
};
