// Reads which source's word stands on which field (city/registry.yaml): rules in order, by kind and field. Lists every fault; never throws for what
// was written.
import { parse } from 'yaml';
import type { Finding } from '#base/finding.ts';
import { isObject } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import { faultsOf, isIn, isWords } from './source-shape.ts';
import type { Tell } from './source-shape.ts';
import { KINDS } from './types.ts';
import type { Kind, Rule, Rules } from './types.ts';

export type RulesByKind = { readonly [kind in Kind]?: Rules };
/** `rules` is absent where there are findings. */
export type ReadRules = { readonly rules?: RulesByKind; readonly findings: readonly Finding[] };

const WAYS: readonly Rule['by'][] = ['priority', 'newest', 'most-confident', 'agreed'];

/** `sources`: those that there are, where the caller knows them. */
export function readRules(text: string, file: string, sources?: ReadonlySet<string>): ReadRules {
  const { findings, tell } = faultsOf(file);
  const yaml = parsed(text, tell);
  if (yaml === undefined) return { findings };
  if (!isObject(yaml)) {
    tell(
      '',
      ['قاعده‌ای نیست.', 'There are no rules.'],
      ['برای هر گونه، مورد و قاعده‌هایش را بنویسید.', 'Write fields and their rules by kind.'],
    );
    return { findings };
  }
  for (const [kind, fields] of Object.entries(yaml)) {
    if (!isIn(KINDS, kind))
      tell(
        kind,
        ['این گونه شناخته نیست.', 'This kind is not known.'],
        [`یکی از ${KINDS.join('، ')} بنویسید.`, `Write one of ${KINDS.join(', ')}.`],
      );
    if (!isObject(fields)) {
      tell(kind, ['فهرست موردها نیست.', 'These are no fields.'], ['مورد: [قاعده‌ها] بنویسید.', 'Write field: [rules].']);
      continue;
    }
    for (const [field, rules] of Object.entries(fields)) checkRules(`${kind}.${field}`, rules, { tell, sources });
  }
  return findings.length > 0 ? { findings } : { rules: yaml as unknown as RulesByKind, findings };
}

function parsed(text: string, tell: Tell): Json | undefined {
  try {
    return parse(text, { maxAliasCount: 50 }) as Json;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    tell('', [`YAML خوانده نمی‌شود: ${why}`, `The YAML cannot be read: ${why}`], ['آن را درست کنید.', 'Correct it.']);
    return undefined;
  }
}

type Ground = { readonly tell: Tell; readonly sources: ReadonlySet<string> | undefined };

function checkRules(place: string, rules: Json | undefined, { tell, sources }: Ground): void {
  if (!Array.isArray(rules) || rules.length === 0) {
    tell(place, ['فهرست قاعده‌ها نیست.', 'This is no list of rules.'], ['[{ by: newest }] بنویسید.', 'Write [{ by: newest }].']);
    return;
  }
  for (const [at, rule] of (rules as readonly Json[]).entries()) {
    const why = faultOf(rule);
    if (why) tell(`${place}[${at}]`, ...why);
    const named = isObject(rule) && rule['by'] === 'priority' && isWords(rule['sources']) ? rule['sources'] : [];
    for (const source of named)
      if (sources?.has(source) === false)
        tell(
          `${place}[${at}].sources`,
          [`منبعی با شناسهٔ «${source}» نیست.`, `There is no source “${source}”.`],
          ['شناسه را درست کنید.', 'Correct the id.'],
        );
  }
}

type Words = readonly [fa: string, en: string];

function faultOf(rule: Json): readonly [Words, Words] | undefined {
  if (!isObject(rule) || !isIn(WAYS, rule['by']))
    return [
      ['قاعده شناخته نیست.', 'The rule is not known.'],
      [`by را یکی از ${WAYS.join('، ')} بنویسید.`, `Write by as one of ${WAYS.join(', ')}.`],
    ];
  const { by, sources, ...rest } = rule;
  const isRight =
    Object.keys(rest).length === 0 &&
    (by === 'priority'
      ? isWords(sources) && sources.length > 0
      : by === 'agreed'
        ? typeof sources === 'number' && Number.isInteger(sources) && sources > 1
        : sources === undefined);
  if (isRight) return undefined;
  return [
    ['قاعده درست نوشته نشده است.', 'The rule is not written right.'],
    [
      'priority نام منبع‌ها را می‌خواهد و agreed شمار آن‌ها را (دو یا بیشتر)؛ دو قاعدهٔ دیگر چیزی نمی‌خواهند.',
      'priority takes the names of sources, agreed how many (two or more); the other two take nothing.',
    ],
  ];
}
