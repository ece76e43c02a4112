// The inputs of `dargah fee`: files of YAML or JSON, inline JSON, and single values `property.landArea=180`; later ones win.
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import { fromHere } from './paths.ts';

export type ReadInputs = { readonly given: JsonObject; readonly findings: readonly Finding[] };

const SINGLE = /^([\p{L}_][\p{L}\p{N}_ -]*(?:\.[\p{L}_][\p{L}\p{N}_ -]*)*)=(.*)$/su;

/** `given`: what is known before them. */
export async function readInputs(texts: readonly string[], known: JsonObject = {}): Promise<ReadInputs> {
  let given = known;
  const findings: Finding[] = [];
  for (const text of texts) {
    const one = await readInput(text);
    if ('finding' in one) findings.push(one.finding);
    else given = merged(given, one.given);
  }
  return { given, findings };
}

async function readInput(text: string): Promise<{ readonly given: JsonObject } | { readonly finding: Finding }> {
  const single = /^\s*\{/.test(text) ? null : SINGLE.exec(text);
  try {
    if (single) return { given: nested((single[1] ?? '').split('.'), parse(single[2] ?? '') as Json) };
    const value = parse(/^\s*\{/.test(text) ? text : await readFile(fromHere(text), 'utf8')) as Json;
    return isObject(value) ? { given: value } : { finding: unreadable(text, 'not an object') };
  } catch (error) {
    return { finding: unreadable(text, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)) };
  }
}

function nested([first = '', ...rest]: readonly string[], value: Json): JsonObject {
  return { [first.trim()]: rest.length === 0 ? value : nested(rest, value) };
}

function merged(below: JsonObject, above: JsonObject): JsonObject {
  const both: { [name: string]: Json } = { ...below };
  for (const [name, value] of Object.entries(above)) {
    const known = both[name];
    both[name] = isObject(known) && isObject(value) ? merged(known, value) : value;
  }
  return both;
}

function unreadable(text: string, why: string): Finding {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return {
    code: 'input-unreadable',
    severity: 'error',
    place: '--input',
    reason: { fa: `«${shown}» خوانا نیست: ${why}`, en: `“${shown}” cannot be read: ${why}` },
    mend: {
      fa: 'نام پرونده YAML یا JSON، یا {"property":{…}}، یا property.landArea=180 بدهید.',
      en: 'Give a YAML or JSON file, or {"property":{…}}, or property.landArea=180.',
    },
  };
}
