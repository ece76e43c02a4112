// What each register of the city knows: the fields of its records, their key, and whose they are. What stands here is never asked of a person
// again ("once only"). Data alone.
import type { Text } from '#base/text.ts';

/** What a value of a register is: how it is read when somebody says that it is wrong, and how it is shown. */
export type FieldType =
  | 'national-id'
  | 'legal-id'
  | 'owner-id'
  | 'renovation-code'
  | 'postal-code'
  | 'mobile'
  | 'plate'
  | 'word'
  | 'text'
  | 'day'
  | 'district'
  | 'use'
  | 'amount'
  | 'count'
  | 'years';

export type RegisterField = { readonly type: FieldType; readonly title: Text };

export type Register = {
  readonly title: Text;
  /** The field that is its key. */
  readonly key: string;
  /** The field that says whose data it is: their national or legal id. */
  readonly owner: string;
  /** Where no source says which unit answers for a value. */
  readonly keeper: string;
  readonly fields: { readonly [name: string]: RegisterField };
};

const field = <Type extends FieldType>(type: Type, fa: string, en: string) => ({ type, title: { fa, en } });

/** The property register: the demo's own is held to it, field by field (city-needs.ts). */
export const PROPERTY_FIELDS = {
  renovationCode: field('renovation-code', 'کد نوسازی', 'Renovation code'),
  postalCode: field('postal-code', 'کد پستی', 'Postal code'),
  registrationPlate: field('word', 'پلاک ثبتی', 'Registration plate'),
  district: field('district', 'منطقه', 'District'),
  address: field('text', 'نشانی', 'Address'),
  ownerNationalId: field('owner-id', 'کد ملی یا شناسه ملی مالک', 'National or legal id of the owner'),
  use: field('use', 'کاربری', 'Use'),
  landArea: field('amount', 'مساحت زمین (متر مربع)', 'Land area (m²)'),
  builtArea: field('amount', 'زیربنای ساخته‌شده (متر مربع)', 'Built area (m²)'),
  permittedArea: field('amount', 'زیربنای مجاز (متر مربع)', 'Permitted area (m²)'),
  floors: field('count', 'شمار طبقه‌ها', 'Floors'),
  units: field('count', 'شمار واحدها', 'Units'),
  parkings: field('count', 'شمار پارکینگ‌ها', 'Parkings'),
  regionalPrice: field('count', 'قیمت منطقه‌ای (ریال بر متر مربع)', 'Regional price (rials per m²)'),
  buildingValue: field('count', 'ارزش ساختمان (ریال)', 'Value of the building (rials)'),
  unpaidYears: field('years', 'سال‌های پرداخت‌نشده', 'Unpaid years'),
} as const satisfies { readonly [name: string]: RegisterField };

const PERSON = {
  nationalId: field('national-id', 'کد ملی', 'National id'),
  givenName: field('word', 'نام', 'Given name'),
  familyName: field('word', 'نام خانوادگی', 'Family name'),
  fatherName: field('word', 'نام پدر', 'Father’s name'),
  birthDate: field('day', 'تاریخ تولد', 'Date of birth'),
  mobile: field('mobile', 'تلفن همراه', 'Mobile'),
  postalCode: field('postal-code', 'کد پستی محل سکونت', 'Postal code of residence'),
  address: field('text', 'نشانی محل سکونت', 'Address of residence'),
} as const satisfies { readonly [name: string]: RegisterField };

const of = (title: Text, register: Omit<Register, 'title'>): Register => ({ title, ...register });

export const REGISTERS: { readonly [register: string]: Register | undefined } = {
  person: of(
    { fa: 'ثبت اشخاص', en: 'Register of persons' },
    { key: 'nationalId', owner: 'nationalId', keeper: 'portal-steward', fields: PERSON },
  ),
  business: of(
    { fa: 'ثبت شرکت‌ها و کسب‌وکارها', en: 'Register of businesses' },
    {
      key: 'legalId',
      owner: 'legalId',
      keeper: 'portal-steward',
      fields: {
        legalId: field('legal-id', 'شناسه ملی', 'Legal id'),
        name: field('word', 'نام شرکت', 'Name of the company'),
        registrationNumber: field('word', 'شماره ثبت', 'Registration number'),
        phone: field('word', 'تلفن', 'Telephone'),
        managerNationalId: field('national-id', 'کد ملی مدیر', 'National id of the manager'),
        postalCode: field('postal-code', 'کد پستی', 'Postal code'),
        address: field('text', 'نشانی', 'Address'),
      },
    },
  ),
  property: of(
    { fa: 'سامانه املاک', en: 'Property register' },
    { key: 'renovationCode', owner: 'ownerNationalId', keeper: 'revenue', fields: PROPERTY_FIELDS },
  ),
  engineer: of(
    { fa: 'ثبت مهندسان', en: 'Register of engineers' },
    {
      key: 'nationalId',
      owner: 'nationalId',
      keeper: 'planning-deputy',
      fields: { ...PERSON, licence: field('word', 'شماره پروانه اشتغال', 'Licence number') },
    },
  ),
  planning: of(
    { fa: 'پرونده‌های شهرسازی', en: 'Planning files' },
    {
      key: 'renovationCode',
      owner: 'ownerNationalId',
      keeper: 'planning-deputy',
      fields: {
        renovationCode: PROPERTY_FIELDS.renovationCode,
        plannedUse: field('word', 'کاربری طرح تفصیلی', 'Use by the detailed plan'),
        zone: field('word', 'پهنهٔ طرح تفصیلی', 'Zone of the detailed plan'),
        density: field('amount', 'تراکم مجاز (درصد زمین)', 'Permitted density (% of the land)'),
        setbackArea: field('amount', 'مساحت در تعریض گذر (متر مربع)', 'Area taken by road widening (m²)'),
      },
    },
  ),
  vehicle: of(
    { fa: 'ثبت خودروها', en: 'Register of vehicles' },
    {
      key: 'plate',
      owner: 'ownerNationalId',
      keeper: 'revenue',
      fields: {
        plate: field('plate', 'پلاک', 'Number plate'),
        chassis: field('word', 'شماره شاسی', 'Chassis number'),
        ownerNationalId: field('owner-id', 'کد ملی یا شناسه ملی مالک', 'National or legal id of the owner'),
        model: field('word', 'مدل', 'Model'),
      },
    },
  ),
};

export const USES = ['residential', 'commercial', 'office', 'industrial'] as const;

/** `owner-national-id` names the member `ownerNationalId`. */
export function memberOf(kebab: string): string {
  return kebab.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

/** The register and member that `property.owner-national-id` names; undefined where there is none. */
export function boundMember(
  binding: string,
): { readonly register: string; readonly member: string; readonly isKey: boolean; readonly isOwner: boolean } | undefined {
  const [register = '', kebab = '', ...more] = binding.split('.');
  const found = Object.hasOwn(REGISTERS, register) ? REGISTERS[register] : undefined;
  const member = memberOf(kebab);
  if (!found || more.length > 0 || !Object.hasOwn(found.fields, member)) return undefined;
  return { register, member, isKey: found.key === member, isOwner: found.owner === member };
}
