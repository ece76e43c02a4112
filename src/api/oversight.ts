// The API's doors for those who own processes: what stands still, mending it, and taking running cases to the version in force.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { JsonObject } from '#base/json.ts';
import type { Command } from '#cases/types.ts';
import { migrateCases, rehearseMigration } from '#work/migrate-cases.ts';
import { perform } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { openIncidents } from '#work/views/oversight.ts';
import { done, idOf, keyOf, viewerOf } from './cases.ts';
import * as shape from './shapes.ts';

const tags = ['oversight'];
const Reason = Type.String({ minLength: 1, maxLength: 2000, description: 'Why; it is kept in the log' });
const IncidentParams = Type.Object({ id: Type.String(), incident: Type.String({ maxLength: 40 }) });

export function oversightRoutes(server: FastifyInstance, road: Road): void {
  listRoutes(server, road);
  mendingRoutes(server, road);
  migrationRoutes(server, road);
}

function listRoutes(server: FastifyInstance, road: Road): void {
  server.get<{ Querystring: { after?: string } }>(
    '/api/incidents',
    {
      schema: {
        tags,
        summary: 'Where cases of the processes you own stand still, oldest first',
        querystring: Type.Object({
          after: Type.Optional(Type.String({ maxLength: 160, description: '`place` of the last one of the page before' })),
        }),
        response: shape.answers({ 200: Type.Object({ incidents: Type.Array(Type.Unknown()) }) }),
      },
    },
    async (request) => ({ incidents: await openIncidents(road, viewerOf(request), { most: 200, after: request.query.after }) }),
  );
}

type Mend = { readonly reason: string; readonly vars?: JsonObject; readonly to?: string };
type Params = { readonly id: string; readonly incident: string };

function mendingRoutes(server: FastifyInstance, road: Road): void {
  const door = (
    verb: string,
    summary: string,
    body: Readonly<Record<string, ReturnType<typeof Type.String> | typeof shape.AnswersBody>>,
    command: (incident: string, body: Mend) => Command,
  ): void => {
    server.post<{ Params: Params; Body: Mend }>(
      `/api/cases/:id/incidents/:incident/${verb}`,
      {
        schema: {
          tags,
          summary,
          params: IncidentParams,
          headers: shape.IdempotencyHeader,
          body: Type.Object({ ...body, reason: Reason }, { additionalProperties: false }),
          response: shape.answers({ 200: shape.DoneShape }),
        },
      },
      async (request) =>
        done(
          await perform(road, idOf(request), {
            actor: viewerOf(request).actor,
            key: keyOf(request),
            command: command(request.params.incident, request.body),
          }),
        ),
    );
  };
  door('retry', 'Try the step again', {}, (incident, { reason }) => ({ type: 'RetryIncident', incident, reason }));
  door(
    'mend',
    'Set variables where the step failed, and try it again',
    { vars: shape.AnswersBody },
    (incident, { vars = {}, reason }) => ({
      type: 'MendData',
      incident,
      vars,
      reason,
    }),
  );
  door(
    'move',
    'Take the case to another step of the same scope',
    { to: Type.String({ maxLength: 200 }) },
    (incident, { to = '', reason }) => ({
      type: 'MoveToken',
      incident,
      to,
      reason,
    }),
  );
}

type Migration = {
  readonly from: string;
  readonly mapping?: { readonly [id: string]: string };
  readonly dryRun?: boolean;
  readonly reason?: string;
  readonly after?: string;
};

function migrationRoutes(server: FastifyInstance, road: Road): void {
  server.post<{ Params: { service: string }; Body: Migration }>(
    '/api/services/:service/migration',
    {
      schema: {
        tags,
        summary:
          'Take running cases of an older version to the one in force, up to 200 at a time; a dry run unless told otherwise',
        params: Type.Object({ service: Type.String({ maxLength: 100 }) }),
        headers: shape.IdempotencyHeader,
        body: Type.Object(
          {
            from: Type.String({ maxLength: 100, description: 'Definition the cases run under' }),
            mapping: Type.Optional(Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 200 }))),
            dryRun: Type.Optional(Type.Boolean({ default: true })),
            reason: Type.Optional(Reason),
            after: Type.Optional(Type.String({ maxLength: 40, description: '`next` of the batch before' })),
          },
          { additionalProperties: false },
        ),
        response: shape.answers({ 200: Type.Unknown() }),
      },
    },
    async (request) => {
      const { from, mapping = {}, dryRun = true, reason = '', after } = request.body;
      const way = { service: request.params.service, from, mapping };
      const batch = { most: 200, after };
      if (dryRun) return rehearseMigration(road, viewerOf(request), way, batch);
      return migrateCases(road, viewerOf(request), { ...way, reason, key: keyOf(request) }, batch);
    },
  );
}
