// Once only: what registers say for the fields of an application, so that people are not asked it. Whose record a value is taken from, and to whom
// it may be shown, is decided here alone: the applicant's own record, or a record that names them as its owner. Never believes a browser's copy.
import { canonical, isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Instant } from '#base/instant.ts';
import { boundMember, REGISTERS } from '#catalog/registers.ts';
import type { Answers, Field, Form, Validated } from '#forms/types.ts';
import { validateAnswers } from '#forms/validate.ts';
import { visibleFields } from '#forms/visible.ts';
import { registerKey } from './registers.ts';

/** Where one value of a register comes from. `record` is the source's own, `source/key`. */
export type Provenance = { readonly source: string; readonly asOf: Instant; readonly record?: string };

/** A record as a register gives it, with the open disputes of its fields. */
export type RegisterRecord = Provenance & {
  readonly body: JsonObject;
  readonly provenance?: { readonly [member: string]: Provenance | undefined };
  readonly disputes?: { readonly [member: string]: string | undefined };
};

/** Register → key → its record, or null where the register has none. What was not looked up is not there. */
export type Held = { readonly [register: string]: { readonly [key: string]: RegisterRecord | null } };

export type Origin = Provenance & {
  readonly register: string;
  readonly member: string;
  readonly key: string;
  /** The open dispute about it. */
  readonly disputed?: string;
};

/** Where an answer comes from: a register, or the applicant, who may have said otherwise than the register. */
export type AnswerSource =
  ({ readonly from: 'register' } & Origin) | { readonly from: 'applicant'; readonly against?: { readonly value: Json } & Origin };

/**
 * How a bound field stands: known — taken from the register; asked — the register has no value, or the law lets the applicant say;
 * waiting — its key was not typed, or not looked up; withheld — the record is not theirs; unsuited — people of their kind have no such record.
 */
export type Standing =
  | { readonly is: 'known'; readonly value: Json; readonly origin: Origin }
  | { readonly is: 'asked' | 'waiting' | 'withheld' | 'unsuited' };
export type Standings = ReadonlyMap<string, Standing>;

/** Who applies, as far as registers know people. */
type Applicant = { readonly kind: 'citizen' | 'business'; readonly nationalId: string };
type Applying = { readonly applicant: Applicant; readonly answers: JsonObject };

function boundFields(form: Form): readonly Field[] {
  return form.pages.flatMap((page) => page.fields).filter((one) => one.from !== undefined || one.by !== undefined);
}

/** A person's own records are those of people, a company's that of companies. */
function suits(register: string, { kind }: Applicant): boolean {
  return (register === 'business') === (kind === 'business');
}

/** Whose record the field is taken from; undefined where its key was not typed yet, null where there can be none. */
function recordOf(field: Field, { applicant, answers }: Applying) {
  const bound = boundMember(field.register ?? '');
  if (!bound) return null;
  if (field.from === 'applicant') return suits(bound.register, applicant) ? { ...bound, key: applicant.nationalId } : null;
  const typed = answers[field.by ?? ''];
  const key = typeof typed === 'string' ? registerKey(bound, typed) : undefined;
  return key === undefined ? undefined : { ...bound, key };
}

/** The records to look up for an application with these answers. */
export function wantedRecords(
  form: Form,
  applying: Applying,
): readonly { readonly register: string; readonly key: string; readonly isTyped: boolean }[] {
  const wanted = boundFields(form).flatMap((field) => {
    const record = recordOf(field, applying);
    return record ? [[`${record.register} ${record.key}`, { ...record, isTyped: field.by !== undefined }] as const] : [];
  });
  return [...new Map(wanted).values()].map(({ register, key, isTyped }) => ({ register, key, isTyped }));
}

/** How each bound field stands for this applicant. */
export function standings(form: Form, applying: Applying & { readonly held: Held }): Standings {
  return new Map(boundFields(form).map((field) => [field.key, standing(field, applying)]));
}

function standing(field: Field, applying: Applying & { readonly held: Held }): Standing {
  const wanted = recordOf(field, applying);
  if (wanted === null) return { is: 'unsuited' };
  const record = wanted && applying.held[wanted.register]?.[wanted.key];
  if (!wanted || record === undefined) return { is: 'waiting' };
  // A key that nobody has and a key of somebody else look alike: a form answers no questions about other people's records.
  if (field.by !== undefined && !isOwn(wanted.register, record, applying.applicant))
    return { is: wanted.isOwner || field.mayDiffer !== undefined ? 'asked' : 'withheld' };
  const value = record?.body[wanted.member];
  if (!record || value === undefined || value === null || value === '') return { is: 'asked' };
  return { is: 'known', value, origin: originOf(record, wanted) };
}

/** The record names the applicant as its owner. */
export function isOwn(register: string, record: RegisterRecord | null, { nationalId }: Pick<Applicant, 'nationalId'>): boolean {
  const owner = REGISTERS[register]?.owner;
  return owner !== undefined && record?.body[owner] === nationalId;
}

function originOf(
  record: RegisterRecord,
  { register, member, key }: { readonly register: string; readonly member: string; readonly key: string },
): Origin {
  const { source, asOf, record: id } = record.provenance?.[member] ?? record;
  const disputed = record.disputes?.[member];
  return {
    register,
    member,
    key,
    source,
    asOf,
    ...(id !== undefined && { record: id }),
    ...(disputed !== undefined && { disputed }),
  };
}

/** A register's value as a person would type it. */
export function asTyped(value: Json): Json {
  return isObject(value) && typeof value['fa'] === 'string' ? value['fa'] : value;
}

export type Stated = Validated & { readonly sources: { readonly [field: string]: AnswerSource } };

type Judging = { readonly standings: Standings; readonly page?: string; readonly today?: string };

/** What the applicant answered where they are asked, with what registers say where they are not; each with where it comes from. A page gives its own answers alone. */
export function statedAnswers(form: Form, raw: JsonObject, { standings: all, page, today }: Judging): Stated {
  const asked = form.pages
    .flatMap((one) => one.fields)
    .filter(({ key, mayDiffer }) => isAsked(all.get(key), mayDiffer !== undefined))
    .map((one) => one.key);
  const knowns = [...all].flatMap(([key, one]) => (one.is === 'known' ? [[key, one] as const] : []));
  const given = Object.fromEntries(asked.flatMap((key) => (raw[key] === undefined ? [] : [[key, raw[key]] as const])));
  // Three boxes of a date come under names of their own.
  const parts = Object.entries(raw).filter(([name]) => !all.has(name) && !Object.hasOwn(given, name));
  const filled = {
    ...Object.fromEntries(knowns.map(([key, { value }]) => [key, asTyped(value)])),
    ...Object.fromEntries(parts),
    ...given,
  };
  const known = Object.fromEntries(knowns.filter(([key]) => !asked.includes(key)).map(([key, { value }]) => [key, value]));
  const { answers, faults } = validateAnswers(form, filled, {
    only: asked,
    known,
    ...(today !== undefined && { today }),
    ...(page !== undefined && { page }),
  });
  if (page !== undefined) return { answers, faults, sources: {} };
  const whole = Object.fromEntries(
    visibleFields(form, { ...known, ...answers }).flatMap(({ key }) => {
      const value = answers[key] ?? known[key];
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
  return { answers: whole, faults, sources: sourcesOf(whole, all) };
}

/** Asked are fields of no register, those it has no value for, and those that may differ. */
export function isAsked(standing: Standing | undefined, mayDiffer: boolean): boolean {
  return standing === undefined || standing.is === 'asked' || (standing.is === 'known' && mayDiffer);
}

function sourcesOf(answers: Answers, all: Standings): { readonly [field: string]: AnswerSource } {
  return Object.fromEntries(
    [...all].flatMap(([key, one]): readonly (readonly [string, AnswerSource])[] => {
      const value = answers[key];
      if (value === undefined) return [];
      if (one.is !== 'known') return [[key, { from: 'applicant' }]];
      const isSame = [one.value, asTyped(one.value)].some((same) => canonical(same) === canonical(value));
      return [
        [key, isSame ? { from: 'register', ...one.origin } : { from: 'applicant', against: { value: one.value, ...one.origin } }],
      ];
    }),
  );
}

/** Fields whose value the register gives and the applicant saw otherwise: it changed in between. */
export function changedSince(seen: JsonObject, all: Standings): readonly string[] {
  return [...all].flatMap(([key, one]) =>
    one.is === 'known' && Object.hasOwn(seen, key) && canonical(seen[key] ?? null) !== canonical(one.value) ? [key] : [],
  );
}

/** The application without what a register gave, which is corrected in the register, and without the keys it was found by. */
export function correctableForm(form: Form, sources: { readonly [field: string]: AnswerSource } = {}): Form {
  const given = boundFields(form).filter(({ key, mayDiffer }) => sources[key]?.from === 'register' && mayDiffer === undefined);
  const fixed = new Set(given.flatMap(({ key, by }) => (by === undefined ? [key] : [key, by])));
  const isStated = ({ key }: Field): boolean => !fixed.has(key);
  return { ...form, pages: form.pages.map((page) => ({ ...page, fields: page.fields.filter(isStated) })) };
}
