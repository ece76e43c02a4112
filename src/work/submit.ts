// Submitting an application: asks the registers about every field bound to one, then performs.
import type { CaseId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import { registerFields, registerKey } from '#cases/registers.ts';
import type { Actor } from '#cases/types.ts';
import { findRegisterRecord } from '#store/catalogue.ts';
import { load } from '#store/load.ts';
import { perform } from './perform.ts';
import type { Performed } from './perform.ts';
import type { Road } from './road.ts';

/** Throws Refusal `invalid-answers` with every field at fault. */
export async function submit(
  road: Road,
  id: CaseId,
  request: { readonly actor: Actor; readonly key: string; readonly answers?: JsonObject },
): Promise<Performed> {
  const { state } = await load(road.pool, id);
  const pkg = await road.catalogue.byDefinition(state.definition);
  const form = pkg.forms[pkg.manifest.application];
  const typed: JsonObject = { ...state.draft, ...request.answers };
  const known: { [field: string]: JsonObject | null } = {};
  for (const bound of form ? registerFields(form) : []) {
    const value = typed[bound.field];
    const found = typeof value === 'string' ? registerKey(bound, value) : undefined;
    known[bound.field] =
      found === undefined ? null : ((await findRegisterRecord(road.pool, bound.register, found))?.body ?? null);
  }
  const { actor, key, answers } = request;
  return perform(road, id, {
    actor,
    key,
    command: { type: 'SubmitApplication', known, ...(answers === undefined ? {} : { answers }) },
    // Sent twice it is the same, whatever the registers say by then.
    said: answers ?? null,
  });
}
