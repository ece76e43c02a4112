// A form from a JSON Schema object of plain members, what was typed into it as JSON, and an answer shown by it. Judges nothing: the road does.
import type { JSX } from 'preact';
import { normalText, typedNumber } from '#base/persian.ts';
import type { Instant } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import { textIn } from '#portal/fee.tsx';
import { textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import type { PageError } from '#portal/ui/errors.tsx';
import { Radios, Select } from '#portal/ui/choices.tsx';
import { NumberInput, TextArea, TextInput } from '#portal/ui/inputs.tsx';
import { datePartNames, JalaliDate } from '#portal/ui/date-input.tsx';
import { dateText } from '#portal/ui/format.ts';
import { numberText, plainNumberText } from '#portal/ui/numbers.ts';
import { UserText } from '#portal/ui/show.tsx';
import { typedAs } from '#work/views/typed.ts';
import type { Errors } from './again.ts';
import { words } from './words.ts';

export type Member = {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'number' | 'truth' | 'list' | 'choice' | 'date';
  readonly isRequired: boolean;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  /** Several lines are typed. */
  readonly isLong: boolean;
  /** Digits and signs, left to right. */
  readonly isCode: boolean;
  /** How what is typed is read (work/views/typed.ts), and what is shown. */
  readonly format?: string;
};

/** A text of more than these characters is typed in several lines. */
const LONG = 200;

export function membersOf(schema: JsonObject, language: Language): readonly Member[] {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? (schema['required'] as readonly Json[]) : [];
  return Object.entries(properties).flatMap(([name, one]) => {
    if (!isObject(one)) return [];
    const choices = choicesOf(one, language);
    const label = typeof one['title'] === 'string' ? textIn(one['title'], language) : name;
    const isLong = typeof one['maxLength'] === 'number' && one['maxLength'] > LONG;
    const isCode = one['pattern'] !== undefined || one['format'] !== undefined;
    const format = formatOf(one);
    const kind = kindOf(one, choices);
    return [{ name, label, kind, isRequired: required.includes(name), choices, isLong, isCode, ...(format && { format }) }];
  });
}

/** For the head of the page, where a fault stands far from its member: each with the member's title. */
export function listedErrors(members: readonly Member[], errors: Errors): readonly PageError[] {
  return Object.entries(errors).map(([name, message]) => {
    const member = members.find((one) => one.name === name);
    return member ? { message: `${member.label}: ${message}`, field: fieldId(`m-${name}`) } : { message, field: fieldId(name) };
  });
}

/** Its own, or that of each item. */
function formatOf({ format, items }: JsonObject): string | undefined {
  const named = format ?? (isObject(items) ? items['format'] : undefined);
  return typeof named === 'string' ? named : undefined;
}

/** Words of a list: an `enum` as they stand, or each `const` of a `oneOf` with its title. */
function choicesOf(schema: JsonObject, language: Language): Member['choices'] {
  const { enum: plain, oneOf } = schema;
  const texts = Array.isArray(plain) ? plain.filter((value) => typeof value === 'string') : [];
  const titled = Array.isArray(oneOf) ? (oneOf as readonly Json[]).filter(isObject) : [];
  return [
    ...texts.map((value) => ({ value, label: value })),
    ...titled.flatMap((one) =>
      typeof one['const'] === 'string' ? [{ value: one['const'], label: textIn(one['title'] ?? one['const'], language) }] : [],
    ),
  ];
}

function kindOf(schema: JsonObject, choices: Member['choices']): Member['kind'] {
  const types = new Set([schema['type']].flat());
  if (choices.length > 0) return 'choice';
  if (schema['format'] === 'date') return 'date';
  if (types.has('boolean')) return 'truth';
  if (types.has('integer') || types.has('number')) return 'number';
  return types.has('array') ? 'list' : 'text';
}

/** As typed, to be shown again. */
export function typedTexts(members: readonly Member[], body: PageRequest['body']): { readonly [name: string]: string } {
  return Object.fromEntries(members.map((member) => [member.name, typedText(member, body)]));
}

/** A draft as if it had been typed. */
export function draftTexts(draft: JsonObject = {}): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(draft).map(([name, value]) => [name, [value].flat().map(String).join('، ')]));
}

/** Of a date the three parts, `1405--3` while one is missing. */
function typedText({ name, kind }: Member, body: PageRequest['body']): string {
  if (kind !== 'date') return textOf(body, `m-${name}`);
  const names = datePartNames(`m-${name}`);
  const parts = [names.year, names.month, names.day].map((one) => textOf(body, one).trim());
  return parts.some((one) => one !== '') ? parts.join('-') : '';
}

/** What was typed, by the schema's kinds; members left empty are left out. Digits of any script are read. */
export function typedValue(members: readonly Member[], body: PageRequest['body']): JsonObject {
  const pairs = members.flatMap((member): [string, Json][] => {
    const { name, kind, format } = member;
    const text = normalText(typedText(member, body)).trim();
    if (text === '') return [];
    switch (kind) {
      case 'truth':
        return [[name, text === 'true']];
      case 'number':
        return [[name, numberOf(text)]];
      case 'list':
        return [[name, text.split(/[,،]/).map((one) => numberOf(one.trim()))]];
      case 'text':
      case 'choice':
      case 'date':
        return [[name, typedAs(format, typedNumber(text) === '' ? text : latin(text))]];
    }
  });
  return Object.fromEntries(pairs);
}

/** A code typed in Persian digits is the same code. */
function latin(text: string): string {
  return text.replace(/[۰-۹٠-٩]/g, (digit) => String('۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩'.indexOf(digit) % 10));
}

function numberOf(text: string): Json {
  const digits = typedNumber(text);
  return digits !== '' && Number.isFinite(Number(digits)) ? Number(digits) : text;
}

export type SchemaFieldsProps = {
  readonly language: Language;
  readonly members: readonly Member[];
  readonly typed: { readonly [name: string]: string };
  readonly errors: { readonly [name: string]: string };
};

export function SchemaFields({ language, members, typed, errors }: SchemaFieldsProps): JSX.Element {
  return (
    <>
      {members.map((member) => (
        <SchemaField
          key={member.name}
          language={language}
          member={member}
          value={typed[member.name]}
          error={errors[member.name]}
        />
      ))}
    </>
  );
}

type FieldOf = {
  readonly language: Language;
  readonly member: Member;
  readonly value: string | undefined;
  readonly error: string | undefined;
};

function SchemaField({ language, member, value, error }: FieldOf): JSX.Element {
  const { name, label, kind, isRequired, choices, isLong, isCode } = member;
  const field = { language, name: `m-${name}`, label, value, error, required: isRequired };
  switch (kind) {
    case 'truth':
      return (
        <Radios
          {...field}
          inline
          options={[
            { value: 'true', label: words(language, 'yes') },
            { value: 'false', label: words(language, 'no') },
          ]}
        />
      );
    case 'number':
      return <NumberInput {...field} />;
    case 'date':
      return <JalaliDate {...field} />;
    case 'choice':
      return <Select {...field} options={choices} />;
    case 'list':
      return <TextInput {...field} hint={words(language, 'list-hint')} content="code" />;
    case 'text':
      if (isLong) return <TextArea {...field} rows={3} />;
      return <TextInput {...field} content={isCode ? 'code' : 'text'} />;
  }
}

/** A value by its schema, member by member, in the reader's words. */
export function SchemaValue({
  language,
  schema,
  value,
}: {
  readonly language: Language;
  readonly schema: JsonObject;
  readonly value: JsonObject;
}): JSX.Element {
  return (
    <SummaryList
      language={language}
      rows={partsOf(language, schema, value).map(({ label, text }) => ({ label, value: <UserText>{text}</UserText> }))}
    />
  );
}

/** A value by its schema, in one line. */
export function lineOf(language: Language, schema: JsonObject, value: JsonObject): string {
  return partsOf(language, schema, value)
    .map((one) => one.text)
    .join(' · ');
}

/** The members of which a value says something, each with its label and what it says. */
export function partsOf(
  language: Language,
  schema: JsonObject,
  value: JsonObject,
): readonly { readonly label: string; readonly text: string }[] {
  return membersOf(schema, language)
    .filter(({ name }) => Object.hasOwn(value, name) && value[name] !== null)
    .map(({ name, label, choices, format }) => {
      const one = value[name] ?? null;
      return { label, text: choices.find((choice) => choice.value === one)?.label ?? shown(language, one, format) };
    });
}

function shown(language: Language, value: Json, format?: string): string {
  if (value === null) return words(language, 'unknown');
  if (format === 'year' && typeof value === 'number') return plainNumberText(language, value);
  if (format === 'date' && typeof value === 'string') return dateText(language, `${value}T12:00:00.000Z` as Instant);
  if (typeof value === 'boolean') return words(language, value ? 'yes' : 'no');
  if (typeof value === 'number') return numberText(language, value);
  if (Array.isArray(value))
    return (value as readonly Json[]).map((one) => shown(language, one, format)).join(language === 'fa' ? '، ' : ', ') || '—';
  return typeof value === 'string' ? textIn(value, language) : JSON.stringify(value);
}
