// Regular expressions of XPath 3.1 (§5.6.1, on XML Schema's) written as JavaScript's: what either side forbids gives undefined.
import { BLOCKS } from './regex-blocks.ts';

const CLASS_ESCAPES: { readonly [letter: string]: string } = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  s: '[ \\t\\n\\r]',
  S: '[^ \\t\\n\\r]',
  w: '[^\\p{P}\\p{Z}\\p{C}]',
  W: '[\\p{P}\\p{Z}\\p{C}]',
  i: '[\\p{L}\\p{Nl}_:]',
  I: '[^\\p{L}\\p{Nl}_:]',
  c: '[\\p{L}\\p{Nl}\\p{Nd}\\p{Mn}\\p{Mc}_:.\\-\\u00B7]',
  C: '[^\\p{L}\\p{Nl}\\p{Nd}\\p{Mn}\\p{Mc}_:.\\-\\u00B7]',
};
const CONTROL = 'nrt';
const LITERAL = '\\|.?*+(){}-[]^$';

const cache = new Map<string, RegExp | undefined>();

/** The expression for a pattern and flags (s m i x q), or undefined where they are not valid. */
export function pattern(source: string, flags: string, global = false): RegExp | undefined {
  const key = `${global ? 'g' : ''}/${flags}/${source}`;
  if (!cache.has(key)) {
    if (cache.size > 2000) cache.clear();
    cache.set(key, make(source, flags, global));
  }
  return cache.get(key);
}

function make(source: string, flags: string, global: boolean): RegExp | undefined {
  if (!/^[smixq]*$/.test(flags)) return undefined;
  const text = flags.includes('q') ? source.replace(/[\\|.?*+(){}[\]^$/-]/g, '\\$&') : new Translation(source, flags).all();
  if (text === undefined) return undefined;
  try {
    return new RegExp(text, `v${flags.includes('i') ? 'i' : ''}${global ? 'g' : ''}`);
  } catch {
    return undefined;
  }
}

class Translation {
  private at = 0;
  private opened = 0;
  private readonly closed = new Set<number>();
  private readonly open: number[] = [];
  private readonly source: string;
  private readonly flags: string;
  private valid = true;

  constructor(source: string, flags: string) {
    this.source = flags.includes('x') ? withoutSpace(source) : source;
    this.flags = flags;
  }

  all(): string | undefined {
    let out = '';
    while (this.at < this.source.length && this.valid) out += this.one();
    return this.valid && this.open.length === 0 ? out : undefined;
  }

  private fail(): string {
    this.valid = false;
    return '';
  }

  private one(): string {
    const letter = String.fromCodePoint(this.source.codePointAt(this.at) ?? 0);
    this.at += letter.length;
    switch (letter) {
      case '\\':
        return this.escape();
      case '[':
        return this.group();
      case '(':
        return this.enter();
      case ')':
        return this.leave();
      case '.':
        return this.flags.includes('s') ? '[^]' : '[^\\n\\r]';
      case '^':
        return this.flags.includes('m') ? '(?:(?<![^])|(?<=\\n)(?=[^]))' : '^';
      case '$':
        return this.flags.includes('m') ? '(?:(?![^])|(?=\\n))' : '$';
      case '/':
      case '-':
        return letter === '/' ? '\\/' : '-';
      default:
        return letter;
    }
  }

  private enter(): string {
    if (this.source.startsWith('?:', this.at)) {
      this.at += 2;
      this.open.push(0);
      return '(?:';
    }
    if (this.source[this.at] === '?') return this.fail();
    this.opened += 1;
    this.open.push(this.opened);
    return '(';
  }

  private leave(): string {
    const number = this.open.pop();
    if (number === undefined) return this.fail();
    if (number > 0) this.closed.add(number);
    return ')';
  }

  /** After a backslash, outside a class. */
  private escape(): string {
    const letter = this.source[this.at] ?? '';
    if (/[1-9]/.test(letter)) return this.reference();
    this.at += 1;
    if (letter === '-') return '-';
    return this.shared(letter);
  }

  /** A back reference takes as many digits as name a group that is closed. */
  private reference(): string {
    let digits = this.source[this.at] ?? '';
    this.at += 1;
    while (/\d/.test(this.source[this.at] ?? '') && this.closed.has(Number(digits + (this.source[this.at] ?? '')))) {
      digits += this.source[this.at] ?? '';
      this.at += 1;
    }
    return this.closed.has(Number(digits)) ? `(?:\\${digits})` : this.fail();
  }

  private shared(letter: string): string {
    if (letter in CLASS_ESCAPES) return CLASS_ESCAPES[letter] ?? '';
    if (letter === 'p' || letter === 'P') return this.category(letter);
    if (letter !== '' && CONTROL.includes(letter)) return `\\${letter}`;
    return letter !== '' && LITERAL.includes(letter) ? `\\${letter}` : this.fail();
  }

  private category(letter: string): string {
    const name = /^\{([A-Za-z0-9-]+)\}/.exec(this.source.slice(this.at))?.[1];
    if (name === undefined) return this.fail();
    this.at += name.length + 2;
    if (!name.startsWith('Is')) return `\\${letter}{${name}}`;
    const block = BLOCKS[name.slice(2)];
    if (!block) return this.fail();
    const [first, last] = block;
    return `[${letter === 'P' ? '^' : ''}\\u{${first.toString(16)}}-\\u{${last.toString(16)}}]`;
  }

  /** After `[`: a character class, with subtraction `-[…]` at its end. */
  private group(): string {
    const negative = this.source[this.at] === '^';
    if (negative) this.at += 1;
    let inner = '';
    let subtracted = '';
    for (let first = true; this.valid; first = false) {
      const letter = this.source[this.at];
      if (letter === undefined) return this.fail();
      if (letter === ']' && !first) break;
      if (letter === '-' && this.source[this.at + 1] === '[' && !first) {
        this.at += 2;
        subtracted = this.group();
        if (this.source[this.at] !== ']') return this.fail();
        break;
      }
      inner += this.member();
    }
    this.at += 1;
    const own = `[${negative ? '^' : ''}${inner}]`;
    return subtracted ? `[${own}--${subtracted}]` : own;
  }

  /** One character or a range of a class. */
  private member(): string {
    const from = this.single();
    const next = this.source[this.at + 1];
    if (this.source[this.at] !== '-' || next === ']' || next === '[' || next === undefined) return from;
    if (from.length > 2 && /^(?:\[|\\[pP])/.test(from)) return this.fail();
    this.at += 1;
    return `${from}-${this.single()}`;
  }

  private single(): string {
    const letter = String.fromCodePoint(this.source.codePointAt(this.at) ?? 0);
    this.at += letter.length;
    if (letter === '[' || letter === ']') return this.fail();
    if (letter !== '\\')
      return /[\w\s]/.test(letter) || letter.codePointAt(0) !== letter.charCodeAt(0) || letter > '~' ? letter : escaped(letter);
    const next = this.source[this.at] ?? '';
    this.at += 1;
    return /\d/.test(next) ? this.fail() : this.shared(next);
  }
}

function escaped(letter: string): string {
  return `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** Flag x: white space goes, but not inside a character class. */
function withoutSpace(source: string): string {
  let depth = 0;
  let out = '';
  for (let at = 0; at < source.length; at += 1) {
    const letter = source[at] ?? '';
    if (letter === '\\' && depth > 0) {
      out += letter + (source[at + 1] ?? '');
      at += 1;
      continue;
    }
    if (letter === '[') depth += 1;
    if (letter === ']') depth -= 1;
    if (depth > 0 || !/[ \t\n\r]/.test(letter)) out += letter;
  }
  return out;
}

/** The parts of a replacement string: texts and group numbers. `$` and `\` alone are errors (FORX0004). */
export function replacement(text: string, groups: number): (string | number)[] | undefined {
  const parts: (string | number)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (letter === '\\') {
      if (next !== '\\' && next !== '$') return undefined;
      parts.push(next);
      at += 1;
    } else if (letter === '$') {
      if (!/\d/.test(next)) return undefined;
      let digits = next;
      at += 1;
      while (/\d/.test(text[at + 1] ?? '') && Number(digits + (text[at + 1] ?? '')) <= groups) {
        at += 1;
        digits += text[at] ?? '';
      }
      parts.push(Number(digits) <= groups ? Number(digits) : '');
    } else parts.push(letter);
  }
  return parts;
}
