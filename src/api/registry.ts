// The API's door to the registry: an entity by its kind and any of its keys, for stewards. Each look is written down as on the page.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Road } from '#work/road.ts';
import { entityByKey } from '#work/views/registry.ts';
import type { EntityPage } from '#work/views/registry.ts';
import { viewerOf } from './cases.ts';
import * as shape from './shapes.ts';

const Claim = Type.Object({
  value: Type.Unknown(),
  source: Type.String(),
  record: Type.String(),
  asOf: Type.String(),
  confidence: Type.Number(),
});
const Field = Type.Object({
  ...Claim.properties,
  rule: Type.String({ description: 'By which rule this claim stands' }),
  agreeing: Type.Array(Claim),
  against: Type.Array(Claim),
  history: Type.Array(Claim, { description: 'What the same records said before, newest first' }),
});
const EntityShape = Type.Object({
  number: Type.Integer(),
  kind: Type.String(),
  fields: Type.Record(Type.String(), Field),
  records: Type.Array(
    Type.Object({ record: Type.String(), source: Type.String(), key: Type.String(), asOf: Type.String(), gone: Type.Boolean() }),
  ),
  merges: Type.Array(
    Type.Object({ merge: Type.String(), one: Type.String(), other: Type.String(), by: Type.String(), score: Type.Number() }),
  ),
});

export function registryRoutes(server: FastifyInstance, road: Road): void {
  server.get<{ Params: { kind: string; key: string } }>(
    '/api/registry/entities/:kind/:key',
    {
      schema: {
        tags: ['registry'],
        summary:
          'The one view of an entity by any of its keys, each value with its source and the rule that decided; for stewards',
        params: Type.Object({
          kind: Type.String({ maxLength: 20, description: 'person, business, property, engineer or vehicle' }),
          key: Type.String({
            maxLength: 100,
            description:
              'National or legal id, renovation code, registration plate, postal code, district file number, vehicle plate …',
          }),
        }),
        response: shape.answers({ 200: EntityShape }),
      },
    },
    async (request) => body(await entityByKey(road, viewerOf(request), request.params.kind, request.params.key)),
  );
}

function body({ number, kind, fields, records, merges }: EntityPage) {
  const named = fields.map(({ field, claim, rule, agreeing, against, history }) => [
    field,
    { ...claim, rule, agreeing: [...agreeing], against: [...against], history: [...history] },
  ]);
  return {
    number,
    kind,
    fields: Object.fromEntries(named),
    records: records.map(({ id, source, key, asOf, isGone }) => ({ record: id, source, key, asOf, gone: isGone })),
    merges: [...merges],
  };
}
