// Puts the demo city's data into its tables. Runs as the migrator; again changes only what changed.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import type { CalendarVersion } from '#calendar/types.ts';
import type { Kind } from '#registry/types.ts';

export type SeedUnit = {
  readonly id: string;
  readonly parent: string | null;
  readonly kind: string;
  readonly district: string | null;
  readonly name: Text;
};
export type SeedPerson = {
  readonly id: string;
  readonly kind: 'citizen' | 'business';
  readonly name: Text;
  readonly nationalId: string;
  readonly assignments: readonly { readonly role: string; readonly unit: string }[];
};
export type SeedRecord = {
  readonly register: string;
  readonly key: string;
  readonly body: JsonObject;
  /** Else the seed's own. */
  readonly source?: string;
};

export type Seed = {
  readonly units: readonly SeedUnit[];
  readonly people: readonly SeedPerson[];
  readonly records: readonly SeedRecord[];
  readonly calendars: readonly CalendarVersion[];
  readonly source: string;
  readonly at: Instant;
};

export async function seedCity(pool: Pool, seed: Seed): Promise<void> {
  await pool.query(
    `insert into unit (unit_id, parent, kind, district, name_fa, name_en)
     select u.id, u.parent, u.kind, u.district, u.name->>'fa', u.name->>'en'
     from jsonb_to_recordset($1::jsonb) as u (id text, parent text, kind text, district text, name jsonb)
     on conflict (unit_id) do update set parent = excluded.parent, kind = excluded.kind, district = excluded.district, name_fa = excluded.name_fa, name_en = excluded.name_en`,
    [JSON.stringify(seed.units)],
  );
  await pool.query(
    `insert into person (person_id, kind, name_fa, name_en, national_id, demo)
     select p.id, p.kind, p.name->>'fa', p.name->>'en', p."nationalId", true
     from jsonb_to_recordset($1::jsonb) as p (id text, kind text, name jsonb, "nationalId" text)
     on conflict (person_id) do update set kind = excluded.kind, name_fa = excluded.name_fa, name_en = excluded.name_en, national_id = excluded.national_id`,
    [JSON.stringify(seed.people)],
  );
  await pool.query(
    `insert into assignment (person_id, role, unit_id)
     select p.id, a.role, a.unit from jsonb_to_recordset($1::jsonb) as p (id text, assignments jsonb),
       jsonb_to_recordset(p.assignments) as a (role text, unit text) on conflict do nothing`,
    [JSON.stringify(seed.people)],
  );
  await seedRecords(pool, seed);
  await pool.query(
    `insert into calendar_version (calendar, version, body)
     select c.id, c.version, c.body from jsonb_to_recordset($1::jsonb) as c (id text, version int, body jsonb)
     on conflict (calendar, version) do update set body = excluded.body`,
    [JSON.stringify(seed.calendars.map((body) => ({ id: body.id, version: body.version, body })))],
  );
}

/** The demo's own records are of a source like any other: what registers say is for the linker to make of them. */
async function seedRecords(pool: Pool, { records, source, at }: Seed): Promise<void> {
  const linked = records.filter(({ register }) => isKind(register));
  await pool.query(
    `with given as (select coalesce(source, $2) as source, key, register as kind, body
        from jsonb_to_recordset($1::jsonb) as r (register text, key text, body jsonb, source text)),
      before as (insert into source_record_before (source, key, replaced_at, as_of, fields)
        select source, key, $3, as_of, fields from source_record r join given using (source, key) where fields <> body on conflict do nothing)
     insert into source_record as r (source, key, kind, as_of, fields, load_id, entity)
     select source, key, kind, $3, body, 'seed', source || '/' || key from given
     on conflict (source, key) do update set fields = excluded.fields, as_of = excluded.as_of, linked = false, gone_at = null
     where r.fields <> excluded.fields or r.gone_at is not null`,
    [JSON.stringify(linked), source, at],
  );
  await pool.query(
    `insert into register_record (register, key, body, source, as_of)
     select r.register, r.key, r.body, coalesce(r.source, $2), $3
     from jsonb_to_recordset($1::jsonb) as r (register text, key text, body jsonb, source text)
     on conflict (register, key) do update set body = excluded.body, source = excluded.source, as_of = excluded.as_of
     where register_record.body is distinct from excluded.body`,
    [JSON.stringify(records.filter((one) => !linked.includes(one))), source, at],
  );
}

const LINKED: ReadonlySet<string> = new Set<Kind>(['person', 'business', 'property', 'engineer', 'vehicle']);
const isKind = (register: string): boolean => LINKED.has(register);
