// Judges what an owner does where the process stands still, and a migration to another version. Pure; changes nothing.
import { Refusal } from '#base/refusal.ts';
import { migrate } from '#engine/migrate.ts';
import { placesFor } from '#engine/move.ts';
import { incidents } from '#engine/waits.ts';
import { engineEnv } from './advance.ts';
import type { CaseEnv, CaseState, Command, Fact } from './types.ts';

type Mend = Extract<Command, { type: 'RetryIncident' | 'MendData' | 'MoveToken' }>;

/** Throws Refusal `incident-closed`, `place-forbidden`, `invalid-answers` where the reason is missing. */
export function mended(state: CaseState, command: Mend, env: CaseEnv): readonly Fact[] {
  const reason = given(command.reason);
  const incident = state.engine && incidents(state.engine).find((one) => one.id === command.incident);
  if (!state.engine || !incident) throw new Refusal('incident-closed', { incident: command.incident });
  const data = { incident: incident.id, element: incident.element, reason };
  switch (command.type) {
    case 'RetryIncident':
      return [{ type: 'IncidentRetried', data }];
    case 'MendData':
      return [{ type: 'DataMended', data: { ...data, vars: command.vars } }];
    case 'MoveToken': {
      const places = placesFor(env.package.process.plan, state.engine, incident.id);
      if (!places.includes(command.to)) throw new Refusal('place-forbidden', { pointer: '/to', to: command.to, places });
      return [{ type: 'TokenMoved', data: { ...data, to: command.to } }];
    }
  }
}

/** Throws Refusal `migration-refused` with the findings that say what would be orphaned. No facts where the case has that version already. */
export function migrated(state: CaseState, command: Extract<Command, { type: 'MigrateCase' }>, env: CaseEnv): readonly Fact[] {
  const reason = given(command.reason);
  if (command.definition === state.definition) return [];
  const { target } = env;
  if (!target || target.definition !== command.definition)
    throw new Refusal('service-not-found', { definition: command.definition });
  if (target.package.manifest.id !== state.service || !state.engine)
    throw new Refusal('wrong-state', { command: command.type, status: state.status });
  const { process } = env.package;
  const { refusals } = migrate(process.plan, target.package.process.plan, state.engine, {
    mapping: command.mapping,
    env: engineEnv(env),
  });
  if (refusals.length > 0) throw new Refusal('migration-refused', { count: refusals.length, findings: refusals });
  const { definition, mapping } = command;
  const { version } = target.package.manifest;
  return [{ type: 'CaseMigrated', data: { from: state.definition, definition, version, mapping, reason } }];
}

function given(reason: string): string {
  const text = reason.trim();
  if (text === '') throw new Refusal('invalid-answers', { fields: [{ pointer: '/reason', code: 'required' }] });
  return text;
}
