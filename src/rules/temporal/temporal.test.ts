// Temporal values: their literals, arithmetic and properties (DMN 1.5 §10.3.2.3, Tables 55, 56, 65).
import { test } from 'node:test';
import { feelTable } from '#testing/feel-table.ts';

test('at-literals are dates, times and durations that exist', () => {
  feelTable(String.raw`
    @"24:00:00" ⇒ null
    @"2020-01-01T24:00:00" ⇒ null
    @"23:59:60" ⇒ null
    @"2020-13-01" ⇒ null
    @"2020-02-30" ⇒ null
    @"2021-02-29" ⇒ null
    @"20-01-01" ⇒ null
    @"12345-01-01" ⇒ 12345-01-01
    @"-2020-01-01" ⇒ -2020-01-01
    @"-0001-01-01" ⇒ -0001-01-01
    @"0000-01-01" ⇒ 0000-01-01
    @"+2020-01-01" ⇒ null
    @"999999999-12-31" ⇒ 999999999-12-31
    @"9999999999-12-31" ⇒ null
    @"2020-01-01Z" ⇒ null
    @"2020-01-01+01:00" ⇒ null
    @"10:00" ⇒ null
    @"10:00:00.123456789" ⇒ 10:00:00.123456789
    @"10:00:00.1234567891" ⇒ 10:00:00.123456789
    @"10:00:00.000" ⇒ 10:00:00
    @"10:00:00+25:00" ⇒ null
    @"10:00:00+18:00" ⇒ 10:00:00+18:00
    @"10:00:00+14:00" ⇒ 10:00:00+14:00
    @"10:00:00+14:01" ⇒ 10:00:00+14:01
    @"10:00:00-00:00" ⇒ 10:00:00Z
    @"10:00:00z" ⇒ 10:00:00Z
    @"10:00:00@Nowhere/City" ⇒ null
    @"10:00:00@Etc/UTC" ⇒ 10:00:00@Etc/UTC
    @"10:00:00+01:00@Europe/Paris" ⇒ null
    @"2020-01-01T10:00:00+01:00@Europe/Paris" ⇒ null
    @"P" ⇒ null
    @"PT" ⇒ null
    @"P1M1D" ⇒ null
    @"P1Y2M" ⇒ P1Y2M
    @"P14M" ⇒ P1Y2M
    @"-P14M" ⇒ -P1Y2M
    @"P-1Y" ⇒ null
    @"PT36H" ⇒ P1DT12H
    @"PT90061.5S" ⇒ P1DT1H1M1.5S
    @"P1DT" ⇒ null
    @"P1W" ⇒ null
    @"PT1.5H" ⇒ null
    @"PT0.000000001S" ⇒ PT0.000000001S
    @"P99999999999Y" ⇒ P99999999999Y
    @"foo" ⇒ null
  `);
});

test('temporal arithmetic: points, durations, numbers', () => {
  feelTable(String.raw`
    @"2020-01-01" + 1 ⇒ null
    @"2020-01-01" + @"P1D" ⇒ 2020-01-02
    @"P1D" + @"2020-01-01" ⇒ 2020-01-02
    @"2020-01-01" + @"PT36H" ⇒ 2020-01-02
    @"2020-01-01" + @"PT1H" ⇒ 2020-01-01
    @"2020-01-01" - @"PT1H" ⇒ 2019-12-31
    @"2020-01-31" + @"P1M" ⇒ 2020-02-29
    @"2020-03-31" - @"P1M" ⇒ 2020-02-29
    @"2020-02-29" + @"P1Y" ⇒ 2021-02-28
    @"2020-01-01" - @"2019-01-01" ⇒ P365D
    @"2020-01-01" - @"2019-12-31T12:00:00" ⇒ null
    @"2020-01-01T00:00:00" - @"2019-12-31" ⇒ null
    @"2020-01-01T00:00:00Z" - @"2019-12-31" ⇒ P1D
    @"2020-01-01" + @"2020-01-01" ⇒ null
    @"2020-01-01T00:00:00" + @"PT1H" ⇒ 2020-01-01T01:00:00
    @"2020-01-01T00:00:00" + @"P1M" ⇒ 2020-02-01T00:00:00
    @"P1M" + @"2020-01-01T00:00:00" ⇒ 2020-02-01T00:00:00
    @"2020-01-01T00:00:00" - @"P1M" ⇒ 2019-12-01T00:00:00
    @"2020-01-01T00:00:00" - @"PT1S" ⇒ 2019-12-31T23:59:59
    @"2020-01-01T00:00:00Z" - @"2020-01-01T00:00:00+01:00" ⇒ PT1H
    @"2020-01-01T00:00:00" - @"2020-01-01T00:00:00+01:00" ⇒ null
    @"2020-01-01T00:00:00@Europe/Paris" - @"2020-01-01T00:00:00Z" ⇒ -PT1H
    @"2021-03-27T12:00:00@Europe/Paris" + @"P1D" ⇒ 2021-03-28T13:00:00@Europe/Paris
    @"2021-03-27T12:00:00@Europe/Paris" + @"PT24H" ⇒ 2021-03-28T13:00:00@Europe/Paris
    @"10:00:00" + @"PT1H" ⇒ 11:00:00
    @"PT1H" + @"10:00:00" ⇒ 11:00:00
    @"23:30:00" + @"PT1H" ⇒ 00:30:00
    @"00:30:00" - @"PT1H" ⇒ 23:30:00
    @"10:00:00" + @"P1Y" ⇒ null
    @"10:00:00" - @"09:00:00" ⇒ PT1H
    @"10:00:00Z" - @"09:00:00+01:00" ⇒ PT2H
    @"10:00:00" - @"09:00:00Z" ⇒ null
    @"10:00:00" - @"2020-01-01" ⇒ null
    @"P1Y" + @"P1M" ⇒ P1Y1M
    @"P1Y" - @"P1M" ⇒ P11M
    @"P1M" - @"P1Y" ⇒ -P11M
    @"P1D" + @"PT1H" ⇒ P1DT1H
    @"P1D" - @"PT25H" ⇒ -PT1H
    @"P1Y" + @"P1D" ⇒ null
    @"P1Y" * 2 ⇒ P2Y
    2 * @"P1Y" ⇒ P2Y
    @"P1Y" * 0.5 ⇒ P6M
    @"P1Y" * @"P1Y" ⇒ null
    @"P1D" * 1.5 ⇒ P1DT12H
    1.5 * @"P1D" ⇒ P1DT12H
    @"P1Y" / 2 ⇒ P6M
    @"P1Y" / @"P1M" ⇒ 12
    @"P1D" / @"PT1H" ⇒ 24
    @"P1D" / 3 ⇒ PT8H
    @"P1D" / @"P1Y" ⇒ null
    @"P1D" / 0 ⇒ null
    @"P1D" / @"PT0S" ⇒ null
    1 / @"P1D" ⇒ null
    @"P1Y" / 5 ⇒ P2M
    @"P1D" ** 2 ⇒ null
    2 ** 1000000 ⇒ null
    2 ** 10 ⇒ 1024
    (-2) ** 3 ⇒ -8
    (-2) ** 0.5 ⇒ null
    2 ** null ⇒ null
    @"999999999-12-31" + @"P1D" ⇒ null
    @"-999999999-01-01" - @"P1D" ⇒ null
    @"0001-01-01" - @"P1Y" ⇒ 0000-01-01
    @"0000-01-01" - @"P1D" ⇒ -0001-12-31
    @"P1D" * 1E6140 ⇒ null
    @"PT1S" / 1E-6140 ⇒ null
    @"P1Y" * 1E20 ⇒ null
    @"2020-01-01T00:00:00" + @"P1D" * 1E15 ⇒ null
    @"P100000000000D" * 1E9 ⇒ null
  `);
});

test('temporal values, ranges and contexts have their properties, others none', () => {
  feelTable(String.raw`
    @"2020-01-01".year ⇒ 2020
    @"2020-01-01".weekday ⇒ 3
    @"2020-01-01".hour ⇒ null
    @"2020-01-01".time offset ⇒ null
    @"2020-01-01T10:11:12.5Z".second ⇒ 12
    @"10:11:12".timezone ⇒ null
    @"10:11:12".time offset ⇒ null
    @"10:11:12+01:00".time offset ⇒ PT1H
    @"10:11:12@Europe/Paris".timezone ⇒ "Europe/Paris"
    @"10:11:12@Europe/Paris".time offset ⇒ PT1H
    @"10:11:12Z".timezone ⇒ null
    @"10:11:12Z".time offset ⇒ PT0S
    @"2021-03-28T01:59:59@Europe/Paris".time offset ⇒ PT1H
    @"2021-03-28T02:30:00@Europe/Paris".time offset ⇒ PT1H
    @"2021-03-28T03:00:00@Europe/Paris".time offset ⇒ PT2H
    @"2021-10-31T02:30:00@Europe/Paris".time offset ⇒ PT2H
    @"2021-10-31T03:00:00@Europe/Paris".time offset ⇒ PT1H
    @"2022-03-22T12:00:00@Asia/Tehran".time offset ⇒ PT4H30M
    @"2023-03-22T12:00:00@Asia/Tehran".time offset ⇒ PT3H30M
    @"P1Y2M".years ⇒ 1
    @"P1Y2M".months ⇒ 2
    @"P1Y2M".days ⇒ null
    @"P1DT2H3M4.5S".days ⇒ 1
    @"P1DT2H3M4.5S".seconds ⇒ 4.5
    @"-P1DT2H3M4S".hours ⇒ -2
    @"-P14M".years ⇒ -1
    @"-P14M".months ⇒ -2
    [1..2].start ⇒ 1
    [1..2].foo ⇒ null
    "a".length ⇒ null
    (1).x ⇒ null
    null.x ⇒ null
    {a:1}.b ⇒ null
    {a:null}.a ⇒ null
    [{a:1},{b:2}].a ⇒ [1, null]
    [1,2].a ⇒ [null, null]
    [{a:{b:1}},{a:{b:2}}].a.b ⇒ [1, 2]
    [[{a:1}]].a ⇒ [null]
  `);
});
