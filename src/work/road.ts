// What every use of the road shares: the two database pools, the ports, the published catalogue, the case cache.
// Made once in main/; passed as the first parameter, never global.
import type { Pool } from 'pg';
import type { Catalogue } from './catalogue.ts';
import type { CaseCache } from './case-cache.ts';
import type { Ports } from './ports.ts';

export type Road = {
  /** Writes, and the road's own reads: row-level security lets it through. */
  readonly pool: Pool;
  /** Reads for people: nothing is visible until a transaction says who reads. */
  readonly readers: Pool;
  readonly ports: Ports;
  readonly catalogue: Catalogue;
  readonly cases: CaseCache;
  /** The portal's own address, for links in documents and payments: `http://localhost:8080`. */
  readonly origin: string;
  /** The city's secret: document codes and payment attempts come from it. 32 bytes or more. */
  readonly secret: Uint8Array;
  /** Wakes the ticker: something may be due. */
  readonly nudge: () => void;
  /** The server is stopping: what takes long lets go where it can be gone on with. */
  readonly stopping: AbortSignal;
  /** Tests stop the process here: named points around the commit. Nothing in production. */
  readonly crash: (point: CrashPoint) => void;
};

export const CRASH_POINTS = ['before-commit', 'after-commit', 'before-effect', 'after-effect', 'before-checkpoint'] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];
