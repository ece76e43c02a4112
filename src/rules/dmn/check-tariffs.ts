// A tariff says where its numbers come from and for how long they hold. A table with the annotation `citation` is one:
// every rule cites its act; its days agree with its cell on the tariff's date; and no day between the first and the last is without a tariff.
import type { Finding } from '#base/finding.ts';
import { daysFromIsoDate, isoDateFromDays } from '#calendar/jalali.ts';
import { dayOf } from '#rules/tariff-rules.ts';
import { readRounding } from '#rules/tariff-rounding.ts';
import { FeelDate } from '#rules/temporal/date.ts';
import { fromFeel } from '#rules/values.ts';
import { cellReader, constantOf, type Cell } from './check-cell.ts';
import { found, type Words } from './check-findings.ts';
import { tablesOf, type Table } from './check-model.ts';
import type { Decision, DmnModel } from './model.ts';

/** The name under which a case gives the day whose tariff rules it. */
export const TARIFF_DATE = 'tariffDate';

export function checkTariffs(model: DmnModel): readonly Finding[] {
  return tablesOf(model).flatMap(({ owner, table }) => checkTable(owner, table));
}

/** The rules of a tariff hold for days: from the first to the last, both included; open where absent. */
type Days = { readonly from?: number; readonly until?: number };

function checkTable(owner: string, table: Table): readonly Finding[] {
  const [citation, from, until] = ['citation', 'from', 'until'].map((name) => table.annotations.indexOf(name));
  if (citation === undefined || citation < 0) return [];
  const cellOf = cellReader();
  const column = table.inputs.findIndex((input) => new RegExp(`\\b${TARIFF_DATE}\\b`).test(input.text));
  const cells = column < 0 ? [] : table.rules.map((rule) => cellOf((rule.tests[column] ?? '-').trim()));
  const note = (rule: number, at: number | undefined): string | undefined =>
    at === undefined || at < 0 ? undefined : (table.rules[rule]?.annotations[at] ?? '').trim();
  const each = table.rules.flatMap((_, rule) => {
    const said = { from: note(rule, from), until: note(rule, until) };
    return [
      ...(note(rule, citation) === '' ? [withoutCitation(owner, rule)] : []),
      ...daysFaults({ owner, rule }, said),
      ...(cells[rule] ? differs({ owner, rule }, said, daysIn(cells[rule])) : []),
    ];
  });
  if (column < 0) return each;
  const allowed = table.inputs[column]?.values;
  return [
    ...each,
    ...timeFaults(
      owner,
      cells.flatMap((cell) => daysIn(cell) ?? []),
      allowed === undefined ? undefined : daysIn(cellOf(allowed.trim())),
    ),
  ];
}

type Place = { readonly owner: string; readonly rule: number };
type Said = { readonly from: string | undefined; readonly until: string | undefined };

function daysFaults(place: Place, { from, until }: Said): readonly Finding[] {
  const [first, last] = [from, until].map((text) => (text === undefined ? undefined : dayOf(text)));
  if (from !== undefined && first === undefined) return [withoutDate(place)];
  if (until !== undefined && until !== '' && last === undefined) return [badDays(place, until)];
  return first !== undefined && last !== undefined && last < first ? [badDays(place, `${from} … ${until}`)] : [];
}

/** The days a cell takes; undefined where it is no single span of days. */
function daysIn(cell: Cell): Days | undefined {
  const [span, ...more] = cell.is === 'spans' ? cell.spans : [];
  if (!span || more.length > 0) return undefined;
  const day = (value: unknown): number | undefined => (value instanceof FeelDate ? value.epochDay : undefined);
  const from = day(span.from?.value);
  const until = day(span.to?.value);
  if (from === undefined && until === undefined) return undefined;
  return {
    ...(from === undefined ? {} : { from: from + (span.from?.included === true ? 0 : 1) }),
    ...(until === undefined ? {} : { until: until - (span.to?.included === true ? 0 : 1) }),
  };
}

/** What people read about a rule's days must be what decides. */
function differs(place: Place, said: Said, days: Days | undefined): readonly Finding[] {
  if (!days) return [];
  const wrong = (text: string | undefined, day: number | undefined): boolean => {
    if (text === undefined || text === '') return text === '' && day !== undefined;
    const iso = dayOf(text);
    return iso !== undefined && (day === undefined || daysFromIsoDate(iso) !== day);
  };
  if (!wrong(said.from, days.from) && !wrong(said.until, days.until)) return [];
  return [daysDiffer(place, said, days)];
}

function timeFaults(owner: string, spans: readonly Days[], allowed: Days | undefined): readonly Finding[] {
  const sorted = spans.toSorted((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity));
  const faults: Finding[] = [];
  if (sorted.some((one) => one.from === undefined) && allowed?.from === undefined) faults.push(withoutStart(owner));
  let last: number | undefined;
  for (const { from = -Infinity, until = Infinity } of sorted) {
    if (last !== undefined && from > last + 1) faults.push(noTariff(owner, last + 1));
    last = Math.max(last ?? -Infinity, until);
  }
  const end = allowed?.until ?? (allowed ? Infinity : undefined);
  if (end !== undefined && last !== undefined && last < end) faults.push(noTariff(owner, last + 1));
  return faults;
}

/** A fee decision declares its rounding as data: an entry `rounding` of its context, `{ mode: "half up", unit: 1 }`. */
export function checkRounding({ name, logic }: Decision): readonly Finding[] {
  const entry = logic?.is === 'context' ? logic.entries.find((one) => one.variable?.name === 'rounding') : undefined;
  const declared = entry?.value?.is === 'literal' ? constantOf(entry.value.text) : undefined;
  if (declared !== undefined && readRounding(fromFeel(declared))) return [];
  return [
    found({
      severity: 'error',
      code: 'rounding-undeclared',
      owner: name,
      reason: [
        'بهایی که این تصمیم حساب می‌کند نمی‌گوید چگونه گرد می‌شود.',
        'The fee that this decision computes does not declare how it is rounded.',
      ],
      mend: [
        'درایه rounding را با مقدار ثابت مانند { mode: "half up", unit: 1 } به آن بیفزایید؛ mode یکی از half up، half down، half even، up، down.',
        'Give it an entry `rounding` with a constant like { mode: "half up", unit: 1 }; mode is half up, half down, half even, up or down.',
      ],
    }),
  ];
}

const iso = (day: number): string => isoDateFromDays(day);

function withoutCitation(owner: string, rule: number): Finding {
  return found({
    severity: 'error',
    code: 'rule-without-citation',
    owner,
    rule,
    reason: [`قاعدهٔ ${rule + 1} مستند ندارد.`, `Rule ${rule + 1} names no citation.`],
    mend: ['مستند آن را در ستون citation بنویسید.', 'Name its act in the column citation.'],
  });
}

function withoutDate({ owner, rule }: Place): Finding {
  return found({
    severity: 'warning',
    code: 'rule-without-date',
    owner,
    rule,
    reason: [`قاعدهٔ ${rule + 1} نمی‌گوید از چه روزی است.`, `Rule ${rule + 1} does not say from when it holds.`],
    mend: ['تاریخ را مانند 1405-01-01 در ستون from بنویسید.', 'Write a date like 1405-01-01 in the column from.'],
  });
}

function badDays({ owner, rule }: Place, said: string): Finding {
  return found({
    severity: 'error',
    code: 'rule-dates',
    owner,
    rule,
    reason: [
      `«${said}» در قاعدهٔ ${rule + 1} روز یا بازهٔ درستی نیست.`,
      `“${said}” in rule ${rule + 1} is no day, or ends before it begins.`,
    ],
    mend: [
      'روز را مانند 1405-12-29 بنویسید و پایان را پس از آغاز بگذارید؛ خالی یعنی تا تعرفهٔ بعد.',
      'Write a day like 1405-12-29, the end after the beginning; empty means until it is replaced.',
    ],
  });
}

function daysDiffer({ owner, rule }: Place, said: Said, days: Days): Finding {
  const period = ({ from, until }: Days): string =>
    `${from === undefined ? '…' : iso(from)} – ${until === undefined ? '…' : iso(until)}`;
  const day = (text: string | undefined): string => (text === undefined || text === '' ? '…' : (dayOf(text) ?? text));
  const read = `${day(said.from)} – ${day(said.until)}`;
  return found({
    severity: 'error',
    code: 'rule-dates-differ',
    owner,
    rule,
    reason: [
      `قاعدهٔ ${rule + 1} در جدول برای ${period(days)} به کار می‌آید، اما ستون‌های from و until می‌گویند ${read}.`,
      `Rule ${rule + 1} decides for ${period(days)}, but its columns from and until say ${read}.`,
    ],
    mend: ['یکی از دو را درست کنید: مردم ستون‌ها را می‌خوانند.', 'Correct one of the two: people read the columns.'],
  });
}

function withoutStart(owner: string): Finding {
  return found({
    severity: 'error',
    code: 'tariff-without-start',
    owner,
    reason: [
      'این تعرفه روز آغاز ندارد: پیش از هر تاریخی هم به کار می‌آید.',
      'This tariff has no first day: it would rule any day of the past.',
    ],
    mend: [
      'قاعدهٔ نخست را از روزی آغاز کنید، مانند >= date("2026-03-21").',
      'Let its first rule begin on a day, like >= date("2026-03-21").',
    ],
  });
}

function noTariff(owner: string, day: number): Finding {
  const words: Words = [`در ${iso(day)} هیچ تعرفه‌ای در نفاذ نیست.`, `On ${iso(day)} no tariff is in force.`];
  return found({
    severity: 'error',
    code: 'tariff-gap',
    owner,
    reason: words,
    mend: [
      'پایان یکی و آغاز دیگری را به هم برسانید: روز پس از پایان، روز آغاز بعدی است.',
      'Let the one end the day before the next begins.',
    ],
  });
}
