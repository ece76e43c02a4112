// The sandbox bank's book. Success is final there too: a paid order never becomes anything else.
import type { Pool } from 'pg';
import type { Instant } from '#base/instant.ts';

export type BankOrder = {
  readonly attempt: string;
  readonly amount: string;
  readonly purposeFa: string;
  readonly purposeEn: string;
  readonly returnTo: string;
  readonly status: 'pending' | 'paid' | 'failed' | 'abandoned';
  readonly reference: string | null;
};

export type BankBook = {
  open(order: Omit<BankOrder, 'status' | 'reference'>, at: Instant): Promise<void>;
  find(attempt: string): Promise<BankOrder | undefined>;
  settle(attempt: string, status: 'paid' | 'failed' | 'abandoned', reference: string | null): Promise<void>;
  refund(attempt: string): Promise<void>;
};

export function bankBook(pool: Pool): BankBook {
  return {
    async open(order, at) {
      await pool.query(
        `insert into sandbox_payment (attempt, amount, purpose_fa, purpose_en, return_to, status, at) values ($1, $2, $3, $4, $5, 'pending', $6)
         on conflict (attempt) do nothing`,
        [order.attempt, order.amount, order.purposeFa, order.purposeEn, order.returnTo, at],
      );
    },
    async find(attempt) {
      const result = await pool.query<BankOrder>(
        `select attempt, amount, purpose_fa as "purposeFa", purpose_en as "purposeEn", return_to as "returnTo", status, reference
         from sandbox_payment where attempt = $1`,
        [attempt],
      );
      return result.rows[0];
    },
    async settle(attempt, status, reference) {
      await pool.query(
        `update sandbox_payment set status = $2, reference = coalesce(reference, $3) where attempt = $1 and status <> 'paid'`,
        [attempt, status, reference],
      );
    },
    async refund(attempt) {
      await pool.query(`update sandbox_payment set refunded = true where attempt = $1 and status = 'paid'`, [attempt]);
    },
  };
}
