// A value of a source as people read it: codes left to right, lists parted, texts in two languages in the reader's.
import type { JSX } from 'preact';
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import type { Language, Text } from '#base/text.ts';
import { codeText, dateText } from '#portal/ui/format.ts';
import { numberText, plainNumberText } from '#portal/ui/numbers.ts';
import { Code, UserText } from '#portal/ui/show.tsx';
import { noon } from './trend.tsx';
import { words } from './words.ts';

export function Value({ language, value }: { readonly language: Language; readonly value: Json | undefined }): JSX.Element {
  const text = valueText(language, value);
  return isCode(value) ? <Code language={language} code={text} /> : <UserText>{text}</UserText>;
}

function isCode(value: Json | undefined): boolean {
  return typeof value === 'string' && /^[\d۰-۹][\d۰-۹/-]*$/.test(value);
}

/** Codes that sources share, as people call them. */
const CALLED: { readonly [value: string]: Text | undefined } = {
  residential: { fa: 'مسکونی', en: 'residential' },
  commercial: { fa: 'تجاری', en: 'commercial' },
  office: { fa: 'اداری', en: 'office' },
  industrial: { fa: 'صنعتی', en: 'industrial' },
  male: { fa: 'مرد', en: 'male' },
  female: { fa: 'زن', en: 'female' },
  parcel: { fa: 'قطعه زمین', en: 'parcel' },
  building: { fa: 'ساختمان', en: 'building' },
  unit: { fa: 'واحد', en: 'unit' },
  car: { fa: 'سواری', en: 'car' },
  'imported-car': { fa: 'سواری وارداتی', en: 'imported car' },
  pickup: { fa: 'وانت', en: 'pickup' },
  motorcycle: { fa: 'موتورسیکلت', en: 'motorcycle' },
  fuel: { fa: 'سوختی', en: 'fuel' },
  electric: { fa: 'برقی', en: 'electric' },
  Polygon: { fa: 'ترسیم شده', en: 'drawn' },
  MultiPolygon: { fa: 'ترسیم شده', en: 'drawn' },
};

export function valueText(language: Language, value: Json | undefined): string {
  if (value === undefined || value === null) return words(language, 'pair.none');
  if (typeof value === 'string' && /^(?:19|20)\d\d-\d\d-\d\d$/.test(value)) return dateText(language, noon(value), 'short');
  if (typeof value === 'string')
    return isCode(value) ? codeText(language, value) : (Object.hasOwn(CALLED, value) && CALLED[value]?.[language]) || value;
  // A year is not grouped.
  if (typeof value === 'number')
    return value >= 1000 && value < 2000 ? plainNumberText(language, value) : numberText(language, value);
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  if (Array.isArray(value)) {
    const list = (value as readonly Json[]).map((one) => valueText(language, one));
    return list.length === 0 ? words(language, 'pair.none') : list.join(language === 'fa' ? '، ' : ', ');
  }
  if (!isObject(value)) return '';
  const own = value[language];
  return typeof own === 'string'
    ? own
    : typeof value['type'] === 'string'
      ? valueText(language, value['type'])
      : JSON.stringify(value);
}
