// The API's doors to contracts: drafting, signing, keys, webhook and test environment, revoking; each as the page does it.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { TSchema } from 'typebox';
import type { JsonObject } from '#base/json.ts';
import { actOnContract } from '#work/contracts/act.ts';
import type { ContractAct } from '#work/contracts/act.ts';
import type { Road } from '#work/road.ts';
import { contractFor, contractsFor, resendWebhook, termsText } from '#work/views/contracts.ts';
import type { ContractRow, ContractView } from '#work/views/contracts.ts';
import { acknowledgeFlag, useOf } from '#work/views/contract-use.ts';
import { keyOf } from './cases.ts';
import { inquirerOf } from './inquirer.ts';
import * as shape from './shapes.ts';

const tags = ['contracts'];
const Params = Type.Object({ id: Type.String({ maxLength: 80 }) });
const Use = Type.Union([Type.Literal('real'), Type.Literal('test')]);
const Free = Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), { maxProperties: 50 });
const exact = { additionalProperties: false };

/** What is done, what it says, and what is sent for it. */
const ACTS: readonly (readonly [
  verb: string,
  summary: string,
  body: TSchema,
  act: (body: JsonObject, intent: string) => ContractAct,
])[] = [
  [
    'draft',
    'Draft its terms anew: people by their national numbers; what runs stays until both sides signed',
    Type.Object({ terms: Free }, exact),
    ({ terms }) => ({ do: 'draft', terms: terms as JsonObject }),
  ],
  ['agree', 'Agree to the draft, as an owner of questions in it', Type.Object({}, exact), () => ({ do: 'agree' })],
  [
    'sign',
    'Sign the draft that has this hash, for the side you stand on; `jws`: by a registered key, detached, over GET …/terms',
    Type.Object(
      { hash: Type.String({ maxLength: 100 }), jws: Type.Optional(Type.String({ minLength: 1, maxLength: 5000 })) },
      exact,
    ),
    ({ hash, jws }) => ({ do: 'sign', hash: String(hash), ...(jws !== undefined && { jws: String(jws) }) }),
  ],
  [
    'revoke',
    'End it at once, for either side',
    Type.Object({ reason: Type.String({ maxLength: 2000 }) }, exact),
    ({ reason }) => ({ do: 'revoke', reason: String(reason) }),
  ],
  [
    'register-key',
    'Register a public key of your organisation: a JWK as text, or PEM',
    Type.Object({ use: Use, key: Type.String({ maxLength: 10_000 }) }, exact),
    ({ use, key }) => ({ do: 'register-key', use: use as 'real' | 'test', key: String(key) }),
  ],
  [
    'withdraw-key',
    'A key of your organisation asks no more',
    Type.Object({ use: Use, kid: Type.String({ maxLength: 100 }) }, exact),
    ({ use, kid }) => ({ do: 'withdraw-key', use: use as 'real' | 'test', kid: String(kid) }),
  ],
  [
    'open-twin',
    'Open its test environment: sample questions, keys of its own',
    Type.Object({}, exact),
    () => ({ do: 'open-twin' }),
  ],
  [
    'set-webhook',
    'Where to tell that an inquiry was answered; gives the secret, once. The one before stays good for a day',
    Type.Object({ use: Use, url: Type.String({ maxLength: 500 }) }, exact),
    ({ use, url }, intent) => ({ do: 'set-webhook', use: use as 'real' | 'test', url: String(url), intent }),
  ],
];

export function contractRoutes(server: FastifyInstance, road: Road): void {
  readingRoutes(server, road);
  useRoutes(server, road);
  for (const [verb, summary, body, actOf] of ACTS) {
    server.post<{ Params: { id: string }; Body: JsonObject }>(
      `/api/contracts/:id/${verb}`,
      {
        schema: {
          tags,
          summary,
          params: Params,
          headers: shape.IdempotencyHeader,
          body,
          response: shape.answers({ 200: Type.Unknown() }),
        },
      },
      async (request) => {
        const viewer = inquirerOf(request);
        const { id } = request.params;
        // Whom it does not concern learns no more than that there is none. A draft may be the first of its name.
        if (verb !== 'draft') await contractFor(road, viewer, id);
        const { secret } = await actOnContract(road, viewer.actor, id, actOf(request.body, keyOf(request)));
        return { ...contractBody(await contractFor(road, viewer, id)), ...(secret !== undefined && { secret }) };
      },
    );
  }
  server.post<{ Params: { id: string; delivery: string } }>(
    '/api/contracts/:id/deliveries/:delivery/resend',
    {
      schema: {
        tags,
        summary: 'Send a webhook again, under the id it had',
        params: Type.Object({ id: Type.String({ maxLength: 80 }), delivery: Type.String({ maxLength: 100 }) }),
        response: shape.answers({ 204: Type.Null() }),
      },
    },
    async (request, reply) => {
      await resendWebhook(road, inquirerOf(request), request.params.id, request.params.delivery);
      return reply.code(204).send();
    },
  );
}

function readingRoutes(server: FastifyInstance, road: Road): void {
  server.get(
    '/api/contracts',
    {
      schema: {
        tags,
        summary: 'Contracts of your organisation, or about your questions; all for the steward',
        response: shape.answers({ 200: Type.Object({ contracts: Type.Array(Type.Unknown()) }) }),
      },
    },
    async (request) => ({ contracts: (await contractsFor(road, inquirerOf(request))).map(rowBody) }),
  );
  server.get<{ Params: { id: string } }>(
    '/api/contracts/:id',
    { schema: { tags, summary: 'One contract', params: Params, response: shape.answers({ 200: Type.Unknown() }) } },
    async (request) => contractBody(await contractFor(road, inquirerOf(request), request.params.id)),
  );
  server.get<{ Params: { id: string } }>(
    '/api/contracts/:id/terms',
    {
      schema: {
        tags,
        summary: 'The text that both sides sign, in its one byte form (RFC 8785)',
        params: Params,
        response: shape.answers({ 200: Type.Unknown() }),
      },
    },
    async (request, reply) => reply.type('application/json').send(await termsText(road, inquirerOf(request), request.params.id)),
  );
}

function useRoutes(server: FastifyInstance, road: Road): void {
  server.get<{ Params: { id: string } }>(
    '/api/contracts/:id/use',
    {
      schema: {
        tags,
        summary: 'How it was used these four weeks, what was refused, and what is unusual in it: for owners and the steward',
        params: Params,
        response: shape.answers({ 200: Type.Unknown() }),
      },
    },
    async (request) => useOf(road, inquirerOf(request), request.params.id),
  );
  server.post<{ Params: { id: string }; Body: { rule: string; about: string; reason: string } }>(
    '/api/contracts/:id/flags/acknowledge',
    {
      schema: {
        tags,
        summary: 'You looked at it, and say what it was',
        params: Params,
        body: Type.Object(
          {
            rule: Type.String({ maxLength: 50 }),
            about: Type.String({ maxLength: 300 }),
            reason: Type.String({ maxLength: 2000 }),
          },
          exact,
        ),
        response: shape.answers({ 200: Type.Unknown() }),
      },
    },
    async (request) => {
      const viewer = inquirerOf(request);
      await acknowledgeFlag(road, viewer, request.params.id, request.body);
      return useOf(road, viewer, request.params.id);
    },
  );
}

function rowBody({ state, status, terms }: ContractRow) {
  const { id, draft, current, revoked, keys, twinSince } = state;
  return { id, status, terms, draft, current, revoked, keys, twinSince };
}

function contractBody(view: ContractView) {
  const { hooks, deliveries, may, types } = view;
  const samples = types.flatMap(({ type, samples: all }) => all.map((one) => ({ type: type.id, ...one })));
  return { ...rowBody(view), webhooks: hooks, deliveries, may, samples };
}
