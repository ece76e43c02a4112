// List functions (DMN 1.5 Table 74): positional, by name, nulls, single values as lists, boundaries.
import { test } from 'node:test';
import { feelTable } from '#testing/feel-table.ts';

test('list contains, count, min, max', () => {
  feelTable(String.raw`
    list contains([1,2,3], 2) ⇒ true
    list contains([1,null], null) ⇒ true
    list contains([], null) ⇒ false
    list contains(null, 1) ⇒ null
    list contains(1, 1) ⇒ true
    list contains([[1]], [1]) ⇒ true
    list contains(list: [1], element: 1) ⇒ true
    count([]) ⇒ 0
    count(null) ⇒ null
    count(1,2,3) ⇒ 3
    count([1,[2,3]]) ⇒ 2
    count("a") ⇒ 1
    count(list: [1,2]) ⇒ 2
    min([1,2,3]) ⇒ 1
    min(1,2,3) ⇒ 1
    min([]) ⇒ null
    min() ⇒ null
    min(1) ⇒ 1
    min(null) ⇒ null
    min([null,1]) ⇒ null
    min("a","b") ⇒ "a"
    min([1,"a"]) ⇒ null
    max(@"2020-01-01", @"2021-01-01") ⇒ 2021-01-01
    max(@"P1Y", @"P2Y") ⇒ P2Y
    max([[1],[2]]) ⇒ null
    min([true,false]) ⇒ null
    min([@"10:00:00", @"11:00:00Z"]) ⇒ null
    max(list: [1,2]) ⇒ 2
  `);
});

test('sum, mean, all, any', () => {
  feelTable(String.raw`
    sum([1,2,3]) ⇒ 6
    sum(1,2,3) ⇒ 6
    sum([]) ⇒ null
    sum(1) ⇒ 1
    sum() ⇒ null
    sum(null) ⇒ null
    sum([1,null]) ⇒ null
    sum([1,"a"]) ⇒ null
    sum([@"P1D", @"P2D"]) ⇒ null
    mean([1,2,3]) ⇒ 2
    mean(1,2) ⇒ 1.5
    mean([]) ⇒ null
    mean([null]) ⇒ null
    all([true,true]) ⇒ true
    all([]) ⇒ true
    all([null]) ⇒ null
    all([true,null]) ⇒ null
    all([false,null]) ⇒ false
    all([false,"x"]) ⇒ null
    all([true,"x"]) ⇒ null
    all(true,false) ⇒ false
    all(true) ⇒ true
    all(null) ⇒ null
    all() ⇒ null
    all(0) ⇒ null
    any([]) ⇒ false
    any([false,null]) ⇒ null
    any([true,null]) ⇒ true
    any([false,false]) ⇒ false
    any([null]) ⇒ null
    any(null) ⇒ null
    any([true,"x"]) ⇒ null
    any([false,"x"]) ⇒ null
    any(false,true) ⇒ true
    any("x") ⇒ null
  `);
});

test('sublist, append, concatenate, insert before, remove', () => {
  feelTable(String.raw`
    sublist([4,5,6],1,2) ⇒ [4, 5]
    sublist([4,5,6],3) ⇒ [6]
    sublist([4,5,6],-1) ⇒ [6]
    sublist([4,5,6],-2,1) ⇒ [5]
    sublist([4,5,6],0) ⇒ null
    sublist([4,5,6],4) ⇒ null
    sublist([4,5,6],1,0) ⇒ []
    sublist([4,5,6],1,4) ⇒ null
    sublist([4,5,6],1,-1) ⇒ null
    sublist([4,5,6],1,null) ⇒ null
    sublist(list: [1,2,3], start position: 2, length: 1) ⇒ [2]
    sublist(1,1) ⇒ [1]
    append([1],2,3) ⇒ [1, 2, 3]
    append([1],[2]) ⇒ [1, [2]]
    append(1,2) ⇒ [1, 2]
    append([1]) ⇒ null
    append(null,1) ⇒ null
    append([1],null) ⇒ [1, null]
    append(list: [1], item: 2) ⇒ [1, 2]
    concatenate([1,2],[3]) ⇒ [1, 2, 3]
    concatenate([1],[[2]]) ⇒ [1, [2]]
    concatenate(1,2) ⇒ [1, 2]
    concatenate([1],null) ⇒ null
    concatenate() ⇒ null
    concatenate([1]) ⇒ [1]
    insert before([1,3],1,2) ⇒ [2, 1, 3]
    insert before([1,3],-1,2) ⇒ [1, 2, 3]
    insert before([1,3],0,2) ⇒ null
    insert before([1,3],2,2) ⇒ [1, 2, 3]
    insert before([1,3],3,2) ⇒ null
    insert before([],1,2) ⇒ null
    insert before([1,3],-3,2) ⇒ null
    insert before(list: [1], position: 1, newItem: 0) ⇒ [0, 1]
    insert before(null,1,2) ⇒ null
    remove([1,2,3],2) ⇒ [1, 3]
    remove([1,2,3],-1) ⇒ [1, 2]
    remove([1,2,3],0) ⇒ null
    remove([1,2,3],4) ⇒ null
    remove(list: [1], position: 1) ⇒ []
    remove([],1) ⇒ null
  `);
});

test('reverse, index of, union, distinct values, flatten', () => {
  feelTable(String.raw`
    reverse([1,2,3]) ⇒ [3, 2, 1]
    reverse(1) ⇒ [1]
    reverse([]) ⇒ []
    reverse(null) ⇒ null
    index of([1,2,3,2],2) ⇒ [2, 4]
    index of([1],2) ⇒ []
    index of([1,null],null) ⇒ [2]
    index of(null,1) ⇒ null
    index of(list: [1,2], match: 2) ⇒ [2]
    union([1,2],[2,3]) ⇒ [1, 2, 3]
    union([1,1]) ⇒ [1]
    union(1,[2]) ⇒ [1, 2]
    union([null],[null]) ⇒ [null]
    union() ⇒ null
    distinct values([1,2,3,2,1]) ⇒ [1, 2, 3]
    distinct values([1,"1",1.0]) ⇒ [1, "1"]
    distinct values([[1],[1]]) ⇒ [[1]]
    distinct values(null) ⇒ null
    distinct values(list: [1,1]) ⇒ [1]
    flatten([[1,2],[[3]], 4]) ⇒ [1, 2, 3, 4]
    flatten(1) ⇒ [1]
    flatten([]) ⇒ []
    flatten(null) ⇒ null
  `);
});

test('product, median, stddev, mode', () => {
  feelTable(String.raw`
    product([2,3,4]) ⇒ 24
    product(2,3,4) ⇒ 24
    product([]) ⇒ null
    median(8,2,5,3,4) ⇒ 4
    median([6,1,2,3]) ⇒ 2.5
    median([]) ⇒ null
    median(null) ⇒ null
    stddev(2,4,7,5) ⇒ 2.081665999466132735282297706979931
    stddev([47]) ⇒ null
    stddev(47) ⇒ null
    stddev([]) ⇒ null
    mode(6,3,9,6,6) ⇒ [6]
    mode([6,1,9,6,1]) ⇒ [1, 6]
    mode([]) ⇒ []
    mode([1,null]) ⇒ null
    mode(null) ⇒ null
  `);
});

test('sort and list replace', () => {
  feelTable(String.raw`
    sort([3,1,2], function(x,y) x<y) ⇒ [1, 2, 3]
    sort([3,1,2]) ⇒ [1, 2, 3]
    sort(["b","a"]) ⇒ ["a", "b"]
    sort([3,1,"a"], function(x,y) x<y) ⇒ null
    sort([], function(x,y) x<y) ⇒ []
    sort(list: [3,1], precedes: function(x,y) x<y) ⇒ [1, 3]
    sort([3,1,2], function(x) x) ⇒ null
    sort(null, function(x,y) x<y) ⇒ null
    sort([3,1], null) ⇒ [1, 3]
    sort(1, function(x,y) x<y) ⇒ [1]
    sort([3,1,null], function(x,y) x<y) ⇒ null
    list replace([1,2,3],2,9) ⇒ [1, 9, 3]
    list replace([1,2,3],-1,9) ⇒ [1, 2, 9]
    list replace([1,2,3],0,9) ⇒ null
    list replace([1,2,3],4,9) ⇒ null
    list replace([2,4,7,8], function(item, newItem) item < newItem, 5) ⇒ [5, 5, 7, 8]
    list replace([1,2,3], function(item) true, 5) ⇒ null
    list replace([1,2,3], function(item, newItem) null, 5) ⇒ null
    list replace([1,2,3], null, 5) ⇒ null
    list replace(list: [1,2,3], position: 2, newItem: 9) ⇒ [1, 9, 3]
    list replace(list: [1,2,3], match: function(item, newItem) item = 2, newItem: 9) ⇒ [1, 9, 3]
    list replace(null, 1, 2) ⇒ null
    list replace([1], "a", 2) ⇒ null
    list replace([], 1, 2) ⇒ null
  `);
});
