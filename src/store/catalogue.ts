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

/** One record of a register by its key, or undefined where the register has none. */
export async function findRegisterRecord(pool: Pool, register: string, key: string): Promise<RegisterRecord | undefined> {
  const result = await pool.query<RegisterRecord>({
    name: 'find-register-record',
    text: `select body, source, as_of as "asOf" from register_record where register = $1 and key = $2`,
    values: [register, key],
  });
  return result.rows[0];
}
