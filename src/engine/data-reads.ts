// What each element reads and makes: its expressions with what they see, and the names it leaves behind. Decides nothing about paths.
import { feelOf, type ModelNode } from './model.ts';
import type { Known } from './check-references.ts';

/** What a value must be, where the engine asks for one kind. */
export type Need = 'boolean' | 'list' | 'number' | 'text' | 'value';
/**
 * `sees`: `scope` what was made before; `local` the input mappings and loop names too; `result` what the element itself has brought as well.
 * `after`: mappings in order see the targets of those before.
 */
export type Read = {
  readonly feel: string;
  readonly need: Need;
  readonly sees: 'scope' | 'local' | 'result';
  readonly locals: readonly string[];
};

const COUNTS = [
  'loopCounter',
  'numberOfInstances',
  'numberOfCompletedInstances',
  'numberOfActiveInstances',
  'numberOfTerminatedInstances',
];

export function rootOf(target: string): string {
  return target.split('.')[0] ?? '';
}

/** Names that only this element and what is inside it know. */
export function localsOf({ inputs, loop, repeat }: ModelNode): readonly string[] {
  const counts = loop || repeat ? ['loopCounter'] : [];
  return [...counts, ...(loop?.element === undefined ? [] : [loop.element]), ...inputs.map(({ target }) => rootOf(target))];
}

export function readsOf(node: ModelNode): readonly Read[] {
  const { inputs, outputs, info, script, trigger, loop, repeat } = node;
  const around = loop || repeat ? ['loopCounter', ...(loop?.element === undefined ? [] : [loop.element])] : [];
  const locals = localsOf(node);
  const counts = loop || repeat ? [...locals, ...COUNTS] : locals;
  const scope = (text: string | undefined, need: Need): readonly Read[] => reads(text, { need, sees: 'scope', locals: [] });
  const local = (text: string | undefined, need: Need): readonly Read[] => reads(text, { need, sees: 'local', locals });
  const result = (text: string | undefined, need: Need): readonly Read[] => reads(text, { need, sees: 'result', locals: counts });
  return [
    ...scope(loop?.collection, 'list'),
    ...scope(always(loop?.cardinality), 'number'),
    ...scope(always(repeat?.most), 'number'),
    ...inputs.flatMap(({ source }, index) =>
      reads(source, {
        need: 'value',
        sees: 'local',
        locals: [...around, ...inputs.slice(0, index).map(({ target }) => rootOf(target))],
      }),
    ),
    ...local(info.executor?.unit, 'text'),
    ...local(info.deadline?.duration, 'text'),
    ...local(always(script?.expression), 'value'),
    ...local(info.outcome?.status, 'text'),
    ...local(info.outcome?.reason, 'text'),
    ...(trigger.on === 'timer' ? local(trigger.text, 'text') : []),
    ...(trigger.on === 'condition' ? local(always(trigger.text), 'boolean') : []),
    ...(trigger.on === 'signal' ? local(trigger.name, 'text') : []),
    ...(trigger.on === 'message' ? [...local(trigger.name, 'text'), ...local(trigger.key, 'text')] : []),
    ...outputs.flatMap(({ source }) => result(source, 'value')),
    ...result(loop?.outputElement, 'value'),
    ...result(always(loop?.until), 'boolean'),
    ...result(always(repeat?.condition), 'boolean'),
  ];
}

/** FEEL with or without the leading `=`. */
function always(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : `=${feelOf(text) ?? text}`;
}

function reads(text: string | undefined, how: Omit<Read, 'feel'>): readonly Read[] {
  const feel = text === undefined ? undefined : feelOf(text);
  return feel === undefined || feel === '' ? [] : [{ feel, ...how }];
}

/** What an element brings by its own work, before its output mapping; undefined where that is anyone's guess: a message, a form that is not there. */
export function answersOf(node: ModelNode, known: Known): readonly string[] | undefined {
  const { kind, trigger, script, decision, info } = node;
  if (script) return [rootOf(script.result)];
  if (decision) return [rootOf(decision.result)];
  if (kind === 'pass' || kind === 'exclusive' || kind === 'parallel' || kind === 'inclusive' || kind === 'events') return [];
  if (kind === 'user' || info.service !== undefined) {
    const answers = known.answers?.(node);
    return answers && [...answers.keys()];
  }
  const isCaught = kind === 'catch' || kind === 'boundary' || kind === 'receive' || kind === 'start';
  return isCaught && BRINGING.has(trigger.on) ? undefined : [];
}

/** Events that come with variables of their own. */
const BRINGING: ReadonlySet<string> = new Set(['message', 'signal', 'error', 'escalation']);

/** Names that an element has made once it has completed; what a subprocess or called process makes inside is not among them. */
export function makesOf(node: ModelNode, known: Known): { readonly names: readonly string[]; readonly anything: boolean } {
  const { outputs, loop, kind } = node;
  const collected = loop?.outputCollection === undefined ? [] : [loop.outputCollection];
  if (outputs.length > 0) return { names: [...outputs.map(({ target }) => rootOf(target)), ...collected], anything: false };
  if (kind === 'subprocess' || kind === 'event-subprocess' || kind === 'call') return { names: collected, anything: false };
  const answers = answersOf(node, known);
  return { names: [...(answers ?? []), ...collected, ...node.writes], anything: answers === undefined };
}
