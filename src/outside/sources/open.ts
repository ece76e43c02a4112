// The readers of sources by what they read. A client library is loaded only when a source needs it.
import type { SourcePort } from '#work/registry/source-port.ts';
import { openCsv } from './csv.ts';

export type SourcePlace = {
  /** Where files of sources must be. */
  readonly folder: string;
  /** Where secrets are found by name. */
  readonly environment: NodeJS.ProcessEnv;
};

export function openSources({ folder }: SourcePlace): SourcePort {
  return {
    open(config) {
      const { reader } = config;
      switch (reader.by) {
        case 'csv':
          return openCsv(reader, folder);
        default:
          throw new Error(reader.by);
      }
    },
  };
}
