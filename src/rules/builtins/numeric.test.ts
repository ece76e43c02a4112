// Numeric, temporal and context functions (DMN 1.5 Tables 75, 76, 77, 80).
import { test } from 'node:test';
import { feelTable } from '#testing/feel-table.ts';

test('rounding goes to even, up, down, half up, half down, at any scale', () => {
  feelTable(String.raw`
    decimal(1/3, 2) ⇒ 0.33
    decimal(1.5, 0) ⇒ 2
    decimal(2.5, 0) ⇒ 2
    decimal(-2.5, 0) ⇒ -2
    decimal(1234, -2) ⇒ 1200
    decimal(1.115, 2) ⇒ 1.12
    decimal(1, null) ⇒ null
    decimal(1) ⇒ null
    decimal(1.5, 1.9) ⇒ 1.5
    decimal("1", 1) ⇒ null
    decimal(n: 1.25, scale: 1) ⇒ 1.2
    decimal(1, 6177) ⇒ null
    decimal(1, -6112) ⇒ null
    floor(1.5) ⇒ 1
    floor(-1.5) ⇒ -2
    floor(-1.56, 1) ⇒ -1.6
    floor(1.5, null) ⇒ null
    floor(n: 1.5) ⇒ 1
    floor(n: 1.55, scale: 1) ⇒ 1.5
    ceiling(1.5) ⇒ 2
    ceiling(-1.5) ⇒ -1
    ceiling(-1.56, 1) ⇒ -1.5
    ceiling(null) ⇒ null
    ceiling(5E-324, 2) ⇒ 0.01
    round up(5.5, 0) ⇒ 6
    round up(-5.5, 0) ⇒ -6
    round up(1.121, 2) ⇒ 1.13
    round up(-1.126, 2) ⇒ -1.13
    round up(5.5) ⇒ null
    round down(5.5, 0) ⇒ 5
    round down(-1.126, 2) ⇒ -1.12
    round half up(5.5, 0) ⇒ 6
    round half up(-5.5, 0) ⇒ -6
    round half up(1.125, 2) ⇒ 1.13
    round half down(5.5, 0) ⇒ 5
    round half down(-5.5, 0) ⇒ -5
    round half down(1.125, 2) ⇒ 1.12
    round half up(n: 5.5, scale: 0) ⇒ 6
    round up(null, 0) ⇒ null
    round up(5.5, null) ⇒ null
    round half even(1.5, 0) ⇒ null
    round up(12345, -3) ⇒ 13000
    round half up(5.5, 6177) ⇒ null
    decimal(1E-6000, 6000) = 1E-6000 ⇒ true
    decimal(1E6000, -6100) ⇒ 0
  `);
});

test('abs, modulo, sqrt, log, exp, odd, even', () => {
  feelTable(String.raw`
    abs(10) ⇒ 10
    abs(-10) ⇒ 10
    abs(@"PT5H") ⇒ PT5H
    abs(@"-PT5H") ⇒ PT5H
    abs(@"-P1Y") ⇒ P1Y
    abs(null) ⇒ null
    abs("1") ⇒ null
    abs(n: -1) ⇒ 1
    modulo(12, 5) ⇒ 2
    modulo(-12, 5) ⇒ 3
    modulo(12, -5) ⇒ -3
    modulo(-12, -5) ⇒ -2
    modulo(10.1, 4.5) ⇒ 1.1
    modulo(-10.1, 4.5) ⇒ 3.4
    modulo(10.1, -4.5) ⇒ -3.4
    modulo(-10.1, -4.5) ⇒ -1.1
    modulo(10, 0) ⇒ null
    modulo(dividend: 12, divisor: 5) ⇒ 2
    modulo(0, 5) ⇒ 0
    modulo(1E34, 3) ⇒ 1
    modulo(-5, 5) ⇒ 0
    sqrt(16) ⇒ 4
    sqrt(2) ⇒ 1.414213562373095048801688724209698
    sqrt(-1) ⇒ null
    sqrt(0) ⇒ 0
    sqrt(number: 4) ⇒ 2
    sqrt(null) ⇒ null
    log(10) ⇒ 2.302585092994045684017991454684364
    log(1) ⇒ 0
    log(0) ⇒ null
    log(-1) ⇒ null
    log(number: 2) ⇒ 0.6931471805599453094172321214581766
    exp(5) ⇒ 148.4131591025766034211155800405523
    exp(0) ⇒ 1
    exp(-1) ⇒ 0.3678794411714423215955237701614609
    exp(number: 4) ⇒ 54.59815003314423907811026120286088
    exp(100000) ⇒ null
    odd(5) ⇒ true
    odd(2) ⇒ false
    odd(2.5) ⇒ null
    odd(-1) ⇒ true
    odd(number: 1) ⇒ true
    even(5) ⇒ false
    even(0) ⇒ true
    even(-2) ⇒ true
    even(1.5) ⇒ null
    even(null) ⇒ null
  `);
});

test('parts of the calendar, is, now and today', () => {
  feelTable(String.raw`
    day of year(@"2019-09-17") ⇒ 260
    day of year(@"2020-12-31T10:00:00") ⇒ 366
    day of year("2020-01-01") ⇒ null
    day of week(@"2019-09-17") ⇒ "Tuesday"
    day of week(date: @"2019-09-17") ⇒ "Tuesday"
    month of year(@"2019-09-17") ⇒ "September"
    week of year(@"2019-09-17") ⇒ 38
    week of year(@"2003-12-29") ⇒ 1
    week of year(@"2004-01-04") ⇒ 1
    week of year(@"2005-01-01") ⇒ 53
    week of year(@"2005-01-03") ⇒ 1
    week of year(@"2005-01-09") ⇒ 1
    week of year(null) ⇒ null
    day of year(@"-2020-01-01") ⇒ 1
    is(@"10:00:00Z", @"10:00:00+00:00") ⇒ true
    is(@"10:00:00", @"10:00:00Z") ⇒ false
    is(1, 1.0) ⇒ true
    is(1, "1") ⇒ false
    is(null, null) ⇒ true
    is() ⇒ true
    is([1], [1]) ⇒ true
    is(@"2012-12-25T00:00:00", @"2012-12-25T00:00:00") ⇒ true
    is(@"10:00:00@Europe/Paris", @"10:00:00+01:00") ⇒ false
    is(value1: 1, value2: 1) ⇒ true
    is(@"P1Y", @"P12M") ⇒ true
    now() ⇒ 2026-11-24T09:00:00+03:30
    today() ⇒ 2026-11-24
    now() - now() ⇒ PT0S
    now().year ⇒ 2026
    now(1) ⇒ null
  `);
});

test('get value, get entries, context, context put, context merge', () => {
  feelTable(String.raw`
    get value({a:1}, "a") ⇒ 1
    get value({a:1}, "b") ⇒ null
    get value({a:{b:1}}, ["a","b"]) ⇒ 1
    get value({a:{b:1}}, ["a","c"]) ⇒ null
    get value({a:1}, []) ⇒ null
    get value(null, "a") ⇒ null
    get value({a:1}, null) ⇒ null
    get value(m: {a:1}, key: "a") ⇒ 1
    get value({a:1}, 1) ⇒ null
    get entries({a:1,b:"x"}) ⇒ [{key: "a", value: 1}, {key: "b", value: "x"}]
    get entries({}) ⇒ []
    get entries(null) ⇒ null
    get entries(m: {a:1}) ⇒ [{key: "a", value: 1}]
    get entries([{a:1}]) ⇒ [{key: "a", value: 1}]
    context([{key:"a",value:1},{key:"b",value:2}]) ⇒ {a: 1, b: 2}
    context([{key:"a",value:1},{key:"a",value:2}]) ⇒ null
    context([{key:"a"}]) ⇒ null
    context([{key:"a",value:null}]) ⇒ {a: null}
    context([{key:1,value:1}]) ⇒ null
    context([{key:"a",value:1, extra:1}]) ⇒ {a: 1}
    context({key:"a",value:1}) ⇒ {a: 1}
    context([]) ⇒ {}
    context(null) ⇒ null
    context(entries: [{key:"a",value:1}]) ⇒ {a: 1}
    context([{key:null,value:1}]) ⇒ null
    context put({a:1}, "b", 2) ⇒ {a: 1, b: 2}
    context put({a:1}, "a", 2) ⇒ {a: 2}
    context put({a:1}, "a", null) ⇒ {a: null}
    context put({a:1}, null, 1) ⇒ null
    context put(null, "a", 1) ⇒ null
    context put({a:{b:1}}, ["a","b"], 2) ⇒ {a: {b: 2}}
    context put({a:{b:1}}, ["a","c"], 2) ⇒ {a: {b: 1, c: 2}}
    context put({a:1}, ["b","c"], 2) ⇒ null
    context put({a:1}, ["a","c"], 2) ⇒ null
    context put({a:1}, [], 2) ⇒ null
    context put({a:1}, ["b"], 2) ⇒ {a: 1, b: 2}
    context put({}, ["b",null], 2) ⇒ null
    context put(context: {a:1}, key: "b", value: 2) ⇒ {a: 1, b: 2}
    context put(context: {a:1}, keys: ["b"], value: 2) ⇒ {a: 1, b: 2}
    context merge([{a:1},{b:2}]) ⇒ {a: 1, b: 2}
    context merge([{a:1},{a:2}]) ⇒ {a: 2}
    context merge([]) ⇒ {}
    context merge({a:1}) ⇒ {a: 1}
    context merge([{a:{b:1}},{a:{c:2}}]) ⇒ {a: {c: 2}}
    context merge([null]) ⇒ null
    context merge(contexts: [{a:1}]) ⇒ {a: 1}
    context merge(null) ⇒ null
    context merge([{a:1}, 1]) ⇒ null
  `);
});
