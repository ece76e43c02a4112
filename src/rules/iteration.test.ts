// Loops, quantifiers and filters (DMN 1.5 §10.3.2.5, .16).
import { test } from 'node:test';
import { feelTable } from '#testing/feel-table.ts';

test('for runs over lists, ranges of whole steps and single values', () => {
  feelTable(String.raw`
    for i in [1,2] return i*2 ⇒ [2, 4]
    for i in 1..3 return i ⇒ [1, 2, 3]
    for i in 3..1 return i ⇒ [3, 2, 1]
    for i in 1..1 return i ⇒ [1]
    for i in -2..2 return i ⇒ [-2, -1, 0, 1, 2]
    for i in 1.5..3.5 return i ⇒ [1.5, 2.5, 3.5]
    for i in 1..3.5 return i ⇒ [1, 2, 3]
    for i in (1..4) return i ⇒ [2, 3]
    for i in [1..4) return i ⇒ [1, 2, 3]
    for i in ]1..4] return i ⇒ [2, 3, 4]
    for i in [4..1] return i ⇒ null
    for i in "a".."c" return i ⇒ null
    for i in @"2020-01-01"..@"2020-01-03" return i ⇒ [2020-01-01, 2020-01-02, 2020-01-03]
    for i in @"2020-01-03"..@"2020-01-01" return i ⇒ [2020-01-03, 2020-01-02, 2020-01-01]
    for i in [@"2020-01-01"..@"2020-01-03"] return i ⇒ [2020-01-01, 2020-01-02, 2020-01-03]
    for i in @"2020-01-01T00:00:00"..@"2020-01-03T00:00:00" return i ⇒ null
    for i in 1..null return i ⇒ null
    for i in null return i ⇒ null
    for i in [] return i ⇒ []
    for i in 5 return i ⇒ [5]
    for i in "ab" return i ⇒ ["ab"]
    for i in {a:1} return i.a ⇒ [1]
    for i in [null] return i ⇒ [null]
    for x in [1,2], y in [3,4] return x*y ⇒ [3, 4, 6, 8]
    for x in [[1,2],[3]], y in x return y ⇒ [1, 2, 3]
    for i in 1..3, j in i..3 return [i,j] ⇒ [[1, 1], [1, 2], [1, 3], [2, 2], [2, 3], [3, 3]]
    for i in 1..3 return partial ⇒ [[], [[]], [[], [[]]]]
    for i in 1..4 return if i = 1 then 1 else partial[-1] * i ⇒ [1, 2, 6, 24]
    for i in [1,2] return for j in [3] return i+j ⇒ [[4], [5]]
    for i in 1..2 return i + b ⇒ [5, 6]
    for a in [9] return a ⇒ [9]
    for i in (>5) return i ⇒ null
    for i in 1..-1 return i ⇒ [1, 0, -1]
    for i in 0..3 return count(partial) ⇒ [0, 1, 2, 3]
    for n in [1,2] return n + null ⇒ [null, null]
    for i in 1..3 return {p: partial} ⇒ [{p: []}, {p: [{p: []}]}, {p: [{p: []}, {p: [{p: []}]}]}]
    for i in 1..3 return append(partial, i) ⇒ [[1], [[1], 2], [[1], [[1], 2], 3]]
    for i in 1..3 return [count(partial), partial] ⇒ [[0, []], [1, [[0, []]]], [2, [[0, []], [1, [[0, []]]]]]]
    {count: function(l) l, r: for i in 1..2 return count(partial)}.r ⇒ [[], [[]]]
    for i in 1..3 return index of(partial, null) ⇒ [[], [], []]
    count(for i in 1..60000 return count(partial)) ⇒ 60000
    for i in 1..4 return sum(partial) ⇒ [null, null, null, null]
    for i in 1..3 return for j in 1..2 return count(partial) ⇒ [[0, 1], [0, 1], [0, 1]]
  `);
});

test('some and every are decided by one value, unknown by null', () => {
  feelTable(String.raw`
    some i in [1,2] satisfies i > 1 ⇒ true
    every i in [1,2] satisfies i > 0 ⇒ true
    some i in [] satisfies true ⇒ false
    every i in [] satisfies false ⇒ true
    some i in [1,null] satisfies i > 1 ⇒ null
    some i in null satisfies true ⇒ null
    every i in null satisfies true ⇒ null
    some x in [1,2], y in [2,3] satisfies x = y ⇒ true
    every x in [1,2], y in [2,3] satisfies x < y ⇒ false
    some i in [1] satisfies "x" ⇒ null
    every i in [1] satisfies null ⇒ null
    some i in 1..5 satisfies i = 3 ⇒ true
    every i in [1..3] satisfies i < 4 ⇒ true
    some i in 5 satisfies i = 5 ⇒ true
    every i in [true, false] satisfies i ⇒ false
    some x in [[1,2]], y in x satisfies y = 2 ⇒ true
  `);
});

test('filters take conditions and positions; item and the entries of items are names', () => {
  feelTable(String.raw`
    [1,2,3][item > 1] ⇒ [2, 3]
    [1,2,3][2] ⇒ 2
    [1,2,3][-1] ⇒ 3
    [1,2,3][0] ⇒ null
    [1,2,3][4] ⇒ null
    [1,2,3][-4] ⇒ null
    [1,2,3][1.5] ⇒ null
    [1,2,3][null] ⇒ []
    [1,2,3]["a"] ⇒ null
    [1,2,3][true] ⇒ [1, 2, 3]
    [1,2,3][false] ⇒ []
    [][1] ⇒ null
    [][true] ⇒ []
    null[1] ⇒ null
    null[true] ⇒ null
    5[1] ⇒ 5
    5[2] ⇒ null
    5[item = 5] ⇒ [5]
    "a"[1] ⇒ "a"
    {a:1}[1] ⇒ {a: 1}
    {a:1}[a = 1] ⇒ [{a: 1}]
    [{x:1,y:2},{x:2,y:3}][x=1] ⇒ [{x: 1, y: 2}]
    [{x:1,y:2},{x:null,y:3}][x=1] ⇒ [{x: 1, y: 2}]
    [{x:1},{y:3}][x=1] ⇒ [{x: 1}]
    [{x:1,item:5},{x:2,item:6}][item=5] ⇒ [{x: 1, item: 5}]
    [{x:1,item:5},{x:2,item:6}][item.x=1] ⇒ []
    [{x:1,y:2},{x:2,y:3}][x=1].y ⇒ [2]
    [{x:1,y:2},{x:2,y:3}].y[2] ⇒ 3
    [[1,2],[3,4]][1][2] ⇒ 2
    [1,2,3,4][item > 1][item < 4] ⇒ [2, 3]
    [1,2,3][a] ⇒ 3
    [{a:1},{a:5}][a > 2] ⇒ [{a: 5}]
    [1,2,3][item in [2..3]] ⇒ [2, 3]
    [1,2,3][[true]] ⇒ [1, 2, 3]
    [1, 2, 3][function(x) x] ⇒ null
    [true,false][item] ⇒ [true]
    [1,2,3][if item = 2 then true else false] ⇒ [2]
    [{b: 1}][b = 1 and a = 3] ⇒ [{b: 1}]
    [1,2,3][1+1] ⇒ 2
    [1,2,3][item = 1 or item = 3] ⇒ [1, 3]
    [1,"a",true][item instance of string] ⇒ ["a"]
    for i in [1,2,3][item > 1] return i ⇒ [2, 3]
    [ {a: [1,2,3]} ][1].a[2] ⇒ 2
  `);
});
