// The API's doors for those who run connectors, and for those whose questions nobody could answer.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Road } from '#work/road.ts';
import { connectorHealth, deadInquiries, deadInquiry, mendDead, tryConnector } from '#work/views/connectors.ts';
import type { Mend } from '#work/views/connectors.ts';
import { keyOf, viewerOf } from './cases.ts';
import * as shape from './shapes.ts';

const tags = ['connectors'];
const Params = Type.Object({ id: Type.String({ maxLength: 60 }) });
const Reason = Type.String({ minLength: 1, maxLength: 2000, description: 'Why; it is kept in the log' });

function viewer(request: FastifyRequest) {
  const { visitor, actor, reader } = viewerOf(request);
  return { actor, reader, nationalId: visitor.nationalId };
}

export function connectorRoutes(server: FastifyInstance, road: Road): void {
  server.get(
    '/api/connectors',
    {
      schema: {
        tags,
        summary: 'How each connection to another organisation is: circuit, last answer and fault, what waits; for who runs them',
        response: shape.answers({ 200: Type.Object({ connectors: Type.Array(Type.Unknown()) }) }),
      },
    },
    async (request) => ({ connectors: await connectorHealth(road, viewer(request)) }),
  );
  server.post<{ Params: { id: string } }>(
    '/api/connectors/:id/try',
    {
      schema: {
        tags,
        summary: 'Try a connection again now, not when its rest is over; for who runs them',
        params: Params,
        response: shape.answers({ 200: Type.Object({ done: Type.String() }) }),
      },
    },
    async (request) => {
      await tryConnector(road, viewer(request), request.params.id);
      return { done: 'try' };
    },
  );
  server.get(
    '/api/dead-inquiries',
    {
      schema: {
        tags,
        summary: 'Questions nobody could answer, oldest first; never what was asked',
        response: shape.answers({ 200: Type.Object({ inquiries: Type.Array(Type.Unknown()) }) }),
      },
    },
    async (request) => ({ inquiries: await deadInquiries(road, viewer(request)) }),
  );
  server.get<{ Params: { id: string } }>(
    '/api/dead-inquiries/:id',
    {
      schema: {
        tags,
        summary: 'One of them and what you may do about it; with its question for the unit that owns it',
        params: Params,
        response: shape.answers({ 200: Type.Unknown() }),
      },
    },
    async (request) => {
      const { dead, view, reason, mends, unit } = await deadInquiry(road, viewer(request), request.params.id);
      return { ...dead, mends, ...(unit && { unit }), ...(view && { question: view.question, reason }) };
    },
  );
  mendingRoutes(server, road);
}

function mendingRoutes(server: FastifyInstance, road: Road): void {
  const door = (mend: Mend, summary: string, isReasonNeeded: boolean): void => {
    server.post<{ Params: { id: string }; Body: { reason?: string } }>(
      `/api/dead-inquiries/:id/${mend}`,
      {
        schema: {
          tags,
          summary,
          params: Params,
          headers: shape.IdempotencyHeader,
          body: Type.Object({ reason: isReasonNeeded ? Reason : Type.Optional(Reason) }, { additionalProperties: false }),
          response: shape.answers({ 200: Type.Object({ done: Type.String() }) }),
        },
      },
      async (request) => {
        const { reason = '' } = request.body;
        await mendDead(road, viewer(request), { id: request.params.id, mend, reason: reason.trim(), key: keyOf(request) });
        return { done: mend };
      },
    );
  };
  door('revive', 'Ask it again', true);
  door('hand-over', 'Give it to the unit that its type names to answer', false);
  door('give-up', 'Close it without an answer', true);
}
