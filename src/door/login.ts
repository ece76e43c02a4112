// Signing in and out: the browser goes to the identity provider and comes back with a code; the session begins anew.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IdentityPort } from '#work/ports.ts';
import { Refusal } from '#base/refusal.ts';
import { endSession, startSession } from './session.ts';
import type { SessionBook } from './session.ts';
import { loginOf } from './visitor.ts';

export type LoginOptions = {
  readonly identity: IdentityPort;
  readonly sessions: SessionBook;
  readonly origin: string;
  /** Our person for the provider's subject; undefined where we know no such person. */
  readonly personOf: (subject: string) => Promise<string | undefined>;
};

/** A path of this portal, never another site's: what may follow a login. */
export function localPath(text: string | undefined): string {
  return text !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(text) && text.length <= 2000 ? text : '/';
}

export function loginRoutes(server: FastifyInstance, options: LoginOptions): void {
  const { identity, sessions, origin } = options;
  const secure = origin.startsWith('https:');
  const redirectUri = `${origin}/sign-in/callback`;

  async function begin(
    request: FastifyRequest<{ Querystring: { next?: string } }>,
    reply: Parameters<typeof startSession>[1]['reply'],
    language: string,
  ) {
    const { url, ...login } = await identity.begin(redirectUri, language);
    await startSession(
      sessions,
      { request, reply, secure },
      { personId: null, login: { ...login, returnTo: localPath(request.query.next) } },
    );
    return reply.redirect(url, 303);
  }

  server.get<{ Querystring: { next?: string } }>('/sign-in', (request, reply) => begin(request, reply, 'fa'));
  server.get<{ Querystring: { next?: string } }>('/en/sign-in', (request, reply) => begin(request, reply, 'en'));

  server.get('/sign-in/callback', async (request, reply) => {
    const login = loginOf(request);
    // Back without a beginning: an old tab, or a callback that somebody else began. Begin again.
    if (!login) return reply.redirect('/sign-in', 303);
    const { returnTo, ...expected } = login;
    const subject = await identity.finish(new URL(request.url, origin), expected).then(
      (found) => found.subject,
      (error: unknown) => {
        request.log.warn({ err: error }, 'login refused');
        throw new Refusal('login-required', {});
      },
    );
    const personId = await options.personOf(subject);
    if (personId === undefined) throw new Refusal('not-permitted', { command: 'login' });
    await startSession(sessions, { request, reply, secure }, { personId, login: null });
    return reply.redirect(returnTo, 303);
  });

  for (const path of ['/sign-out', '/en/sign-out']) {
    server.post(path, async (request, reply) => {
      await endSession(sessions, { request, reply, secure });
      return reply.redirect(path === '/sign-out' ? '/' : '/en', 303);
    });
  }
}
