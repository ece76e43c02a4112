// bpmn-engine as a host runs it that keeps every step: recover from the text kept, resume, complete a task, print the new state, stop.
// As kind to it as can be: its source is parsed once, and neither kept in the state nor read from it.
import { EventEmitter } from 'node:events';
import { Engine, type Execution } from 'bpmn-engine';

type Kept = { definitions: { source?: string }[] };
export type Theirs = { readonly source: unknown; readonly first: string };

/** The text a host keeps between two steps. */
async function kept(engine: Engine): Promise<string> {
  const state = (await engine.getState()) as unknown as Kept;
  for (const definition of state.definitions) delete definition.source;
  return JSON.stringify(state);
}

/** Parses the source once, and starts a case as far as its first task. */
export async function startTheirs(xml: string, variables: Record<string, unknown>): Promise<Theirs> {
  const parsing = new Engine({ name: 'bench', source: xml });
  const [definition] = await parsing.getDefinitions();
  const source: unknown = definition?.environment.options['source'];
  const engine = new Engine({ name: 'bench', sourceContext: source as never });
  await engine.execute({ variables, listener: new EventEmitter() });
  const first = await kept(engine);
  await engine.stop();
  return { source, first };
}

/** One kept step: the oldest open user task is completed. Gives the new text, or undefined where the case has ended. */
export async function stepTheirs({ source }: Theirs, text: string): Promise<string | undefined> {
  const engine = new Engine({ name: 'bench', sourceContext: source as never });
  engine.recover(JSON.parse(text));
  const execution: Execution = await engine.resume({ listener: new EventEmitter() });
  const task = execution.getPostponed().find((one) => one.type === 'bpmn:UserTask');
  if (!task) throw new Error('bpmn-engine stands at no user task');
  task.signal({ note: 'ok' });
  const next = await kept(engine);
  if (execution.state !== 'running') return undefined;
  await engine.stop();
  return next;
}
