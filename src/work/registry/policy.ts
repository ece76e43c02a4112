// Under which rules a kind's fields are decided between sources, and what each source is: read once for a batch.
import type { Pool, PoolClient } from 'pg';
import type { Json } from '#base/json.ts';
import type { Policy } from '#registry/golden.ts';
import { fieldTypes } from '#registry/row.ts';
import { SCHEMES } from '#registry/schemes.ts';
import type { SourceConfig } from '#registry/source.ts';
import type { Kind } from '#registry/types.ts';
import { loadRegistry } from '#store/quality.ts';
import { digestOf } from '#work/digest.ts';

export type Policies = {
  of(kind: Kind): {
    readonly policy: Policy;
    /** Names the policy: views made under another are stale. */ readonly version: string;
  };
  readonly sources: ReadonlyMap<string, SourceConfig>;
};

export async function loadPolicies(client: Pool | PoolClient): Promise<Policies> {
  const { rules, sources } = await loadRegistry(client);
  const known = new Map(sources.map((one) => [one.id, one]));
  return {
    sources: known,
    of(kind) {
      const own = sources.filter((one) => one.kind === kind);
      const confidence = Object.fromEntries(own.map((one) => [one.id, one.confidence]));
      const policy = { rules: rules[kind] ?? {}, confidence, types: fieldTypes(SCHEMES[kind]) };
      const version = digestOf(policy as unknown as Json).slice(0, 12);
      return { policy, version };
    },
  };
}
