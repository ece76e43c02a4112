// String functions (DMN 1.5 Table 73), with the regular expressions of XPath.
import { test } from 'node:test';
import { feelTable } from '#testing/feel-table.ts';

test('positions count code points, from the end when negative', () => {
  feelTable(String.raw`
    substring("foobar", 3) ⇒ "obar"
    substring("foobar", 3, 3) ⇒ "oba"
    substring("foobar", -2, 1) ⇒ "a"
    substring("foobar", 0) ⇒ null
    substring("foobar", 7) ⇒ null
    substring("foobar", 6) ⇒ "r"
    substring("foobar", -6) ⇒ "foobar"
    substring("foobar", -7) ⇒ null
    substring("foobar", 3, 0) ⇒ null
    substring("foobar", 3, -1) ⇒ null
    substring("foobar", 3, 100) ⇒ "obar"
    substring("foobar", 1.8) ⇒ "foobar"
    substring("foobar", 3, 1.8) ⇒ "o"
    substring("foobar", "3") ⇒ null
    substring("foobar", 3, null) ⇒ null
    substring("\U01F40Eab", 2) ⇒ "ab"
    substring("\U01F40Eab", 1, 1) ⇒ "🐎"
    substring("", 1) ⇒ null
    substring(null, 1) ⇒ null
    substring("foobar") ⇒ null
    substring(string: "foobar", start position: 3, length: 2) ⇒ "ob"
    string length("") ⇒ 0
    string length("🐎ab") ⇒ 3
    string length(null) ⇒ null
    string length(1) ⇒ null
  `);
});

test('parts of texts, and their case', () => {
  feelTable(String.raw`
    upper case("aBc4") ⇒ "ABC4"
    lower case("aBc4") ⇒ "abc4"
    upper case("ß") ⇒ "SS"
    lower case("İ") ⇒ "i̇"
    upper case(string: "a") ⇒ "A"
    substring before("foobar", "bar") ⇒ "foo"
    substring before("foobar", "xyz") ⇒ ""
    substring before("foobar", "o") ⇒ "f"
    substring before("foobar", "") ⇒ ""
    substring after("foobar", "ob") ⇒ "ar"
    substring after("", "a") ⇒ ""
    substring after("foobar", "") ⇒ "foobar"
    substring after("foobar", "x") ⇒ ""
    substring after("foobar", null) ⇒ null
  `);
});

test('replace knows groups, flags and what XPath forbids', () => {
  feelTable(String.raw`
    replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") ⇒ "[1=ab][2=]cd"
    replace("abracadabra", "bra", "*") ⇒ "a*cada*"
    replace("abracadabra", "a.*a", "*") ⇒ "*"
    replace("abracadabra", "a.*?a", "*") ⇒ "*c*bra"
    replace("AAAA", "A+", "b") ⇒ "b"
    replace("AAAA", "A+?", "b") ⇒ "bbbb"
    replace("darted", "^(.*?)d(.*)$", "$1c$2") ⇒ "carted"
    replace("abc", "", "-") ⇒ null
    replace("abc", "b", "$") ⇒ null
    replace("abc", "b", "\\$") ⇒ "a$c"
    replace("abc", "B", "x", "i") ⇒ "axc"
    replace("abc", "B", "x", "") ⇒ "abc"
    replace("abc", "B", "x", null) ⇒ "abc"
    replace("abc", "B", "x", "k") ⇒ null
    replace("a\nb", "a.b", "x", "s") ⇒ "x"
    replace("a.b", ".", "x", "q") ⇒ "axb"
    replace("a b", "a b", "x", "x") ⇒ "a b"
    replace("abc", "[", "x") ⇒ null
    replace("abc", "(b)", "$0$0") ⇒ "abbc"
    replace("abc", "(?<n>b)", "x") ⇒ null
    replace(input: "abc", pattern: "b", replacement: "x", flags: "i") ⇒ "axc"
    replace("abc", "b", null) ⇒ null
    replace("abc", "b", 1) ⇒ null
    replace("💩x", "x", "y") ⇒ "💩y"
  `);
});

test('contains, starts with, ends with, matches', () => {
  feelTable(String.raw`
    contains("foobar", "of") ⇒ false
    contains("foobar", "") ⇒ true
    contains("", "") ⇒ true
    contains(null, "a") ⇒ null
    starts with("foobar", "fo") ⇒ true
    ends with("foobar", "r") ⇒ true
    matches("foobar", "^fo*b") ⇒ true
    matches("foobar", "^Fo*b", "i") ⇒ true
    matches("foobar", "o") ⇒ true
    matches("foobar", "") ⇒ true
    matches("", "") ⇒ true
    matches("foobar", null) ⇒ null
    matches("foobar", "x", null) ⇒ false
    matches("a\nb", "a.b") ⇒ false
    matches("a\nb", "^b$", "m") ⇒ true
    matches("hello world", "hello\\ sworld", "x") ⇒ true
    matches("abc", "\\p{Lu}", "i") ⇒ true
    matches("abcd", "\\p{L}+") ⇒ true
    matches("ی", "\\p{IsArabic}") ⇒ true
    matches("ی", "\\P{IsArabic}") ⇒ false
    matches("😀", "^\\p{IsEmoticons}$") ⇒ true
    matches("a", "\\p{IsNowhere}") ⇒ null
    matches("a", "\\p{}") ⇒ null
    matches("a", "[b") ⇒ null
    matches("a", "(a") ⇒ null
    matches("a", "a)") ⇒ null
    matches("b", "[a-c-[b]]") ⇒ false
    matches("b", "[^a]") ⇒ true
    matches("a", "[\\d-z]") ⇒ null
    matches("5", "[\\da-c]") ⇒ true
    matches("-", "[a\\-z]") ⇒ true
    matches("a b", "a[ ]b", "x") ⇒ true
    matches("ab", "a \n b", "x") ⇒ true
    matches("]", "[\\]]") ⇒ true
    matches("abcdefghijkk", "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)\\11") ⇒ true
    matches("x", "\\i\\c*") ⇒ true
    matches("a-b", "[a-z-]+") ⇒ true
    matches("a^", "[\\^a]+") ⇒ true
    matches("ab", "a{1}b{1,}") ⇒ true
    matches("ab", "a{,1}b") ⇒ null
    matches("abab", "(ab)\\1") ⇒ true
    matches("aa", "(a)\\2") ⇒ null
    matches("a", "\\") ⇒ null
    matches("a", "a++") ⇒ null
    matches("a$", "a\\$") ⇒ true
    matches("a|b", "a\\|b") ⇒ true
    matches("tab\t", "\\t") ⇒ true
    matches("a", "(?i)A") ⇒ null
    matches("ä", "\\w") ⇒ true
    matches("٣", "\\d") ⇒ true
  `);
});

test('split and string join', () => {
  feelTable(String.raw`
    split("John Doe", "\\s") ⇒ ["John", "Doe"]
    split("a;b;c;;", ";") ⇒ ["a", "b", "c", "", ""]
    split("a;b", "") ⇒ null
    split("", ";") ⇒ [""]
    split("abc", ",") ⇒ ["abc"]
    split(null, ",") ⇒ null
    split(string: "a,b", delimiter: ",") ⇒ ["a", "b"]
    split("aXbxc", "[xX]") ⇒ ["a", "b", "c"]
    string join(["a","b","c"], "-") ⇒ "a-b-c"
    string join(["a",null,"c"], "-") ⇒ "a-c"
    string join(["a","b"]) ⇒ "ab"
    string join(["a","b"], null) ⇒ "ab"
    string join([], "-") ⇒ ""
    string join(null) ⇒ null
    string join("a", "-") ⇒ "a"
    string join([1,2], "-") ⇒ null
    string join(list: ["a","b"], delimiter: ",") ⇒ "a,b"
    string join(["a","b"], "") ⇒ "ab"
    string join(["a"], "X") ⇒ "a"
    string join(["a", ["b"]], "X") ⇒ null
    string join(["a","b"], ",", "[", "]") ⇒ null
  `);
});
