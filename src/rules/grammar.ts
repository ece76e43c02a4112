// From FEEL text to lezer's parse tree: names with spaces by scope, syntax faults as findings. Never evaluates.
import type { Finding } from '#base/finding.ts';
import { parser, trackVariables } from 'lezer-feel';
import type { SyntaxNode, Tree } from '@lezer/common';
import { SPACED_BUILTINS } from './builtins/names.ts';

export type Top = 'Expression' | 'UnaryTests';
/** Names in scope with the names inside them: what lets the grammar read `applicant.first name` and `price - discount`. */
export type Shape = { readonly [name: string]: Shape | true };
export type Parsed = { readonly tree: Tree; readonly text: string; readonly findings: readonly Finding[] };

/** `range<` is no type of the grammar: it is read as `list <`, of the same length, and told apart by the source. */
const RANGE_TYPE = /(\bof\s+|[:<,]\s*|->\s*)range(\s*)</g;

const KEYWORDS =
  /^(?:for|in|return|if|then|else|some|every|satisfies|or|and|between|instance|of|function|null|true|false|external|not|date|time|duration|days|years|months|list|context)$/;
const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The last trees read, so that checking a model at every keystroke reads only what changed. */
const MOST_READ = 2000;
const read = new Map<string, Parsed>();

export function parse(source: string, top: Top, shape: Shape): Parsed {
  const scope = scopeOf(shape);
  const key = `${scope.id} ${top} ${source}`;
  const known = read.get(key);
  if (known) return known;
  const parsed = parsedNow(source, scope.parsers[top]);
  if (read.size >= MOST_READ) read.clear();
  read.set(key, parsed);
  return parsed;
}

function parsedNow(source: string, parser: Parser): Parsed {
  const text = oneLined(source).replace(RANGE_TYPE, (_, before: string, space: string) => `${before}list ${space}<`);
  try {
    const tree = parser.parse(text);
    return { tree, text, findings: faults(tree, source) };
  } catch {
    return { tree: parser.parse(''), text, findings: [fault(source, 0, source.length)] };
  }
}

/** White space of the standard (grammar 61, 62) that the parser does not know, or not everywhere. */
const SPACE = /[\n\r\v\f\u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]/;
const COMMENT_STRING_OR_SPACE =
  /\/\/[^\n]*\n?|\/\*.*?\*\/|"(?:[^"\\]|\\.)*"|[\n\r\v\f\u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]/gs;

/** All white space as spaces, of the same length. A string may go over several lines; its literal is read from the source. */
function oneLined(source: string): string {
  if (!SPACE.test(source)) return source;
  return source.replace(COMMENT_STRING_OR_SPACE, (part) => {
    if (part.startsWith('"')) return part.replace(/[\n\r\v\f]/g, ' ');
    return part.startsWith('/') ? part : ' ';
  });
}

type Parser = ReturnType<typeof parser.configure>;
type GrammarScope = { readonly id: number; readonly parsers: { readonly [top in Top]: Parser } };
const scopes = new WeakMap<Shape, GrammarScope>();
let made = 0;

/** The parsers of a scope, made once: only names that the grammar could not read by itself are tracked. */
function scopeOf(shape: Shape): GrammarScope {
  const known = scopes.get(shape);
  if (known) return known;
  const tracked = Object.entries(shape).filter(([name, inner]) => inner !== true || !PLAIN.test(name) || KEYWORDS.test(name));
  const contextTracker = trackVariables({ ...SPACED_BUILTINS, ...Object.fromEntries(tracked) });
  const scope = {
    id: (made += 1),
    parsers: {
      Expression: parser.configure({ top: 'Expression', contextTracker }),
      UnaryTests: parser.configure({ top: 'UnaryTests', contextTracker }),
    },
  };
  scopes.set(shape, scope);
  return scope;
}

function faults(tree: Tree, source: string): Finding[] {
  const found: Finding[] = [];
  tree.iterate({
    enter(node) {
      if (node.type.isError && found.length < 5) found.push(fault(source, node.from, Math.max(node.to, node.from)));
    },
  });
  return found;
}

function fault(source: string, from: number, to: number): Finding {
  const near = source.slice(from, Math.min(Math.max(to, from + 1), from + 40)).trim();
  return {
    code: 'feel-syntax',
    severity: 'error',
    place: source,
    at: { from, to },
    reason: {
      fa: near
        ? `عبارت FEEL در نویسهٔ ${from + 1} نزدیک «${near}» خوانده نمی‌شود.`
        : `عبارت FEEL در نویسهٔ ${from + 1} ناتمام است.`,
      en: near
        ? `The FEEL expression cannot be read at character ${from + 1}, near “${near}”.`
        : `The FEEL expression is unfinished at character ${from + 1}.`,
    },
    mend: {
      fa: 'عبارت را مطابق دستور زبان FEEL (DMN 1.5، فصل ۱۰) بنویسید.',
      en: 'Write the expression by the grammar of FEEL (DMN 1.5, chapter 10).',
    },
  };
}

/** `==`, `<>`, `^` … : what other languages have, the grammar reads somehow and FEEL does not know. */
export function notAnOperator(source: string, at: { readonly from: number; readonly to: number }): Finding {
  const written = source.slice(at.from, at.to);
  const known = { '==': '=', '<>': '!=', '=>': '>=', '^': '**' }[written];
  return {
    code: 'feel-syntax',
    severity: 'error',
    place: source,
    at: { from: at.from, to: at.to },
    reason: { fa: `FEEL عملگر «${written}» ندارد.`, en: `FEEL has no operator “${written}”.` },
    mend: known
      ? { fa: `«${known}» بنویسید.`, en: `Write “${known}”.` }
      : { fa: 'بازه را در پرانتز بنویسید: «(< 5)».', en: 'Write a range in parentheses: “(< 5)”.' },
  };
}

/** A name as scopes compare it: one space around each name symbol and between words (§10.3.1.5). */
export function normalName(name: string): string {
  return name
    .replace(/\s*(\*\*|[./\-'+*])\s*/g, ' $1 ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Children without comments. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment' && child.name !== 'BlockComment') found.push(child);
  }
  return found;
}
