// A connector's configuration: what it must have, and what passes through it between our words and theirs. Judges and translates; calls nobody.
import type { Finding } from '#base/finding.ts';
import { canonical, isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Connector, Exchange } from '#inquiries/connector.ts';
import { validator } from '#inquiries/schema.ts';
import type { InquiryType } from '#inquiries/types.ts';
import { compileExpression } from '#rules/expression.ts';
import type { CompiledExpression } from '#rules/expression.ts';
import { fromFeel, toFeel } from '#rules/values.ts';
import { problem } from './findings.ts';
import type { Place } from './findings.ts';
import { yamlOf } from './read-parts.ts';
import { isCount, isList, isOneOf, isWord, judge, KEBAB, need, shapeFinding, TEXT, WORD } from './shape.ts';
import type { Needs, Where } from './shape.ts';
import type { PackageFiles } from './types.ts';

const isAddress = (value: Json | undefined): boolean =>
  typeof value === 'string' && /^(https?:\/\/|\{origin\}\/)\S+$/.test(value);
const isSome = (value: Json | undefined): boolean => isCount(value) && Number(value) > 0;
const SOME = need('عدد صحیح مثبت', 'a whole number above zero', isSome);
const isCode = (value: Json): boolean => typeof value === 'string' || typeof value === 'number';
const CODES = need('فهرستی از کدهای نتیجه', 'a list of result codes', isList(isCode));
/** X-Road identifiers (PR-REST 4.8): no colon, semicolon, slash, backslash, percent or control character within a part. */
const isIdentifier = (parts: number, most: number) => (value: Json | undefined) =>
  typeof value === 'string' && new RegExp(`^[^:;\\\\/%\\s]+(/[^:;\\\\/%\\s]+){${parts - 1},${most - 1}}$`).test(value);

function isExchange(value: Json): boolean {
  if (!isObject(value)) return false;
  const { examples = [], ...words } = value;
  const areExamples = isList((one) => isObject(one) && Object.hasOwn(one, 'says') && Object.hasOwn(one, 'answer'))(examples);
  return areExamples && Object.values(words).every((one) => isWord(one));
}

const CONNECTOR_NEEDS: Needs = {
  id: KEBAB,
  title: TEXT,
  organisation: TEXT,
  adapter: need('signed-rest، x-road یا gsb', 'signed-rest, x-road or gsb', isOneOf('signed-rest', 'x-road', 'gsb')),
  url: need('نشانی http یا https', 'an http or https address', isAddress),
  legal: TEXT,
  timeoutMs: SOME,
  mostBytes: SOME,
  types: need(
    'شیئی از نوع استعلام به { service, question, answer }',
    'an object of inquiry types, each with { service, question, answer }',
    (value) => isObject(value) && Object.values(value).every(isExchange),
  ),
  'retry.tries': SOME,
  'retry.firstMs': SOME,
  'retry.capMs': SOME,
  'retry.patienceMs': SOME,
  'circuit.failures': SOME,
  'circuit.openMs': SOME,
  'circuit.capMs': SOME,
  sample: need('true یا false', 'true or false', (value) => typeof value === 'boolean'),
};

const OF_ADAPTER: { readonly [adapter: string]: Needs } = {
  'signed-rest': {
    'agreement.id': WORD,
    keys: need('فهرستی از کلیدهای JWK', 'a list of JWK keys', isList(isObject)),
  },
  'x-road': {
    client: need('شناسه مانند INSTANCE/CLASS/MEMBER/SUBSYSTEM', 'an id like INSTANCE/CLASS/MEMBER/SUBSYSTEM', isIdentifier(3, 4)),
    serviceId: need(
      'شناسه مانند INSTANCE/CLASS/MEMBER/SUBSYSTEM/SERVICE',
      'an id like INSTANCE/CLASS/MEMBER/SUBSYSTEM/SERVICE',
      isIdentifier(4, 5),
    ),
  },
  gsb: {
    secrets: need(
      'شیئی از سرآیند به نام متغیر محیطی',
      'an object of headers, each with the name of an environment variable',
      (value) => isObject(value) && Object.values(value).every((one) => typeof one === 'string' && /^[A-Z][A-Z0-9_]*$/.test(one)),
    ),
    'envelope.id': WORD,
    'envelope.service': WORD,
    'envelope.request': WORD,
    'envelope.code': WORD,
    'envelope.response': WORD,
    'envelope.good': CODES,
    'envelope.later': CODES,
    'envelope.busy': CODES,
  },
};

export type ReadConnectors = { readonly connectors: readonly Connector[]; readonly findings: readonly Finding[] };

const FILE = 'connectors.yaml';

/** `files`: the folder city/. None where the file is not there: a city may ask nobody. Those with errors are not given. */
export function readConnectors(files: PackageFiles): ReadConnectors {
  if (files[FILE] === undefined) return { connectors: [], findings: [] };
  const findings: Finding[] = [];
  const rows = yamlOf(files, FILE, findings) ?? [];
  if (!Array.isArray(rows)) return { connectors: [], findings: [shapeFinding({ file: FILE, code: 'city-shape' }, '', LIST)] };
  const known = new Set<string>();
  for (const [at, row] of (rows as readonly Json[]).entries()) {
    const id = isObject(row) && typeof row['id'] === 'string' ? row['id'] : String(at);
    const where = { file: FILE, code: 'city-shape', prefix: `[${id}]` };
    findings.push(...judge(row, CONNECTOR_NEEDS, where), ...checkConnector(row, where));
    if (known.has(id)) findings.push(shapeFinding(where, 'id', ONCE));
    known.add(id);
  }
  const isFaulty = findings.some((one) => one.severity === 'error');
  return { connectors: isFaulty ? [] : (rows as unknown as readonly Connector[]), findings };
}

const EXAMPLES = need(
  'دست‌کم یک { says, answer } که پاسخ است و یکی که answer آن null است',
  'at least one { says, answer } that is an answer, and one whose answer is null',
  () => false,
);
const LIST = need('فهرستی از اتصال‌ها', 'a list of connectors', () => false);
const ONCE = need('شناسه‌ای دیگر؛ این یکی دوبار آمده است', 'another id: this one is there twice', () => false);

/** What the adapter of a connector needs beyond CONNECTOR_NEEDS, and faults in its expressions. */
function checkConnector(row: Json, where: Where): readonly Finding[] {
  if (!isObject(row)) return [];
  const exchanges = Object.entries(isObject(row['types']) ? row['types'] : {});
  const expressions = exchanges.flatMap(([type, one]) =>
    ['question', 'answer'].flatMap((name) => {
      const feel = isObject(one) ? one[name] : undefined;
      return typeof feel === 'string' ? compileExpression(feel).findings.map((found) => ({ found, type, name })) : [];
    }),
  );
  if (expressions.length > 0)
    return expressions.map(({ found, type, name }) => ({
      ...found,
      file: where.file,
      place: `${where.prefix ?? ''}.types.${type}.${name}`,
    }));
  const examples = exchanges.flatMap(([type, one]) =>
    checkExamples(one as Exchange, { ...where, prefix: `${where.prefix ?? ''}.types.${type}` }),
  );
  return [...judge(row, OF_ADAPTER[String(row['adapter'])] ?? {}, where), ...examples];
}

/** What is made of an answer is shown by examples, one of them something that is no answer: FEEL holds `null = "x"` for false, and not for unknown. */
function checkExamples({ answer, examples = [] }: Exchange, where: Where): readonly Finding[] {
  if (answer === undefined) return [];
  const made = examples.map((one) => evaluated(answer, { answer: one.says }));
  const wrong = examples.flatMap((one, at) => (canonical(made[at] ?? null) === canonical(one.answer) ? [] : [at]));
  const isShown = made.some((one) => one !== null) && made.includes(null);
  return [
    ...wrong.map((at) =>
      problem(
        { code: 'example-failed', file: where.file, place: `${where.prefix ?? ''}.examples.${at}` },
        [`از این پاسخ چنین برآمد: ${canonical(made[at] ?? null)}`, `It came out as ${canonical(made[at] ?? null)}`],
        ['عبارت answer یا مثال را درست کنید.', 'Correct the expression “answer”, or the example.'],
      ),
    ),
    ...(isShown ? [] : [shapeFinding(where, 'examples', EXAMPLES)]),
  ];
}

/**
 * A type may ask only a connector of the city that has it, whose examples are answers by the type's own schema; and a register answers at once, so
 * that it stands before all who have to be waited for.
 */
export function checkConnectorsOf(type: InquiryType, connectors: readonly Connector[]): readonly Finding[] {
  const waited = type.responders.findIndex((one) => one.by !== 'register');
  return type.responders.flatMap((one, at) => {
    const place = { code: 'connector', file: 'inquiry.yaml', place: `responders.${at}` };
    if (one.by === 'connector') return checkAsked(type, place, connectors, one.connector);
    if (one.by === 'unit' || waited < 0 || waited > at) return [];
    return [
      problem(
        place,
        ['ثبت پس از پاسخ‌دهنده‌ای آمده که باید منتظرش ماند.', 'A register stands behind a responder that has to be waited for.'],
        ['آن را نخست بیاورید.', 'Put it first.'],
      ),
    ];
  });
}

function checkAsked(
  { id, answer }: InquiryType,
  place: Place,
  connectors: readonly Connector[],
  asked: string,
): readonly Finding[] {
  const connector = connectors.find((one) => one.id === asked);
  if (!connector || !Object.hasOwn(connector.types, id))
    return [
      problem(
        place,
        [`اتصالی به نام «${asked}» که این نوع را بپرسد نیست.`, `No connector “${asked}” asks this type.`],
        ['آن را در city/connectors.yaml بیفزایید.', 'Add it to city/connectors.yaml.'],
      ),
    ];
  const said = (connector.types[id]?.examples ?? []).filter((one) => one.answer !== null);
  return said.flatMap((one) =>
    validator(answer)(one.answer).map(({ pointer }) =>
      problem(
        place,
        [
          `پاسخ نمونهٔ «${asked}» با شِمای پاسخ نمی‌خواند: ${pointer}`,
          `An example of “${asked}” does not fit the answer’s schema: ${pointer}`,
        ],
        ['شِما یا عبارت اتصال را درست کنید.', 'Correct the schema, or the connector’s expression.'],
      ),
    ),
  );
}

/** Our question in their words. Undefined where the connector does not have this type. */
export function theirQuestion({ types }: Connector, type: string, question: JsonObject): JsonObject | undefined {
  const exchange = types[type];
  if (!exchange) return undefined;
  const theirs = exchange.question === undefined ? question : evaluated(exchange.question, { question });
  return isObject(theirs) ? theirs : undefined;
}

/** Their answer in our words, whatever it is: the type's schema judges it. */
export function ourAnswer({ types }: Connector, type: string, answer: Json): Json {
  const feel = types[type]?.answer;
  return feel === undefined ? answer : evaluated(feel, { answer });
}

/** The expressions of connectors are few, and read with every question. */
const compiled = new Map<string, CompiledExpression>();

function evaluated(feel: string, context: JsonObject): Json {
  const names = Object.fromEntries(Object.entries(context).map(([name, value]) => [name, toFeel(value)]));
  const known = compiled.get(feel) ?? compileExpression(feel);
  if (compiled.size < 1000) compiled.set(feel, known);
  return withoutNulls(fromFeel(known.evaluate(names).value));
}

/** FEEL has no missing members, only null: a member that came to nothing is not there. */
function withoutNulls(value: Json): Json {
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null)) : value;
}
