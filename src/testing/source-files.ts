// Files of sources for tests: a folder that goes away, a reader's rows in one list, and a small XLSX workbook written by hand.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { Refusal } from '#base/refusal.ts';
import type { OpenSource, SourcePosition, SourceRow } from '#work/registry/source-port.ts';

export async function withFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dargah-sources-'));
  try {
    await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export type AllRead = {
  readonly rows: readonly SourceRow[];
  readonly positions: readonly SourcePosition[];
  readonly refusal: Refusal | undefined;
};

/** Every row that came before the end, or before the source broke. */
export async function readAll(source: OpenSource, from?: SourcePosition): Promise<AllRead> {
  const rows: SourceRow[] = [];
  const positions: SourcePosition[] = [];
  try {
    for await (const chunk of source.read(from)) {
      rows.push(...chunk.rows);
      positions.push(chunk.position);
    }
  } catch (error) {
    if (error instanceof Refusal) return { rows, positions, refusal: error };
    throw error;
  }
  return { rows, positions, refusal: undefined };
}

/** An XLSX workbook of one sheet: its cells as XML, its shared texts, its number formats by style. */
export function workbook({ rows, texts = [], formats = [] }: Workbook): Buffer {
  const xml = (body: string): string => `<?xml version="1.0" encoding="UTF-8"?>${body}`;
  return zip({
    'xl/workbook.xml': xml(
      '<workbook xmlns:r="r"><sheets><sheet name="Empty" sheetId="1" r:id="rId2"/><sheet name="ناظران" sheetId="2" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': xml(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
    ),
    'xl/sharedStrings.xml': xml(`<sst>${texts.map((one) => `<si><t>${one}</t></si>`).join('')}</sst>`),
    'xl/styles.xml': xml(
      `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><cellXfs>${formats
        .map((one) => `<xf numFmtId="${one}"/>`)
        .join('')}</cellXfs></styleSheet>`,
    ),
    'xl/worksheets/sheet1.xml': xml(`<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`),
    'xl/worksheets/sheet2.xml': xml('<worksheet><sheetData/></worksheet>'),
  });
}
type Workbook = {
  readonly rows: readonly string[];
  readonly texts?: readonly string[];
  readonly formats?: readonly number[];
};

/** A zip of files that are stored as they are. */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const [bodies, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, body] = [Buffer.from(name), Buffer.from(text)];
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(body), 10);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(body.length, 18);
    common.writeUInt16LE(path.length, 22);
    bodies.push(Buffer.from('PK\x03\x04'), common, path, body);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, end, path);
    offset += 4 + common.length + path.length + body.length;
  }
  const entries = Buffer.concat(directory);
  const tail = Buffer.alloc(18);
  tail.writeUInt16LE(Object.keys(files).length, 4);
  tail.writeUInt16LE(Object.keys(files).length, 6);
  tail.writeUInt32LE(entries.length, 8);
  tail.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, entries, Buffer.from('PK\x05\x06'), tail]);
}
