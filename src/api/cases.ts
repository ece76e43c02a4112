// The API's doors to a case: open, save, attach, submit, pay, withdraw, read. Everything the citizen's pages do.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { typedCaseId } from '#base/ids.ts';
import type { CaseId } from '#base/ids.ts';
import type { JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { WaitId } from '#engine/types.ts';
import { actorOf, readerOf, requireVisitor } from '#door/visitor.ts';
import { attachFile, openFile } from '#work/files.ts';
import { beginPayment, settlePayment } from '#work/pay.ts';
import { open, perform } from '#work/perform.ts';
import type { Performed } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { saveDraft, submit } from '#work/submit.ts';
import { loadReceipt } from '#work/receipt.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import { ownCases } from '#work/views/lists.ts';
import { caseBody, knownBody } from './case-body.ts';
import * as shape from './shapes.ts';

/** The caller's idempotency key; without one, every request is an intent of its own. */
export function keyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  return typeof key === 'string' ? `api:${key}` : `request:${request.id}`;
}

export function viewerOf(request: FastifyRequest) {
  const visitor = requireVisitor(request);
  return { visitor, actor: actorOf(visitor), reader: readerOf(visitor) };
}

export function idOf(request: FastifyRequest): CaseId {
  const typed = (request.params as { id: string }).id;
  const id = typedCaseId(typed);
  if (!id) throw new Refusal('case-not-found', { case: typed });
  return id;
}

export function done({ id, seq, state }: Performed): Static<typeof shape.DoneShape> {
  return { id, seq, status: state.status };
}

const tags = ['cases'];

export function caseRoutes(server: FastifyInstance, road: Road): void {
  openingRoutes(server, road);
  readingRoutes(server, road);
  draftRoutes(server, road);
  fileRoutes(server, road);
  submissionRoutes(server, road);
  paymentRoutes(server, road);
}

function openingRoutes(server: FastifyInstance, road: Road): void {
  server.post<{ Body: { service: string } }>(
    '/api/cases',
    {
      schema: {
        tags,
        summary: 'Open a draft for a service',
        headers: shape.IdempotencyHeader,
        body: Type.Object({ service: Type.String({ maxLength: 100 }) }, { additionalProperties: false }),
        response: shape.answers({ 201: shape.DoneShape }),
      },
    },
    async (request, reply) => {
      const { visitor, actor } = viewerOf(request);
      const applicant = { id: actor.person as never, kind: visitor.kind, nationalId: visitor.nationalId, name: visitor.name.fa };
      const opened = await open(road, {
        actor,
        key: keyOf(request),
        service: request.body.service,
        command: { type: 'OpenCase', applicant },
      });
      return reply.code(201).header('location', `/api/cases/${opened.id}`).send(done(opened));
    },
  );
  server.get<{ Querystring: { before?: string } }>(
    '/api/cases',
    {
      schema: {
        tags,
        summary: 'Your own cases, latest first',
        querystring: Type.Object({ before: Type.Optional(Type.String({ maxLength: 40 })) }),
        response: shape.answers({ 200: Type.Object({ cases: Type.Array(Type.Unknown()) }) }),
      },
    },
    async (request) => {
      const { before } = request.query;
      return { cases: await ownCases(road, viewerOf(request).reader, { most: 50, ...(before === undefined ? {} : { before }) }) };
    },
  );
}

function readingRoutes(server: FastifyInstance, road: Road): void {
  server.get(
    '/api/cases/:id',
    {
      schema: {
        tags,
        summary: 'One case, as its applicant or its executors see it',
        params: shape.CaseParams,
        response: shape.answers({ 200: shape.CaseShape }),
      },
    },
    async (request, reply) => {
      const file = await loadCaseFile(road, viewerOf(request), idOf(request));
      return reply.header('etag', `"${file.seq}"`).send({ ...caseBody(file), ...(await knownBody(road, file)) });
    },
  );
  server.get(
    '/api/cases/:id/receipt',
    {
      schema: { tags, summary: 'Receipt of submission, with its proof of inclusion once there is one', params: shape.CaseParams },
    },
    async (request) => loadReceipt(road, viewerOf(request).reader, idOf(request)),
  );
}

function draftRoutes(server: FastifyInstance, road: Road): void {
  server.patch<{ Body: { page?: string; answers: JsonObject; unchecked?: boolean } }>(
    '/api/cases/:id/draft',
    {
      schema: {
        tags,
        summary: 'Save answers of the draft; checked against the form, or a page of it, unless unchecked',
        params: shape.CaseParams,
        headers: shape.IdempotencyHeader,
        body: Type.Object(
          { page: Type.Optional(Type.String()), answers: shape.AnswersBody, unchecked: Type.Optional(Type.Boolean()) },
          { additionalProperties: false },
        ),
        response: shape.answers({ 200: shape.DoneShape }),
      },
    },
    async (request) =>
      done(await saveDraft(road, idOf(request), { actor: viewerOf(request).actor, key: keyOf(request), ...request.body })),
  );
}

function fileRoutes(server: FastifyInstance, road: Road): void {
  server.post<{ Querystring: { field: string; name: string } }>(
    '/api/cases/:id/files',
    {
      schema: {
        tags,
        summary: 'Attach a file to a field: the body is the file itself (application/octet-stream)',
        params: shape.CaseParams,
        querystring: Type.Object({ field: Type.String({ maxLength: 100 }), name: Type.String({ minLength: 1, maxLength: 200 }) }),
        response: shape.answers({
          201: Type.Object({
            file: Type.String(),
            name: Type.String(),
            type: Type.String(),
            size: Type.Integer(),
            sha256: Type.String(),
          }),
        }),
      },
    },
    async (request, reply) => {
      const { field, name } = request.query;
      const stream = request.body as NodeJS.ReadableStream | undefined;
      if (!stream) throw new Refusal('upload-missing', { pointer: `/${field}` });
      const file = await attachFile(road, idOf(request), {
        actor: viewerOf(request).actor,
        key: keyOf(request),
        field,
        name,
        stream: stream as never,
      });
      return reply.code(201).send(file);
    },
  );
  server.get<{ Params: { file: string } }>(
    '/api/cases/:id/files/:file',
    { schema: { tags, summary: 'A file of the case', params: shape.FileParams } },
    async (request, reply) => {
      const { file, stream } = await openFile(road, viewerOf(request), { id: idOf(request), file: request.params.file });
      return reply
        .header('content-type', file.type)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        .header('content-security-policy', "sandbox; default-src 'none'")
        .send(stream);
    },
  );
}

function submissionRoutes(server: FastifyInstance, road: Road): void {
  server.post<{ Body: { answers?: JsonObject; seen?: JsonObject } }>(
    '/api/cases/:id/submission',
    {
      schema: {
        tags,
        summary: 'Submit the application',
        params: shape.CaseParams,
        headers: shape.IdempotencyHeader,
        body: Type.Object(
          { answers: Type.Optional(shape.AnswersBody), seen: Type.Optional(shape.AnswersBody) },
          { additionalProperties: false },
        ),
        response: shape.answers({ 200: shape.DoneShape }),
      },
    },
    async (request) =>
      done(await submit(road, idOf(request), { actor: viewerOf(request).actor, key: keyOf(request), ...request.body })),
  );
  server.post<{ Body: { reason?: string } }>(
    '/api/cases/:id/withdrawal',
    {
      schema: {
        tags,
        summary: 'Withdraw the application',
        params: shape.CaseParams,
        headers: shape.IdempotencyHeader,
        body: Type.Object({ reason: Type.Optional(Type.String({ maxLength: 2000 })) }, { additionalProperties: false }),
        response: shape.answers({ 200: shape.DoneShape }),
      },
    },
    async (request) =>
      done(
        await perform(road, idOf(request), {
          actor: viewerOf(request).actor,
          key: keyOf(request),
          command: { type: 'WithdrawCase', ...request.body },
        }),
      ),
  );
}

function paymentRoutes(server: FastifyInstance, road: Road): void {
  server.post<{ Params: { payment: string } }>(
    '/api/cases/:id/payments/:payment/attempts',
    {
      schema: {
        tags,
        summary: 'Begin to pay: gives the provider’s address for the payer',
        params: shape.PaymentParams,
        headers: shape.IdempotencyHeader,
        response: shape.answers({ 201: Type.Object({ attempt: Type.String(), redirect: Type.String() }) }),
      },
    },
    async (request, reply) => {
      const begun = await beginPayment(road, idOf(request), {
        actor: viewerOf(request).actor,
        key: keyOf(request),
        payment: request.params.payment as WaitId,
      });
      return reply.code(201).send(begun);
    },
  );
  server.post<{ Params: { attempt: string } }>(
    '/api/cases/:id/payments/:payment/attempts/:attempt/settlement',
    {
      schema: {
        tags,
        summary: 'Ask the provider what became of an attempt, and record its word',
        params: shape.AttemptParams,
        response: shape.answers({ 200: Type.Object({ status: Type.String(), payments: Type.Array(Type.Unknown()) }) }),
      },
    },
    async (request) => {
      viewerOf(request);
      const state = await settlePayment(road, idOf(request), request.params.attempt);
      return { status: state.status, payments: state.payments };
    },
  );
}
