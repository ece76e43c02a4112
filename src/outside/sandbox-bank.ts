// The sandbox payment provider: a bank with a page of its own, where the tester says what happens. Behind the payment port like a real one.
// Refuses to exist in production.
import type { Money } from '#base/money.ts';
import type { Instant } from '#base/instant.ts';
import type { PaymentPort } from '#work/ports.ts';

/** The bank's book, kept where a killed server does not lose it. */
export type Book = {
  open(
    order: {
      readonly attempt: string;
      readonly amount: string;
      readonly purposeFa: string;
      readonly purposeEn: string;
      readonly returnTo: string;
    },
    at: Instant,
  ): Promise<void>;
  find(attempt: string): Promise<
    | {
        readonly attempt: string;
        readonly amount: string;
        readonly purposeFa: string;
        readonly purposeEn: string;
        readonly returnTo: string;
        readonly status: 'pending' | 'paid' | 'failed' | 'abandoned';
        readonly reference: string | null;
      }
    | undefined
  >;
  settle(attempt: string, status: 'paid' | 'failed' | 'abandoned', reference: string | null): Promise<void>;
  refund(attempt: string): Promise<void>;
};

export function sandboxBank(given: {
  readonly book: Book;
  readonly now: () => Instant;
  readonly production: boolean;
}): PaymentPort {
  if (given.production) throw new Error('The sandbox payment provider does not run in production: configure a real one.');
  return {
    async begin(order) {
      const { attempt, amount, purpose, returnTo } = order;
      await given.book.open({ attempt, amount, purposeFa: purpose.fa, purposeEn: purpose.en, returnTo }, given.now());
      return { redirect: `/sandbox-bank/${attempt}` };
    },
    async ask(attempt) {
      const order = await given.book.find(attempt);
      if (!order) return { result: 'abandoned' };
      if (order.status === 'paid')
        return { result: 'paid', amount: order.amount as Money, reference: order.reference ?? attempt };
      return { result: order.status };
    },
    async refund(attempt) {
      await given.book.refund(attempt);
    },
  };
}
