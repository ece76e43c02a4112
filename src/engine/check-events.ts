// Does each event say what it waits for or throws, does a boundary event sit where it can happen, do links meet.
import type { Finding } from '#base/finding.ts';
import { boundariesOf, insideOf, isActivity, scopesOf, type Drawing } from './check-drawing.ts';
import { feelOf, type ModelNode } from './model.ts';
import { timerFault } from './timer.ts';
import { finding } from './words.ts';

export function checkEvents(drawing: Drawing): readonly Finding[] {
  return [
    ...drawing.model.nodes.flatMap((node) => [...checkTrigger(drawing, node), ...checkHost(drawing, node)]),
    ...drawing.model.nodes.flatMap((node) => twice(boundariesOf(drawing, node.id))),
    ...scopesOf(drawing).flatMap(({ id }) => checkLinks(insideOf(drawing, id))),
  ];
}

function checkTrigger(drawing: Drawing, node: ModelNode): readonly Finding[] {
  const { trigger, kind, id } = node;
  const throws = kind === 'throw' || kind === 'end';
  switch (trigger.on) {
    case 'message':
      return trigger.name === undefined && !(throws && node.info.service !== undefined) ? [finding('message-missing', id)] : [];
    case 'signal':
      return trigger.name === undefined ? [finding('signal-missing', id)] : [];
    case 'condition':
      return trigger.text === '' ? [finding('condition-missing', id)] : [];
    case 'timer':
      return checkTimer(drawing, node);
    case 'error':
    case 'escalation':
      return throws && trigger.code === undefined ? [finding('code-missing', id)] : [];
    default:
      return kind === 'receive' ? [finding('message-missing', id)] : [];
  }
}

function checkTimer(drawing: Drawing, node: ModelNode): readonly Finding[] {
  const { trigger, id } = node;
  if (trigger.on !== 'timer') return [];
  if (trigger.form === undefined) return [finding('timer-invalid', id)];
  const around = drawing.nodes.get(node.scope);
  const listens = node.kind === 'boundary' || (node.kind === 'start' && around?.kind === 'event-subprocess');
  const begins = node.kind === 'start' && drawing.processes.has(node.scope);
  const repeats = begins || (listens && !node.interrupting);
  const fault = feelOf(trigger.text) === undefined ? timerFault(trigger.form, trigger.text, trigger.workingTime) : undefined;
  return [
    ...(trigger.form === 'cycle' && !repeats ? [finding('cycle-misplaced', id)] : []),
    ...(fault === undefined && !/\/P(?:T?0[A-Z])+$/u.test(trigger.text) ? [] : [finding('timer-invalid', id, trigger.text)]),
    ...(listens && repeats && /^R0*\//u.test(trigger.text) && opensWork(drawing, node)
      ? [finding('cycle-endless', id, trigger.text)]
      : []),
  ];
}

/** Whether what a repeating event leads to is work for people: it would pile up. */
function opensWork(drawing: Drawing, event: ModelNode): boolean {
  const seen = new Set<string>();
  const open = [event];
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node.id)) continue;
    seen.add(node.id);
    if (node.kind === 'user') return true;
    if (node.kind === 'subprocess') open.push(...insideOf(drawing, node.id));
    for (const id of node.outgoing) {
      const next = drawing.nodes.get(drawing.flows.get(id)?.to ?? '');
      if (next) open.push(next);
    }
  }
  return false;
}

function checkHost(drawing: Drawing, node: ModelNode): readonly Finding[] {
  if (node.kind !== 'boundary') return [];
  const host = node.attachedTo === undefined ? undefined : drawing.nodes.get(node.attachedTo);
  const fits = host !== undefined && host.scope === node.scope && isActivity(host);
  const escalates = node.trigger.on !== 'escalation' || host?.kind === 'subprocess' || host?.kind === 'call';
  if (!fits || !escalates) return [finding('boundary-host', node.id, node.attachedTo ?? '')];
  return node.trigger.on === 'cancel' && !host.isTransaction ? [finding('cancel-host', node.id)] : [];
}

/** Two boundary events of an activity that catch the same: the first takes it all. */
function twice(events: readonly ModelNode[]): readonly Finding[] {
  const seen = new Set<string>();
  return events.flatMap(({ id, trigger }) => {
    if (trigger.on !== 'error' && trigger.on !== 'escalation' && trigger.on !== 'cancel' && trigger.on !== 'compensation')
      return [];
    const code = 'code' in trigger ? (trigger.code ?? '') : '';
    const key = `${trigger.on} ${code}`;
    if (seen.has(key)) return [finding('catch-twice', id, key.trim())];
    seen.add(key);
    return [];
  });
}

function checkLinks(nodes: readonly ModelNode[]): readonly Finding[] {
  const links = nodes.flatMap((node) => (node.trigger.on === 'link' ? [{ node, name: node.trigger.name }] : []));
  const namesOf = (kind: ModelNode['kind']): ReadonlySet<string> =>
    new Set(links.flatMap(({ node, name }) => (node.kind === kind && name !== undefined ? [name] : [])));
  const [thrown, caught] = [namesOf('throw'), namesOf('catch')];
  const seen = new Set<string>();
  return links.flatMap(({ node, name }) => {
    const { id, kind, incoming, outgoing } = node;
    if (kind !== 'throw' && kind !== 'catch') return [];
    const drawn = (kind === 'throw' ? outgoing : incoming).filter((flow) => !isLinkFlow(flow, id, kind));
    const found = drawn.length > 0 ? [finding('link-flow', id)] : [];
    if (name === undefined) return [...found, finding('link-unnamed', id)];
    if (kind === 'throw') return caught.has(name) ? found : [...found, finding('link-without-target', id, name)];
    const isSecond = seen.has(name);
    seen.add(name);
    if (isSecond) return [...found, finding('link-twice', id, name)];
    return thrown.has(name) ? found : [...found, finding('link-without-source', id, name)];
  });
}

/** The reader names the flow that a link stands for after its two events. */
function isLinkFlow(flow: string, id: string, kind: 'throw' | 'catch'): boolean {
  return kind === 'throw' ? flow.startsWith(`${id}.`) : flow.endsWith(`.${id}`);
}
