// What readers are given besides a source's configuration: the folder of files, and the environment that secrets are found in by name.
// A secret is handed to a client and to nothing else.
import { Refusal } from '#base/refusal.ts';

export type SourcePlace = {
  /** Where files of sources must be. */
  readonly folder: string;
  /** Where secrets are found by name. */
  readonly environment: NodeJS.ProcessEnv;
};

/** A secret by the name of its environment variable. Throws Refusal `source-unreachable` where it is not set. */
export function secretOf(name: string | undefined, environment: NodeJS.ProcessEnv): string | undefined {
  if (name === undefined) return undefined;
  const secret = environment[name];
  if (secret === undefined || secret === '') throw new Refusal('source-unreachable', { reason: `${name} is not set` });
  return secret;
}
