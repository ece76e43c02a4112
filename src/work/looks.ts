// Every look of staff at a person's data is written down before the data are shown: where that fails, nothing is shown.
import { createHmac } from 'node:crypto';
import { toEpochMillis } from '#base/instant.ts';
import type { Hat } from '#cases/types.ts';
import { insertLook } from '#store/looks.ts';
import type { Road } from './road.ts';

/** Opening one thing several times within this is one look. */
const SLOT_MS = 600_000;

/** `subject`: national or legal id. `what`: the case, or the kind of entity that was seen. */
export type StaffLook = {
  readonly subject: string;
  readonly by: Hat;
  readonly basis: 'case' | 'registry';
  readonly what: string;
};

export async function noteLook(road: Road, { subject, by, basis, what }: StaffLook): Promise<void> {
  const at = road.ports.world.now();
  const slot = Math.floor(toEpochMillis(at) / SLOT_MS);
  const { person, role, unit = null } = by;
  await insertLook(road.pool, subjectKey(road, subject), slot, { person, role, unit, basis, what, at });
}

/** A keyed hash: whoever reads the tables learns nobody's number (ten digits are soon tried through a plain hash). */
export function subjectKey(road: Road, nationalId: string): string {
  return createHmac('sha256', road.secret).update(`subject:${nationalId}`).digest('base64url');
}
