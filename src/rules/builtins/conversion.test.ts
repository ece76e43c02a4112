// Conversion functions (DMN 1.5 Table 72): positional, by name, nulls, wrong kinds, boundaries.
import { test } from 'node:test';
import { feelTable } from '#testing/feel-table.ts';

test('date is made of a text, parts or another temporal value', () => {
  feelTable(String.raw`
    date("2020-01-01") ⇒ 2020-01-01
    date(@"2020-01-01T10:00:00") ⇒ 2020-01-01
    date(@"2020-01-01T10:00:00@Europe/Paris") ⇒ 2020-01-01
    date(@"2020-01-01") ⇒ 2020-01-01
    date("2020-01-01T10:00:00") ⇒ null
    date(null) ⇒ null
    date(1) ⇒ null
    date() ⇒ null
    date([]) ⇒ null
    date(["2020-01-01"]) ⇒ 2020-01-01
    date(from: "2020-01-01") ⇒ 2020-01-01
    date(year: 2020, month: 1, day: 1) ⇒ 2020-01-01
    date(2020, 1, 1) ⇒ 2020-01-01
    date(2020, 13, 1) ⇒ null
    date(2020, 2, 30) ⇒ null
    date(2020.5, 1, 1) ⇒ null
    date(2020, 1) ⇒ null
    date("2020", 1, 1) ⇒ null
    date(null, 1, 1) ⇒ null
    date(-2020, 1, 1) ⇒ -2020-01-01
    date(1000000000, 1, 1) ⇒ null
  `);
});

test('time has an offset or a zone', () => {
  feelTable(String.raw`
    time("10:00:00") ⇒ 10:00:00
    time("10:00:00@Europe/Paris") ⇒ 10:00:00@Europe/Paris
    time("T10:00:00") ⇒ null
    time("10:00:00Z") ⇒ 10:00:00Z
    time(@"2020-01-01T10:00:00+01:00") ⇒ 10:00:00+01:00
    time(@"2020-01-01T10:00:00@Europe/Paris") ⇒ 10:00:00@Europe/Paris
    time(@"2020-01-01") ⇒ 00:00:00Z
    time("2020-01-01T10:00:00") ⇒ null
    time(10, 0, 0) ⇒ 10:00:00
    time(10, 0, 0, null) ⇒ 10:00:00
    time(10, 0, 0, @"PT1H") ⇒ 10:00:00+01:00
    time(10, 0, 0, @"-PT1H") ⇒ 10:00:00-01:00
    time(10, 0, 0.5) ⇒ 10:00:00.5
    time(10, 0, 0, @"PT19H") ⇒ null
    time(10, 0, 0, @"P1Y") ⇒ null
    time(24, 0, 0) ⇒ null
    time(10, 0) ⇒ null
    time(hour: 10, minute: 0, second: 0) ⇒ 10:00:00
    time(hour: 10, minute: 0, second: 0, offset: @"PT1H") ⇒ 10:00:00+01:00
    time(from: "10:00:00") ⇒ 10:00:00
    time(10, -1, 0) ⇒ null
    time(10, 0, 60) ⇒ null
  `);
});

test('date and time is made of a text, two values or parts', () => {
  feelTable(String.raw`
    date and time("2020-01-01T10:00:00") ⇒ 2020-01-01T10:00:00
    date and time("2020-01-01") ⇒ 2020-01-01T00:00:00
    date and time("2020-01-01T10:00") ⇒ null
    date and time("2020-01-01 10:00:00") ⇒ null
    date and time("2020-01-01T10:00:00@Europe/Paris") ⇒ 2020-01-01T10:00:00@Europe/Paris
    date and time(date("2020-01-01"), time("10:00:00Z")) ⇒ 2020-01-01T10:00:00Z
    date and time(@"2020-01-01T23:00:00Z", time("10:00:00")) ⇒ 2020-01-01T10:00:00
    date and time("2020-01-01", time("10:00:00")) ⇒ null
    date and time(date("2020-01-01"), "10:00:00") ⇒ null
    date and time(@"2020-01-01", null) ⇒ null
    date and time(@"2020-01-01T10:00:00Z", "Europe/Paris") ⇒ null
    date and time(@"2020-01-01T10:00:00Z", "@Europe/Paris") ⇒ null
    date and time(2020,1,1,10,0,0) ⇒ 2020-01-01T10:00:00
    date and time(2020,1,1,10,0,0,@"PT1H") ⇒ 2020-01-01T10:00:00+01:00
    date and time(2020,1,1,10,0,0,"Europe/Paris") ⇒ 2020-01-01T10:00:00@Europe/Paris
    date and time(2020,1,1,10,0,0,"@Europe/Paris") ⇒ 2020-01-01T10:00:00@Europe/Paris
    date and time(2020,1,1,10,0,0,"+01:00") ⇒ 2020-01-01T10:00:00+01:00
    date and time(2020,1,1,10,0,0,null) ⇒ 2020-01-01T10:00:00
    date and time(from: "2020-01-01T10:00:00") ⇒ 2020-01-01T10:00:00
    date and time(date: @"2020-01-01", time: @"10:00:00") ⇒ 2020-01-01T10:00:00
    date and time(year: 2020, month: 1, day: 1, hour: 1, minute: 2, second: 3) ⇒ 2020-01-01T01:02:03
    date and time(year: 2020, month: 1, day: 1, hour: 1, minute: 2, second: 3, offset: @"PT1H") ⇒ 2020-01-01T01:02:03+01:00
    date and time(year: 2020, month: 1, day: 1, hour: 1, minute: 2, second: 3, timezone: "Europe/Paris") ⇒ 2020-01-01T01:02:03@Europe/Paris
    date and time(null) ⇒ null
    date and time(1) ⇒ null
  `);
});

test('durations are of two kinds', () => {
  feelTable(String.raw`
    duration("P1D") ⇒ P1D
    duration("P1Y2M") ⇒ P1Y2M
    duration("P1Y1D") ⇒ null
    duration(null) ⇒ null
    duration(1) ⇒ null
    duration(from: "P1D") ⇒ P1D
    duration(@"P1D") ⇒ P1D
    duration("-P1D") ⇒ -P1D
    duration("P") ⇒ null
    duration("P0Y") ⇒ P0M
    duration("") ⇒ null
    years and months duration(@"2020-01-01", @"2021-03-01") ⇒ P1Y2M
    years and months duration(from: @"2020-01-01", to: @"2021-03-01") ⇒ P1Y2M
    years and months duration(@"2020-01-31", @"2020-02-29") ⇒ P0M
    years and months duration(@"2020-02-29", @"2020-01-31") ⇒ P0M
    years and months duration(@"2021-03-01", @"2020-01-01") ⇒ -P1Y2M
    years and months duration(@"2020-01-01T10:00:00", @"2020-03-01") ⇒ P2M
    years and months duration(@"2020-01-01T10:00:00", @"2020-02-01T09:00:00") ⇒ P1M
    years and months duration("2020-01-01", @"2020-02-01") ⇒ null
    years and months duration(null, @"2020-02-01") ⇒ null
  `);
});

test('number reads grouping and decimal separators', () => {
  feelTable(String.raw`
    number("1") ⇒ 1
    number("1,000", ",", ".") ⇒ 1000
    number("1 000.5", " ", ".") ⇒ 1000.5
    number("1.000,5", ".", ",") ⇒ 1000.5
    number("1,000") ⇒ null
    number("1.5", null, ".") ⇒ 1.5
    number("1,5", null, ",") ⇒ 1.5
    number("1000,5", " ", ",") ⇒ 1000.5
    number("1,000", ",", ",") ⇒ null
    number("1,000", "x", ".") ⇒ null
    number("1000", ",", "x") ⇒ null
    number("1000", "", ".") ⇒ null
    number("abc") ⇒ null
    number("") ⇒ null
    number(" 1 ") ⇒ null
    number("-1") ⇒ -1
    number("+1") ⇒ null
    number("1e3") ⇒ 1000
    number("1.") ⇒ null
    number(".5") ⇒ 0.5
    number("0x10") ⇒ null
    number("Infinity") ⇒ null
    number(from: "1", grouping separator: ",", decimal separator: ".") ⇒ 1
    number(from: "1") ⇒ 1
    number(from: "1", decimal separator: ",") ⇒ 1
    number(null) ⇒ null
    number(1) ⇒ 1
    number("1", ",") ⇒ 1
    number("1,000", ",", null) ⇒ 1000
  `);
});

test('string writes every kind as FEEL would', () => {
  feelTable(String.raw`
    string(1) ⇒ "1"
    string(1.0) ⇒ "1"
    string(1.10) ⇒ "1.1"
    string(-1) ⇒ "-1"
    string(1e10) ⇒ "10000000000"
    string("a") ⇒ "a"
    string("a\"b") ⇒ "a\"b"
    string(true) ⇒ "true"
    string(null) ⇒ null
    string(@"2020-01-01") ⇒ "2020-01-01"
    string(@"10:00:00.5Z") ⇒ "10:00:00.5Z"
    string(@"2020-01-01T10:00:00@Europe/Paris") ⇒ "2020-01-01T10:00:00@Europe/Paris"
    string(@"2020-01-01T10:00:00+00:00") ⇒ "2020-01-01T10:00:00Z"
    string(@"P1Y") ⇒ "P1Y"
    string(@"P0M") ⇒ "P0M"
    string(@"P13M") ⇒ "P1Y1M"
    string(@"PT0S") ⇒ "PT0S"
    string(@"PT1.5S") ⇒ "PT1.5S"
    string(@"P2DT0H") ⇒ "P2D"
    string([1,"a",null,true]) ⇒ "[1, \"a\", null, true]"
    string({a: 1, "b c": "x", d: [1]}) ⇒ "{a: 1, b c: \"x\", d: [1]}"
    string([1..3]) ⇒ "[1..3]"
    string(]1..3[) ⇒ "(1..3)"
    string(["a".."b"]) ⇒ "[\"a\"..\"b\"]"
    string((>5)) ⇒ "(> 5)"
    string([]) ⇒ "[]"
    string({}) ⇒ "{}"
    string() ⇒ null
    string(from: 1) ⇒ "1"
    string(abs) ⇒ "function(n)"
    string(function(x) x) ⇒ "function(x)"
    string([@"2020-01-01"]) ⇒ "[2020-01-01]"
    string(0.000001) ⇒ "0.000001"
    string(1E-7) ⇒ "0.0000001"
    string(1E21) ⇒ "1000000000000000000000"
    string(100000000000000000000000) ⇒ "100000000000000000000000"
    string(123456789.123456789) ⇒ "123456789.123456789"
    string("a", "b") ⇒ null
  `);
});
