// A CSV file as a source: read in pieces, whole records at a time, from any record on.
// A position names the byte, the line, and the hash of all before: a file that was mended there goes on there, another one begins anew.
import type { Hash } from 'node:crypto';
import type { CsvReader } from '#registry/source.ts';
import type { OpenSource, SourceChunk, SourcePosition } from '#work/registry/source-port.ts';
import { broken } from './broken.ts';
import { readRecords } from './csv-rows.ts';
import type { Records } from './csv-rows.ts';
import { openSourceFile } from './file.ts';
import type { SourceFile } from './file.ts';

/** Longer than any row: a quote that is never closed would hold the rest of the file. */
const LONGEST_ROW = 1024 * 1024;
const BOM = '\uFEFF';

export async function openCsv(reader: CsvReader, folder: string): Promise<OpenSource> {
  const file = await openSourceFile(folder, reader.file);
  const place = (line: number): string => `${file.name}:${line}`;
  const header = await readHeader(file, reader, place);
  return {
    columns: header.columns,
    place,
    async mayGoOn(from) {
      return (await file.hashUpTo(Number(from['byte'])))?.copy().digest('hex') === from['sha256'];
    },
    async *read(from) {
      const start = from === undefined ? header : { byte: Number(from['byte']), line: Number(from['line']) };
      const hash = await file.hashUpTo(start.byte);
      if (hash !== undefined) yield* readFrom({ file, reader, place, width: header.columns.length, hash }, start);
    },
    close: () => Promise.resolve(),
  };
}

type Place = { readonly byte: number; readonly line: number };

async function readHeader(
  file: SourceFile,
  reader: CsvReader,
  place: (line: number) => string,
): Promise<Place & { readonly columns: readonly string[] }> {
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of file.pieces(0)) {
    held = Buffer.concat([held, piece]);
    const end = held.indexOf(10);
    if (end < 0 && held.length < Math.min(file.size, LONGEST_ROW)) continue;
    const bytes = held.subarray(0, end < 0 ? held.length : end + 1);
    const text = decode(bytes, reader);
    const { records, fault } = readRecords(text.startsWith(BOM) ? text.slice(1) : text, reader.delimiter, 1);
    const columns = records[0]?.cells.map((one) => one.trim());
    if (fault !== undefined || columns === undefined || columns.some((one) => one === '')) break;
    const twice = columns.find((one, at) => columns.indexOf(one) !== at);
    if (twice !== undefined) throw broken(place(1), 'column-twice', { column: twice });
    return { byte: bytes.length, line: 2, columns };
  }
  throw broken(place(1), 'no-header');
}

/** '' for what is not in its encoding. */
function decode(bytes: Uint8Array, { encoding }: CsvReader): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return '';
  }
}

type Reading = {
  readonly file: SourceFile;
  readonly reader: CsvReader;
  readonly place: (line: number) => string;
  readonly width: number;
  readonly hash: Hash;
};

async function* readFrom(reading: Reading, start: Place): AsyncGenerator<SourceChunk> {
  const { file, place } = reading;
  let at = start;
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of file.pieces(start.byte)) {
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    const end = held.lastIndexOf(10) + 1;
    const taken = end === 0 ? undefined : take(reading, held.subarray(0, end), at);
    if (taken !== undefined) {
      if (taken.chunk.rows.length > 0 || taken.fault === undefined) yield taken.chunk;
      if (taken.fault !== undefined) throw broken(place(taken.fault.line), taken.fault.fault);
      held = held.subarray(taken.place.byte - at.byte);
      at = taken.place;
    }
    if (held.length > LONGEST_ROW) throw broken(place(at.line), held.includes(34) ? 'quote-open' : 'row-too-long');
  }
  if (held.length > 0) yield* takeLast(reading, held, at);
}

/** A file may end without a line feed, but not in the middle of a row. */
function* takeLast(reading: Reading, held: Buffer, at: Place): Generator<SourceChunk> {
  const { chunk, fault, place } = take(reading, held, at);
  const last = chunk.rows.at(-1);
  const isShort = held.at(-1) !== 10 && last !== undefined && last.cells.length < reading.width;
  if (place.byte < reading.file.size && fault === undefined) throw broken(reading.place(place.line), 'quote-open');
  if (isShort) {
    const before = beforeLast(reading, held, at);
    if (before !== undefined) yield before;
    throw broken(reading.place(last.at), 'cut-off');
  }
  yield chunk;
  if (fault !== undefined) throw broken(reading.place(fault.line), fault.fault);
}

function beforeLast(reading: Reading, held: Buffer, at: Place): SourceChunk | undefined {
  const end = held.subarray(0, -1).lastIndexOf(10) + 1;
  return end === 0 ? undefined : take(reading, held.subarray(0, end), at).chunk;
}

type Taken = { readonly chunk: SourceChunk; readonly place: Place; readonly fault: Records['fault'] };

/** The whole records of these bytes, up to a fault where there is one. */
function take(reading: Reading, bytes: Buffer, at: Place): Taken {
  const { reader, file, hash } = reading;
  const text = decode(bytes, reader);
  const good = text === '' ? decodable(bytes, reader) : { text, length: bytes.length };
  const { records, length, line, fault } = readRecords(good.text, reader.delimiter, at.line);
  const read = length === good.text.length ? good.length : byteLength(good.text.slice(0, length), reader);
  const isCoded = good.length === bytes.length;
  hash.update(bytes.subarray(0, read));
  const place = { byte: at.byte + read, line };
  const position: SourcePosition = { ...place, sha256: hash.copy().digest('hex') };
  return {
    chunk: { rows: records.map((one) => ({ at: one.line, cells: one.cells })), position, done: place.byte / file.size },
    place,
    fault: fault ?? (isCoded ? undefined : { line, fault: 'not-utf-8' }),
  };
}

function byteLength(text: string, { encoding }: CsvReader): number {
  return encoding === 'utf-8' ? Buffer.byteLength(text) : text.length;
}

/** The lines before the first that cannot be decoded. */
function decodable(bytes: Buffer, reader: CsvReader): { readonly text: string; readonly length: number } {
  let [text, from] = ['', 0];
  while (from < bytes.length) {
    const feed = bytes.indexOf(10, from);
    const end = feed < 0 ? bytes.length : feed + 1;
    const line = decode(bytes.subarray(from, end), reader);
    if (line === '') break;
    text += line;
    from = end;
  }
  return { text, length: from };
}
