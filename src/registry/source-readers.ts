// Reads the part of a source's configuration that says where its rows are. A secret written there is a fault: it is named, never given.
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { DATABASES, ENCODINGS } from './source.ts';
import type { DatabaseReader, RestReader, SourceReader } from './source.ts';
import { isIn, isWord } from './source-shape.ts';
import type { Tell } from './source-shape.ts';

const BY = ['csv', 'xlsx', 'geojson', ...DATABASES, 'rest'] as const;

/** What each reader may be told, besides `by`. */
const KNOWN: Readonly<Record<(typeof BY)[number], readonly string[]>> = {
  csv: ['file', 'delimiter', 'encoding'],
  xlsx: ['file', 'sheet', 'headerRow'],
  geojson: ['file'],
  postgres: ['host', 'port', 'database', 'user', 'passwordFrom', 'tls', 'table', 'query'],
  mysql: ['host', 'port', 'database', 'user', 'passwordFrom', 'tls', 'table', 'query'],
  sqlserver: ['host', 'port', 'database', 'user', 'passwordFrom', 'tls', 'table', 'query'],
  rest: ['url', 'rows', 'next', 'cursor', 'since', 'tokenFrom'],
};

export function readReader(yaml: Json | undefined, tell: Tell): SourceReader {
  const by = isObject(yaml) ? yaml['by'] : undefined;
  if (!isObject(yaml) || !isIn(BY, by)) {
    tell(
      'reader.by',
      ['معلوم نیست سطرها کجاست.', 'It is not said where its rows are.'],
      [`یکی از ${BY.join('، ')} بنویسید.`, `Write one of ${BY.join(', ')}.`],
    );
    return { by: 'geojson', file: '' };
  }
  const reader = by as (typeof BY)[number];
  for (const name of Object.keys(yaml).filter((one) => one !== 'by' && !KNOWN[reader].includes(one)))
    tellUnknown(name, reader, tell);
  switch (reader) {
    case 'csv': {
      const { delimiter = ',', encoding = 'utf-8' } = yaml;
      if (!isIn(ENCODINGS, encoding))
        tell(
          'reader.encoding',
          ['رمزگذاری شناخته نیست.', 'The encoding is not known.'],
          [`یکی از ${ENCODINGS.join('، ')} بنویسید.`, `Write one of ${ENCODINGS.join(', ')}.`],
        );
      const mark = typeof delimiter === 'string' ? delimiter : '';
      if (mark.length !== 1 || mark.charCodeAt(0) > 127 || '"\r\n'.includes(mark))
        tell(
          'reader.delimiter',
          ['جداکننده باید یک نویسهٔ سادهٔ لاتین باشد.', 'The delimiter must be one plain Latin character.'],
          [', یا ; یا \\t بنویسید.', 'Write , or ; or \\t.'],
        );
      return { by: reader, file: fileOf(yaml, tell), delimiter: mark, encoding: encoding as 'utf-8' };
    }
    case 'xlsx': {
      const { sheet, headerRow = 1 } = yaml;
      if (typeof headerRow !== 'number' || !Number.isInteger(headerRow) || headerRow < 1)
        tell(
          'reader.headerRow',
          ['شمارهٔ سطر عنوان‌ها درست نیست.', 'The row of the headings is not right.'],
          ['مانند 1 بنویسید.', 'Write one like 1.'],
        );
      return { by: reader, file: fileOf(yaml, tell), headerRow: Number(headerRow), ...(isWord(sheet) ? { sheet } : {}) };
    }
    case 'geojson':
      return { by: reader, file: fileOf(yaml, tell) };
    case 'rest':
      return readRest(yaml, tell);
    case 'postgres':
    case 'mysql':
    case 'sqlserver':
      return readDatabase(reader, yaml, tell);
  }
}

function tellUnknown(name: string, reader: string, tell: Tell): void {
  const isSecret = /^(?:password|token|secret|key)$/i.test(name);
  tell(
    `reader.${name}`,
    isSecret
      ? ['رمز نباید اینجا نوشته شود.', 'A secret must not be written here.']
      : [`«${name}» برای ${reader} شناخته نیست.`, `“${name}” is not known for ${reader}.`],
    isSecret
      ? [
          'نام متغیر محیطی آن را در passwordFrom یا tokenFrom بنویسید.',
          'Name its environment variable in passwordFrom or tokenFrom.',
        ]
      : ['نامش را درست کنید یا برش دارید.', 'Correct its name, or take it away.'],
  );
}

/** A path inside the folder of sources, as it is written; that it truly leads there is seen to when it is opened. */
function fileOf({ file }: JsonObject, tell: Tell): string {
  const isInside = isWord(file) && !file.startsWith('/') && !/(?:^|[/\\])\.\.(?:[/\\]|$)/.test(file) && !file.includes('\0');
  if (!isInside)
    tell(
      'reader.file',
      ['پرونده‌ای در پوشهٔ منبع‌ها نیست.', 'It is no file in the folder of sources.'],
      ['نام پرونده را بی .. بنویسید.', 'Write the file’s name, without .. in it.'],
    );
  return isInside ? file : '';
}

/** `schema.table` of plain names. */
const TABLE = /^[\p{L}_][\p{L}\p{N}_$]*(?:\.[\p{L}_][\p{L}\p{N}_$]*){0,2}$/u;

function readDatabase(by: DatabaseReader['by'], yaml: JsonObject, tell: Tell): DatabaseReader {
  const { host, port, database, user, passwordFrom, tls = true, table, query } = yaml;
  for (const [name, value] of Object.entries({ host, database, user }))
    if (!isWord(value))
      tell(`reader.${name}`, [`${name} نوشته نشده است.`, `${name} is not there.`], ['آن را بنویسید.', 'Write it.']);
  if (port !== undefined && !(typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536))
    tell(
      'reader.port',
      ['درگاه درست نیست.', 'The port is not right.'],
      ['عددی مانند 5432 بنویسید.', 'Write a number like 5432.'],
    );
  if (typeof tls !== 'boolean')
    tell('reader.tls', ['درست نیست.', 'It is not right.'], ['true یا false بنویسید.', 'Write true or false.']);
  const named = secretName('passwordFrom', passwordFrom, tell);
  if ((isWord(table) && TABLE.test(table)) === isWord(query))
    tell(
      'reader.table',
      ['جدول یا پرسش (یکی از این دو) نوشته نشده است.', 'There must be either a table or a query.'],
      ['table: schema.name یا query: select … بنویسید.', 'Write table: schema.name, or query: select ….'],
    );
  return {
    by,
    host: String(host),
    database: String(database),
    user: String(user),
    tls: tls !== false,
    from: isWord(query) ? { query: query.trim().replace(/;$/, '') } : { table: String(table) },
    ...(typeof port === 'number' ? { port } : {}),
    ...(named === undefined ? {} : { passwordFrom: named }),
  };
}

/** The name of an environment variable; such names are all that a secret has here. */
function secretName(place: string, value: Json | undefined, tell: Tell): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && /^[A-Z][A-Z0-9_]*$/.test(value)) return value;
  tell(
    `reader.${place}`,
    ['نام متغیر محیطی نیست.', 'It is not the name of an environment variable.'],
    ['نامی مانند CIVIL_REGISTRY_PASSWORD بنویسید.', 'Write a name like CIVIL_REGISTRY_PASSWORD.'],
  );
  return undefined;
}

function readRest(yaml: JsonObject, tell: Tell): RestReader {
  const { url, rows = '', next, cursor, since, tokenFrom } = yaml;
  if (!isWord(url) || !/^https?:\/\/[^\s/@]+(?:\/\S*)?$/.test(url))
    tell(
      'reader.url',
      ['نشانی درست نیست.', 'The address is not right.'],
      ['نشانی http یا https بی نام و رمز بنویسید.', 'Write an http or https address, without a name or password in it.'],
    );
  const isPointer = (value: Json | undefined): value is string => value === '' || (isWord(value) && value.startsWith('/'));
  if (!isPointer(rows))
    tell('reader.rows', ['JSON Pointer نیست.', 'It is no JSON Pointer.'], ['مانند /items بنویسید.', 'Write one like /items.']);
  if (next !== undefined && !isPointer(next))
    tell('reader.next', ['JSON Pointer نیست.', 'It is no JSON Pointer.'], ['مانند /next بنویسید.', 'Write one like /next.']);
  for (const [name, value] of Object.entries({ cursor, since }))
    if (value !== undefined && !isWord(value))
      tell(
        `reader.${name}`,
        ['نام پارامتر نیست.', 'It is no name of a parameter.'],
        ['نام پارامتر را بنویسید.', 'Write the parameter’s name.'],
      );
  const named = secretName('tokenFrom', tokenFrom, tell);
  return {
    by: 'rest',
    url: String(url),
    rows: String(rows),
    ...(isPointer(next) ? { next } : {}),
    ...(isWord(cursor) ? { cursor } : {}),
    ...(isWord(since) ? { since } : {}),
    ...(named === undefined ? {} : { tokenFrom: named }),
  };
}
