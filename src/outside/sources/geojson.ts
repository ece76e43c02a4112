// A GeoJSON file as a source: a row for each feature, its properties the columns, its geometry the column `geometry`, its id the column `id`.
// A position is the byte behind a feature, with the hash of all before.
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import type { GeojsonReader } from '#registry/source.ts';
import type { OpenSource, SourcePosition, SourceRow } from '#work/registry/source-port.ts';
import { broken } from './broken.ts';
import { featureTaker } from './features.ts';
import type { Feature } from './features.ts';
import { openSourceFile } from './file.ts';

/** So many features are looked at for the names of the columns: writers of GeoJSON give every feature all of them. */
const LOOKED_AT = 1000;

export async function openGeojson(reader: GeojsonReader, folder: string): Promise<OpenSource> {
  const file = await openSourceFile(folder, reader.file);
  const place = (line: number): string => `${file.name}:${line}`;
  const columns = new Set<string>();
  const taker = featureTaker();
  let looked = 0;
  let fault: ReturnType<typeof taker.end>;
  for await (const piece of file.pieces(0)) {
    const taken = taker.take(piece);
    for (const { value } of taken.features.slice(0, LOOKED_AT)) for (const name of namesOf(value)) columns.add(name);
    looked += taken.features.length;
    fault = taken.fault;
    if (fault !== undefined || looked >= LOOKED_AT) break;
  }
  if (looked === 0 && (fault ??= taker.end()) !== undefined) throw broken(place(fault.line), fault.fault);
  const names = [...columns];
  return {
    columns: names,
    place,
    async mayGoOn(from) {
      return (await file.hashUpTo(Number(from['byte'])))?.copy().digest('hex') === from['sha256'];
    },
    async *read(from) {
      const start = from === undefined ? undefined : { byte: Number(from['byte']), line: Number(from['line']) };
      let byte = start?.byte ?? 0;
      const hash = await file.hashUpTo(byte);
      if (hash === undefined) return;
      const taking = featureTaker(start);
      let unhashed = Buffer.alloc(0);
      for await (const piece of file.pieces(byte)) {
        const { features, fault: trouble } = taking.take(piece);
        const last = features.at(-1);
        unhashed = Buffer.concat([unhashed, piece]);
        if (last !== undefined) {
          hash.update(unhashed.subarray(0, last.end - byte));
          unhashed = unhashed.subarray(last.end - byte);
          byte = last.end;
          const position: SourcePosition = { byte, line: last.endLine, sha256: hash.copy().digest('hex') };
          yield { rows: features.map((one) => rowOf(one, names)), position, done: byte / file.size };
        }
        if (trouble !== undefined) throw broken(place(trouble.line), trouble.fault);
      }
      const end = taking.end();
      if (end !== undefined) throw broken(place(end.line), end.fault);
    },
    close: () => Promise.resolve(),
  };
}

function namesOf(feature: Json): readonly string[] {
  if (!isObject(feature)) return [];
  const properties = isObject(feature['properties']) ? Object.keys(feature['properties']) : [];
  return [...(feature['id'] === undefined ? [] : ['id']), ...properties, 'geometry'];
}

function rowOf({ line, value }: Feature, columns: readonly string[]): SourceRow {
  const feature = isObject(value) ? value : {};
  const properties = isObject(feature['properties']) ? feature['properties'] : {};
  const own = {
    ...(feature['id'] === undefined ? {} : { id: feature['id'] }),
    ...properties,
    geometry: feature['geometry'] ?? null,
  };
  return { at: line, cells: columns.map((name) => (own as Record<string, Json>)[name] ?? null) };
}
