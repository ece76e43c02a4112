// The portal as an OIDC relying party: authorization code with PKCE and PAR (where the provider has it), by openid-client.
// Knows the provider; never the session.
import * as oidc from 'openid-client';
import type { IdentityPort } from '#work/ports.ts';

export type IdentityConfig = { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };

/** Discovers the provider on first use, so that an embedded one may start after us. `insecure` allows http for a provider on this machine. */
export function openIdentity(config: IdentityConfig): IdentityPort {
  let discovered: Promise<oidc.Configuration> | undefined;
  function configuration(): Promise<oidc.Configuration> {
    const local = /^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(config.issuer);
    discovered ??= oidc
      .discovery(
        new URL(config.issuer),
        config.clientId,
        config.clientSecret,
        undefined,
        local ? { execute: [oidc.allowInsecureRequests] } : {},
      )
      .catch((error: unknown) => {
        discovered = undefined;
        throw error;
      });
    return discovered;
  }
  return {
    async begin(redirectUri, language) {
      const provider = await configuration();
      const verifier = oidc.randomPKCECodeVerifier();
      const state = oidc.randomState();
      const nonce = oidc.randomNonce();
      const parameters = {
        redirect_uri: redirectUri,
        scope: 'openid profile',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ui_locales: language,
        // Someone on a shared computer chooses anew at every login.
        prompt: 'login',
        state,
        nonce,
      };
      const par = provider.serverMetadata().pushed_authorization_request_endpoint !== undefined;
      const url = par
        ? await oidc.buildAuthorizationUrlWithPAR(provider, parameters)
        : oidc.buildAuthorizationUrl(provider, parameters);
      return { url: url.href, state, nonce, verifier };
    },
    async finish(callback, expected) {
      const tokens = await oidc.authorizationCodeGrant(await configuration(), callback, {
        pkceCodeVerifier: expected.verifier,
        expectedState: expected.state,
        expectedNonce: expected.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('the identity provider gave no ID token');
      return { subject: claims.sub };
    },
  };
}
