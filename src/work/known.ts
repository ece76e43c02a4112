// Looks up what registers hold for an application: the applicant's own records, and those of the keys they typed. Always anew, never from the browser.
// How often somebody names what is not theirs is counted: renovation codes can be guessed, and a form must not be a way to look around.
import { createHmac } from 'node:crypto';
import { Refusal } from '#base/refusal.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { applicationStandings } from '#cases/answers.ts';
import { isOwn, wantedRecords } from '#cases/known.ts';
import type { Held, RegisterRecord, Standings } from '#cases/known.ts';
import type { CaseState } from '#cases/types.ts';
import type { ServicePackage } from '#catalog/types.ts';
import { findRegisterRecord } from '#store/catalogue.ts';
import { countProbe } from '#store/probes.ts';
import type { Road } from './road.ts';

/** Records that are not theirs which a person may name in a day; naming one again is no other. */
const MOST_PROBES = 20;

type Applying = { readonly state: Pick<CaseState, 'applicant' | 'draft'>; readonly package: ServicePackage };

/** What was looked up, and how each record stood, so that facts are written only while it stands so. */
export type LookedUp = {
  readonly held: Held;
  readonly versions: readonly { readonly register: string; readonly key: string; readonly version: string | null }[];
};

export async function lookUpKnown(road: Road, { state, package: pkg }: Applying, answers: JsonObject): Promise<LookedUp> {
  const form = pkg.forms[pkg.manifest.application];
  const wanted = form ? wantedRecords(form, { applicant: state.applicant, answers }) : [];
  const found = await Promise.all(
    wanted.map(async ({ register, key }) => ({
      register,
      key,
      record: (await findRegisterRecord(road.pool, register, key)) ?? null,
    })),
  );
  const held: { [register: string]: { [key: string]: RegisterRecord | null } } = {};
  for (const { register, key, record } of found) (held[register] ??= {})[key] = record;
  return { held, versions: found.map(({ register, key, record }) => ({ register, key, version: record?.version ?? null })) };
}

/** How the bound fields of a draft stand now. */
export async function knownNow(road: Road, applying: Applying): Promise<Standings> {
  const { state, package: pkg } = applying;
  const form = pkg.forms[pkg.manifest.application];
  if (!form) return new Map();
  const { held } = await lookUpKnown(road, applying, state.draft);
  return applicationStandings(state, form, { answers: state.draft, held });
}

/** Counts a record named that is not the applicant's, with what they say of its owner. Throws Refusal `too-many-lookups`. */
export async function countForeign(
  road: Road,
  { applicant }: Pick<CaseState, 'applicant'>,
  named: {
    readonly register: string;
    readonly key: string;
    readonly record: RegisterRecord | null;
    readonly said: readonly Json[];
  },
): Promise<void> {
  const { register, key, record, said } = named;
  if (isOwn(register, record, applicant)) return;
  const probe = createHmac('sha256', road.secret)
    .update(JSON.stringify(['probe', register, key, said]))
    .digest('base64url');
  const day = road.ports.world.now().slice(0, 10);
  if ((await countProbe(road.pool, { person: applicant.id, day, probe })) > MOST_PROBES)
    throw new Refusal('too-many-lookups', {});
}
