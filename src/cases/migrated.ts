// The fold of a migration: the engine's state under the new version, and the open tasks as that version describes them.
// What was promised stays: who holds a task, since when, and by when.
import { migrate as migrateEngine } from '#engine/migrate.ts';
import type { ElementInfo } from '#engine/types.ts';
import { waits } from '#engine/waits.ts';
import { engineEnv, fold } from './advance.ts';
import type { CaseEnv, CaseState, Evolved, Fact, Task } from './types.ts';

export function migrate(state: CaseState, data: Extract<Fact, { type: 'CaseMigrated' }>['data'], env: CaseEnv): Evolved {
  const { target } = env;
  if (!target || !state.engine) throw new TypeError('a migration is folded with the version it leads to');
  const { process } = target.package;
  const { state: engine, wants } = migrateEngine(env.package.process.plan, process.plan, state.engine, {
    mapping: data.mapping,
    env: engineEnv(env),
  });
  if (!engine) throw new TypeError('a refused migration is no fact');
  const elements = new Map(process.elements.map((one) => [one.id, one]));
  const places = new Map(waits(engine).map((one) => [one.wait, one.element]));
  const tasks = state.tasks.map((task) => asDescribed(task, elements.get(places.get(task.id) ?? task.element)));
  const { definition, version } = data;
  let folded: Evolved = { state: { ...state, definition, version, engine, tasks }, trail: [], wants: [], decisions: [] };
  for (const want of wants) folded = fold(folded, want, env.now);
  return folded;
}

function asDescribed(task: Task, element: ElementInfo | undefined): Task {
  if (!element) return task;
  const { form: _form, inquiry: _inquiry, visit: _visit, pauses: _pauses, ...kept } = task;
  return {
    ...kept,
    element: element.id,
    separate: element.separate ?? [],
    ...(element.form === undefined ? {} : { form: element.form }),
    ...(element.inquiry === undefined ? {} : { inquiry: element.inquiry }),
    ...(element.visit === undefined ? {} : { visit: element.visit }),
    ...(element.pauses === undefined ? {} : { pauses: element.pauses }),
  };
}
