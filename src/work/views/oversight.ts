// What a process's owner sees: where cases stand still, one such case in its diagram with what may be done, and which versions run.
// Throws Refusal where the reader owns no process.
import type { JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { Text } from '#base/text.ts';
import { may } from '#cases/authorise.ts';
import { stepName } from '#cases/timeline.ts';
import type { Actor } from '#cases/types.ts';
import type { Drawing } from '#engine/drawing.ts';
import { placesFor } from '#engine/move.ts';
import { readDrawing } from '#engine/read-drawing.ts';
import type { Incident } from '#engine/types.ts';
import { variablesAt, waits } from '#engine/waits.ts';
import { listIncidents, listVersions } from '#store/incidents.ts';
import type { IncidentView, RunningVersion } from '#store/incidents.ts';
import { readAs } from '#store/read-as.ts';
import type { Reader } from '#store/read-as.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from './case-file.ts';
import type { CaseFile } from './case-file.ts';

export type Overseer = { readonly reader: Reader; readonly actor: Actor };

export type OpenIncident = IncidentView & { readonly title: Text; readonly step: Text; readonly place: string };

/** Oldest first. `after`: the `place` of the last one seen; one that cannot be read is the beginning. */
export async function openIncidents(
  road: Road,
  viewer: Overseer,
  page: { readonly most: number; readonly after?: string | undefined },
): Promise<readonly OpenIncident[]> {
  const [at, caseId, incident] = (page.after ?? '').split('~');
  const isPlace = at !== undefined && caseId !== undefined && incident !== undefined && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at);
  const after = isPlace ? { after: { at, caseId, incident } } : {};
  const rows = await readAs(road.readers, viewer.reader, (client) => listIncidents(client, { most: page.most, ...after }));
  return Promise.all(
    rows.map(async (row) => {
      const { manifest, process, texts } = await road.catalogue.byDefinition(row.definition);
      const step = stepName(row.element, { elements: process.elements, texts });
      return { ...row, title: manifest.title, step, place: `${row.openedAt}~${row.caseId}~${row.incident}` };
    }),
  );
}

export type Place = { readonly id: string; readonly name: Text };
export type MendableIncident = Incident & {
  readonly step: Text;
  /** Where its token may be taken. */
  readonly places: readonly Place[];
  /** All that the process knows there. */
  readonly variables: JsonObject;
};
export type Mark = { readonly state: 'done' | 'here' | 'failed'; readonly count: number };
export type Overseen = {
  readonly file: CaseFile;
  readonly drawing: Drawing;
  readonly marks: { readonly [element: string]: Mark };
  /** Each element's name in both languages. */
  readonly names: { readonly [element: string]: Text };
  readonly incidents: readonly MendableIncident[];
  readonly mayMend: boolean;
};

/** Throws Refusal `case-not-found`: also where nothing of the case stands still and it is not otherwise the reader's to see. */
export async function overseeCase(road: Road, viewer: Overseer, typed: string): Promise<Overseen> {
  const file = await loadCaseFile(road, viewer, typed);
  const { state, package: pkg } = file;
  const source = { elements: pkg.process.elements, texts: pkg.texts };
  const incidents = file.incidents.map((one) => ({
    ...one,
    step: stepName(one.element, source),
    places: placesFor(pkg.process.plan, state.engine ?? { format: 2 }, one.id).map((id) => ({ id, name: stepName(id, source) })),
    variables: state.engine ? variablesAt(state.engine, one.id) : {},
  }));
  return {
    file,
    drawing: await readDrawing(pkg.files['process.bpmn'] ?? ''),
    marks: marksOf(file),
    names: Object.fromEntries(pkg.process.elements.filter((one) => one.name !== '').map(({ id }) => [id, stepName(id, source)])),
    incidents,
    mayMend: may(state, { type: 'RetryIncident', incident: '', reason: '' }, viewer.actor, { owner: pkg.manifest.duties.owner }),
  };
}

/** The gravest word on an element is shown: failed, then where the case is, then how often it was done. */
function marksOf({ trail, incidents, state }: CaseFile): Overseen['marks'] {
  const marks = new Map<string, Mark>();
  const add = (element: string, to: Mark['state']): void => {
    const known = marks.get(element);
    marks.set(element, { state: to, count: known?.state === to ? known.count + 1 : 1 });
  };
  for (const { element, did } of trail) if (did === 'completed') add(element, 'done');
  for (const { element } of state.engine ? waits(state.engine) : []) add(element, 'here');
  for (const { element } of incidents) add(element, 'failed');
  return Object.fromEntries(marks);
}

export type OwnedService = { readonly service: string; readonly title: Text; readonly versions: readonly RunningVersion[] };

/** Each service whose process the reader owns, with its versions that run. */
export async function ownedServices(road: Road, viewer: Overseer): Promise<readonly OwnedService[]> {
  const owned = road.catalogue.services().filter(({ package: { manifest } }) => isOwner(viewer, manifest.duties.owner));
  return Promise.all(
    owned.map(async ({ package: { manifest } }) => ({
      service: manifest.id,
      title: manifest.title,
      versions: await listVersions(road.pool, manifest.id),
    })),
  );
}

function isOwner({ actor }: Overseer, unit: string): boolean {
  return actor.assignments.some((one) => one.role === 'owner' && one.unit === unit);
}

/** Throws Refusal `service-not-found`, or `not-permitted` where the process is not theirs. */
export function requireOwner(road: Road, viewer: Overseer, service: string): void {
  const { manifest } = road.catalogue.current(service).package;
  if (!isOwner(viewer, manifest.duties.owner)) throw new Refusal('not-permitted', { command: 'MigrateCase', service });
}
