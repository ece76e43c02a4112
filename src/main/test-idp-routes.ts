// The embedded test identity provider on our server, below /idp: its own pages and protocol, our routes around them.
import type { FastifyInstance } from 'fastify';
import type { TestIdentityProvider } from '#outside/test-idp.ts';

export function idpRoutes(server: FastifyInstance, idp: TestIdentityProvider): void {
  server.register(async (scope) => {
    scope.get<{ Querystring: { lang?: string } }>('/idp/interaction/:uid', async (request, reply) => {
      const language = request.headers['accept-language']?.startsWith('en') === true ? 'en' : 'fa';
      return reply.type('text/html; charset=utf-8').send(await idp.interaction(request.raw, reply.raw, language));
    });
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.post<{ Body: { persona?: string } }>('/idp/interaction/:uid', async (request, reply) => {
      const next = await idp.choose(request.raw, reply.raw, request.body.persona ?? '');
      return reply.redirect(next, 303);
    });
  });
  server.register(async (scope) => {
    // The provider reads its own bodies.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.all('/idp/*', async (request, reply) => {
      reply.hijack();
      const raw = request.raw as typeof request.raw & { originalUrl?: string };
      raw.originalUrl = raw.url ?? '';
      raw.url = (raw.url ?? '').slice('/idp'.length);
      await idp.handle(raw, reply.raw);
    });
  });
}
