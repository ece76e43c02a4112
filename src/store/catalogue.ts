// The catalogue's tables: published versions of services, calendars, units, and the people of the demo city.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import { Refusal } from '#base/refusal.ts';
import type { CalendarVersion } from '#calendar/types.ts';
import type { PackageFiles } from '#catalog/types.ts';

export type ServiceRow = { readonly definition: string; readonly service: string; readonly publishedAt: Instant };

/** The newest published version of each service. */
export async function listCurrentServices(pool: Pool): Promise<readonly ServiceRow[]> {
  const result = await pool.query<ServiceRow>(
    `select distinct on (service) definition, service, published_at as "publishedAt" from service_version order by service, published_at desc`,
  );
  return result.rows;
}

export async function loadServiceFiles(pool: Pool, definition: string): Promise<PackageFiles> {
  const result = await pool.query<{ files: PackageFiles }>(`select files from service_version where definition = $1`, [
    definition,
  ]);
  const row = result.rows[0];
  if (!row) throw new Refusal('service-not-found', { definition });
  return row.files;
}

export type Publication = {
  readonly definition: string;
  readonly service: string;
  readonly version: string;
  readonly files: PackageFiles;
  readonly author: string;
  readonly approver: string;
  readonly at: Instant;
};

/** Author and approver are two people: the table refuses one. Publishing the same content again changes nothing. */
export async function publishService(pool: Pool, one: Publication): Promise<void> {
  await pool.query(
    `insert into service_version (definition, service, version, files, author, approver, published_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (definition) do nothing`,
    [one.definition, one.service, one.version, JSON.stringify(one.files), one.author, one.approver, one.at],
  );
}

/** Every version of every calendar, oldest first. */
export async function listCalendars(pool: Pool): Promise<readonly CalendarVersion[]> {
  const result = await pool.query<{ body: CalendarVersion }>(`select body from calendar_version order by calendar, version`);
  return result.rows.map((row) => row.body);
}

export type UnitRow = {
  readonly id: string;
  readonly parent: string | null;
  readonly kind: string;
  readonly district: string | null;
  readonly name: Text;
};

export async function listUnits(pool: Pool): Promise<readonly UnitRow[]> {
  const result = await pool.query<UnitRow>(
    `select unit_id as id, parent, kind, district, jsonb_build_object('fa', name_fa, 'en', name_en) as name from unit order by unit_id`,
  );
  return result.rows;
}

export type RegisterRecord = { readonly body: JsonObject; readonly source: string; readonly asOf: Instant };
/** `version` changes with every write of the row. `disputes`: the open ones, by the field they are about. */
export type HeldRecord = RegisterRecord & {
  readonly provenance: { readonly [field: string]: Provenance | undefined };
  readonly disputes: { readonly [field: string]: string | undefined };
  readonly version: string;
};
type Provenance = { readonly source: string; readonly asOf: Instant; readonly record?: string };

const RECORD = `body, source, as_of as "asOf", provenance, version,
  coalesce((select jsonb_object_agg(d.field, d.dispute_id) from dispute d where d.register = r.register and d.key = r.key and d.status = 'open'), '{}') as disputes`;

/** One record of a register by its key, or undefined where the register has none. */
export async function findRegisterRecord(pool: Pool, register: string, key: string): Promise<HeldRecord | undefined> {
  const result = await pool.query<HeldRecord>({
    name: 'find-register-record',
    text: `select ${RECORD} from register_now r where register = $1 and key = $2`,
    values: [register, key],
  });
  return result.rows[0];
}

/** Records that a person's or a company's own number is the key of, and those that name it as their owner, or did before they were corrected. */
export async function listOwnRecords(
  pool: Pool,
  nationalId: string,
): Promise<readonly (HeldRecord & { readonly register: string; readonly key: string })[]> {
  const result = await pool.query<HeldRecord & { readonly register: string; readonly key: string }>(
    `select register, key, ${RECORD} from register_now r
     where (register, key) in (
       select register, key from register_record where register in ('person', 'business', 'engineer') and key = $1
       union select register, key from register_record where body ? 'ownerNationalId' and body ->> 'ownerNationalId' = $1
       union select register, key from register_correction where field = 'ownerNationalId' and value = to_jsonb($1::text))
     order by register, key limit 200`,
    [nationalId],
  );
  return result.rows;
}
