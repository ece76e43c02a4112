// Sessions and the people behind them. Tokens are kept hashed; an expired session is as good as none.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';

export type SessionPerson = {
  readonly id: string;
  readonly kind: 'citizen' | 'business';
  readonly name: { readonly fa: string; readonly en: string };
  readonly nationalId: string;
  readonly assignments: readonly { readonly role: string; readonly unit: string }[];
};

type Login = { readonly state: string; readonly nonce: string; readonly verifier: string; readonly returnTo: string };

const PERSON = `jsonb_build_object('id', p.person_id, 'kind', p.kind, 'name', jsonb_build_object('fa', p.name_fa, 'en', p.name_en),
  'nationalId', p.national_id, 'assignments', coalesce((select jsonb_agg(jsonb_build_object('role', a.role, 'unit', a.unit_id) order by a.role, a.unit_id)
    from assignment a where a.person_id = p.person_id), '[]'::jsonb))`;

/** `minutes`: how long a session lives after it was last seen. */
export function sessionBook(pool: Pool, minutes: number) {
  return {
    async find(tokenHash: Buffer): Promise<{ readonly person: SessionPerson | null; readonly login: Login | null } | undefined> {
      const result = await pool.query<{ person: SessionPerson | null; login: Login | null; stale: boolean }>({
        name: 'find-session',
        text: `select case when p.person_id is null then null else ${PERSON} end as person, s.login, s.seen_at < now() - interval '1 minute' as stale
          from session s left join person p on p.person_id = s.person_id where s.token_hash = $1 and s.expires_at > now()`,
        values: [tokenHash],
      });
      const row = result.rows[0];
      // Sliding, but written at most once a minute.
      if (row?.stale === true) {
        await pool.query(
          `update session set seen_at = now(), expires_at = now() + make_interval(mins => $2) where token_hash = $1`,
          [tokenHash, minutes],
        );
      }
      return row;
    },
    async create(tokenHash: Buffer, personId: string | null, login: Login | null): Promise<void> {
      await pool.query(
        `insert into session (token_hash, person_id, created_at, seen_at, expires_at, login) values ($1, $2, now(), now(), now() + make_interval(mins => $3), $4)`,
        [tokenHash, personId, minutes, login === null ? null : JSON.stringify(login)],
      );
    },
    async end(tokenHash: Buffer): Promise<void> {
      await pool.query(`delete from session where token_hash = $1`, [tokenHash]);
    },
  };
}

/** When a session began: its login. */
export async function findSessionStart(pool: Pool, tokenHash: string): Promise<Instant | undefined> {
  const result = await pool.query<{ at: Instant }>(`select created_at as at from session where token_hash = decode($1, 'hex')`, [
    tokenHash,
  ]);
  return result.rows[0]?.at;
}

/** Sessions that ended by themselves. */
export async function dropExpiredSessions(pool: Pool): Promise<void> {
  await pool.query(`delete from session where expires_at < now()`);
}

export type Persona = SessionPerson;

/** The demo's people, for the test identity provider. */
export async function listPersonas(pool: Pool): Promise<readonly Persona[]> {
  const result = await pool.query<{ person: Persona }>(
    `select ${PERSON} as person from person p where p.demo order by p.person_id`,
  );
  return result.rows.map((row) => row.person);
}

/** The person of that national id, as the identity provider names them. */
export async function findPersonId(pool: Pool, personId: string): Promise<string | undefined> {
  const result = await pool.query<{ person_id: string }>(`select person_id from person where person_id = $1`, [personId]);
  return result.rows[0]?.person_id;
}
