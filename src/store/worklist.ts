// The desk's worklist: open tasks of the reader's units. Served by the partial index task_worklist; flat however many cases have ended.
import type { PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { CaseId } from '#base/ids.ts';

export type WorkRow = {
  readonly caseId: CaseId;
  readonly task: string;
  readonly element: string;
  readonly service: string;
  readonly definition: string;
  readonly role: string;
  readonly unit: string;
  readonly inquiry: string | null;
  readonly visit: string | null;
  readonly assignee: string | null;
  readonly openedAt: Instant;
  readonly dueAt: Instant | null;
  readonly caseDueAt: Instant | null;
};

export type WorkFilter = {
  readonly service?: string;
  /** `mine`: claimed by the reader; `free`: by nobody. */
  readonly whose?: 'mine' | 'free';
  readonly kind?: 'inquiry' | 'visit';
  readonly most: number;
  /** Page on: what follows this place in the list. One that cannot be read is the beginning. */
  readonly after?: string;
};

/** A row's place in the list: two tasks of one moment keep an order. */
export function placeOf(row: Pick<WorkRow, 'openedAt' | 'caseId' | 'task'>): string {
  return `${row.openedAt}~${row.caseId}~${row.task}`;
}

const PLACE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z)(?:~(\d{14})~([\w.:-]{1,80}))?$/;

/** `roles` are [unit, role] pairs the reader holds. Oldest first: first come, first served. */
export async function listWork(
  client: PoolClient,
  reader: { readonly person: string; readonly holds: readonly { readonly unit: string; readonly role: string }[] },
  filter: WorkFilter,
): Promise<readonly WorkRow[]> {
  const [, at = null, caseId = '', task = ''] = PLACE.exec(filter.after ?? '') ?? [];
  const result = await client.query<WorkRow>(
    `select t.case_id as "caseId", t.task_id as task, t.element, t.service, t.definition, t.role, t.unit, t.inquiry, t.visit, t.assignee,
       t.opened_at as "openedAt", t.due_at as "dueAt", c.due_at as "caseDueAt"
     from unnest($1::text[], $2::text[]) as h (unit, role)
     join task t on t.unit = h.unit and t.role = h.role and t.status = 'open'
     left join case_state c on c.case_id = t.case_id
     where t.applicant <> $3 and not ($3 = any (t.barred))
       and ($4::text is null or t.service = $4)
       and ($5::text is null or ($5 = 'mine' and t.assignee = $3) or ($5 = 'free' and t.assignee is null))
       and ($6::text is null or ($6 = 'inquiry' and t.inquiry is not null) or ($6 = 'visit' and t.visit is not null))
       and ($7::timestamptz is null or (t.opened_at, t.case_id, t.task_id) > ($7, $8, $9))
     order by t.opened_at, t.case_id, t.task_id limit $10`,
    [
      reader.holds.map((one) => one.unit),
      reader.holds.map((one) => one.role),
      reader.person,
      filter.service ?? null,
      filter.whose ?? null,
      filter.kind ?? null,
      at,
      caseId,
      task,
      filter.most,
    ],
  );
  return result.rows;
}

export type UnitLoad = {
  readonly unit: string;
  readonly role: string;
  readonly open: number;
  readonly claimed: number;
  readonly oldest: Instant | null;
};

/** Open and claimed tasks by unit and role. */
export async function listUnitLoad(client: PoolClient, units: readonly string[]): Promise<readonly UnitLoad[]> {
  const result = await client.query<UnitLoad>(
    `select unit, role, count(*)::int as open, count(assignee)::int as claimed, min(opened_at) as oldest
     from task where unit = any ($1::text[]) and status = 'open' group by unit, role order by unit, role`,
    [units],
  );
  return result.rows;
}
