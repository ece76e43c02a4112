// Reads the configuration of a source from its YAML. Lists every fault with its place and how to mend it; never throws for what was written.
import { parse } from 'yaml';
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import { readReader } from './source-readers.ts';
import { readColumns } from './source-columns.ts';
import { faultsOf, isIn, isPart, isText, isWord } from './source-shape.ts';
import type { Tell } from './source-shape.ts';
import type { SourceConfig } from './source.ts';
import { DAY_TYPES, readInstant } from './source-values.ts';
import type { DayType } from './source-values.ts';
import { KINDS } from './types.ts';
import type { Kind } from './types.ts';

/** `config` is absent where any finding is an error. */
export type ReadSource = { readonly config?: SourceConfig; readonly findings: readonly Finding[] };

const KNOWN = [
  'id',
  'kind',
  'owner',
  'title',
  'sample',
  'reader',
  'key',
  'asOf',
  'mode',
  'mark',
  'columns',
  'ignored',
  'constants',
  'confidence',
  'freshDays',
  'mostGone',
] as const;

/** `units`: those that there are, where the caller knows them. */
export function readSource(text: string, file: string, units?: ReadonlySet<string>): ReadSource {
  const { findings, tell } = faultsOf(file);
  let yaml: Json;
  try {
    yaml = parse(text, { maxAliasCount: 50 }) as Json;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    tell('', [`YAML خوانده نمی‌شود: ${why}`, `The YAML cannot be read: ${why}`], ['آن را درست کنید.', 'Correct it.']);
    return { findings };
  }
  if (!isObject(yaml)) {
    tell(
      '',
      ['پیکربندی منبع نیست.', 'This is no configuration of a source.'],
      ['id، kind، owner … بنویسید.', 'Write id, kind, owner …'],
    );
    return { findings };
  }
  for (const name of Object.keys(yaml).filter((one) => !isIn(KNOWN, one)))
    tell(
      name,
      [`«${name}» شناخته نیست.`, `“${name}” is not known.`],
      ['نامش را درست کنید یا برش دارید.', 'Correct its name, or take it away.'],
    );
  const config: SourceConfig = {
    ...readHead(yaml, tell, units),
    reader: readReader(yaml['reader'], tell),
    ...readTimes(yaml, tell),
    ...readColumns(yaml, tell),
    ...readPolicy(yaml, tell),
  };
  checkTies(config, tell);
  return findings.length > 0 ? { findings } : { config, findings };
}

type Head = Pick<SourceConfig, 'id' | 'kind' | 'owner' | 'title' | 'sample'>;

function readHead(yaml: JsonObject, tell: Tell, units: ReadonlySet<string> | undefined): Head {
  const { id, kind, owner, title, sample = false } = yaml;
  if (typeof id !== 'string' || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    tell(
      'id',
      ['شناسهٔ منبع درست نیست.', 'The source’s id is not right.'],
      ['حروف کوچک و خط تیره بنویسید.', 'Write a kebab-case id.'],
    );
  if (!isIn(KINDS, kind))
    tell(
      'kind',
      ['گونهٔ رکوردها شناخته نیست.', 'The kind of its records is not known.'],
      [`یکی از ${KINDS.join('، ')} بنویسید.`, `Write one of ${KINDS.join(', ')}.`],
    );
  if (!isWord(owner) || units?.has(owner) === false)
    tell(
      'owner',
      ['واحد مالک منبع شناخته نیست.', 'The owner is no known unit.'],
      ['شناسهٔ واحدی را بنویسید که پاسخگوی این منبع است.', 'Write the id of the unit that answers for this source.'],
    );
  if (!isText(title))
    tell(
      'title',
      ['عنوان به دو زبان نیست.', 'The title is not in both languages.'],
      ['{ fa, en } بنویسید.', 'Write { fa, en }.'],
    );
  if (typeof sample !== 'boolean')
    tell('sample', ['درست نیست.', 'It is not right.'], ['true یا false بنویسید.', 'Write true or false.']);
  return {
    id: String(id),
    kind: kind as Kind,
    owner: String(owner),
    title: title as unknown as Text,
    sample: sample === true,
  };
}

type Times = Pick<SourceConfig, 'asOf' | 'mode' | 'mark'>;

function readTimes(yaml: JsonObject, tell: Tell): Times {
  const { asOf, mode = 'full', mark } = yaml;
  if (mode !== 'full' && mode !== 'incremental')
    tell(
      'mode',
      ['شیوهٔ بارگذاری شناخته نیست.', 'The mode is not known.'],
      ['full یا incremental بنویسید.', 'Write full or incremental.'],
    );
  if (mark !== undefined && !isWord(mark))
    tell('mark', ['نشانه درست نیست.', 'The mark is not right.'], ['نام یک ستون بنویسید.', 'Write the name of a column.']);
  if (mode === 'incremental' && mark === undefined)
    tell(
      'mark',
      ['بارگذاری افزایشی بی‌نشانه نمی‌شود.', 'An incremental load needs a mark.'],
      ['ستونی را بنویسید که با هر تغییر بزرگ‌تر می‌شود.', 'Name the column that grows with every change.'],
    );
  return {
    asOf: readAsOf(asOf, tell),
    mode: mode === 'incremental' ? mode : 'full',
    ...(isWord(mark) ? { mark } : {}),
  };
}

function readAsOf(asOf: Json | undefined, tell: Tell): SourceConfig['asOf'] {
  if (isObject(asOf) && isWord(asOf['column']) && isIn(DAY_TYPES, asOf['type']))
    return { column: asOf['column'], type: asOf['type'] as DayType };
  const at = typeof asOf === 'string' ? readInstant('instant', asOf) : undefined;
  if (at !== undefined) return { at };
  tell(
    'asOf',
    ['معلوم نیست داده‌ها مربوط به چه روزی است.', 'It is not said of which day the data holds.'],
    [
      `روزی مانند 2026-10-01، یا { column, type } با یکی از ${DAY_TYPES.join('، ')} بنویسید.`,
      `Write a day like 2026-10-01, or { column, type } with one of ${DAY_TYPES.join(', ')}.`,
    ],
  );
  return { column: '', type: 'instant' };
}

function readPolicy(yaml: JsonObject, tell: Tell): Pick<SourceConfig, 'freshDays' | 'mostGone'> {
  const { freshDays = 365, mostGone = 0.2 } = yaml;
  if (typeof freshDays !== 'number' || !(freshDays > 0))
    tell('freshDays', ['شمار روز نیست.', 'It is no number of days.'], ['مانند 365 بنویسید.', 'Write one like 365.']);
  if (!isPart(mostGone))
    tell('mostGone', ['عددی میان ۰ و ۱ نیست.', 'It is no number from 0 to 1.'], ['مانند 0.2 بنویسید.', 'Write one like 0.2.']);
  return { freshDays: Number(freshDays), mostGone: Number(mostGone) };
}

/** Reading row after row and beginning again where it was needs an order that the source can give. */
function checkTies({ reader, mode, columns, ignored }: SourceConfig, tell: Tell): void {
  if (reader.by === 'rest' && mode === 'incremental' && reader.since === undefined)
    tell(
      'reader.since',
      ['معلوم نیست نشانه را با چه پارامتری بپرسیم.', 'It is not said by which parameter the mark is asked.'],
      ['نام پارامتر را بنویسید.', 'Write the parameter’s name.'],
    );
  for (const { column } of columns.filter((one) => ignored.includes(one.column)))
    tell(
      'ignored',
      [`ستون «${column}» هم به کار می‌آید و هم نمی‌آید.`, `The column “${column}” is both used and ignored.`],
      ['یکی را بردارید.', 'Take one away.'],
    );
}
