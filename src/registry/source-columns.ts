// Reads what the columns of a source mean: its key, the field and type of each column, and how much each is believed.
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { latinDigits, normalText } from '#base/persian.ts';
import { isIn, isPart, isWord, isWords } from './source-shape.ts';
import type { Tell } from './source-shape.ts';
import type { ColumnRule, SourceConfig } from './source.ts';
import { COLUMN_TYPES } from './source-values.ts';
import type { ColumnType } from './source-values.ts';

type Columns = Pick<SourceConfig, 'key' | 'columns' | 'ignored' | 'constants' | 'confidence'>;

export function readColumns(yaml: JsonObject, tell: Tell): Columns {
  const { key, columns, ignored = [], constants = {}, confidence = 0.5 } = yaml;
  const keys = isWord(key) ? [key] : key;
  if (!isWords(keys) || keys.length === 0)
    tell(
      'key',
      ['کلید ندارد.', 'There is no key.'],
      ['نام ستون یا ستون‌هایی را بنویسید که هر سطر را یگانه می‌کند.', 'Name the column, or columns, that make each row one.'],
    );
  if (!isWords(ignored))
    tell('ignored', ['فهرست ستون نیست.', 'It is no list of columns.'], ['نام ستون‌ها را بنویسید.', 'Write names of columns.']);
  if (!isObject(constants)) tell('constants', ['شیء نیست.', 'It is no object.'], ['فیلد: مقدار بنویسید.', 'Write field: value.']);
  if (!isPart(confidence))
    tell('confidence', ['عددی میان ۰ و ۱ نیست.', 'It is no number from 0 to 1.'], ['مانند 0.9 بنویسید.', 'Write one like 0.9.']);
  const given = isObject(columns) ? Object.entries(columns) : [];
  if (given.length === 0)
    tell('columns', ['ستونی ندارد.', 'It has no column.'], ['ستون: { field, type } بنویسید.', 'Write column: { field, type }.']);
  const rated: { [field: string]: number } = { '*': Number(confidence) };
  const rules = given.map(([column, rule]) => readColumn(column, rule, { tell, rated }));
  const fields = rules.map((one) => one.field);
  for (const twice of fields.filter((one, at) => fields.indexOf(one) !== at || (isObject(constants) && one in constants)))
    tell(
      'columns',
      [`فیلد «${twice}» دو بار آمده است.`, `The field “${twice}” is there twice.`],
      ['هر فیلد از یک ستون می‌آید.', 'Each field comes of one column.'],
    );
  return {
    key: isWords(keys) ? keys : [],
    columns: rules,
    ignored: isWords(ignored) ? ignored : [],
    constants: isObject(constants) ? constants : {},
    confidence: rated,
  };
}

type Rating = { readonly tell: Tell; readonly rated: { [field: string]: number } };

function readColumn(column: string, rule: Json, { tell, rated }: Rating): ColumnRule {
  const place = `columns.${column}`;
  const { field, type, required = false, confidence, values } = isObject(rule) ? rule : {};
  if (typeof field !== 'string' || !/^[a-z][A-Za-z0-9]*$/.test(field))
    tell(
      `${place}.field`,
      ['نام فیلد درست نیست.', 'The field’s name is not right.'],
      ['نامی مانند nationalId بنویسید.', 'Write a name like nationalId.'],
    );
  if (!isIn(COLUMN_TYPES, type))
    tell(
      `${place}.type`,
      ['نوع ستون شناخته نیست.', 'The column’s type is not known.'],
      [`یکی از ${COLUMN_TYPES.join('، ')} بنویسید.`, `Write one of ${COLUMN_TYPES.join(', ')}.`],
    );
  if (typeof required !== 'boolean')
    tell(`${place}.required`, ['درست نیست.', 'It is not right.'], ['true یا false بنویسید.', 'Write true or false.']);
  if (confidence !== undefined) {
    if (isPart(confidence)) rated[String(field)] = confidence;
    else
      tell(
        `${place}.confidence`,
        ['عددی میان ۰ و ۱ نیست.', 'It is no number from 0 to 1.'],
        ['مانند 0.9 بنویسید.', 'Write one like 0.9.'],
      );
  }
  if (values !== undefined && !isObject(values))
    tell(`${place}.values`, ['شیء نیست.', 'It is no object.'], ['کد: معنا بنویسید.', 'Write code: meaning.']);
  const listed = isObject(values)
    ? { values: Object.fromEntries(Object.entries(values).map(([code, value]) => [latinDigits(normalText(code)), value])) }
    : {};
  return { column, field: String(field), type: type as ColumnType, required: required === true, ...listed };
}
