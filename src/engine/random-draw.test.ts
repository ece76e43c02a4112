// How each block of a random process is drawn in BPMN. Holds no test itself.
import { definitions, el, ext, io, path, process, script, service, timer, when } from './play.test.ts';
import type { Activity, Block, Catchable, Handler, Happening, Inside, Loop, RandomModel } from './random-model.test.ts';

/**
 * `prefix` of all ids; processes that are called; whether this may see variables of its own before the
 * case's; whether this may begin again and again, and must wait for nothing that
 * begins it.
 */
type Pen = { readonly prefix: string; n: number; readonly called: string[]; closed: boolean; quiet: boolean };
type Drawn = { readonly xml: string; readonly first: string; readonly last: string };

const single = (id: string, xml: string): Drawn => ({ xml, first: id, last: id });
const ref = (kind: string, name: string): string => `<bpmn:${kind}EventDefinition ${kind}Ref="${name}"/>`;

function eventXml(pen: Pen, on: Happening): string {
  switch (on) {
    case 'none':
      return '';
    case 'ma':
      return ref('message', on);
    case 'mk':
      return ext(io({}, { got: '=n' })) + ref('message', on);
    case 'posted':
      return ext('<zeebe:taskDefinition type="post"/>', io({ own: '=n' }, { n: '=n2' })) + ref('message', 'ma');
    case 'sa':
    case 'sb':
      return ref('signal', on);
    case 'e1':
      return ref('error', on);
    case 'c1':
      return ref('escalation', on);
    case 'condition':
      return `<bpmn:conditionalEventDefinition><bpmn:condition>${pen.closed ? '=true' : '=m'}</bpmn:condition></bpmn:conditionalEventDefinition>`;
    case 'compensation':
      return '<bpmn:compensateEventDefinition/>';
    case 'compensation-beside':
      return '<bpmn:compensateEventDefinition waitForCompletion="false"/>';
    case 'PT1H':
      return timer('timeDuration', on);
    case 'soon':
      return timer('timeDuration', '=d');
    case 'P1D':
      return timer('timeDuration', on, '<dargah:timer workingTime="true" clock="case"/>');
    case 'date':
      return timer('timeDate', '2026-12-01T00:00:00+03:30');
    case 'R3/PT10M':
    case 'R/PT10M':
      return timer('timeCycle', on);
    default:
      return `<bpmn:${on}EventDefinition/>`;
  }
}

function loopXml(loop: Loop): string {
  const over =
    '<zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="outs" outputElement="=item"/>';
  const many = (attributes: string, inner: string): string =>
    `<bpmn:multiInstanceLoopCharacteristics${attributes}>${inner}</bpmn:multiInstanceLoopCharacteristics>`;
  const enough = '<bpmn:completionCondition>=n = 1</bpmn:completionCondition>';
  const count = '<bpmn:loopCardinality>=2</bpmn:loopCardinality>';
  switch (loop) {
    case 'all':
      return many('', ext(over));
    case 'each':
      return many(' isSequential="true"', ext(over));
    case 'enough':
      return many('', ext(over) + enough);
    case 'counted':
      return many('', count);
    case 'turns':
      return many(' isSequential="true"', count);
    case 'again':
    case 'tested':
      return `<bpmn:standardLoopCharacteristics loopMaximum="3"${loop === 'tested' ? ' testBefore="true"' : ''}><bpmn:loopCondition>=more</bpmn:loopCondition></bpmn:standardLoopCharacteristics>`;
  }
}

/** An activity; `loop` is XML put into it. */
function drawActivity(pen: Pen, id: string, work: Activity, loop = ''): string {
  switch (work.kind) {
    case 'user':
      return el('userTask', id, {}, loop);
    case 'mapped':
      return el(
        'userTask',
        id,
        {},
        ext(
          '<dargah:executor unit="=if n = null then null else &quot;u&quot;" role="officer"/>',
          io({ own: '=n' }, { n: '=n', 'kept.own': '=own' }),
        ),
        loop,
      );
    case 'service':
      return withLoop(service(id, 't', io({}, { n: '=n2' })), loop);
    case 'receive':
      if (pen.quiet) return el('userTask', id, {}, loop);
      return el('receiveTask', id, { messageRef: 'mk' }, loop);
    case 'script':
      return withLoop(script(id, `s${id.slice(pen.prefix.length)}`, '=if n = null then 0 else n + 1'), loop);
    case 'rule':
      return el('businessRuleTask', id, {}, ext('<zeebe:calledDecision decisionId="D" resultVariable="ruled"/>'), loop);
    case 'sub': {
      const undoing = work.undoesItself ? drawUndoing(`${id}self`) : '';
      const type = work.ending?.by === 'cancel' ? 'transaction' : 'subProcess';
      return el(type, id, {}, ext(io({ inner: '=n' })), loop, drawInside(pen, id, work), undoing);
    }
    case 'call': {
      const outside = pen.closed;
      pen.closed = true;
      const q = `${pen.prefix}Q${pen.n++}`;
      pen.called.push(process(q, drawInside(pen, q, { of: work.of, handlers: [] })));
      pen.closed = outside;
      const how = `propagateAllParentVariables="${work.open}" propagateAllChildVariables="${work.open}"`;
      const given = io({ n: '=n', d: '=d', k: '=k', items: '=items', more: '=more' });
      return el('callActivity', id, {}, ext(`<zeebe:calledElement processId="${q}" ${how}/>`, given), loop);
    }
  }
}

function withLoop(xml: string, loop: string): string {
  return xml.replace(/<\/bpmn:\w+>$/u, (close) => loop + close);
}

/** The event subprocess by which a subprocess is compensated. */
function drawUndoing(id: string): string {
  const rest = el('intermediateThrowEvent', `${id}r`, {}, '<bpmn:compensateEventDefinition/>');
  const inner = el('startEvent', `${id}s`, {}, '<bpmn:compensateEventDefinition/>') + el('userTask', `${id}u`) + rest;
  return el('subProcess', id, { triggeredByEvent: 'true' }, inner, el('endEvent', `${id}e`), path(`${id}s ${id}u ${id}r ${id}e`));
}

/** From the start of a scope through its block to its end; or to a special end by a choice, or by a task that races with the block. */
function drawInside(pen: Pen, id: string, { of, ending, handlers }: Inside, start = el('startEvent', `${id}s`)): string {
  const made = draw(pen, of);
  const [s, e, x, z] = [`${id}s`, `${id}e`, `${id}x`, `${id}z`];
  const ends =
    start + el('endEvent', e) + made.xml + handlers.map((one, index) => drawHandler(pen, `${id}h${index}`, one)).join('');
  if (!ending) return ends + path(`${s} ${made.first}`) + path(`${made.last} ${e}`);
  const special = el('endEvent', z, {}, eventXml(pen, pen.quiet && ending.by === 'sa' ? 'none' : ending.by));
  if (ending.races) {
    const fork = el('parallelGateway', x) + el('userTask', `${id}r`) + path(`${s} ${x} ${made.first}`);
    return ends + special + fork + path(`${made.last} ${e}`) + path(`${x} ${id}r ${z}`);
  }
  const choice =
    el('exclusiveGateway', x, { default: `${x}_${e}` }) + path(`${s} ${made.first}`) + path(`${made.last} ${x} ${e}`);
  return ends + special + choice + when(x, z, '=n = 2');
}

function drawHandler(pen: Pen, id: string, { on, stops, inside }: Handler): string {
  const start = el('startEvent', `${id}s`, { isInterrupting: String(stops || on === 'e1' || on === 'error') }, eventXml(pen, on));
  if (inside) {
    const { quiet, closed } = pen;
    pen.closed = true;
    pen.quiet = quiet || !(stops || on === 'e1' || on === 'error');
    const xml = el('subProcess', id, { triggeredByEvent: 'true' }, drawInside(pen, id, inside, start));
    Object.assign(pen, { quiet, closed });
    return xml;
  }
  const inner = start + el('userTask', `${id}u`) + el('endEvent', `${id}e`) + path(`${id}s ${id}u ${id}e`);
  return el('subProcess', id, { triggeredByEvent: 'true' }, inner);
}

function draw(pen: Pen, of: Block): Drawn {
  const id = `${pen.prefix}${of.kind.replace('-', '')}${pen.n++}`;
  switch (of.kind) {
    case 'manual':
      return single(id, el('manualTask', id));
    case 'send':
      return single(id, el('sendTask', id, { messageRef: 'ma' }, ext(io({ own: '=n' }))));
    case 'sent':
      return single(id, el('sendTask', id, {}, ext('<zeebe:taskDefinition type="post"/>')));
    case 'link': {
      const link = `<bpmn:linkEventDefinition name="${id}"/>`;
      const xml = el('intermediateThrowEvent', id, {}, link) + el('intermediateCatchEvent', `${id}to`, {}, link);
      return { xml, first: id, last: `${id}to` };
    }
    case 'only-if':
      return { xml: el('userTask', id) + el('task', `${id}t`) + when(id, `${id}t`, '=n != 1'), first: id, last: `${id}t` };
    case 'implicit': {
      const xml = el('userTask', id, { default: `${id}_${id}j` }) + el('userTask', `${id}t`) + el('inclusiveGateway', `${id}j`);
      return {
        xml: xml + path(`${id} ${id}j`) + when(id, `${id}t`, '=n = 2') + path(`${id}t ${id}j`),
        first: id,
        last: `${id}j`,
      };
    }
    case 'catch':
      return single(id, el('intermediateCatchEvent', id, {}, eventXml(pen, pen.quiet ? 'PT1H' : of.on)));
    case 'throw':
      return single(id, el('intermediateThrowEvent', id, {}, eventXml(pen, pen.quiet && of.what === 'sa' ? 'none' : of.what)));
    case 'events':
      return drawEvents(pen, id, pen.quiet ? ['PT1H', 'date'] : of.on);
    case 'held':
      return drawHeld(pen, id, of);
    case 'loop': {
      const inner = draw(pen, of.of);
      const gates = el('exclusiveGateway', id) + el('exclusiveGateway', `${id}x`, { default: `${id}x_${id}e` });
      const back = when(`${id}x`, `${id}u`, '=n = 1') + path(`${id}u ${id}`) + el('userTask', `${id}u`) + el('task', `${id}e`);
      const lines = path(`${id} ${inner.first}`) + path(`${inner.last} ${id}x ${id}e`);
      return { xml: inner.xml + gates + back + lines, first: id, last: `${id}e` };
    }
    case 'line': {
      const parts = of.of.map((one) => draw(pen, one));
      const joins = parts.slice(1).map((part, index) => path(`${parts[index]!.last} ${part.first}`));
      return { xml: parts.map((part) => part.xml).join('') + joins.join(''), first: parts[0]!.first, last: parts.at(-1)!.last };
    }
    case 'choice':
    case 'fork':
    case 'some':
      return drawSplit(pen, id, of.kind, of.of);
    default:
      return single(id, drawActivity(pen, id, of));
  }
}

function drawEvents(pen: Pen, id: string, on: readonly (Catchable | 'receive')[]): Drawn {
  const parts = [...new Set(on)].map((one, index) => {
    const event = `${id}c${index}`;
    const xml =
      one === 'receive'
        ? el('receiveTask', event, { messageRef: 'mk' })
        : el('intermediateCatchEvent', event, {}, eventXml(pen, one));
    return xml + path(`${id} ${event} ${id}j`);
  });
  return { xml: el('eventBasedGateway', id) + el('exclusiveGateway', `${id}j`) + parts.join(''), first: id, last: `${id}j` };
}

function drawHeld(pen: Pen, id: string, { work, border, loop, undone }: Extract<Block, { kind: 'held' }>): Drawn {
  const must: readonly string[] = work.kind === 'sub' && work.ending ? [work.ending.by] : [];
  const activity = drawActivity(pen, id, work, loop && loopXml(loop));
  const join = `${id}j`;
  const events = [
    ...new Map(border.map((one) => [one.on, one])).values(),
    ...(must.includes('e1') ? [{ on: 'error' as const, stops: true }] : []),
    ...(must.includes('cancel') ? [{ on: 'cancel' as const, stops: true }] : []),
  ].map(({ on, stops }, index) => {
    const event = `${id}b${index}`;
    const always = on === 'e1' || on === 'error' || on === 'cancel';
    const drawn = el('boundaryEvent', event, { attachedToRef: id, cancelActivity: String(stops || always) }, eventXml(pen, on));
    if (stops || always) return drawn + path(`${event} ${join}`);
    return drawn + el('userTask', `${event}u`) + el('endEvent', `${event}e`) + path(`${event} ${event}u ${event}e`);
  });
  const undoing = undone ? drawUndoer(id) : '';
  const now = el('intermediateThrowEvent', `${id}now`, {}, `<bpmn:compensateEventDefinition activityRef="${id}"/>`);
  const way = undone === 'now' ? now + path(`${id} ${id}now ${join}`) : path(`${id} ${join}`);
  return { xml: activity + events.join('') + undoing + way + el('exclusiveGateway', join), first: id, last: join };
}

function drawUndoer(id: string): string {
  return (
    el('boundaryEvent', `${id}un`, { attachedToRef: id }, '<bpmn:compensateEventDefinition/>') +
    el('userTask', `${id}unu`, { isForCompensation: 'true' }) +
    `<bpmn:association id="${id}una" sourceRef="${id}un" targetRef="${id}unu"/>`
  );
}

function drawSplit(pen: Pen, id: string, kind: 'choice' | 'fork' | 'some', of: readonly Block[]): Drawn {
  const type = { choice: 'exclusiveGateway', fork: 'parallelGateway', some: 'inclusiveGateway' }[kind];
  const parts = of.map((one) => draw(pen, one));
  const lines = parts.map(({ first, last }, index) => {
    const condition = `=n = ${index}${kind === 'some' ? ' or m' : ''}`;
    return (kind === 'fork' || index === 0 ? path(`${id} ${first}`) : when(id, first, condition)) + path(`${last} ${id}j`);
  });
  const gate = el(type, id, kind === 'fork' ? {} : { default: `${id}_${parts[0]!.first}` });
  return { xml: gate + el(type, `${id}j`) + parts.map((one) => one.xml).join('') + lines.join(''), first: id, last: `${id}j` };
}

export function xmlOf(model: RandomModel, prefix = ''): string {
  const pen: Pen = { prefix, n: 1, called: [], closed: false, quiet: false };
  const main = process(`${prefix}P`, drawInside(pen, `${prefix}P`, model));
  const key = ext('<zeebe:subscription correlationKey="=k"/>');
  return definitions(
    el('message', 'ma', { name: 'ma' }),
    el('message', 'mk', { name: 'mk' }, key),
    ...['sa', 'sb'].map((name) => el('signal', name, { name })),
    el('error', 'e1', { errorCode: 'e1' }),
    el('escalation', 'c1', { escalationCode: 'c1' }),
    main,
    ...pen.called,
  );
}
