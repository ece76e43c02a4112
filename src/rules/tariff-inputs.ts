// What a decision must be given, field by field, by the types of its model; and what a set of answers lacks or gets wrong.
// Null is a value: a field that is known to be empty is not missing.
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { KIND_WORDS } from './dmn/check-types.ts';
import { itemTypes } from './dmn/item-types.ts';
import type { DmnModel } from './dmn/model.ts';
import { kindOf } from './kinds.ts';
import type { FeelType } from './typing.ts';
import { toFeel } from './values.ts';

/** `inputs`: names of input data, as a library tells them of a decision. */
export function inputFaults(models: readonly DmnModel[], inputs: readonly string[], given: JsonObject): readonly Finding[] {
  return inputs.flatMap((name) => walk(name, typeOf(models, name), given[name]));
}

function typeOf(models: readonly DmnModel[], name: string): FeelType | undefined {
  for (const model of models) {
    const data = model.inputs.find((one) => one.name === name);
    if (data) return itemTypes(model, () => undefined, []).named(data.variable.typeRef);
  }
  return undefined;
}

function walk(path: string, type: FeelType | undefined, value: Json | undefined): readonly Finding[] {
  if (value === null) return [];
  switch (type?.is) {
    case 'restricted': {
      const faults = walk(path, type.of, value);
      return faults.length > 0 || value === undefined || type.allows(toFeel(value)) ? faults : [notAllowed(path, value)];
    }
    case 'context':
      if (value !== undefined && !isObject(value)) return [wrong(path, type, value)];
      if (type.entries.length === 0) return value === undefined ? [missing(path, type)] : [];
      return type.entries.flatMap((one) => walk(`${path}.${one.name}`, one.type, value?.[one.name]));
    case 'list':
      if (value === undefined) return [missing(path, type)];
      if (!Array.isArray(value)) return [wrong(path, type, value)];
      return (value as readonly Json[]).flatMap((one, at) => walk(`${path}[${at}]`, type.of, one));
    case 'simple':
      if (value === undefined) return [missing(path, type)];
      return kindOf(toFeel(value)) === type.kind ? [] : [wrong(path, type, value)];
    default:
      return value === undefined ? [missing(path, type)] : [];
  }
}

function typeWords(type: FeelType | undefined): readonly [fa: string, en: string] {
  if (type?.is === 'restricted') return typeWords(type.of);
  if (type?.is === 'simple') return KIND_WORDS[type.kind];
  if (type?.is === 'context') return KIND_WORDS.context;
  if (type?.is !== 'list') return ['هر مقدار', 'any value'];
  const [fa, en] = typeWords(type.of);
  return [`فهرست ${fa}`, `list of ${en}`];
}

function missing(path: string, type: FeelType | undefined): Finding {
  const [fa, en] = typeWords(type);
  return {
    code: 'input-missing',
    severity: 'error',
    place: path,
    reason: { fa: `«${path}» داده نشده است (${fa}).`, en: `“${path}” is not given (${en}).` },
    mend: { fa: 'آن را بدهید؛ اگر خالی است null بنویسید.', en: 'Give it; write null where it is empty.' },
  };
}

function wrong(path: string, type: FeelType, value: Json): Finding {
  const [fa, en] = typeWords(type);
  const is = JSON.stringify(value);
  return {
    code: 'input-type',
    severity: 'error',
    place: path,
    reason: { fa: `«${path}» باید ${fa} باشد، نه ${is}.`, en: `“${path}” must be a ${en}, not ${is}.` },
    mend: { fa: 'مقدار را درست کنید.', en: 'Correct the value.' },
  };
}

function notAllowed(path: string, value: Json): Finding {
  const is = JSON.stringify(value);
  return {
    code: 'input-not-allowed',
    severity: 'error',
    place: path,
    reason: { fa: `${is} از مقدارهای مجاز «${path}» نیست.`, en: `${is} is no allowed value of “${path}”.` },
    mend: { fa: 'یکی از مقدارهای مجاز مدل را بدهید.', en: 'Give one of the values the model allows.' },
  };
}
