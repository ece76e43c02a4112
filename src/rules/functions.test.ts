// Functions as values, types and paths (DMN 1.5 §10.3.2.9, .12, .17).
import { test } from 'node:test';
import { feelTable } from '#testing/feel-table.ts';

test('functions are values: closures, recursion, arguments by name, types of parameters', () => {
  feelTable(String.raw`
    (function(x) x + 1)(2) ⇒ 3
    (function() 5)() ⇒ 5
    (function(x, y) x - y)(y: 1, x: 5) ⇒ 4
    (function(x: number) x)(1) ⇒ 1
    (function(x: number) x)([1]) ⇒ 1
    (function(x: number) x)([1, 2]) ⇒ null
    (function(x: number) x)([]) ⇒ null
    (function(x: list<number>) x)(1) ⇒ [1]
    (function(x: date and time) x)(@"2020-01-01") ⇒ 2020-01-01T00:00:00Z
    (function(x: string) x)(null) ⇒ null
    (function(x) x)() ⇒ null
    (function(x) x)(1,2) ⇒ null
    (function(x: number) x)("a") ⇒ null
    {f: function(x) x * 2, r: f(3)}.r ⇒ 6
    {add: function(a) function(b) a + b, r: add(1)(2)}.r ⇒ 3
    {fact: function(n) if n <= 1 then 1 else n * fact(n - 1), r: fact(5)}.r ⇒ 120
    {fs: [function(x) x+1, function(x) x*2], r: fs[2](5)}.r ⇒ 10
    {o: {m: function(x) x}, r: o.m(3)}.r ⇒ 3
    (for f in [abs, floor] return f(-1.5)) ⇒ [1.5, -2]
    sort([3,1,2], function(x,y) x > y) ⇒ [3, 2, 1]
    {f: abs, r: f(-1)}.r ⇒ 1
    {f: max, r: f(1,2,3)}.r ⇒ 3
    5(1) ⇒ null
    null(1) ⇒ null
    unknown(1) ⇒ null
    abs(x: 1) ⇒ null
    abs(n: 1, n: 2) ⇒ null
    floor(-1.5).x ⇒ null
    (function(a, a) a)(1,2) ⇒ 2
    (function(x) external {java: {class: "java.lang.Math", method signature: "abs(int)"}})(1) ⇒ null
    function(x) x + 1 ⇒ function(x)
    {a: function(x: number, y: string) x} ⇒ {a: function(x, y)}
  `);
});

test('instance of knows every type', () => {
  feelTable(String.raw`
    1 instance of number ⇒ true
    1 instance of string ⇒ false
    "a" instance of string ⇒ true
    true instance of boolean ⇒ true
    null instance of Null ⇒ true
    null instance of Any ⇒ false
    null instance of number ⇒ false
    1 instance of Any ⇒ true
    1 instance of Null ⇒ false
    @"2020-01-01" instance of date ⇒ true
    @"2020-01-01" instance of date and time ⇒ false
    @"2020-01-01T00:00:00" instance of date and time ⇒ true
    @"2020-01-01T00:00:00" instance of date ⇒ false
    @"10:00:00" instance of time ⇒ true
    @"P1D" instance of days and time duration ⇒ true
    @"P1Y" instance of years and months duration ⇒ true
    @"P1Y" instance of days and time duration ⇒ false
    [] instance of list<number> ⇒ true
    [1] instance of list<number> ⇒ true
    [1,"a"] instance of list<Any> ⇒ true
    [1] instance of list ⇒ true
    [[1]] instance of list<list<number>> ⇒ true
    [1,null] instance of list<number> ⇒ true
    [null] instance of list<Null> ⇒ true
    {a:1} instance of context<a: number> ⇒ true
    {a:1} instance of context<a: number, b: string> ⇒ false
    {a:1,b:2} instance of context<a: number> ⇒ true
    {a:1} instance of context ⇒ true
    {a:null} instance of context<a: number> ⇒ true
    {a:{b:1}} instance of context<a: context<b: number>> ⇒ true
    [1..2] instance of range<number> ⇒ true
    [1..2] instance of range<Any> ⇒ true
    (>5) instance of range<number> ⇒ true
    [@"2020-01-01"..@"2020-01-02"] instance of range<date> ⇒ true
    (function(a: number) a) instance of function<number> -> Any ⇒ true
    (function(a: number) a) instance of function<number>->number ⇒ false
    (function(a) a) instance of function<Any>->Any ⇒ true
    (function() 1) instance of function<>->Any ⇒ true
    abs instance of function<number>->number ⇒ true
    floor instance of function<number>->number ⇒ true
    floor instance of function<number,number,number>->number ⇒ false
    (function(a: range<number>) a) instance of function<range<number>>->Any ⇒ true
    (function(a: range<number>) a) instance of function<range<date>>->Any ⇒ false
    (function(a: context<x: number>) a) instance of function<context<x: number, y: string>>->Any ⇒ true
    (function(a: context<x: number>) a) instance of function<context<y: string>>->Any ⇒ false
    (function(f: function<number>->Any) f) instance of function<function<Any>->number>->Any ⇒ true
    (function(f: function<number>->Any) f) instance of function<function<string>->Any>->Any ⇒ false
    (function(a: list<number>) a) instance of function<list<number>>->Any ⇒ true
    (function(a: number) a) instance of function<list<number>>->Any ⇒ false
    abs instance of function<Any> -> Any ⇒ true
    1 instance of foo ⇒ null
    1 instance of list<foo> ⇒ null
    1 + 1 instance of number ⇒ null
    1 instance of number and true ⇒ true
    not(1 instance of string) ⇒ true
    if 1 instance of number then 1 else 2 ⇒ 1
    [1,2][item instance of number] ⇒ [1, 2]
    [1] instance of number ⇒ false
    1 instance of list<number> ⇒ false
    {a b: 1} instance of context<a b: number> ⇒ true
    null instance of list ⇒ false
    [1..2] instance of list<number> ⇒ false
    (null) instance of list<Any> ⇒ false
    1 instance of day time duration ⇒ null
  `);
});

test('paths go into contexts and lists of contexts', () => {
  feelTable(String.raw`
    a.b.c ⇒ null
    c.x.y ⇒ null
    {a: 1, b: a}.b ⇒ 1
    {a: 1, b: {c: a}}.b.c ⇒ 1
    {a: b, b: 1} ⇒ {a: 4, b: 1}
    {b: a + 1}.b ⇒ 4
    {a: a + 1}.a ⇒ 4
    {"a": 1, b: a}.b ⇒ 1
    {a: 1}["a"] ⇒ null
    {a: 1}.a.a ⇒ null
    {"first name": 1}.first name ⇒ 1
    { "a-b": 1, c: a-b }.c ⇒ 1
    date ⇒ function(from)
    date("2020-01-01").year ⇒ 2020
    @"2020-01-01".year + 1 ⇒ 2021
    time ⇒ function(from)
    if (1 > 0) then "x" else "y" ⇒ "x"
    if true then if false then 1 else 2 else 3 ⇒ 2
    1 in [1] and true ⇒ true
    (1) ⇒ 1
    ((1)) ⇒ 1
    [[],[]] ⇒ [[], []]
    "" ⇒ ""
    a b c d ⇒ null
    ? ⇒ null
    ? + 1 ⇒ null
    item ⇒ null
    partial ⇒ null
    null + "x" ⇒ null
  `);
});
