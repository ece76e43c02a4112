// The texts of a tariff: one string for both languages, Persian first, as authors write them into a model.
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import type { Text } from '#base/text.ts';

/** A model's text: in both languages, as one text «Persian / English», or the same in both. */
export function pairOf(value: Json | undefined): Text {
  if (isObject(value)) {
    const fa = String(value['fa'] ?? value['en'] ?? '');
    return { fa, en: String(value['en'] ?? fa) };
  }
  const text = value === undefined || value === null ? '' : String(value);
  const [fa = '', en, more] = text.split(' / ');
  const isPair = en !== undefined && more === undefined && /[\u0600-\u06ff]/.test(fa) && !/[\u0600-\u06ff]/.test(en);
  return isPair ? { fa, en } : { fa: text, en: text };
}
