// Lists for people: their own cases, their units' work. Each is one indexed query under row-level security.
import type { CaseId } from '#base/ids.ts';
import type { Text } from '#base/text.ts';
import { stepName } from '#cases/timeline.ts';
import type { Actor } from '#cases/types.ts';
import { findOwnDraft, listNames, listOwnCases } from '#store/cases.ts';
import type { CaseRow } from '#store/cases.ts';
import { listUnitMessages } from '#store/messages.ts';
import type { Message } from '#store/messages.ts';
import { readAs } from '#store/read-as.ts';
import type { Reader } from '#store/read-as.ts';
import { listUnitLoad, listWork, placeOf } from '#store/worklist.ts';
import type { UnitLoad, WorkFilter, WorkRow } from '#store/worklist.ts';
import type { Road } from '#work/road.ts';

export type OwnCase = CaseRow & { readonly title: Text; readonly holderNames: readonly Text[] };

export async function ownCases(
  road: Road,
  reader: Reader,
  page: { readonly most: number; readonly before?: string },
): Promise<readonly OwnCase[]> {
  const rows = await readAs(road.readers, reader, (client) => listOwnCases(client, reader.person, page));
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      title: (await road.catalogue.byDefinition(row.definition)).manifest.title,
      holderNames: row.holders.map((unit) => road.catalogue.unitName(unit)),
    })),
  );
}

/** The draft to continue, rather than a second one. */
export function ownDraft(road: Road, reader: Reader, service: string): Promise<CaseId | undefined> {
  return readAs(road.readers, reader, (client) => findOwnDraft(client, reader.person, service));
}

export type WorkItem = WorkRow & {
  readonly title: Text;
  readonly step: Text;
  readonly unitName: Text;
  readonly assigneeName?: Text;
  /** Its place in the list: the `after` of what follows. */
  readonly place: string;
};

/** Open tasks the actor could work: of the units and roles they hold, not their own cases, not kept apart from them. */
export async function worklist(
  road: Road,
  viewer: { readonly reader: Reader; readonly actor: Actor },
  filter: WorkFilter,
): Promise<readonly WorkItem[]> {
  const { reader, actor } = viewer;
  const { rows, names } = await readAs(road.readers, reader, async (client) => {
    const found = await listWork(client, { person: reader.person, holds: [...actor.assignments] }, filter);
    return {
      rows: found,
      names: await listNames(client, [...new Set(found.flatMap((row) => (row.assignee === null ? [] : [row.assignee])))]),
    };
  });
  return Promise.all(
    rows.map(async (row) => {
      const pkg = await road.catalogue.byDefinition(row.definition);
      const assigneeName = row.assignee === null ? undefined : names.get(row.assignee);
      return {
        ...row,
        title: pkg.manifest.title,
        step: stepName(row.element, { elements: pkg.process.elements, texts: pkg.texts }),
        unitName: road.catalogue.unitName(row.unit),
        place: placeOf(row),
        ...(assigneeName ? { assigneeName } : {}),
      };
    }),
  );
}

export function unitLoad(road: Road, reader: Reader): Promise<readonly UnitLoad[]> {
  return readAs(road.readers, reader, (client) => listUnitLoad(client, reader.units));
}

/** Messages to the reader's units, escalations among them. */
export function unitMessages(road: Road, reader: Reader): Promise<readonly Message[]> {
  return readAs(road.readers, reader, (client) => listUnitMessages(client, reader.units, 100));
}
