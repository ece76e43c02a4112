// The API's doors to inquiries: ask under a contract, read the answer, answer for a unit, and who asked about oneself.
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { JsonObject } from '#base/json.ts';
import type { UnitId } from '#base/ids.ts';
import { act } from '#work/inquiries/act.ts';
import type { Act } from '#work/inquiries/act.ts';
import type { Road } from '#work/road.ts';
import { inbox } from '#work/views/unit-inquiries.ts';
import { askByHand, askedBy, contractsOf, inquiryFor, officerHat } from '#work/views/inquiries.ts';
import type { InquiryView } from '#work/views/inquiries.ts';
import { looksAt } from '#work/views/looks.ts';
import { keyOf } from './cases.ts';
import { inquirerOf } from './inquirer.ts';
import { askProgram, isProgram, keepBody, pollProgram, sendSigned } from './partners.ts';
import * as shape from './shapes.ts';

const tags = ['inquiries'];
const Params = Type.Object({ id: Type.String({ maxLength: 60 }) });
const Question = Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), { maxProperties: 100 });

export function inquiryRoutes(server: FastifyInstance, road: Road): void {
  askingRoutes(server, road);
  listRoutes(server, road);
  inquiringRoutes(server, road);
  answeringRoutes(server, road);
  server.get(
    '/api/looks',
    {
      schema: {
        tags,
        summary: 'Who asked about you: organisation, purpose, law, question and time; never the answer',
        response: shape.answers({ 200: Type.Object({ looks: Type.Array(Type.Unknown()) }) }),
      },
    },
    async (request) => ({ looks: await looksAt(road, inquirerOf(request)) }),
  );
}

function body({ id, type, status, question, askedAt, due, answer, late, unit, forwarded }: InquiryView) {
  return {
    id,
    type: type.id,
    title: type.title,
    version: type.version,
    status,
    question,
    askedAt,
    due,
    ...(unit !== undefined && { unit }),
    ...(answer && { answer: { value: answer.value, at: answer.at, provenance: answer.provenance, until: answer.until } }),
    late,
    forwarded,
  };
}

function askingRoutes(server: FastifyInstance, road: Road): void {
  server.get(
    '/api/inquiry-types',
    {
      schema: {
        tags,
        summary: 'What you may ask, with the schemas of question and answer, under which contracts',
        response: shape.answers({ 200: Type.Object({ contracts: Type.Array(Type.Unknown()) }) }),
      },
    },
    async (request) => ({
      contracts: contractsOf(road, inquirerOf(request).actor.person).map(({ contract, types }) => ({
        contract: contract.id,
        organisation: contract.organisation,
        purpose: contract.purpose,
        legal: contract.legal,
        until: contract.until,
        types: types.map(({ id, title, summary, question, answer, deadline, legal }) => ({
          id,
          title,
          summary,
          question,
          answer,
          fields: contract.types[id]?.fields,
          deadline,
          legal,
        })),
      })),
    }),
  );
}

function listRoutes(server: FastifyInstance, road: Road): void {
  server.get(
    '/api/inquiries',
    {
      schema: {
        tags,
        summary: 'What you asked, latest first; with ?inbox=true what waits in your units, page by page',
        querystring: Type.Object({ inbox: Type.Optional(Type.Boolean()), after: Type.Optional(Type.String({ maxLength: 100 })) }),
        response: shape.answers({
          200: Type.Object({ inquiries: Type.Array(Type.Unknown()), next: Type.Optional(Type.String()) }),
        }),
      },
    },
    async (request) => {
      const who = inquirerOf(request);
      const query = request.query as { inbox?: boolean; after?: string };
      if (query.inbox !== true) return { inquiries: (await askedBy(road, who)).map(body) };
      const { rows, next } = await inbox(road, who, { after: query.after });
      return { inquiries: rows.map(body), ...(next !== undefined && { next }) };
    },
  );
}

function inquiringRoutes(server: FastifyInstance, road: Road): void {
  server.post<{ Body: { type: string; contract?: string; question: JsonObject } }>(
    '/api/inquiries',
    {
      preParsing: keepBody as never,
      schema: {
        tags,
        summary: 'Ask. 200 with the answer where a register has it; 202 where people must answer: read it again later',
        headers: shape.IdempotencyHeader,
        body: Type.Object(
          { type: Type.String({ maxLength: 100 }), contract: Type.Optional(Type.String({ maxLength: 100 })), question: Question },
          { additionalProperties: false },
        ),
        response: shape.answers({ 200: Type.Unknown(), 202: Type.Unknown() }),
      },
    },
    async (request, reply) => {
      if (isProgram(request)) return sendSigned(reply, await askProgram(road, request));
      const who = inquirerOf(request);
      const id = await askByHand(road, who, { ...request.body, key: keyOf(request) });
      const view = await inquiryFor(road, who, id);
      return reply
        .code(view.answer ? 200 : 202)
        .header('location', `/api/inquiries/${id}`)
        .send(body(view));
    },
  );
  server.get<{ Params: { id: string } }>(
    '/api/inquiries/:id',
    {
      schema: {
        tags,
        summary: 'One inquiry, as its asker or its unit sees it',
        params: Params,
        response: shape.answers({ 200: Type.Unknown() }),
      },
    },
    async (request, reply) =>
      isProgram(request)
        ? sendSigned(reply, await pollProgram(road, request, request.params.id))
        : body(await inquiryFor(road, inquirerOf(request), request.params.id)),
  );
}

function answeringRoutes(server: FastifyInstance, road: Road): void {
  const door = (
    verb: string,
    summary: string,
    shapeOf: ReturnType<typeof Type.Object>,
    actOf: (given: JsonObject) => Act,
  ): void => {
    server.post<{ Params: { id: string }; Body: JsonObject }>(
      `/api/inquiries/:id/${verb}`,
      { schema: { tags, summary, params: Params, body: shapeOf, response: shape.answers({ 200: Type.Unknown() }) } },
      async (request) => {
        const who = inquirerOf(request);
        const view = await inquiryFor(road, who, request.params.id);
        const officer = { hat: officerHat(who.actor, view.unit), nationalId: who.nationalId };
        await act(road, view.id, { officer, act: actOf(request.body) });
        return body(await inquiryFor(road, who, view.id));
      },
    );
  };
  const exact = { additionalProperties: false };
  const Reason = Type.String({ minLength: 1, maxLength: 2000 });
  door('answer', 'Answer for your unit', Type.Object({ value: Question }, exact), ({ value }) => ({
    do: 'answer',
    value: value as JsonObject,
  }));
  door(
    'forward',
    'Give it to the unit whose it is',
    Type.Object({ to: Type.String({ maxLength: 100 }), reason: Reason }, exact),
    ({ to, reason }) => ({
      do: 'forward',
      to: to as UnitId,
      reason: String(reason),
    }),
  );
}
