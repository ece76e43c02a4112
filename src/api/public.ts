// The API's doors for anyone: services, duties, permissions, verification, the ledger's newest checkpoint.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Road } from '#work/road.ts';
import { openDocument } from '#work/files.ts';
import { latestCheckpoint } from '#work/receipt.ts';
import { dutyRegister, loadService, permissions, serviceList, verifyDocument } from '#work/views/public.ts';
import type { ServiceView } from '#work/views/public.ts';
import { viewerOf, idOf } from './cases.ts';
import * as shape from './shapes.ts';

function serviceBody({ manifest, definition, publishedAt, real }: ServiceView): Record<string, unknown> {
  return { ...manifest, definition, publishedAt, ...(real ? { real } : {}) };
}

export function publicRoutes(server: FastifyInstance, road: Road): void {
  const tags = ['public'];
  server.get<{ Querystring: { q?: string } }>(
    '/api/services',
    {
      schema: {
        tags,
        summary: 'Services of the catalogue',
        querystring: Type.Object({ q: Type.Optional(Type.String({ maxLength: 200 })) }),
        response: shape.answers({ 200: Type.Object({ services: Type.Array(Type.Unknown()) }) }),
      },
    },
    async (request) => ({ services: (await serviceList(road, request.query.q ?? '')).map(serviceBody) }),
  );
  server.get<{ Params: { service: string } }>(
    '/api/services/:service',
    {
      schema: {
        tags,
        summary: 'One service with its application form and texts',
        params: Type.Object({ service: Type.String({ maxLength: 100 }) }),
      },
    },
    async (request) => {
      const view = await loadService(road, request.params.service);
      return { ...serviceBody(view), form: view.package.forms[view.manifest.application], texts: view.package.texts };
    },
  );
  server.get('/api/duties', { schema: { tags, summary: 'The duty register: who answers for what' } }, async () => ({
    duties: dutyRegister(road),
  }));
  server.get('/api/permissions', { schema: { tags, summary: 'Who may do what in which state' } }, async () => permissions());
  server.get<{ Params: { code: string } }>(
    '/api/verify/:code',
    { schema: { tags, summary: 'A document by its code', params: Type.Object({ code: Type.String({ maxLength: 60 }) }) } },
    async (request) => verifyDocument(road, request.params.code),
  );
  server.get(
    '/api/ledger/checkpoint',
    { schema: { tags, summary: 'The newest signed checkpoint (C2SP signed note)' } },
    async (_request, reply) => reply.header('content-type', 'text/plain; charset=utf-8').send(await latestCheckpoint(road)),
  );
  server.get<{ Params: { code: string } }>(
    '/api/cases/:id/documents/:code',
    { schema: { tags: ['cases'], summary: 'The signed PDF', params: shape.DocumentParams } },
    async (request, reply) => {
      const { name, stream } = await openDocument(road, viewerOf(request), { id: idOf(request), code: request.params.code });
      return reply
        .header('content-type', 'application/pdf')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(stream);
    },
  );
}
