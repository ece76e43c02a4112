// The HTTP server both doors hang on: who is there, Origin check, headers, rate and body limits, one way to say no.
// Routes are added by api/ and portal/; this file knows neither.
import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import Fastify from 'fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#base/refusal.ts';
import { secureHeaders } from './headers.ts';
import { checkOrigin } from './origin.ts';
import { recognise } from './visitor.ts';
import type { SessionBook } from './session.ts';

export type DoorOptions = {
  readonly origin: string;
  readonly sessions: SessionBook;
  readonly log: boolean;
  /** How a refusal is shown: problem+json or a page, by address. */
  readonly refuse: (refusal: Refusal, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> | FastifyReply;
  readonly ratePerMinute: number;
};

/** Forms are small; uploads have their own limit while streaming. */
const BODY_LIMIT = 256 * 1024;

export async function openDoor(options: DoorOptions): Promise<FastifyInstance> {
  const secure = options.origin.startsWith('https:');
  const server = Fastify({
    logger: options.log ? { level: 'info', redact: ['req.headers.cookie', 'req.headers.authorization'] } : false,
    bodyLimit: BODY_LIMIT,
    // What is sent is what is judged: nothing is guessed into shape, nothing unknown is dropped unseen.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    trustProxy: false,
  });
  await server.register(cookie);
  await server.register(rateLimit, {
    max: options.ratePerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: () => new Refusal('rate-limited'),
    allowList: (request: FastifyRequest) => request.url.startsWith('/assets/'),
  });
  server.addHook('onRequest', async (request) => {
    checkOrigin(request, options.origin);
    if (!request.url.startsWith('/assets/')) await recognise(request, options.sessions, secure);
  });
  server.addHook('onSend', async (request, reply) => {
    secureHeaders(reply, secure);
    // A body that was refused unread would stand in the way of the connection's next request.
    if (!request.raw.complete) reply.header('connection', 'close');
  });
  server.addHook('onResponse', async (request) => {
    if (!request.raw.complete) request.raw.resume();
  });
  server.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    const refusal = error instanceof Refusal ? error : translated(error);
    if (refusal) return options.refuse(refusal, request, reply);
    // A bug: logged whole, told as a trace id alone.
    request.log.error(error);
    if (!options.log) console.error(error);
    return reply.code(500).header('content-type', 'text/plain; charset=utf-8').send(`500 · ${request.id}\n`);
  });
  server.setNotFoundHandler((request, reply) =>
    options.refuse(new Refusal('page-not-found', { path: request.url.slice(0, 200) }), request, reply),
  );
  return server;
}

/** The framework's own complaints in our words. */
function translated(error: FastifyError): Refusal | undefined {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return new Refusal('upload-too-large', { name: '…', limit: '…' });
    case 'FST_ERR_VALIDATION':
      return new Refusal('malformed-request', { reason: error.message, pointer: error.validation?.[0]?.instancePath ?? '' });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_BAD_URL':
      return new Refusal('malformed-request', { reason: error.message });
    default:
      return error.statusCode !== undefined && error.statusCode < 500
        ? new Refusal('malformed-request', { reason: error.message })
        : undefined;
  }
}
