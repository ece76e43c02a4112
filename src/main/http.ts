// Both doors, the test identity provider and the sandbox bank on one server.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '#base/refusal.ts';
import { apiRoutes } from '#api/routes.ts';
import { sendProblem } from '#api/problem.ts';
import { loginRoutes } from '#door/login.ts';
import { openDoor } from '#door/server.ts';
import { hashToken, SESSION_MINUTES } from '#door/session.ts';
import { openIdentity } from '#outside/identity.ts';
import { openTestIdp } from '#outside/test-idp.ts';
import { portalRoutes, sendProblemPage } from '#portal/routes.ts';
import { findPersonId, listPersonas, sessionBook } from '#store/sessions.ts';
import { randomBytes } from 'node:crypto';
import type { Composed } from './compose.ts';
import { bankRoutes } from './sandbox-bank-routes.ts';
import { connectorSandboxRoutes } from './sandbox-connector-routes.ts';
import { idpRoutes } from './test-idp-routes.ts';
import { healthRoutes } from './health.ts';
import { loadCity } from './seed.ts';

export type HttpOptions = {
  readonly composed: Composed;
  readonly production: boolean;
  readonly log: boolean;
  /** A city's own provider; without it the embedded test one. */
  readonly oidc?: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };
  readonly ratePerMinute?: number;
};

export async function openHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { composed, production } = options;
  const { road } = composed;
  const sessions = sessionBook(road.pool, SESSION_MINUTES);
  const refuse = (refusal: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply | Promise<FastifyReply> =>
    request.url.startsWith('/api/') ? sendProblem(refusal, request, reply) : sendProblemPage(road, refusal, request, reply);
  const server = await openDoor({
    origin: road.origin,
    sessions,
    log: options.log,
    refuse,
    ratePerMinute: options.ratePerMinute ?? 1200,
  });

  const idp =
    options.oidc === undefined
      ? openTestIdp({ origin: road.origin, production, personas: await personaCards(road.pool) })
      : undefined;
  const identity = openIdentity(
    options.oidc ?? { issuer: `${road.origin}/idp`, clientId: idp?.clientId ?? '', clientSecret: idp?.clientSecret ?? '' },
  );
  loginRoutes(server, { identity, sessions, origin: road.origin, personOf: (subject) => findPersonId(road.pool, subject) });
  if (idp) idpRoutes(server, idp);
  if (!production) bankRoutes(server, composed);
  if (!production) connectorSandboxRoutes(server, composed);
  healthRoutes(server, road);

  await apiRoutes(server, {
    road,
    ...(idp
      ? {
          async demoSession(persona: string) {
            const token = randomBytes(32).toString('base64url');
            await sessions.create(hashToken(token), persona, null);
            return token;
          },
        }
      : {}),
  });
  await portalRoutes(server, road);
  return server;
}

/** The demo's people with a line about each, as the city's data has it. */
async function personaCards(pool: Composed['road']['pool']) {
  const about = new Map((await loadCity()).personas.map((one) => [one.id, one.about]));
  return async () => (await listPersonas(pool)).map(({ id, name }) => ({ id, name, about: about.get(id) ?? { fa: '', en: '' } }));
}
