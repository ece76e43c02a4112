// The shapes that hand-written data is judged by: each says in both languages what should stand at its place. Judges; changes nothing.
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';

/** What must stand at a place, in words after "write". */
export type Need = { readonly fa: string; readonly en: string; readonly holds: (value: Json | undefined) => boolean };
/** Dotted path → need. */
export type Needs = { readonly [path: string]: Need };

export function need(fa: string, en: string, holds: Need['holds']): Need {
  return { fa, en, holds };
}

export const isWord = (value: Json | undefined): boolean => typeof value === 'string' && value.trim() !== '';
export const isText = (value: Json | undefined): boolean => isObject(value) && isWord(value['fa']) && isWord(value['en']);
export const isCount = (value: Json | undefined): boolean => typeof value === 'number' && Number.isInteger(value) && value >= 0;
export const isKebab = (value: Json | undefined): boolean =>
  typeof value === 'string' && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value);

export function isOneOf(...words: readonly string[]): Need['holds'] {
  return (value) => typeof value === 'string' && words.includes(value);
}

export function isList(each: (value: Json) => boolean): Need['holds'] {
  return (value) => Array.isArray(value) && (value as readonly Json[]).every(each);
}

export const TEXT = need('متنی به دو زبان { fa, en }', 'a text in both languages { fa, en }', isText);
export const WORD = need('متنی ناتهی', 'a word', isWord);
export const KEBAB = need('شناسه با حروف کوچک و خط تیره', 'a kebab-case id', isKebab);
export const VERSION = need(
  'نسخه سه‌بخشی مانند 1.0.0',
  'a version like 1.0.0',
  (value) => typeof value === 'string' && /^\d+\.\d+\.\d+$/.test(value),
);
export const COUNT = need('عدد صحیح نامنفی', 'a whole number, not negative', isCount);

/** Where the thing judged stands: its file, and the path in front of the need's own. */
export type Where = { readonly file: string; readonly code: string; readonly prefix?: string };

/** One finding for each need that does not hold. */
export function judge(thing: Json, needs: Needs, where: Where): readonly Finding[] {
  if (!isObject(thing)) return [shapeFinding(where, '', need('یک شیء', 'an object', isObject))];
  return Object.entries(needs).flatMap(([path, one]) => (one.holds(at(thing, path)) ? [] : [shapeFinding(where, path, one)]));
}

function at(object: JsonObject, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), object);
}

export function shapeFinding({ file, code, prefix = '' }: Where, path: string, { fa, en }: Need): Finding {
  const place = [prefix, path].filter((one) => one !== '').join('.');
  return {
    code,
    severity: 'error',
    file,
    place,
    reason: { fa: `در ${file}، «${place}» نیست یا درست نیست.`, en: `In ${file}, “${place}” is missing or not right.` },
    mend: { fa: `${fa} بنویسید.`, en: `Write ${en}.` },
  };
}
