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
