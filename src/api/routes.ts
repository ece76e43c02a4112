// All of the API on one server, with its own description at /api/openapi.json.
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { PROBLEMS } from '#door/problems.ts';
import type { Road } from '#work/road.ts';
import { caseRoutes } from './cases.ts';
import { connectorRoutes } from './connectors.ts';
import { deskRoutes } from './desk.ts';
import { languageOf } from './problem.ts';
import { contractRoutes } from './contracts.ts';
import { inquiryRoutes } from './inquiries.ts';
import { oversightRoutes } from './oversight.ts';
import { partnerRoutes } from './partners.ts';
import { publicRoutes } from './public.ts';
import { registryRoutes } from './registry.ts';

export type ApiOptions = {
  readonly road: Road;
  /** Signs a demo persona in and gives a bearer token; absent in production. */
  readonly demoSession?: (persona: string) => Promise<string>;
};

export async function apiRoutes(server: FastifyInstance, { road, demoSession }: ApiOptions): Promise<void> {
  await server.register(async (api) => {
    await api.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Dargah',
          version: '1.0.0',
          description: 'Everything the portal’s pages do. Problems are RFC 9457; field errors carry JSON Pointers.',
        },
        servers: [{ url: road.origin }],
        components: {
          securitySchemes: {
            session: { type: 'http', scheme: 'bearer' },
            cookie: { type: 'apiKey', in: 'cookie', name: 'dargah' },
          },
        },
        security: [{ session: [] }, { cookie: [] }],
      },
    });
    // Uploads arrive as bytes and are read as they come.
    api.addContentTypeParser('application/octet-stream', { bodyLimit: 64 * 1024 * 1024 }, (_request, payload, next) =>
      next(null, payload),
    );
    caseRoutes(api, road);
    deskRoutes(api, road);
    publicRoutes(api, road);
    oversightRoutes(api, road);
    contractRoutes(api, road);
    inquiryRoutes(api, road);
    connectorRoutes(api, road);
    partnerRoutes(api, road);
    registryRoutes(api, road);
    if (demoSession) {
      api.post<{ Body: { persona: string } }>(
        '/api/sessions',
        {
          schema: {
            tags: ['demo'],
            summary: 'Sign a demo persona in (only where the test identity provider runs)',
            body: Type.Object({ persona: Type.String({ maxLength: 100 }) }, { additionalProperties: false }),
          },
        },
        async (request, reply) => reply.code(201).send({ token: await demoSession(request.body.persona) }),
      );
    }
    problemRoute(api);
    api.get('/api/openapi.json', { schema: { hide: true } }, async () => api.swagger());
  });
}

/** What each code of a problem means. */
function problemRoute(api: FastifyInstance): void {
  api.get(
    '/api/problems',
    { schema: { tags: ['public'], summary: 'Every problem code, with its status and words' } },
    async (request) => {
      const language = languageOf(request);
      return Object.fromEntries(
        Object.entries(PROBLEMS).map(([code, row]) => [
          code,
          { status: row.status, title: row.title[language], mend: row.mend[language] },
        ]),
      );
    },
  );
}
