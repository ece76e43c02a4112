// The readers of sources by what they read. A client library is loaded only when a source needs it.
import { Refusal } from '#base/refusal.ts';
import type { SourceConfig } from '#registry/source.ts';
import type { OpenSource, SourcePort, Wanted } from '#work/registry/source-port.ts';
import { openCsv } from './csv.ts';
import { openDatabase } from './database.ts';
import { openGeojson } from './geojson.ts';
import { openRest } from './rest.ts';
import type { SourcePlace } from './secrets.ts';

export function openSources(place: SourcePlace): SourcePort {
  return { open: (config, wanted) => openSource(config, wanted, place) };
}

async function openSource(config: SourceConfig, wanted: Wanted, place: SourcePlace): Promise<OpenSource> {
  const { reader } = config;
  const { folder, environment } = place;
  switch (reader.by) {
    case 'seed':
      throw new Refusal('source-file', { file: config.id });
    case 'csv':
      return openCsv(reader, folder);
    case 'geojson':
      return openGeojson(reader, folder);
    case 'xlsx':
      return (await import('./xlsx.ts')).openXlsx(reader, folder);
    case 'rest':
      return openRest(reader, wanted.since, place);
    case 'postgres': {
      const { connectPostgres } = await import('./postgres.ts');
      return openDatabase({ ...config, reader }, wanted, { connect: connectPostgres, environment });
    }
    case 'mysql': {
      const { connectMysql } = await import('./mysql.ts');
      return openDatabase({ ...config, reader }, wanted, { connect: connectMysql, environment });
    }
    case 'sqlserver': {
      const { connectSqlserver } = await import('./sqlserver.ts');
      return openDatabase({ ...config, reader }, wanted, { connect: connectSqlserver, environment });
    }
  }
}
