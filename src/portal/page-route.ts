// One page, two languages: every route is registered at its Persian and its English address and told which it is.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '#base/text.ts';
import { actorOf, readerOf, requireVisitor, visitorOf } from '#door/visitor.ts';
import type { Visitor } from '#door/session.ts';
import { href, languageOf } from './ui/href.ts';

export type PageRequest = {
  readonly language: Language;
  /** The address without the language's prefix, with its query. */
  readonly path: string;
  readonly visitor: Visitor | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** To a page of ours, in the same language: after a POST the browser fetches it anew. */
  go(path: string): FastifyReply;
};

export type PageHandler = (page: PageRequest) => Promise<string | FastifyReply> | string | FastifyReply;

export function page(server: FastifyInstance, path: string, handler: PageHandler): void {
  register(server, 'GET', path, handler);
}

export function post(server: FastifyInstance, path: string, handler: PageHandler): void {
  register(server, 'POST', path, handler);
}

function register(server: FastifyInstance, method: 'GET' | 'POST', path: string, handler: PageHandler): void {
  for (const url of path === '/' ? ['/', '/en'] : [path, `/en${path}`]) {
    server.route({
      method,
      url,
      handler: async (request, reply) => {
        const answer = await handler(pageRequest(request, reply));
        return typeof answer === 'string' ? reply.type('text/html; charset=utf-8').send(answer) : answer;
      },
    });
  }
}

export function pageRequest(request: FastifyRequest, reply: FastifyReply): PageRequest {
  const { language, path } = languageOf(request.url);
  return {
    language,
    path,
    visitor: visitorOf(request),
    params: request.params as PageRequest['params'],
    query: request.query as PageRequest['query'],
    body: (request.body ?? {}) as PageRequest['body'],
    request,
    reply,
    go: (to) => reply.redirect(href(language, to), 303),
  };
}

/** Who asks, as the road and the database know them. Throws Refusal `login-required`, `session-expired`. */
export function viewerOf({ request }: PageRequest) {
  const visitor = requireVisitor(request);
  return { visitor, actor: actorOf(visitor), reader: readerOf(visitor) };
}

/** A field of a browser form that is one text. */
export function textOf(body: PageRequest['body'], name: string): string {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  return typeof value === 'string' ? value : '';
}
