// An XLSX workbook (ECMA-376) opened for reading: which part is which sheet, its shared texts, which of its number formats are days.
// Shared texts are held, for the format puts them apart from the cells; a sheet is only ever streamed.
import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import type { SaxesTagPlain } from 'saxes';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { broken } from './broken.ts';

/** Letters of all shared texts together. */
const MOST_LETTERS = 256 * 1024 * 1024;

export type Workbook = {
  readonly sheets: ReadonlyMap<string, string>;
  readonly texts: readonly string[];
  /** By number of a cell's style: its number is a day. */
  readonly days: readonly boolean[];
  /** Days count from 1904, as old ones of the Macintosh do. */
  readonly is1904: boolean;
  /** The XML of a part, in pieces. */
  part(name: string): AsyncIterable<string>;
  close(): void;
};

export async function openWorkbook(path: string, name: string): Promise<Workbook> {
  let zip: ZipFile;
  const entries = new Map<string, Entry>();
  try {
    zip = await openPromise(path, { autoClose: false, lazyEntries: true });
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  } catch {
    throw broken(name, 'not-xlsx');
  }
  const part = (file: string): AsyncIterable<string> => readPart(zip, entries.get(file), name);
  try {
    const { sheets, is1904 } = await readSheets(part);
    const texts = entries.has('xl/sharedStrings.xml') ? await readTexts(part, name) : [];
    const days = entries.has('xl/styles.xml') ? await readDays(part) : [];
    return { sheets, texts, days, is1904, part, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error instanceof Error && error.name === 'Refusal' ? error : broken(name, 'not-xlsx');
  }
}

type Part = Workbook['part'];

async function* readPart(zip: ZipFile, entry: Entry | undefined, name: string): AsyncGenerator<string> {
  if (entry === undefined) throw broken(name, 'not-xlsx');
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const piece of stream) yield decoder.decode(piece as Buffer, { stream: true });
}

/** A tag by its name without a prefix. */
export function localName(tag: { readonly name: string }): string {
  return tag.name.slice(tag.name.indexOf(':') + 1);
}

async function readTags(
  pieces: AsyncIterable<string>,
  onTag: (name: string, attributes: SaxesTagPlain['attributes']) => void,
): Promise<void> {
  const parser = new SaxesParser({});
  parser.on('opentag', (tag) => onTag(localName(tag), tag.attributes));
  for await (const piece of pieces) parser.write(piece);
  parser.close();
}

async function readSheets(part: Part): Promise<Pick<Workbook, 'sheets' | 'is1904'>> {
  const targets = new Map<string, string>();
  await readTags(part('xl/_rels/workbook.xml.rels'), (name, { Id = '', Target = '' }) => {
    if (name === 'Relationship') targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
  });
  const sheets = new Map<string, string>();
  let is1904 = false;
  await readTags(part('xl/workbook.xml'), (name, attributes) => {
    if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
    const target = name === 'sheet' ? targets.get(attributes['r:id'] ?? attributes['relationships:id'] ?? '') : undefined;
    if (target !== undefined) sheets.set(attributes['name'] ?? '', target);
  });
  return { sheets, is1904 };
}

/** Each text of its runs put together, without the reading aids of eastern scripts. */
async function readTexts(part: Part, name: string): Promise<readonly string[]> {
  const texts: string[] = [];
  const parser = new SaxesParser({});
  let [text, letters, isText, isAid] = ['', 0, false, false];
  parser.on('opentag', (tag) => {
    const at = localName(tag);
    if (at === 'si') text = '';
    else if (at === 'rPh') isAid = true;
    else if (at === 't') isText = !isAid;
  });
  parser.on('text', (piece) => {
    if (isText) text += piece;
  });
  parser.on('closetag', (tag) => {
    const at = localName(tag);
    if (at === 't') isText = false;
    else if (at === 'rPh') isAid = false;
    else if (at === 'si') {
      letters += text.length;
      texts.push(text);
    }
  });
  for await (const piece of part('xl/sharedStrings.xml')) {
    parser.write(piece);
    if (letters > MOST_LETTERS || text.length > MOST_LETTERS) throw broken(name, 'row-too-long');
  }
  parser.close();
  return texts;
}

/** Numbers of the formats that every workbook has for days and times. */
const isOwnDay = (format: number): boolean =>
  (format >= 14 && format <= 22) ||
  (format >= 27 && format <= 36) ||
  (format >= 45 && format <= 47) ||
  (format >= 50 && format <= 58);

async function readDays(part: Part): Promise<readonly boolean[]> {
  const formats = new Map<number, boolean>();
  const days: boolean[] = [];
  let isCell = false;
  await readTags(part('xl/styles.xml'), (name, attributes) => {
    const format = Number(attributes['numFmtId']);
    if (name === 'numFmt')
      formats.set(format, /[ymdhs]/i.test((attributes['formatCode'] ?? '').replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')));
    if (name === 'cellXfs') isCell = true;
    else if (name === 'cellStyles') isCell = false;
    else if (name === 'xf' && isCell) days.push(formats.get(format) ?? isOwnDay(format));
  });
  return days;
}
