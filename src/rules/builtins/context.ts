// Context functions (DMN 1.5 Table 80).
import { entry, isContext, isList, putEntry } from '#rules/kinds.ts';
import type { FeelContext, FeelValue } from '#rules/types.ts';
import { define, form, type Builtin } from './signature.ts';

function getValue([context, key]: [FeelContext, string]): FeelValue {
  return entry(context, key) ?? null;
}

function getDeep([context, keys]: [FeelContext, readonly FeelValue[]]): FeelValue | undefined {
  let value: FeelValue = context;
  for (const key of keys) {
    if (typeof key !== 'string') return undefined;
    value = isContext(value) ? (entry(value, key) ?? null) : null;
  }
  return keys.length === 0 ? undefined : value;
}

function getEntries([context]: [FeelContext]): FeelValue {
  return Object.keys(context).map((key) => ({ key, value: entry(context, key) ?? null }));
}

/** From a list of `{ key, value }`; the same key twice has no meaning. */
function fromEntries([entries]: [readonly FeelValue[]]): FeelContext | undefined {
  const made: Record<string, FeelValue> = {};
  for (const item of entries) {
    if (!isContext(item)) return undefined;
    const key = entry(item, 'key');
    const value = entry(item, 'value');
    if (typeof key !== 'string' || value === undefined || Object.hasOwn(made, key)) return undefined;
    putEntry(made, key, value);
  }
  return made;
}

function put([context, key, value]: [FeelContext, string, FeelValue]): FeelContext {
  const made: Record<string, FeelValue> = { ...context };
  putEntry(made, key, value);
  return made;
}

function putDeep([context, keys, value]: [FeelContext, readonly FeelValue[], FeelValue]): FeelContext | undefined {
  const [key, ...rest] = keys;
  if (typeof key !== 'string') return undefined;
  if (rest.length === 0) return put([context, key, value]);
  const inner = entry(context, key) ?? null;
  if (!isContext(inner)) return undefined;
  const changed = putDeep([inner, rest, value]);
  return changed && put([context, key, changed]);
}

/** Later contexts win. */
function merge([contexts]: [readonly FeelValue[]]): FeelContext | undefined {
  const made: Record<string, FeelValue> = {};
  for (const context of contexts) {
    if (!isContext(context)) return undefined;
    for (const key of Object.keys(context)) putEntry(made, key, entry(context, key) ?? null);
  }
  return made;
}

function keysOnly(args: [FeelContext, FeelValue, FeelValue]): FeelContext | undefined {
  return isList(args[1]) ? putDeep(args as [FeelContext, readonly FeelValue[], FeelValue]) : undefined;
}

export const CONTEXT: readonly Builtin[] = [
  define('get value', form('m: context, key: string', getValue), form('m: context, keys: list', getDeep)),
  define('get entries', form('m: context', getEntries)),
  define('context', form('entries: list', fromEntries)),
  define(
    'context put',
    form('context: context, key: string, value: any', put),
    form('context: context, keys: list, value: any', keysOnly),
  ),
  define('context merge', form('contexts: list', merge)),
];
