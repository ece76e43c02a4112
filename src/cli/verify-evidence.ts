// The evidence of an inquiry, checked offline: with the thumbprint given, else with the city's key of this machine's data folder, else with a warning.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '#base/finding.ts';
import { ROOT } from '#main/compose.ts';
import { jwkVerifier, openMessageKey, publicJwk } from '#outside/http-keys.ts';
import { verifyEvidence } from '#proofs/evidence.ts';
import type { CityKey } from '#proofs/evidence.ts';
import { jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';
import type { Options } from './outcome.ts';
import { fromHere } from './paths.ts';

type Checked = {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly facts: Readonly<Record<string, unknown>>;
};

export async function checkEvidence(text: string, options: Options): Promise<Checked> {
  const city = await cityKeys(options);
  const { ok, findings, facts } = await verifyEvidence(text, { verifier: jwkVerifier, ...(city && { city }) });
  return { ok, findings, facts: facts ?? {} };
}

async function cityKeys({ key, data }: Options): Promise<readonly CityKey[] | undefined> {
  if (key !== undefined) return [{ thumbprint: key }];
  const folder = join(data === undefined ? join(ROOT, 'data') : fromHere(data), 'keys');
  if (!existsSync(join(folder, 'inquiries.pem'))) return undefined;
  const jwk = readPublicJwk(publicJwk(await openMessageKey(folder, 'inquiries')));
  return jwk && [{ thumbprint: jwkThumbprint(jwk) }];
}
