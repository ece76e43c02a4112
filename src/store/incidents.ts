// Where processes stand still, and which versions run: what their owners see. Each list is one indexed query.
import type { Pool, PoolClient } from 'pg';
import type { CaseId } from '#base/ids.ts';
import type { Instant } from '#base/instant.ts';

export type IncidentView = {
  readonly caseId: CaseId;
  readonly incident: string;
  readonly service: string;
  readonly definition: string;
  readonly element: string;
  readonly reason: string;
  readonly openedAt: Instant;
};

/** Open incidents of the processes the reader owns, oldest first; `after` is the case and incident of the last one seen. Runs inside readAs. */
export async function listIncidents(
  client: PoolClient,
  page: { readonly most: number; readonly after?: { readonly at: string; readonly caseId: string; readonly incident: string } },
): Promise<readonly IncidentView[]> {
  const result = await client.query<IncidentView>(
    `select i.case_id as "caseId", i.incident_id as incident, i.service, c.definition, i.element, i.reason, i.opened_at as "openedAt"
     from incident i join case_state c on c.case_id = i.case_id
     where i.owner = any (dargah_owns()) and i.closed_at is null
       and ($2::timestamptz is null or (i.opened_at, i.case_id, i.incident_id) > ($2, $3, $4))
     order by i.opened_at, i.case_id, i.incident_id limit $1`,
    [page.most, page.after?.at ?? null, page.after?.caseId ?? '', page.after?.incident ?? ''],
  );
  return result.rows;
}

export type RunningVersion = {
  readonly definition: string;
  readonly version: string;
  readonly publishedAt: Instant;
  readonly running: number;
};

/** Versions of a service with their running cases, newest first; those of old ones with none are left out. */
export async function listVersions(pool: Pool, service: string): Promise<readonly RunningVersion[]> {
  const result = await pool.query<RunningVersion>(
    `select v.definition, v.version, v.published_at as "publishedAt", coalesce(r.running, 0)::int as running
     from service_version v
     left join (select definition, count(*) as running from case_state where service = $1 and status = 'open' group by definition) r
       on r.definition = v.definition
     where v.service = $1 order by v.published_at desc, v.version desc`,
    [service],
  );
  return result.rows.filter((row, index) => index === 0 || row.running > 0);
}

/** Running cases of one version, by number; `after` pages on. */
export async function listRunning(
  pool: Pool,
  of: { readonly service: string; readonly definition: string; readonly after: string; readonly most: number },
): Promise<readonly CaseId[]> {
  const result = await pool.query<{ id: CaseId }>(
    `select case_id as id from case_state where service = $1 and definition = $2 and status = 'open' and case_id > $3 order by case_id limit $4`,
    [of.service, of.definition, of.after, of.most],
  );
  return result.rows.map((row) => row.id);
}
