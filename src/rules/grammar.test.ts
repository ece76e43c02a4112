// The grammar of FEEL (DMN 1.5 §10.3.1): literals, names, comments, ranges, precedence.
import { test } from 'node:test';
import { feelTable } from '#testing/feel-table.ts';

test('strings have escapes, code points and several lines', () => {
  feelTable(String.raw`
    "a⏎b" ⇒ "a\nb"
    "tab\tnl\nq\"s\'b\\" ⇒ "tab\tnl\nq\"s'b\\"
    "\u0041\U01F600\u00e9" ⇒ "A😀é"
    "\uD83D\uDC0E" = "🐎" ⇒ true
    string length("\U01F40E") ⇒ 1
    string length("\U10FFFF") ⇒ 1
    string length("\U110000") ⇒ 8
    "\d" ⇒ "\\d"
  `);
});

test('numbers may start with a point and have an exponent', () => {
  feelTable(String.raw`
    -1 ⇒ -1
    --1 ⇒ 1
    - -1 ⇒ 1
    .5 ⇒ 0.5
    1e3 ⇒ 1000
    1E-3 ⇒ 0.001
    1.5e+2 ⇒ 150
    -.5 ⇒ -0.5
    007 ⇒ 7
  `);
});

test('names may have spaces, name symbols, keywords and Persian words', () => {
  feelTable(String.raw`
    a-b ⇒ -1
    a - b ⇒ -1
    a -b ⇒ -1
    a- b ⇒ -1
    the-rate ⇒ 5
    the - rate ⇒ 5
    big name + 1 ⇒ 8
    big  name ⇒ 7
    c.y z ⇒ 2
    {a+b: 1}.a+b ⇒ 1
    {"a+b": 1}.a+b ⇒ 1
    {a.b: 1}.a.b ⇒ 1
    {a/b*c: 1}.a/b*c ⇒ 1
    {don't: 1}.don't ⇒ 1
    {in: 1}.in ⇒ 1
    {if: 1, b: 2}.if ⇒ 1
    {for: 2, then: 3, return: 4} ⇒ {for: 2, then: 3, return: 4}
    {and: 1}.and ⇒ 1
    {ملک من: 3}.ملک من ⇒ 3
    for in1 in [1] return in1 ⇒ [1]
    {"": 1} ⇒ {"": 1}
    {a b: 1, c: a b + 1} ⇒ {a b: 1, c: 2}
  `);
});

test('comments stand anywhere', () => {
  feelTable(String.raw`
    // comment⏎1 ⇒ 1
    1 /* x */ + /* y⏎z */ 2 // end ⇒ 3
    /* only */ 1 ⇒ 1
  `);
});

test('ranges are open or closed, of any ordered kind, or one comparison', () => {
  feelTable(String.raw`
    [1..2] ⇒ [1..2]
    ]1..2[ ⇒ (1..2)
    (1..2) ⇒ (1..2)
    [1..2[ ⇒ [1..2)
    ]1..2] ⇒ (1..2]
    [a..b] ⇒ [3..4]
    [-1..1] ⇒ [-1..1]
    ["a".."z"] ⇒ ["a".."z"]
    [@"2020-01-01"..@"2021-01-01"] ⇒ [2020-01-01..2021-01-01]
    [@"PT1H"..@"PT2H") ⇒ [PT1H..PT2H)
    [date("2020-01-01")..date("2021-01-01")] ⇒ [2020-01-01..2021-01-01]
    [1+1..2+2] ⇒ [2..4]
    [c.x..10] ⇒ [1..10]
    (> 5) ⇒ (> 5)
    (<= 5) ⇒ (<= 5)
    (= 5) ⇒ (= 5)
    (!= 5) ⇒ (!= 5)
    (>5).start ⇒ 5
    (>5).start included ⇒ false
    (>5).end included ⇒ false
  `);
});

test('in asks a range, a list, a value or several tests', () => {
  feelTable(String.raw`
    5 in (> 5) ⇒ false
    5 in > 4 ⇒ true
    5 in (>4, <3) ⇒ true
    5 in [1..5) ⇒ false
    5 in ([1..3], [4..6]) ⇒ true
    null in [1..5] ⇒ null
    5 in null ⇒ false
    5 in [1,5] ⇒ true
    5 in [[1,5]] ⇒ null
    [1,5] in [[1,5]] ⇒ true
    [1] in [1,2] ⇒ true
    "b" in ["a".."c"] ⇒ true
    5 in 5 ⇒ true
    5 in (5) ⇒ true
    5 in (1,5) ⇒ true
    5 in not(5) ⇒ false
    1 in [2,3,1] ⇒ true
    1 in [[2,3,1]] ⇒ null
    1 in [] ⇒ false
    {a:1} in [{a:1}] ⇒ true
    1 in [1] and true ⇒ true
    1 in [1..2] and false ⇒ false
    2 in [1] or true ⇒ true
    1 in <5 and false ⇒ false
    1 in "a" and a in b or true ⇒ true
    1 in [2] and 1 in [1] ⇒ false
    t and 1 in (1,2) and false ⇒ false
    1 in (2) or 1 in (1) ⇒ true
    some x in [1,2] satisfies x in [2] and true ⇒ true
    if 1 in [1] and t then 1 else 2 ⇒ 1
    1 between 1 and 2 and true ⇒ true
  `);
});

test('logic has three values, also of what is no boolean', () => {
  feelTable(String.raw`
    if true then 1 else 2 ⇒ 1
    if null then 1 else 2 ⇒ 2
    if "x" then 1 else 2 ⇒ null
    if 1 then 1 else 2 ⇒ null
    true and "x" ⇒ null
    "x" and true ⇒ null
    false and "x" ⇒ false
    "x" and false ⇒ false
    true or "x" ⇒ true
    false or "x" ⇒ null
    "x" or false ⇒ null
    "x" or true ⇒ true
    1 and 1 ⇒ null
    null and null ⇒ null
    null or null ⇒ null
    not(1) ⇒ null
    not("x") ⇒ null
    not(true) ⇒ false
    not(null) ⇒ null
    true and [true] ⇒ true
    1 < 2 and 2 < 3 ⇒ true
    1 = 1 = true ⇒ true
  `);
});

test('operators bind as the standard lists them, from the left', () => {
  feelTable(String.raw`
    1 + 2 * 3 ⇒ 7
    (1 + 2) * 3 ⇒ 9
    2 ** 3 ** 2 ⇒ 64
    -2 ** 2 ⇒ 4
    2 ** -1 ⇒ 0.5
    2 ** 0.5 ⇒ 1.414213562373095048801688724209698
    0 ** 0 ⇒ 1
    10 - 2 - 3 ⇒ 5
    100 / 10 / 2 ⇒ 5
    1 < 2 < 3 ⇒ null
  `);
});

test('operators and brackets may stand close or apart', () => {
  feelTable(String.raw`
    3 -1 ⇒ 2
    3-1 ⇒ 2
    a-1 ⇒ 2
    a -1 ⇒ 2
    abs(3 -5) ⇒ 2
    [3 -1] ⇒ [2]
    -1 -1 ⇒ -2
    2*-1 ⇒ -2
    2--1 ⇒ 3
    1e3-1 ⇒ 999
    a--1 ⇒ 4
    a- -1 ⇒ 4
    -a-1 ⇒ -4
    (a)-1 ⇒ 2
    l[1]-1 ⇒ 0
    c.x-1 ⇒ 0
    c.x -1 ⇒ 0
    5 - -5 ⇒ 10
    [1 .. 2] ⇒ [1..2]
    for i in 1..a return i ⇒ [1, 2, 3]
    for i in a..1 return i ⇒ [3, 2, 1]
    for i in 1 ..2 return i ⇒ [1, 2]
    for i in c.x..a return i ⇒ [1, 2, 3]
    for i in (1+1)..(2+2) return i ⇒ [2, 3, 4]
    [a..b].end ⇒ 4
    [1.5..2.5] ⇒ [1.5..2.5]
    [.5...7] ⇒ [0.5..0.7]
    [1...5] ⇒ null
    [-a..a] ⇒ [-3..3]
    a in [-3..-1] ⇒ false
    a in [1..a] ⇒ true
    a in (-3..3] ⇒ true
    a > -5 ⇒ true
    a>-5 ⇒ true
    a=-3 ⇒ false
    {a:-1}.a ⇒ -1
    a*b/b ⇒ 3
    a ** -1 ⇒ 0.3333333333333333333333333333333333
    -a ** 2 ⇒ 9
    -(a) ** 2 ⇒ 9
    2 ** -a ⇒ 0.125
    not(a > 1) and true ⇒ false
    not (a > 1) ⇒ false
    abs (a) ⇒ 3
    substring ( "abc" , 2 ) ⇒ "bc"
    l [1] ⇒ 1
    l[ 1 ] ⇒ 1
    c . x ⇒ 1
    { x : 1 } . x ⇒ 1
    @"P1D" . days ⇒ 1
    if a>1 then"x"else"y" ⇒ "x"
    [1,2,3][item>1][1] ⇒ 2
    (function(x)x)(1) ⇒ 1
    some x in[1]satisfies x=1 ⇒ true
    1=1and 2=2 ⇒ true
    a instance of number ⇒ true
    a instance of number = true ⇒ true
    null=null ⇒ true
    "a"="a" ⇒ true
    a and(b) ⇒ null
    true or(false) ⇒ true
    t and t or t ⇒ true
    t or t and false ⇒ true
    false and false or true ⇒ true
    not(t) or t ⇒ true
  `);
});
