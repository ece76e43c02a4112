// The doors for programs of outside organisations: a token, a signed question, its signed answer, and the evidence of both.
// Beside the doors for people at the same addresses: a request with a DPoP token is a program's.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Refusal } from '#base/refusal.ts';
import { openGate } from '#door/gate.ts';
import type { Gate } from '#door/gate.ts';
import { countingRefusals } from '#work/contracts/refused.ts';
import { askSigned, evidenceFor, grantToken, pollSigned } from '#work/partners.ts';
import type { Received, Signed } from '#work/inquiries/exchange.ts';
import type { Road } from '#work/road.ts';
import { evidenceByHand } from '#work/views/evidence.ts';
import { inquirerOf } from './inquirer.ts';
import * as shape from './shapes.ts';

const tags = ['partners'];
/** A question is a few fields: more than this is no question. */
const LARGEST = 64 * 1024;
const bodies = new WeakMap<FastifyRequest, Buffer>();
/** A server of two cores answers 500 a second: the last of 200 waits less than half a second. One that is slower lets fewer in. */
const GATE = { most: 200, least: 16, target: 1000 };
const gates = new WeakMap<Road, Gate>();

/** What programs want goes through one gate: people wait behind no more of it. A question refused there is not spent: it may come again as it is. */
function gated<T>(road: Road, work: (aside: () => void) => Promise<T>): Promise<T> {
  const gate = gates.get(road) ?? openGate(GATE);
  gates.set(road, gate);
  return gate(work);
}

export function partnerRoutes(server: FastifyInstance, road: Road): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: LARGEST },
    (_request, body, next) => next(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  server.post<{ Body: { grant_type?: string; client_assertion?: string } }>(
    '/api/token',
    {
      schema: {
        tags,
        summary: 'OAuth 2 client credentials by private_key_jwt (RFC 7523), bound to a DPoP key (RFC 9449)',
        response: shape.answers({ 200: Type.Unknown() }),
      },
    },
    async (request, reply) => {
      const { grant_type: grant, client_assertion: assertion = '' } = request.body ?? {};
      if (grant !== 'client_credentials')
        throw new Refusal('invalid-answers', { fields: [{ pointer: '/grant_type', code: 'required' }] });
      const answer = await gated(road, () => grantToken(road, receivedOf(road, request), assertion));
      return reply.header('cache-control', 'no-store').send(answer);
    },
  );
  server.get<{ Params: { id: string } }>(
    '/api/inquiries/:id/evidence',
    {
      schema: {
        tags,
        summary: 'Question, answer, contract and keys in one file that `dargah verify` checks offline',
        params: Type.Object({ id: Type.String({ maxLength: 60 }) }),
        response: shape.answers({ 200: Type.Unknown() }),
      },
    },
    async (request, reply) =>
      reply
        .type('application/json')
        .send(
          isProgram(request)
            ? await gated(road, () => evidenceFor(road, receivedOf(road, request), request.params.id))
            : await evidenceByHand(road, inquirerOf(request), request.params.id),
        ),
  );
}

export function isProgram(request: FastifyRequest): boolean {
  return /^DPoP /i.test(request.headers.authorization ?? '');
}

/** Keeps the bytes of a program's body as they came: its digest is of these. */
export async function keepBody(request: FastifyRequest, _reply: FastifyReply, payload: AsyncIterable<Buffer>): Promise<Readable> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of payload) {
    size += chunk.length;
    if (size > LARGEST) throw new Refusal('upload-too-large', { name: 'question', limit: '64 kB' });
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  bodies.set(request, body);
  const stream = Readable.from(body.length > 0 ? [body] : []) as Readable & { receivedEncodedLength?: number };
  stream.receivedEncodedLength = body.length;
  return stream;
}

function receivedOf(road: Road, request: FastifyRequest): Received {
  const { rawHeaders } = request.raw;
  const fields = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []));
  return {
    method: request.method,
    target: `${road.origin}${request.url}`,
    fields,
    body: new Uint8Array(bodies.get(request) ?? Buffer.alloc(0)),
  };
}

export async function askProgram(road: Road, request: FastifyRequest): Promise<Signed> {
  const received = receivedOf(road, request);
  return gated(road, (aside) => countingRefusals(road, received, () => askSigned(road, received, aside)));
}

export async function pollProgram(road: Road, request: FastifyRequest, id: string): Promise<Signed> {
  const received = receivedOf(road, request);
  return gated(road, () => countingRefusals(road, received, () => pollSigned(road, received, id)));
}

export function sendSigned(reply: FastifyReply, { status, fields, body }: Signed): FastifyReply {
  for (const [name, value] of fields) reply.header(name, value);
  return reply.code(status).send(body);
}
