// The demo's other organisations: simulators that the connectors of the demo city ask, and a page to say how each behaves. Not in production.
import type { FastifyInstance } from 'fastify';
import { Refusal } from '#base/refusal.ts';
import { serveSimulator } from '#outside/simulators/serve.ts';
import { MODES } from '#outside/simulators/simulator.ts';
import type { Simulator } from '#outside/simulators/simulator.ts';
import { simulatorPage } from '#outside/simulators/page.ts';
import type { Composed } from './compose.ts';

const MOST_BYTES = 64 * 1024;

export function connectorSandboxRoutes(server: FastifyInstance, { road, simulators }: Composed): void {
  const named = (id: string): Simulator => {
    const found = simulators.get(id);
    if (!found) throw new Refusal('page-not-found', { path: id.slice(0, 100) });
    return found;
  };
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) => done(null, body));
    scope.get('/sandbox/connectors', async (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(simulatorPage([...simulators.values()])),
    );
    scope.post<{ Params: { id: string }; Body: Buffer }>('/sandbox/behaviour/:id', async (request, reply) => {
      const wanted = new URLSearchParams(String(request.body)).get('mode');
      const mode = MODES.find((one) => one === wanted);
      if (!mode) throw new Refusal('malformed-request', { reason: 'no such behaviour' });
      named(request.params.id).behave(mode);
      return reply.redirect('/sandbox/connectors', 303);
    });
    for (const path of ['/sandbox/connectors/:id', '/sandbox/connectors/:id/*'])
      scope.post<{ Params: { id: string }; Body: Buffer }>(path, async (request, reply) => {
        const simulator = named(request.params.id);
        reply.hijack();
        await serveSimulator(simulator, { origin: road.origin, body: request.body }, request.raw, reply.raw);
      });
  });
}
