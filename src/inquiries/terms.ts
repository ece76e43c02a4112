// Are the terms of a contract well drafted? Each fault beside its member (RFC 6901). Judges the text; who may draft it is agreement.ts.
import type { Instant } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { plusPeriod, isPeriod } from '#calendar/period.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { InquiryType } from './types.ts';

export const ORGANISATION_KINDS = [
  'bank',
  'notary',
  'court',
  'utility',
  'guild',
  'registry',
  'police',
  'ministry',
  'other',
] as const;
const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LONGEST = 500;
const MOST_PER_MINUTE = 100_000;
/** A contract is looked at anew at least this often. */
const LONGEST_VALIDITY = 'P5Y';

type Known = { readonly types: readonly Pick<InquiryType, 'id' | 'answer'>[]; readonly now: Instant };

/** `terms` as they came: nothing of them is believed. */
export function termsFaults(terms: JsonObject, { types, now }: Known): readonly FieldFault[] {
  return [
    ...idFaults(terms['id']),
    ...organisationFaults(terms['organisation']),
    ...textFaults('/purpose', terms['purpose']),
    ...textFaults('/legal', terms['legal']),
    ...typeFaults(terms['types'], types),
    ...numberFaults(terms['ratePerMinute']),
    ...visibilityFaults(terms['visibility']),
    ...timeFaults(terms, now),
    ...personFaults(terms['persons']),
  ];
}

function fault(pointer: string, code: string, facts?: FieldFault['facts']): FieldFault {
  return { pointer, code, ...(facts && { facts }) };
}

function idFaults(id: Json | undefined): readonly FieldFault[] {
  const isGood = typeof id === 'string' && id.length <= 60 && KEBAB.test(id) && !id.endsWith('-test');
  return isGood ? [] : [fault('/id', 'terms-id')];
}

function organisationFaults(organisation: Json | undefined): readonly FieldFault[] {
  if (!isObject(organisation)) return [fault('/organisation', 'terms-missing')];
  const { id, name, kind } = organisation;
  return [
    ...(typeof id === 'string' && id.length <= 60 && KEBAB.test(id) ? [] : [fault('/organisation/id', 'terms-id')]),
    ...textFaults('/organisation/name', name),
    ...((ORGANISATION_KINDS as readonly (Json | undefined)[]).includes(kind)
      ? []
      : [fault('/organisation/kind', 'terms-choice')]),
  ];
}

/** In both languages: the organisation's people, and those asked about, read it. */
function textFaults(pointer: string, text: Json | undefined): readonly FieldFault[] {
  if (!isObject(text)) return [fault(`${pointer}/fa`, 'terms-missing')];
  return ['fa', 'en'].flatMap((language) => {
    const value = text[language];
    if (typeof value !== 'string' || value.trim() === '') return [fault(`${pointer}/${language}`, 'terms-missing')];
    return value.length > LONGEST ? [fault(`${pointer}/${language}`, 'terms-long')] : [];
  });
}

function typeFaults(types: Json | undefined, known: Known['types']): readonly FieldFault[] {
  if (!isObject(types) || Object.keys(types).length === 0) return [fault('/types', 'terms-types-missing')];
  return Object.entries(types).flatMap(([id, one]) => {
    const type = known.find((each) => each.id === id);
    const fields = isObject(one) ? one['fields'] : undefined;
    if (!type) return [fault(`/types/${id}`, 'terms-type-unknown', { type: id })];
    if (!Array.isArray(fields) || fields.length === 0) return [fault(`/types/${id}/fields`, 'terms-fields-missing')];
    const members = isObject(type.answer['properties']) ? type.answer['properties'] : {};
    return (fields as readonly Json[]).flatMap((name, at) =>
      typeof name === 'string' && Object.hasOwn(members, name)
        ? []
        : [fault(`/types/${id}/fields/${at}`, 'terms-field-unknown', { field: String(name), type: id })],
    );
  });
}

function numberFaults(rate: Json | undefined): readonly FieldFault[] {
  const isGood = typeof rate === 'number' && Number.isInteger(rate) && rate >= 1 && rate <= MOST_PER_MINUTE;
  return isGood ? [] : [fault('/ratePerMinute', 'terms-rate')];
}

function visibilityFaults(visibility: Json | undefined): readonly FieldFault[] {
  if (visibility === 'now' || visibility === 'court') return [];
  const after = isObject(visibility) ? visibility['after'] : undefined;
  return typeof after === 'string' && isPeriod(after) ? [] : [fault('/visibility', 'terms-visibility')];
}

function timeFaults({ from, until }: JsonObject, now: Instant): readonly FieldFault[] {
  const isTime = (value: Json | undefined): value is Instant =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value);
  if (!isTime(from)) return [fault('/from', 'terms-date')];
  if (!isTime(until)) return [fault('/until', 'terms-date')];
  if (until <= from || until <= now) return [fault('/until', 'terms-until')];
  return until > plusPeriod(from, LONGEST_VALIDITY) ? [fault('/until', 'terms-until-far')] : [];
}

function personFaults(persons: Json | undefined): readonly FieldFault[] {
  const isGood = Array.isArray(persons) && persons.length > 0 && persons.every((one) => typeof one === 'string');
  return isGood ? [] : [fault('/persons', 'terms-persons-missing')];
}
