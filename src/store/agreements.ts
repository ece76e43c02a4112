// Contracts as both sides make them: one statement writes a step with its events and the documents that follow from it.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { AgreementState } from '#inquiries/agreement-types.ts';
import type { Contract } from '#inquiries/types.ts';
import type { EventRow } from './append.ts';

export type AgreementStep = {
  readonly state: AgreementState;
  readonly expected: number;
  readonly events: readonly Omit<EventRow, 'derived'>[];
  /** Each with its version: those that are there already stay as they are. */
  readonly documents: readonly Contract[];
  readonly at: Instant;
};

/** How the ledger names it. */
export function ledgerName(id: string): string {
  return `contract:${id}`;
}

const REST = `fact as (select e.* from head, jsonb_to_recordset($6::jsonb) as e
    (seq int, at timestamptz, type text, person text, role text, unit text, data jsonb, salt text, leaf text)),
  event as (insert into agreement_event (agreement, seq, at, type, person, role, unit, data, salt, leaf)
    select $1, seq, at, type, person, role, unit, data, decode(salt, 'hex'), decode(leaf, 'hex') from fact),
  given as (insert into contract (contract, version, body, published_at)
    select d ->> 'id', (d ->> 'version')::int, d, $8 from head, jsonb_array_elements($7::jsonb) as d on conflict (contract, version) do nothing)`;
const PENDING = `,
  pending as (insert into ledger_pending (case_id, seq, leaf, at) select $10, seq, decode(leaf, 'hex'), at from fact)`;
const FIRST = `with head as (insert into agreement (agreement, seq, persons, owners, leaf, state)
    select $1, $2, $3, $4, decode($5, 'hex'), $9::jsonb on conflict (agreement) do nothing returning 1), ${REST}`;
const NEXT = `with head as (update agreement set seq = $2, persons = $3, owners = $4, leaf = decode($5, 'hex'), state = $9::jsonb
    where agreement = $1 and seq = $11::int returning 1), ${REST}${PENDING} select count(*)::int as written from head`;

/** False where another step came first. */
export async function appendAgreement(pool: Pool, step: AgreementStep): Promise<boolean> {
  const isFirst = step.expected === 0;
  const result = await pool.query<{ written: number }>(
    isFirst ? `${FIRST}${PENDING} select count(*)::int as written from head` : NEXT,
    [...valuesOf(step), ledgerName(step.state.id), ...(isFirst ? [] : [step.expected])],
  );
  return result.rows[0]?.written === 1;
}

/** Contracts of the demo city as they were signed before it began: what is there already stays. */
export async function seedAgreement(pool: Pool, step: AgreementStep): Promise<void> {
  await pool.query(`${FIRST} select count(*) from head`, [...valuesOf(step)]);
}

function valuesOf({ state, events, documents, at }: AgreementStep): readonly unknown[] {
  const { id, draft, current } = state;
  const persons = [draft, current].flatMap((one) => one?.terms.persons ?? []);
  const owners = [draft, current].flatMap((one) => one?.owners ?? []);
  const last = events.at(-1);
  return [
    id,
    last?.seq,
    [...new Set(persons)],
    [...new Set(owners)],
    last?.leaf,
    JSON.stringify(events),
    JSON.stringify(documents),
    at,
    JSON.stringify(state),
  ];
}

export type LoadedAgreement = { readonly state: AgreementState; readonly seq: number; readonly leaf: string };
const ROW = `state, seq, encode(leaf, 'hex') as leaf`;

export async function findAgreement(client: Pool | PoolClient, id: string): Promise<LoadedAgreement | undefined> {
  const result = await client.query<LoadedAgreement>(`select ${ROW} from agreement where agreement = $1`, [id]);
  return result.rows[0];
}

/** Those the reader may see. Runs inside readAs. */
export async function listAgreements(client: PoolClient, most: number): Promise<readonly AgreementState[]> {
  const result = await client.query<{ state: AgreementState }>(`select state from agreement order by agreement limit $1`, [most]);
  return result.rows.map((row) => row.state);
}

/** Everybody whom a contract or a draft names. */
export async function listPartners(pool: Pool): Promise<readonly string[]> {
  const result = await pool.query<{ person: string }>(`select distinct unnest(persons) as person from agreement`);
  return result.rows.map((row) => row.person);
}

/** The document that a question named, whatever came after it. */
export async function findDocument(pool: Pool, id: string, version: number): Promise<Contract | undefined> {
  const result = await pool.query<{ body: Contract }>(`select body from contract where contract = $1 and version = $2`, [
    id,
    version,
  ]);
  return result.rows[0]?.body;
}

export type KnownPerson = {
  readonly id: string;
  readonly nationalId: string;
  readonly name: { readonly fa: string; readonly en: string };
};

/** People by national number or by id. */
export async function listPeople(pool: Pool, named: readonly string[]): Promise<readonly KnownPerson[]> {
  const result = await pool.query<KnownPerson>(
    `select person_id as id, national_id as "nationalId", jsonb_build_object('fa', name_fa, 'en', name_en) as name
     from person where national_id = any ($1::text[]) or person_id = any ($1::text[])`,
    [named],
  );
  return result.rows;
}
