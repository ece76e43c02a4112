// The API's doors for those who work cases: worklist, claim, release, complete, revoke.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { JsonObject } from '#base/json.ts';
import type { WaitId } from '#engine/types.ts';
import { perform } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { worklist } from '#work/views/lists.ts';
import { done, idOf, keyOf, viewerOf } from './cases.ts';
import * as shape from './shapes.ts';

const tags = ['desk'];

export function deskRoutes(server: FastifyInstance, road: Road): void {
  worklistRoutes(server, road);
  decisionRoutes(server, road);
}

function worklistRoutes(server: FastifyInstance, road: Road): void {
  server.get<{ Querystring: { service?: string; whose?: 'mine' | 'free'; kind?: 'inquiry' | 'visit'; after?: string } }>(
    '/api/worklist',
    {
      schema: {
        tags,
        summary: 'Open tasks of your units, oldest first',
        querystring: Type.Object({
          service: Type.Optional(Type.String({ maxLength: 100 })),
          whose: Type.Optional(Type.Union([Type.Literal('mine'), Type.Literal('free')])),
          kind: Type.Optional(Type.Union([Type.Literal('inquiry'), Type.Literal('visit')])),
          after: Type.Optional(Type.String({ maxLength: 160, description: '`place` of the last task of the page before' })),
        }),
        response: shape.answers({ 200: Type.Object({ tasks: Type.Array(Type.Unknown()) }) }),
      },
    },
    async (request) => ({ tasks: await worklist(road, viewerOf(request), { ...request.query, most: 200 }) }),
  );
  for (const [verb, type] of [
    ['claim', 'ClaimTask'],
    ['release', 'ReleaseTask'],
  ] as const) {
    server.post<{ Params: { task: string } }>(
      `/api/cases/:id/tasks/:task/${verb}`,
      {
        schema: {
          tags,
          summary: `${verb} a task`,
          params: shape.TaskParams,
          headers: shape.IdempotencyHeader,
          response: shape.answers({ 200: shape.DoneShape }),
        },
      },
      async (request) =>
        done(
          await perform(road, idOf(request), {
            actor: viewerOf(request).actor,
            key: keyOf(request),
            command: { type, task: request.params.task as WaitId },
          }),
        ),
    );
  }
}

function decisionRoutes(server: FastifyInstance, road: Road): void {
  server.post<{ Params: { task: string }; Body: { answers: JsonObject } }>(
    '/api/cases/:id/tasks/:task/completion',
    {
      schema: {
        tags,
        summary: 'Complete a task: an officer’s decision, a visit’s report, an inquiry’s answer, or the applicant’s correction',
        params: shape.TaskParams,
        headers: shape.IdempotencyHeader,
        body: Type.Object({ answers: shape.AnswersBody }, { additionalProperties: false }),
        response: shape.answers({ 200: shape.DoneShape }),
      },
    },
    async (request) => {
      const command = { type: 'CompleteTask', task: request.params.task as WaitId, answers: request.body.answers } as const;
      return done(await perform(road, idOf(request), { actor: viewerOf(request).actor, key: keyOf(request), command }));
    },
  );
  server.post<{ Params: { code: string }; Body: { reason: string } }>(
    '/api/cases/:id/documents/:code/revocation',
    {
      schema: {
        tags,
        summary: 'Revoke an issued document',
        params: shape.DocumentParams,
        headers: shape.IdempotencyHeader,
        body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 2000 }) }, { additionalProperties: false }),
        response: shape.answers({ 200: shape.DoneShape }),
      },
    },
    async (request) => {
      const command = { type: 'RevokeDocument', code: request.params.code, reason: request.body.reason } as const;
      return done(await perform(road, idOf(request), { actor: viewerOf(request).actor, key: keyOf(request), command }));
    },
  );
}
