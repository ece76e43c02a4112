// Submitting an application, and saving a page of it: asks the registers about every field bound to one, then performs. What registers say is
// taken anew for each try, and written only while it stands.
import type { CaseId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import { registerFields, registerKey } from '#cases/registers.ts';
import type { Actor, CaseState, Command } from '#cases/types.ts';
import type { ServicePackage } from '#catalog/types.ts';
import { findRegisterRecord } from '#store/catalogue.ts';
import { load } from '#store/load.ts';
import { countForeign, lookUpKnown } from './known.ts';
import { perform } from './perform.ts';
import type { Performed, Request } from './perform.ts';
import type { Road } from './road.ts';

type Asked = { readonly actor: Actor; readonly key: string };

/** `seen`: what the applicant was shown as known; where it changed since, it is refused and shown anew. Throws Refusal `invalid-answers` with every field at fault, `too-many-lookups`. */
export async function submit(
  road: Road,
  id: CaseId,
  { actor, key, answers, seen }: Asked & { readonly answers?: JsonObject; readonly seen?: JsonObject },
): Promise<Performed> {
  const anew = async (): Promise<Request> => {
    const { state } = await load(road.pool, id);
    const pkg = await road.catalogue.byDefinition(state.definition);
    const typed: JsonObject = { ...state.draft, ...answers };
    // A case that is not theirs, or is submitted already, is refused without a look at any register.
    const isTheirs = state.applicant.id === actor.person && state.status === 'draft';
    const { known, held, versions } = isTheirs ? await lookedUp(road, { state, package: pkg }, typed) : NOTHING;
    return {
      actor,
      key,
      command: { type: 'SubmitApplication', known, held, ...(answers && { answers }), ...(seen && { seen }) },
      // Sent twice it is the same, whatever the registers say by then.
      said: answers ?? null,
      held: versions,
    };
  };
  return perform(road, id, await anew(), anew);
}

const NOTHING = { known: {}, held: {}, versions: [] };

type Applying = { readonly state: CaseState; readonly package: ServicePackage };

async function lookedUp(road: Road, applying: Applying, typed: JsonObject) {
  const { state, package: pkg } = applying;
  const form = pkg.forms[pkg.manifest.application];
  const known: { [field: string]: JsonObject | null } = {};
  for (const bound of form ? registerFields(form) : []) {
    const value = typed[bound.field];
    const key = typeof value === 'string' ? registerKey(bound, value) : undefined;
    const record = key === undefined ? undefined : await findRegisterRecord(road.pool, bound.register, key);
    known[bound.field] = record?.body ?? null;
    const fields = (form?.pages ?? []).flatMap((page) => page.fields);
    // Whoever guesses at an owner's number asks another question each time.
    const said = fields.filter((one) => one.by === bound.field).map((one) => typed[one.key] ?? null);
    if (key !== undefined) await countForeign(road, state, { register: bound.register, key, record: record ?? null, said });
  }
  return { known, ...(await lookUpKnown(road, applying, typed)) };
}

/** Saves a page of the draft, or what there is of it: what a register gives is not asked, and not kept. */
export async function saveDraft(
  road: Road,
  id: CaseId,
  { actor, key, ...page }: Asked & Omit<Extract<Command, { type: 'SaveDraft' }>, 'type' | 'held'>,
): Promise<Performed> {
  const { state } = await load(road.pool, id);
  const pkg = await road.catalogue.byDefinition(state.definition);
  const isTheirs = state.applicant.id === actor.person && state.status === 'draft';
  const { held } = isTheirs ? await lookUpKnown(road, { state, package: pkg }, { ...state.draft, ...page.answers }) : NOTHING;
  return perform(road, id, { actor, key, command: { type: 'SaveDraft', ...page, held }, said: { ...page } });
}
