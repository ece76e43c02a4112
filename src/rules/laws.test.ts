// Laws of FEEL over all values and texts: what is printed reads back, logic by its tables, inverse arithmetic.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  array,
  assert as holds,
  bigInt,
  boolean,
  constant,
  constantFrom,
  dictionary,
  integer,
  letrec,
  oneof,
  property,
  string,
  tuple,
  type Arbitrary,
} from 'fast-check';
import { Decimal } from '#base/decimal.ts';
import { compare, equals, identical } from '#rules/comparison.ts';
import { compileExpression } from '#rules/expression.ts';
import { temporal } from '#rules/literals.ts';
import { textOf } from '#rules/text.ts';
import { FeelDate, dateOf, dateOfEpochDay, plusMonths } from '#rules/temporal/date.ts';
import { DaysTime, NANOS, parseDuration, YearsMonths } from '#rules/temporal/duration.ts';
import type { FeelContext, FeelValue } from '#rules/types.ts';

const NOW = '2026-11-24T09:00:00+03:30';

function value(source: string, context: FeelContext = {}): FeelValue {
  const compiled = compileExpression(source, { names: Object.keys(context) });
  assert.deepEqual(compiled.findings, [], source);
  return compiled.evaluate(context, NOW).value;
}

const number = tuple(bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), integer({ min: -40, max: 10 })).map(
  ([digits, exponent]) => new Decimal(`${digits}e${exponent}`),
);
/** Not `null`, `true`, `false`: a context with such an entry hides the literal from those after it. */
const key = oneof(
  string({ maxLength: 6 }),
  array(constantFrom(...`a b . / * - + ' ? 1 if for date and in نرخ _ : " , ()`.split(' '), ' '), { maxLength: 5 }).map((parts) =>
    parts.join(''),
  ),
);
const printed: Arbitrary<FeelValue> = letrec<{ value: FeelValue }>((tie) => ({
  value: oneof(
    { maxDepth: 3, depthSize: 'small' },
    constant(null),
    boolean(),
    number,
    string({ unit: 'binary' }).map((text) => text.replace(/[\ud800-\udfff]/g, '')),
    array(tie('value'), { maxLength: 4 }),
    dictionary(key, tie('value'), { maxKeys: 4 }) as Arbitrary<FeelValue>,
  ),
})).value;

test('law: a value in a list, as it is printed, reads back as itself', () => {
  holds(
    property(printed, (one) => {
      const back = value(textOf([one]));
      assert.ok(Array.isArray(back) && back.length === 1, textOf([one]));
      assert.equal(equals(back[0] ?? null, one), true, textOf([one]));
    }),
    { numRuns: 2000 },
  );
});

const date = integer({ min: -3_000_000, max: 3_000_000 }).map((days) => dateOfEpochDay(days)!);
const zone = constantFrom('', 'Z', '+03:30', '-11:00', '@Asia/Tehran', '@Europe/Paris');
const clock = tuple(integer({ min: 0, max: 86_399 }), constantFrom('', '.5', '.000000001')).map(
  ([second, fraction]) =>
    [second / 3600, (second / 60) % 60, second % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':') +
    fraction,
);
const time = tuple(clock, zone).map(([text, place]) => temporal(text + place)!);
const dateTime = tuple(date, clock, zone).map(([day, text, place]) => temporal(`${day.toString()}T${text}${place}`)!);
const months = integer({ min: -100_000, max: 100_000 }).map((total) => new YearsMonths(total));
const nanos = bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map((total) => new DaysTime(total));

test('law: a temporal value, as it is printed, reads back as itself, and string() of it too', () => {
  holds(
    property(oneof<Arbitrary<FeelValue>[]>(date, time, dateTime, months, nanos), (one) => {
      const back = temporal(textOf(one));
      assert.ok(back !== undefined && identical(back, one), textOf(one));
      assert.equal(value('string(x)', { x: one }), textOf(one));
    }),
  );
});

const TRUTH = [true, false, null] as const;

test('law: and, or and not are those of Kleene; what is no boolean counts as null', () => {
  const rank = (one: unknown): number => (one === true ? 2 : one === false ? 0 : 1);
  const of = (at: number): boolean | null => (at === 2 ? true : at === 0 ? false : null);
  for (const a of [...TRUTH, 'x', new Decimal(0)]) {
    for (const b of [...TRUTH, 'y', new Decimal(1)]) {
      assert.equal(value('a and b', { a, b }), of(Math.min(rank(a), rank(b))));
      assert.equal(value('a or b', { a, b }), of(Math.max(rank(a), rank(b))));
    }
    assert.equal(value('not(a)', { a }), of(2 - rank(a)));
  }
});

test('law: for each pair of kinds, a comparison and its opposite agree or both are null', () => {
  const any = oneof<Arbitrary<FeelValue>[]>(printed, date, time, dateTime, months, nanos);
  holds(
    property(any, any, (a, b) => {
      const ask = (source: string): FeelValue => value(source, { a, b });
      const same = ask('a = b');
      assert.equal(ask('a != b'), same === null ? null : !(same as boolean));
      assert.equal(ask('b = a'), same);
      assert.equal(ask('a = a'), true);
      assert.equal(ask('a < b'), ask('b > a'));
      assert.equal(ask('a <= b'), ask('b >= a'));
      const order = compare(a, b);
      if (order !== null) {
        assert.equal(ask('a < b'), order < 0);
        assert.equal(ask('a between b and b'), order === 0);
        assert.equal(ask('a in [b..b]'), order === 0);
        assert.equal(ask('a in (< b, > b)'), order !== 0);
      }
    }),
    { numRuns: 300 },
  );
});

test('law: what is added and taken away again leaves what was', () => {
  holds(
    property(date, integer({ min: -100_000, max: 100_000 }), (day, days) => {
      const by = new DaysTime(BigInt(days) * 86_400n * NANOS);
      assert.equal(textOf(value('(d + n) - n', { d: day, n: by })), day.toString());
      assert.equal(textOf(value('(d + n) - d', { d: day, n: by })), by.toString());
    }),
  );
  holds(
    property(dateTime, nanos, (at, by) => {
      assert.equal(equals(value('(d + n) - n', { d: at, n: by }), at), true);
      assert.equal(textOf(value('(d + n) - d', { d: at, n: by })), by.toString());
    }),
  );
  holds(
    property(months, months, (a, b) => {
      assert.equal(textOf(value('a + b - b', { a, b })), a.toString());
      assert.equal(textOf(value('-(-a)', { a })), a.toString());
      assert.equal(textOf(value('duration(string(a))', { a })), a.toString());
    }),
  );
});

test('law: months move a date to the same day of a month, or its last', () => {
  holds(
    property(date, integer({ min: -5000, max: 5000 }), (day, count) => {
      const moved = plusMonths(day, count)!;
      assert.equal(moved.year * 12 + moved.month, day.year * 12 + day.month + count);
      assert.ok(moved.day === day.day || (moved.day < day.day && !dateOf(moved.year, moved.month, moved.day + 1)));
      const whole = value('years and months duration(a, b)', { a: day, b: moved });
      assert.ok(whole instanceof YearsMonths && Math.abs(whole.total - count) <= 1);
      assert.ok(dateOfEpochDay(moved.epochDay) instanceof FeelDate);
    }),
  );
});

test('law: a duration is one number of months or nanoseconds, however it is written', () => {
  const part = integer({ min: 0, max: 500 });
  holds(
    property(part, part, part, part, (days, hours, minutes, seconds) => {
      const read = parseDuration(`P${days}DT${hours}H${minutes}M${seconds}S`) as DaysTime;
      assert.equal(read.nanos, BigInt(((days * 24 + hours) * 60 + minutes) * 60 + seconds) * NANOS);
      const { parts } = read;
      assert.ok(parts.hours < 24 && parts.minutes < 60 && parts.seconds.lt(60));
    }),
  );
});

test('law: rounding is the nearest number of that scale, and keeps it', () => {
  holds(
    property(number, integer({ min: -5, max: 20 }), (n, scale) => {
      for (const name of ['decimal', 'floor', 'ceiling', 'round up', 'round down', 'round half up', 'round half down']) {
        const rounded = value(`${name}(n, s)`, { n, s: new Decimal(scale) });
        assert.ok(rounded instanceof Decimal);
        assert.equal(equals(value(`${name}(n, s)`, { n: rounded, s: new Decimal(scale) }), rounded), true);
        const unit = new Decimal(`1e${-scale}`);
        if (n.precision() + scale < 34) assert.ok(rounded.minus(n).abs().lte(unit), `${name}(${n.toString()}, ${scale})`);
      }
    }),
  );
});

test('law: a quotient times its divisor is the dividend, to 33 digits; a remainder has the sign of the divisor', () => {
  holds(
    property(number, number, (a, b) => {
      if (b.isZero()) return assert.equal(value('a / b', { a, b }), null);
      const back = value('a / b * b', { a, b }) as Decimal;
      assert.ok(back.minus(a).abs().lte(a.abs().times('1e-32')), `${a.toString()} / ${b.toString()}`);
      const rest = value('modulo(a, b)', { a, b }) as Decimal;
      return assert.ok(rest.isZero() || (rest.s === b.s && rest.abs().lte(b.abs())));
    }),
  );
});
