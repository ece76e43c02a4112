// What each row of the city's files must have. Looks at one row at a time; ties between rows are city-ties.ts.
import { readLegalId, readNationalId, readPostalCode, readRenovationCode } from '#base/identifiers.ts';
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import { isPeriod } from '#calendar/period.ts';
import { PROPERTY_FIELDS, REGISTERS, USES } from './registers.ts';
import { COUNT, isCount, isList, isOneOf, isText, isWord, KEBAB, need, TEXT, WORD } from './shape.ts';
import type { Need, Needs } from './shape.ts';

/** The roles a person may hold in a unit; cases/types.ts has the same words. */
const ROLES = ['officer', 'manager', 'engineer', 'owner', 'steward', 'inspector', 'infrastructure', 'agent'] as const;

const isDistrict = (value: Json | undefined): boolean => typeof value === 'string' && /^\d{2}$/.test(value);
const isYear = (value: Json | undefined): boolean => isCount(value) && Number(value) >= 1300 && Number(value) < 1600;
const reads = (reader: (text: string) => string | undefined) => (value: Json | undefined) =>
  typeof value === 'string' && reader(value) === value;

const DISTRICT = need('شماره دورقمی منطقه مانند ‎06', 'the two-digit number of a district, like 06', isDistrict);

export const CITY_NEEDS: Needs = {
  id: KEBAB,
  name: TEXT,
  sample: need('true یا false', 'true or false', (value) => typeof value === 'boolean'),
};

export const DISTRICT_NEEDS: Needs = {
  id: DISTRICT,
  name: TEXT,
  neighbourhoods: need(
    'فهرستی از { id, name }',
    'a list of { id, name }',
    (value) => value === undefined || isList((one) => isObject(one) && KEBAB.holds(one['id']) && isText(one['name']))(value),
  ),
};

export const UNIT_NEEDS: Needs = {
  id: KEBAB,
  name: TEXT,
  kind: need(
    'municipality، deputy، district، office، organisation، commission یا e-office',
    'municipality, deputy, district, office, organisation, commission or e-office',
    isOneOf('municipality', 'deputy', 'district', 'office', 'organisation', 'commission', 'e-office'),
  ),
  parent: need(
    'شناسه واحد بالادست یا null',
    'the id of the unit above, or null',
    (value) => value === null || KEBAB.holds(value),
  ),
  district: need('شماره دورقمی منطقه یا null', 'a two-digit district, or null', (value) => value === null || isDistrict(value)),
};

function isRecord(value: Json | undefined): boolean {
  if (value === undefined) return true;
  const fields = { ...REGISTERS['person']?.fields, ...REGISTERS['business']?.fields };
  return isObject(value) && Object.entries(value).every(([name, held]) => Object.hasOwn(fields, name) && isWord(held));
}

export const PERSONA_NEEDS: Needs = {
  id: KEBAB,
  kind: need('citizen یا business', 'citizen or business', isOneOf('citizen', 'business')),
  name: TEXT,
  about: TEXT,
  nationalId: need(
    'کد ملی یا شناسه ملی درست با رقم کنترل',
    'a national or legal id with its right check digit',
    (value) => reads(readNationalId)(value) || reads(readLegalId)(value),
  ),
  record: need(
    'شیئی از موردهای ثبت اشخاص یا کسب‌وکارها، بی شناسه',
    'an object of what the register of persons or of businesses holds, without the number',
    isRecord,
  ),
  assignments: need(
    `فهرستی از { role, unit }؛ role یکی از ${ROLES.join('، ')}`,
    `a list of { role, unit }, role one of ${ROLES.join(', ')}`,
    isList((one) => isObject(one) && isOneOf(...ROLES)(one['role']) && isWord(one['unit'])),
  ),
};

const OF_TYPE: Readonly<Record<(typeof PROPERTY_FIELDS)[keyof typeof PROPERTY_FIELDS]['type'], Need>> = {
  'renovation-code': need('کد نوسازی مانند 6-1045-12-7', 'a renovation code like 6-1045-12-7', reads(readRenovationCode)),
  'postal-code': need('کد پستی ده‌رقمی', 'a postal code of ten digits', reads(readPostalCode)),
  'owner-id': need(
    'کد ملی یا شناسه ملی مالک',
    'the owner’s national or legal id',
    (value) => reads(readNationalId)(value) || reads(readLegalId)(value),
  ),
  word: WORD,
  text: TEXT,
  district: DISTRICT,
  use: need(`یکی از ${USES.join('، ')}`, `one of ${USES.join(', ')}`, isOneOf(...USES)),
  amount: need('عدد نامنفی', 'a number, not negative', (value) => typeof value === 'number' && value >= 0),
  count: COUNT,
  years: need('فهرستی از سال‌های شمسی', 'a list of Jalali years', isList(isYear)),
};

export const PROPERTY_NEEDS: Needs = Object.fromEntries(
  Object.entries(PROPERTY_FIELDS).map(([field, { type }]) => [field, OF_TYPE[type]]),
);

function isInstant(value: Json | undefined): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
}

function isVisibility(value: Json | undefined): boolean {
  if (value === 'now' || value === 'court') return true;
  return isObject(value) && typeof value['after'] === 'string' && isPeriod(value['after']);
}

const INSTANT = need('زمانی مانند 2026-01-01T00:00:00.000Z', 'a time like 2026-01-01T00:00:00.000Z', isInstant);

export const CONTRACT_NEEDS: Needs = {
  id: KEBAB,
  version: COUNT,
  'organisation.id': KEBAB,
  'organisation.name': TEXT,
  'organisation.kind': WORD,
  purpose: TEXT,
  legal: TEXT,
  types: need(
    'شیئی از نوع استعلام به { fields }',
    'an object of inquiry types, each with { fields }',
    (value) => isObject(value) && Object.values(value).every((one) => isObject(one) && isList(isWord)(one['fields'])),
  ),
  ratePerMinute: COUNT,
  visibility: need('now، court یا { after: P30D }', 'now, court or { after: P30D }', isVisibility),
  from: INSTANT,
  until: INSTANT,
  keys: need('فهرستی از کلیدهای JWK', 'a list of JWK keys', isList(isObject)),
  persons: need('فهرستی از شناسهٔ اشخاص', 'a list of person ids', isList(isWord)),
  test: need('true یا false', 'true or false', (value) => typeof value === 'boolean'),
};
