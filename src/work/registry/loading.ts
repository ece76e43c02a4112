// What a load of a source is given, what it tells on its way, and what it reports.
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { SourceConfig } from '#registry/source.ts';
import type { Rejection } from '#store/source-loads.ts';
import type { LoadCounts, LoadMode, Trouble } from '#store/sources.ts';
import type { SourcePort } from './source-port.ts';

/** What a load needs of the world. One connection of the pool is its own while it runs. */
export type LoadPlace = { readonly pool: Pool; readonly sources: SourcePort; now(): Instant };
export type LoadOrder = {
  /** Who began it. */
  readonly by: string;
  readonly mode?: LoadMode;
  /** Reports the same and writes nothing: PostgreSQL itself refuses it. */
  readonly isRehearsal?: boolean;
  /** However many records are gone, the source is whole. */
  readonly acceptGone?: boolean;
  /** The source is open and its columns are right. */
  readonly onBegun?: () => void;
  /** Told with each batch. */
  readonly onProgress?: (progress: LoadProgress) => void;
  readonly onRejected?: (rejection: Rejection) => void;
  readonly signal?: AbortSignal;
};
export type LoadProgress = LoadCounts & { readonly done: number | null };
export type LoadReport = LoadCounts & {
  /** Absent for a rehearsal. */
  readonly load?: string;
  readonly source: string;
  readonly mode: LoadMode;
  readonly status: 'finished' | 'failed';
  /** It went on where an earlier one stood. */
  readonly isResumed: boolean;
  readonly extra: readonly string[];
  readonly trouble?: Trouble;
};

/** One load under way, on its own connection and under its source's lock. */
export type Loading = LoadPlace & { readonly client: PoolClient; readonly config: SourceConfig; readonly order: LoadOrder };

/** Only what the source or the world is to blame for; anything else is a bug. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof Refusal)) throw error;
  return { code: error.code, facts: error.facts as JsonObject };
}
