// The embedded test identity provider: a real OIDC provider whose people are the demo's personas, chosen without a password.
// Refuses to start in production: a city configures its national single sign-on instead.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Provider } from 'oidc-provider';
import { personaPage } from './test-idp-page.ts';
import type { PersonaCard } from './test-idp-page.ts';

export type TestIdentityProvider = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Serves everything below `/idp`. `request.url` must be without that prefix, `originalUrl` with it. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** The page where a persona is chosen. */
  interaction(request: IncomingMessage, response: ServerResponse, language: 'fa' | 'en'): Promise<string>;
  /** Where to send the browser once a persona was chosen. */
  choose(request: IncomingMessage, response: ServerResponse, personaId: string): Promise<string>;
};

export type TestIdpOptions = {
  readonly origin: string;
  readonly production: boolean;
  readonly personas: () => Promise<readonly PersonaCard[]>;
};

export function openTestIdp(options: TestIdpOptions): TestIdentityProvider {
  if (options.production) {
    throw new Error(
      'The test identity provider does not run in production: set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.',
    );
  }
  const issuer = `${options.origin}/idp`;
  const clientId = 'dargah';
  const clientSecret = randomBytes(32).toString('base64url');
  const provider = new Provider(issuer, configuration(options, clientId, clientSecret));
  // Koa believes the Host header only; the origin is ours to know.
  provider.proxy = false;
  const serve = provider.callback();
  async function chosen(personaId: string): Promise<PersonaCard | undefined> {
    return (await options.personas()).find((one) => one.id === personaId);
  }
  return {
    issuer,
    clientId,
    clientSecret,
    handle: async (request, response) => void (await serve(request, response)),
    async interaction(request, response, language) {
      const { uid } = await provider.interactionDetails(request, response);
      return personaPage(uid, await options.personas(), language);
    },
    async choose(request, response, personaId) {
      const persona = await chosen(personaId);
      const result = persona
        ? { login: { accountId: persona.id } }
        : { error: 'access_denied', error_description: 'no such persona' };
      return provider.interactionResult(request, response, result, { mergeWithLastSubmission: false });
    },
  };
}

function configuration(
  options: TestIdpOptions,
  clientId: string,
  clientSecret: string,
): ConstructorParameters<typeof Provider>[1] {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${options.origin}/sign-in/callback`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: 'ES256',
        require_pushed_authorization_requests: true,
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'test' }] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, pushedAuthorizationRequests: { enabled: true } },
    interactions: { url: (_ctx: unknown, interaction: { uid: string }) => `/idp/interaction/${interaction.uid}` },
    claims: { openid: ['sub'], profile: ['name'] },
    // Sessions end soon: this provider is for trying out many personas, not for staying signed in.
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 600, IdToken: 300, Interaction: 1800, Session: 600 },
    async findAccount(_ctx: unknown, id: string) {
      const persona = (await options.personas()).find((one) => one.id === id);
      return persona && { accountId: id, claims: () => ({ sub: id, name: persona.name.fa }) };
    },
    async loadExistingGrant(ctx: { oidc: { session: { accountId: string }; client: { clientId: string }; provider: Provider } }) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  } as ConstructorParameters<typeof Provider>[1];
}
