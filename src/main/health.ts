// What a machine asks: is the process up, can it serve, how is it doing.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import type { Road } from '#work/road.ts';

export function healthRoutes(server: FastifyInstance, road: Road): void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  server.addHook('onClose', async () => void delay.disable());
  let answered = 0;
  server.addHook('onResponse', async () => void (answered += 1));
  server.get('/healthz', async (_request, reply) => reply.type('text/plain').send('ok\n'));
  server.get('/readyz', async (_request, reply) => {
    const ready = await road.pool.query('select 1').then(
      () => true,
      () => false,
    );
    return reply
      .code(ready ? 200 : 503)
      .type('text/plain')
      .send(ready ? 'ready\n' : 'the database does not answer\n');
  });
  server.get('/metrics', async (_request, reply) => {
    const { rows } = await road.pool.query<{ due: number; dead: number; pending: number }>(
      `select (select count(*)::int from want where not dead and due_at < now()) as due, (select count(*)::int from want where dead) as dead,
         (select count(*)::int from ledger_pending) as pending`,
    );
    const lines = {
      dargah_responses_total: answered,
      dargah_wants_due: rows[0]?.due ?? 0,
      dargah_wants_dead: rows[0]?.dead ?? 0,
      dargah_ledger_pending: rows[0]?.pending ?? 0,
      dargah_event_loop_delay_seconds: delay.mean / 1e9,
      process_resident_memory_bytes: process.memoryUsage().rss,
    };
    return reply.type('text/plain; version=0.0.4').send(
      `${Object.entries(lines)
        .map(([name, value]) => `${name} ${value}`)
        .join('\n')}\n`,
    );
  });
}
