// The elements of BPMN 2.0.2 that the engine executes or refuses, each with a test that proves it. Data only: conformance.ts runs the tests.

export type ElementRow = {
  /** 1 to 4, as docs/conformance.md explains them; `refused` is never executed and never ignored; `around` is what comes with the elements. */
  readonly tier: 1 | 2 | 3 | 4 | 'refused' | 'around';
  readonly element: string;
  /** The test's file in src/, and its whole name. */
  readonly file: string;
  readonly test: string;
};

type Rows = Readonly<Record<string, readonly [element: string, test: string][]>>;

const TIER_1: Rows = {
  'engine/task.test.ts': [
    ['user task', 'a user task waits for a person, and its answers merge into the variables'],
    ['user task: executor, deadline, mapped input', 'a task’s want carries executor, deadline and mapped input'],
    ['script task (FEEL), manual task, abstract task', 'script, manual and abstract tasks complete at once, on decimals'],
    ['input mapping', 'inputs are mapped in order, each seeing those before it, and are gone afterwards'],
    ['output mapping', 'with an output mapping only what is mapped comes out, also into a nested name'],
    [
      'implicit fork: several flows out of a task, conditions on them',
      'a task with several ways out starts them all; conditions on them choose',
    ],
  ],
  'engine/event.test.ts': [
    ['none and message start; send and receive task', 'messages start, are caught at boundaries and on the way, and are thrown'],
    ['service task, its answer and its BPMN error', 'a service that throws a message goes on with its answer'],
    ['none end with an outcome', 'an end with an outcome says how the case ended'],
    [
      'error boundary event, with and without code',
      'an error is caught by its code before one that catches any; without a catcher it is an incident that retry reopens',
    ],
  ],
  'engine/gateway.test.ts': [
    ['exclusive gateway, split, with default', 'an exclusive gateway takes the first flow whose condition holds'],
    ['exclusive gateway, merge', 'an exclusive gateway merges without waiting'],
  ],
  'engine/subprocess.test.ts': [
    ['call activity, mapped in and out', 'a called process keeps its variables to itself and gives back what is mapped'],
    [
      'call activity, all variables in and out',
      'a called process may give all its variables back, and see all or only its inputs',
    ],
    ['call activity, interrupted', 'an interrupted call ends the called process'],
  ],
};

const TIER_2: Rows = {
  'engine/event.test.ts': [
    ['timer catch: duration, date, expression', 'an intermediate timer waits until its duration, its date or its expression'],
    [
      'timer in working time, on the case’s clock',
      'working time is asked of the calendar, and a timer bound to the clock can be moved',
    ],
    [
      'timer boundary, interrupting',
      'an interrupting boundary timer ends its task, and the task’s late completion changes nothing',
    ],
    [
      'timer boundary, not interrupting; cycle R3/PT10M',
      'a non-interrupting boundary cycle fires its number of times beside the task, without drift',
    ],
    ['timer cycle without end', 'an endless cycle goes on until its task ends'],
    ['message catch, throw, end and boundary', 'messages start, are caught at boundaries and on the way, and are thrown'],
    ['terminate end', 'a terminate end stops everything else; a plain end waits for the others'],
    ['error end', 'an uncaught error end is an incident'],
  ],
  'engine/gateway.test.ts': [
    ['parallel gateway', 'a parallel gateway starts all flows and joins when all have come, firing once'],
    ['parallel join after an exclusive split blocks', 'a parallel join after an exclusive split blocks'],
    ['a gateway that joins and splits', 'a gateway may join and split at once'],
    ['event-based gateway', 'an event-based gateway goes where the first event leads and withdraws the others'],
  ],
  'engine/task.test.ts': [
    ['business rule task', 'a business rule task evaluates its decision inside the step and tells which rules hit'],
  ],
  'engine/subprocess.test.ts': [
    ['embedded subprocess', 'a subprocess ends when every token in it has ended'],
    ['embedded subprocess, its own variables', 'a subprocess’s inputs are its own, and only its output mapping brings them out'],
    ['embedded subprocess, interrupted', 'an interrupted subprocess leaves no wait, timer or scope behind'],
    [
      'error and terminate end inside a subprocess',
      'an error end inside is caught at the subprocess’s boundary, and a terminate end ends only the subprocess',
    ],
    [
      'error through scopes and call activities',
      'an error of a task deep inside rises through scopes to the one that catches it',
    ],
  ],
};

const TIER_3: Rows = {
  'engine/subprocess.test.ts': [
    [
      'escalation end and throw; escalation boundary, interrupting or not',
      'an escalation is heard without stopping its subprocess, or stops it',
    ],
    [
      'event subprocess, interrupting or not',
      'an interrupting event subprocess takes over its scope; a non-interrupting one runs beside it',
    ],
    ['event subprocess on an error', 'an event subprocess catches the errors of its scope'],
    [
      'multi-instance, parallel, collections in and out',
      'a parallel multi-instance task opens one for each item and collects the answers in order',
    ],
    [
      'multi-instance, sequential, completion condition, boundary',
      'a sequential one opens them one by one; a completion condition ends it early; its boundary ends all',
    ],
    ['multi-instance over nothing', 'no items is no instance, and what is no list is an incident'],
    ['multi-instance subprocess', 'a subprocess may be multi-instance'],
  ],
  'engine/repair.test.ts': [
    [
      'multi-instance by number (loop cardinality)',
      'a multi-instance activity may be counted by a number; what is no number is an incident',
    ],
    ['standard loop', 'a standard loop takes its turns one after another: while it holds, and no more often than it may'],
  ],
  'engine/gateway.test.ts': [
    [
      'inclusive gateway, its join fires once',
      'an inclusive gateway takes every flow that holds, else the default, and its join waits for just those, once',
    ],
    [
      'inclusive join, what can still come (OR-join)',
      'an inclusive join waits for a token that can still come by a detour, and no longer once it has gone elsewhere',
    ],
  ],
};

const TIER_4: Rows = {
  'engine/signal.test.ts': [
    [
      'signal throw and catch, signal boundary',
      'a signal thrown in a case is heard by all that listens there, and told to every other case',
    ],
    [
      'signal start of an event subprocess, not interrupting',
      'a signal from outside starts what listens, again and again where it does not interrupt, and is not kept',
    ],
    ['signal end', 'a signal end that interrupts its own scope leaves nothing behind'],
    [
      'signal and condition after an event-based gateway',
      'the event-based gateway may wait for a signal or a condition beside a timer',
    ],
    ['conditional catch', 'a conditional event happens when its condition comes to hold, at once where it holds already'],
    [
      'conditional boundary, interrupting or not',
      'a conditional boundary event interrupts its task, or happens each time its condition comes to hold anew',
    ],
    [
      'conditional start of an event subprocess',
      'a condition may start an event subprocess, and one that never fails is no loop without end',
    ],
    ['link throw and catch', 'a link leads on where the catching link of its name stands'],
  ],
  'engine/compensation.test.ts': [
    [
      'compensation throw, compensation boundary and its activity',
      'what has completed is undone in reverse order, one after another, before the process goes on',
    ],
    ['compensation of one activity', 'a compensation may name one activity, and what was never done is not undone'],
    ['compensation that does not wait', 'one that does not wait goes on while the other work is undone beside it'],
    ['compensation of a completed subprocess', 'a completed subprocess is undone from within, with the variables it had'],
    ['compensation event subprocess', 'a compensation event subprocess undoes its subprocess, and may ask for the rest'],
    [
      'compensation of multi-instance',
      'each instance of a multi-instance subprocess is undone with its own variables, the last first',
    ],
    [
      'compensation end',
      'a compensating end undoes its scope before that ends; an error of the undoing work is caught as any other',
    ],
    [
      'transaction, cancel end and boundary',
      'a cancelled transaction stops what is at work, undoes what is done, and leaves by its cancel event',
    ],
  ],
  'engine/responsibility.test.ts': [
    ['lanes as responsibility', 'a user task that names no executor is worked by its lane’s, the innermost that names one'],
    [
      'pools and message flows',
      'pools and the messages between them are told of the model; the process of the executable pool runs',
    ],
    [
      'data objects and data stores',
      'data objects and stores are what elements say they read and write; the variables themselves are the case’s',
    ],
  ],
  'engine/repair.test.ts': [
    [
      'message buffering, time to live',
      'a message that comes too early is kept for its time, once, and then given to what waits for it',
    ],
    ['message correlation by key', 'kept messages are given by their key, the oldest first'],
    ['several start events', 'a process may be begun by another of its start events'],
  ],
};

const REFUSED: Rows = {
  'engine/check.test.ts': [
    [
      'complex gateway, ad-hoc subprocess, multiple and parallel multiple events',
      'elements that are not executed are refused with their place',
    ],
    [
      'event-based gateway before anything but events and receive tasks',
      'an event-based gateway leads to events only, and a boundary sits on an activity',
    ],
  ],
  'engine/check-events.test.ts': [
    ['several start events of the same kind', 'a process may be begun by a message, a timer or a signal, each by one event'],
    [
      'flows into start and boundary events, and out of ends',
      'flows that lead into starts and boundary events or out of ends are refused',
    ],
    ['cancel events outside a transaction', 'a cancel belongs to a transaction'],
    [
      'compensation without a handler, or with nothing to undo',
      'compensation is whole: a handler for each boundary event, and something to undo',
    ],
    ['loops and instances without a bound', 'loops and instances are bounded'],
  ],
  'engine/read.test.ts': [
    ['ids used twice, unknown elements', 'ids used twice and unknown elements are findings'],
    ['flows across the border of a subprocess', 'a flow across the border of a subprocess is a finding'],
  ],
};

const AROUND: Rows = {
  'engine/check.test.ts': [
    ['deadlock, with its counterexample', 'a parallel join after an exclusive split is a deadlock, shown as a path'],
    [
      'lack of synchronisation, with its counterexample',
      'an exclusive merge after a parallel split is refused: what follows runs twice',
    ],
    ['growth without bound, no end in reach', 'a loop that makes branches without end, and one that never ends, are errors'],
  ],
  'engine/fuzz.test.ts': [
    ['any BPMN 2.0 XML', 'elements of every type, anywhere, are findings and never exceptions'],
    [
      'five thousand elements',
      'five thousand elements are checked in reasonable time, and twice as many in not much more than twice the time',
    ],
  ],
  'engine/read-seven.test.ts': [
    ['models from Camunda Modeler 8', 'all that Camunda Modeler 8 writes is read or harmless; what would matter is told'],
    [
      'models of Camunda 7, where their meaning is plain',
      'tasks of Camunda 7 keep their form, group, deadline, topic and mappings',
    ],
    ['models of Camunda 7, where it is not', 'what is not plain is told with its place'],
  ],
  'engine/repair.test.ts': [
    [
      'incident: stops its token only; retry with mended data',
      'a failing expression stops its own token only; the data is mended and the token goes on',
    ],
    [
      'incident: the token is moved',
      'a token is moved from an incident or a wait to another element of its scope, and leaves nothing where it was',
    ],
    ['old formats of the state', 'states of the first format load, and one of a newer release is refused'],
  ],
  'engine/migrate.test.ts': [
    [
      'migration, automatic where ids agree',
      'elements that keep their ids go over by themselves, and the case ends under the new version',
    ],
    ['migration by token mapping, refused without', 'a renamed element goes over by its mapping, and without one is refused'],
    ['migration, dry run', 'a dry run changes nothing, and a refusal gives no state'],
  ],
  'engine/laws-scale.test.ts': [
    ['ten thousand tokens in one case', 'ten thousand tasks begin at once, one is completed, all are cancelled'],
    ['history of any length', 'a state does not grow with the turns of a loop, though it takes ten thousand'],
  ],
};

function rows(tier: ElementRow['tier'], of: Rows): readonly ElementRow[] {
  return Object.entries(of).flatMap(([file, all]) => all.map(([element, test]) => ({ tier, element, file, test })));
}

export const ELEMENTS: readonly ElementRow[] = [
  ...rows(1, TIER_1),
  ...rows(2, TIER_2),
  ...rows(3, TIER_3),
  ...rows(4, TIER_4),
  ...rows('refused', REFUSED),
  ...rows('around', AROUND),
];
