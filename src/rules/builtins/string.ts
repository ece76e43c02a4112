// String functions (DMN 1.5 Table 73). Lengths and positions count Unicode code points.
import type { Decimal } from '#base/decimal.ts';
import { numberOf, ofDouble } from '#rules/decimals.ts';
import type { FeelValue } from '#rules/types.ts';
import { define, form, type Builtin } from './signature.ts';
import { pattern, replacement } from './regex.ts';

/** Texts without surrogates have a code point in each unit. */
const SURROGATE = /[\ud800-\udfff]/;

function length(text: string): number {
  return SURROGATE.test(text) ? [...text].length : text.length;
}

function slice(text: string, from: number, to?: number): string {
  return SURROGATE.test(text) ? [...text].slice(from, to).join('') : text.slice(from, to);
}

function substring([text, start, count]: [string, Decimal, Decimal | undefined]): FeelValue | undefined {
  const all = length(text);
  const from = Math.trunc(numberOf(start));
  if (from === 0 || Math.abs(from) > all) return undefined;
  const begin = from > 0 ? from - 1 : all + from;
  if (!count) return slice(text, begin);
  const wanted = Math.trunc(numberOf(count));
  return wanted < 1 ? undefined : slice(text, begin, begin + wanted);
}

function before([text, match]: [string, string]): string {
  const at = text.indexOf(match);
  return at < 0 ? '' : text.slice(0, at);
}

function after([text, match]: [string, string]): string {
  const at = text.indexOf(match);
  return at < 0 ? '' : text.slice(at + match.length);
}

function matches([input, source, flags]: [string, string, string | null | undefined]): boolean | undefined {
  return pattern(source, flags ?? '')?.test(input);
}

/** A pattern that matches the empty string is an error of fn:replace (FORX0003). */
function replace([input, source, by, flags]: [string, string, string, string | null | undefined]): string | undefined {
  const found = pattern(source, flags ?? '', true);
  if (!found || found.test('')) return undefined;
  const groups = new RegExp(`${found.source}|`, found.flags).exec('')?.length ?? 1;
  const parts = flags?.includes('q') ? [by] : replacement(by, groups - 1);
  if (!parts) return undefined;
  found.lastIndex = 0;
  return input.replace(found, (...all: unknown[]) =>
    parts.map((part) => (typeof part === 'string' ? part : String(all[part] ?? ''))).join(''),
  );
}

function split([input, delimiter]: [string, string]): string[] | undefined {
  const found = pattern(delimiter, '', true);
  if (!found) return undefined;
  const parts: string[] = [];
  let from = 0;
  for (const match of input.matchAll(found)) {
    if (match[0] === '') return undefined;
    parts.push(input.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...parts, input.slice(from)];
}

/** Nulls are left out; what is neither string nor null has no meaning. */
function join([list, delimiter]: [readonly FeelValue[], string | null | undefined]): string | undefined {
  const texts: string[] = [];
  for (const item of list) {
    if (item === null) continue;
    if (typeof item !== 'string') return undefined;
    texts.push(item);
  }
  return texts.join(delimiter ?? '');
}

export const STRING: readonly Builtin[] = [
  define('substring', form('string: string, start position: number, length?: number', substring)),
  define(
    'string length',
    form('string: string', ([text]: [string]) => ofDouble(length(text))),
  ),
  define(
    'upper case',
    form('string: string', ([text]: [string]) => text.toUpperCase()),
  ),
  define(
    'lower case',
    form('string: string', ([text]: [string]) => text.toLowerCase()),
  ),
  define('substring before', form('string: string, match: string', before)),
  define('substring after', form('string: string, match: string', after)),
  define(
    'contains',
    form('string: string, match: string', ([text, match]: [string, string]) => text.includes(match)),
  ),
  define(
    'starts with',
    form('string: string, match: string', ([text, match]: [string, string]) => text.startsWith(match)),
  ),
  define(
    'ends with',
    form('string: string, match: string', ([text, match]: [string, string]) => text.endsWith(match)),
  ),
  define('matches', form('input: string, pattern: string, flags?: string|null', matches)),
  define('replace', form('input: string, pattern: string, replacement: string, flags?: string|null', replace)),
  define('split', form('string: string, delimiter: string', split)),
  define('string join', form('list: list, delimiter?: string|null', join)),
];
