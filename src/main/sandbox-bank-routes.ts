// The sandbox bank's page: the payer says what happens, the bank writes it down and sends them back. Stands where a real bank's site would.
import { randomInt } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '#base/refusal.ts';
import { bankPage } from '#outside/sandbox-bank-page.ts';
import type { Composed } from './compose.ts';

const OUTCOMES = ['paid', 'failed', 'abandoned'] as const;

export function bankRoutes(server: FastifyInstance, { bank }: Composed): void {
  server.register(async (scope) => {
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.get<{ Params: { attempt: string } }>('/sandbox-bank/:attempt', async (request, reply) => {
      const order = await bank.find(request.params.attempt);
      if (!order) throw new Refusal('payment-mismatch', { attempt: request.params.attempt });
      return reply.type('text/html; charset=utf-8').send(bankPage(order));
    });
    scope.post<{ Params: { attempt: string }; Body: { outcome?: string } }>('/sandbox-bank/:attempt', async (request, reply) => {
      const order = await bank.find(request.params.attempt);
      const outcome = OUTCOMES.find((one) => one === request.body.outcome);
      if (!order || !outcome) throw new Refusal('payment-mismatch', { attempt: request.params.attempt });
      await bank.settle(order.attempt, outcome, outcome === 'paid' ? String(randomInt(1e9, 1e10)) : null);
      return reply.redirect(order.returnTo, 303);
    });
  });
}
