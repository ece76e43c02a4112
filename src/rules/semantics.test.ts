// Equality, order, arithmetic and properties for every pair of kinds (DMN 1.5 §10.3.2.3, §10.3.2.13, §10.3.2.14, Tables 50 to 58, 65).
import { test } from 'node:test';
import { feelTable } from '#testing/feel-table.ts';

test('values of one kind are equal by their meaning, values of two kinds neither equal nor different', () => {
  feelTable(String.raw`
    1 = 1.0 ⇒ true
    1 = "1" ⇒ null
    "a" = null ⇒ false
    null = null ⇒ true
    null != null ⇒ false
    1 != null ⇒ true
    1 != "1" ⇒ null
    [] = null ⇒ false
    [] = [] ⇒ true
    [1,2] = [1,2] ⇒ true
    [1,[2,3]] = [1,[2,3]] ⇒ true
    [1,"2"] = [1,2] ⇒ false
    [1] = 1 ⇒ true
    1 = [1] ⇒ true
    [[1]] = 1 ⇒ true
    {} = {} ⇒ true
    {a:1,b:2} = {b:2,a:1} ⇒ true
    {a:1} = {a:"1"} ⇒ false
    {a:1} = {b:1} ⇒ false
    {a:null} = {} ⇒ false
    [1..3] = [1..3] ⇒ true
    [1..3] = [1..3) ⇒ false
    (>1) = (>1) ⇒ true
    (<5) = (null..5) ⇒ false
    true = "true" ⇒ null
    true = true ⇒ true
    abs = abs ⇒ true
    function(x) x = function(x) x ⇒ function(x)
    @"2020-01-01" = @"2020-01-01T00:00:00" ⇒ null
    @"2020-01-01T00:00:00Z" = @"2020-01-01T01:00:00+01:00" ⇒ true
    @"2020-01-01T00:00:00" = @"2020-01-01T00:00:00Z" ⇒ false
    @"10:00:00Z" = @"11:00:00+01:00" ⇒ true
    @"10:00:00" = @"10:00:00Z" ⇒ false
    @"10:00:00@Europe/Paris" = @"10:00:00+01:00" ⇒ true
    @"2020-07-01T10:00:00@Europe/Paris" = @"2020-07-01T10:00:00+02:00" ⇒ true
    @"P1Y" = @"P12M" ⇒ true
    @"P1Y" = @"P365D" ⇒ null
    @"P1D" = @"PT24H" ⇒ true
    @"P0D" = @"PT0S" ⇒ true
    @"P0Y" = @"P0D" ⇒ null
  `);
});

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

test('order is of numbers, texts by code points, and temporal values of one kind', () => {
  feelTable(String.raw`
    1 < 2 ⇒ true
    1 < "a" ⇒ null
    "a" < "b" ⇒ true
    "a" < "B" ⇒ false
    "foo" < null ⇒ null
    null < null ⇒ null
    null <= null ⇒ null
    true < false ⇒ null
    [1] < [2] ⇒ true
    [1,2] < [1,3] ⇒ null
    {a:1} < {a:2} ⇒ null
    @"2020-01-01" < @"2020-01-02" ⇒ true
    @"2020-01-01" < @"2020-01-02T00:00:00" ⇒ null
    @"2020-01-01T00:00:00Z" < @"2020-01-01T00:00:00+01:00" ⇒ false
    @"2020-01-01T00:00:00" < @"2020-01-01T00:00:00+01:00" ⇒ null
    @"10:00:00Z" < @"10:00:00+01:00" ⇒ false
    @"10:00:00.1" < @"10:00:00.2" ⇒ false
    @"10:00:00.1" = @"10:00:00.2" ⇒ true
    @"2020-01-01T10:00:00.1" < @"2020-01-01T10:00:00.2" ⇒ false
    @"P1Y" < @"P13M" ⇒ true
    @"P1D" < @"PT25H" ⇒ true
    @"P1Y" < @"P1D" ⇒ null
    1 between 0 and 2 ⇒ true
    1 between 1 and 1 ⇒ true
    1 between 2 and 0 ⇒ false
    null between 1 and 2 ⇒ null
    1 between null and 2 ⇒ null
    1 between 0 and null ⇒ null
    3 between 0 and null ⇒ null
    "b" between "a" and "c" ⇒ true
    1 between "a" and "c" ⇒ null
    @"2020-01-01" between @"2019-01-01" and @"2021-01-01" ⇒ true
    [1..2] < 3 ⇒ null
    "🐎" < "�" ⇒ false
    "a" < "aa" ⇒ true
  `);
});

test('numbers have 34 digits and end at the limits of decimal128', () => {
  feelTable(String.raw`
    1 + null ⇒ null
    null + 1 ⇒ null
    "a" + "b" ⇒ "ab"
    "a" + 1 ⇒ null
    1 + "a" ⇒ null
    "a" + null ⇒ null
    "a" - "b" ⇒ null
    "a" * 2 ⇒ null
    true + 1 ⇒ null
    [1] + 1 ⇒ null
    [1] + [2] ⇒ null
    {a:1} + 1 ⇒ null
    1 / 0 ⇒ null
    0 / 0 ⇒ null
    1 / 3 ⇒ 0.3333333333333333333333333333333333
    2 / 3 ⇒ 0.6666666666666666666666666666666667
    10 / 4 ⇒ 2.5
    9999999999999999999999999999999999 * 10 ⇒ 99999999999999999999999999999999990
    0.1 + 0.2 ⇒ 0.3
    1.0 + 2.00 ⇒ 3
    1.10 ⇒ 1.1
    100000000000000000000 ⇒ 100000000000000000000
    1234567890123456789012345678901234567890 ⇒ 1234567890123456789012345678901235000000
    0.1234567890123456789012345678901234567890 ⇒ 0.1234567890123456789012345678901235
    1E40 ⇒ 10000000000000000000000000000000000000000
    -0 ⇒ 0
    0 * -1 ⇒ 0
    1E-10 ⇒ 0.0000000001
    -(3) ⇒ -3
    -"a" ⇒ null
    -null ⇒ null
    -true ⇒ null
    +1 ⇒ 1
    +"a" ⇒ null
    -@"P1Y" ⇒ -P1Y
    -@"P1D" ⇒ -P1D
    -@"2020-01-01" ⇒ null
    1E6145 ⇒ null
    9E6144 * 10 ⇒ null
    1E-6176 > 0 ⇒ true
    1E-6177 ⇒ 0
    1E-6176 / 10 ⇒ 0
    10 ** 6144 = 1E6144 ⇒ true
    10 ** 6145 ⇒ null
    9E6144 + 9E6144 ⇒ null
    mean([1E6144, 9E6144]) ⇒ null
    2 ** 1E10 ⇒ null
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
