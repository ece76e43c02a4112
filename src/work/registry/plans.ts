// Ground plans of parcels as their sources draw them, put where the map is asked; the register's own record does without them.
// What cannot be a ground plan is not put there: the record and its claim keep it, for whoever puts it right.
import type { PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import { planned } from '#registry/layer.ts';
import { readGeometry } from '#registry/read-geometry.ts';
import type { Kind } from '#registry/types.ts';
import type { RegisterRow } from '#store/entities.ts';
import { dropGeometry, putGeometry } from '#store/geometry.ts';

const FIELD = 'geometry';

export type Registered = { readonly kind: Kind; readonly rows: readonly RegisterRow[]; readonly gone: readonly string[] };

/** Gives the rows as the register keeps them. A record without a plan leaves the one that stands under its key. */
export async function keepPlans(client: PoolClient, { kind, rows, gone }: Registered): Promise<readonly RegisterRow[]> {
  if (kind !== 'property') return rows;
  const drawn = rows.filter(({ body }) => body[FIELD] !== undefined);
  const plans = drawn.flatMap(({ key, body, provenance, source, asOf }) => {
    const { geometry } = readGeometry(body[FIELD]);
    const claim = isObject(provenance[FIELD]) ? provenance[FIELD] : {};
    const from = { source: String(claim['source'] ?? source), asOf: (claim['asOf'] ?? asOf) as Instant };
    return geometry ? [{ ...planned(key, geometry), ...from }] : [];
  });
  if (plans.length > 0) await putGeometry(client, kind, plans);
  if (gone.length > 0) await dropGeometry(client, kind, gone);
  return drawn.length === 0 ? rows : rows.map(withoutPlan);
}

function withoutPlan(row: RegisterRow): RegisterRow {
  const { [FIELD]: _plan, ...body } = row.body;
  return { ...row, body };
}
