// What can be wrong with a source and with its rows, in the words of those who mend it.
import type { Text } from '#base/text.ts';
import type { Fault, RejectionCode } from './source-row.ts';
import type { ColumnType } from './source-values.ts';

/** Why reading stopped. */
export const SOURCE_FAULTS = {
  'quote-open': { fa: 'گیومه‌ای که اینجا باز شده بسته نمی‌شود', en: 'a quote that opens here is never closed' },
  'quote-stray': { fa: 'گیومه‌ای در میان نوشته است', en: 'there is a quote inside an unquoted value' },
  'quote-text': { fa: 'پس از بسته شدن گیومه نوشته‌ای هست', en: 'there is text behind a closing quote' },
  'cut-off': { fa: 'پرونده در میان این سطر بریده شده است', en: 'the file is cut off in the middle of this row' },
  'not-utf-8': { fa: 'نویسه‌ای در این سطر UTF-8 نیست', en: 'a character in this line is not UTF-8' },
  'row-too-long': { fa: 'این سطر بیش از اندازه دراز است', en: 'this row is too long' },
  'no-header': { fa: 'سطر عنوان ستون‌ها نیست', en: 'there is no row of column names' },
  'column-twice': { fa: 'نام ستونی دو بار آمده است', en: 'a column’s name is there twice' },
  'not-geojson': { fa: 'FeatureCollection نیست', en: 'it is no FeatureCollection' },
  'not-json': { fa: 'JSON نیست', en: 'it is not JSON' },
  'not-xlsx': { fa: 'کارپوشهٔ XLSX نیست', en: 'it is no XLSX workbook' },
  'no-sheet': { fa: 'چنین برگه‌ای ندارد', en: 'it has no such sheet' },
  'no-rows': { fa: 'فهرست سطرها در پاسخ نیست', en: 'there is no list of rows in the answer' },
  'next-elsewhere': { fa: 'صفحهٔ بعد در نشانی دیگری است', en: 'the next page is at another origin' },
  'answer-too-long': { fa: 'پاسخ بیش از اندازه بزرگ است', en: 'the answer is too large' },
  status: { fa: 'پاسخ ناموفق بود', en: 'the answer was no success' },
} as const satisfies Readonly<Record<string, Text>>;
export type SourceFault = keyof typeof SOURCE_FAULTS;

/** Why a row was rejected; facts in braces. */
export const REJECTIONS: Readonly<Record<RejectionCode, Text>> = {
  'columns-count': { fa: '{found} خانه دارد، نه {expected}', en: 'it has {found} cells, not {expected}' },
  'key-missing': { fa: 'کلید خالی است', en: 'the key is empty' },
  'key-malformed': { fa: 'کلید درست نیست: {value}', en: 'the key is not well formed: {value}' },
  'key-repeated': { fa: 'این کلید پیش‌تر در همین منبع آمده است', en: 'this key was there before in the same source' },
  'as-of-missing': { fa: 'تاریخ داده خوانده نمی‌شود: {value}', en: 'the date it holds of cannot be read: {value}' },
  missing: { fa: 'لازم است و خالی است', en: 'it is required and empty' },
  malformed: { fa: '{type} نیست: {value}', en: 'it is no {type}: {value}' },
  'not-listed': { fa: 'در فهرست کدها نیست: {value}', en: 'it is not among the codes: {value}' },
};

/** What a column should have held. */
export const TYPES: Readonly<Record<ColumnType, Text>> = {
  'national-id': { fa: 'کد ملی', en: 'national id' },
  'legal-id': { fa: 'شناسهٔ ملی', en: 'legal id' },
  'owner-id': { fa: 'کد یا شناسهٔ ملی', en: 'national or legal id' },
  'postal-code': { fa: 'کد پستی', en: 'postal code' },
  'renovation-code': { fa: 'کد نوسازی', en: 'renovation code' },
  'registration-plate': { fa: 'پلاک ثبتی', en: 'registration plate' },
  'file-number': { fa: 'شمارهٔ پروندهٔ منطقه', en: 'district file number' },
  mobile: { fa: 'شمارهٔ تلفن همراه', en: 'mobile number' },
  plate: { fa: 'پلاک خودرو', en: 'number plate' },
  chassis: { fa: 'شمارهٔ شاسی', en: 'chassis number' },
  number: { fa: 'شماره', en: 'number of an office' },
  'jalali-day': { fa: 'تاریخ شمسی', en: 'Jalali date' },
  'gregorian-day': { fa: 'تاریخ میلادی', en: 'Gregorian date' },
  instant: { fa: 'زمان', en: 'time' },
  text: { fa: 'نوشته', en: 'text' },
  'given-name': { fa: 'نام', en: 'given name' },
  'family-name': { fa: 'نام خانوادگی', en: 'family name' },
  'firm-name': { fa: 'نام شرکت', en: 'name of a firm' },
  address: { fa: 'نشانی', en: 'address' },
  word: { fa: 'واژه', en: 'word' },
  integer: { fa: 'عدد صحیح', en: 'whole number' },
  decimal: { fa: 'عدد', en: 'number' },
  boolean: { fa: 'بله یا خیر', en: 'yes or no' },
  list: { fa: 'فهرست', en: 'list' },
  numbers: { fa: 'فهرست عددها', en: 'list of numbers' },
  geometry: { fa: 'نقشهٔ GeoJSON به درجه', en: 'GeoJSON outline in degrees' },
};

/** A fault of a row in words: `کد ملی: …`. */
export function faultWords({ field, code, facts }: Fault): Text {
  const type = TYPES[facts['type'] as ColumnType] ?? { fa: '', en: '' };
  const put = (template: string, typed: string): string => {
    const words = template.replace(/\{(\w+)\}/g, (_all, name: string) => (name === 'type' ? typed : (facts[name] ?? '')));
    return field === null ? words : `${field}: ${words}`;
  };
  return { fa: put(REJECTIONS[code].fa, type.fa), en: put(REJECTIONS[code].en, type.en) };
}
