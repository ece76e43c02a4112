// The plain part of Camunda 7's expressions as FEEL: `${amount > 100 && !paid}` gives `amount > 100 and not(paid)`. Calls of beans and methods are
// not translated: what they do stands in no model. Evaluates nothing.

/** A constant where the text has no expression; FEEL with its `=` where it has; undefined where that cannot be told in FEEL. */
export function fromJuel(text: string): string | undefined {
  const parts = partsOf(text);
  if (!parts) return undefined;
  const [first] = parts;
  if (parts.every((part) => !part.isExpression)) return text;
  if (parts.length === 1 && first) return translated(first.text, (feel) => `=${feel}`);
  const pieces = parts.map((part) =>
    part.isExpression ? translated(part.text, (feel) => `string(${feel})`) : JSON.stringify(part.text),
  );
  return pieces.includes(undefined) ? undefined : `=${pieces.join(' + ')}`;
}

function translated(source: string, as: (feel: string) => string): string | undefined {
  const tokens = tokensOf(source);
  if (!tokens || tokens.length === 0) return undefined;
  const reading: Reading = { tokens, at: 0 };
  const feel = ternary(reading);
  return feel === undefined || reading.at < tokens.length ? undefined : as(feel);
}

type Part = { readonly text: string; readonly isExpression: boolean };

/** `Dear ${name}` in its parts; undefined where an expression does not end. */
function partsOf(text: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const begin = rest.search(/[$#]\{/u);
    if (begin !== 0) parts.push({ text: begin < 0 ? rest : rest.slice(0, begin), isExpression: false });
    if (begin < 0) break;
    const end = rest.indexOf('}', begin);
    if (end < 0) return undefined;
    parts.push({ text: rest.slice(begin + 2, end), isExpression: true });
    rest = rest.slice(end + 1);
  }
  return parts;
}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([\p{L}_][\p{L}\p{N}_]*)|(&&|\|\||[=!<>]=|[-+*/%<>!?:().,]))/uy;

type Token = { readonly is: 'number' | 'text' | 'name' | 'sign'; readonly text: string };

function tokensOf(source: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const text = source.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (!found) return undefined;
    const [, number, quoted, name, sign] = found;
    if (number !== undefined) tokens.push({ is: 'number', text: number });
    else if (quoted !== undefined)
      tokens.push({ is: 'text', text: JSON.stringify(quoted.slice(1, -1).replace(/\\(.)/gu, '$1')) });
    else if (name !== undefined)
      tokens.push(WORDS.has(name) ? { is: 'sign', text: WORDS.get(name) ?? name } : { is: 'name', text: name });
    else if (sign !== undefined) tokens.push({ is: 'sign', text: sign });
  }
  return tokens;
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['and', '&&'],
  ['or', '||'],
  ['not', '!'],
  ['eq', '=='],
  ['ne', '!='],
  ['lt', '<'],
  ['le', '<='],
  ['gt', '>'],
  ['ge', '>='],
  ['div', '/'],
  ['mod', '%'],
  ['empty', 'empty'],
]);

type Reading = { readonly tokens: readonly Token[]; at: number };

function take(reading: Reading, ...signs: readonly string[]): string | undefined {
  const token = reading.tokens[reading.at];
  if (token?.is !== 'sign' || !signs.includes(token.text)) return undefined;
  reading.at += 1;
  return token.text;
}

function ternary(reading: Reading): string | undefined {
  const test = binary(reading, 0);
  if (test === undefined || take(reading, '?') === undefined) return test;
  const whenTrue = ternary(reading);
  if (whenTrue === undefined || take(reading, ':') === undefined) return undefined;
  const otherwise = ternary(reading);
  return otherwise === undefined ? undefined : `if ${test} then ${whenTrue} else ${otherwise}`;
}

/** From the loosest binding to the tightest, with FEEL's own signs. */
const LEVELS: readonly { readonly [sign: string]: string }[] = [
  { '||': 'or' },
  { '&&': 'and' },
  { '==': '=', '!=': '!=' },
  { '<': '<', '>': '>', '<=': '<=', '>=': '>=' },
  { '+': '+', '-': '-' },
  { '*': '*', '/': '/', '%': 'modulo' },
];

function binary(reading: Reading, level: number): string | undefined {
  const signs = LEVELS[level];
  if (!signs) return unary(reading);
  let left = binary(reading, level + 1);
  for (let sign = take(reading, ...Object.keys(signs)); sign !== undefined && left !== undefined;) {
    const right = binary(reading, level + 1);
    if (right === undefined) return undefined;
    left = sign === '%' ? `modulo(${left}, ${right})` : `${left} ${signs[sign]} ${right}`;
    sign = take(reading, ...Object.keys(signs));
  }
  return left;
}

function unary(reading: Reading): string | undefined {
  const sign = take(reading, '!', '-', 'empty');
  if (sign === undefined) return primary(reading);
  const operand = unary(reading);
  if (operand === undefined) return undefined;
  if (sign === '!') return `not(${operand})`;
  return sign === '-' ? `-${operand}` : `(${operand} = null or ${operand} = "")`;
}

function primary(reading: Reading): string | undefined {
  if (take(reading, '(') !== undefined) {
    const inner = ternary(reading);
    return inner === undefined || take(reading, ')') === undefined ? undefined : `(${inner})`;
  }
  const token = reading.tokens[reading.at];
  if (!token || token.is === 'sign') return undefined;
  reading.at += 1;
  return token.is === 'name' ? path(reading, token.text) : token.text;
}

/** `order.total`, or `execution.getVariable('total')`, which is `total`. */
function path(reading: Reading, first: string): string | undefined {
  const names = [first];
  while (take(reading, '.') !== undefined) {
    const token = reading.tokens[reading.at];
    if (token?.is !== 'name') return undefined;
    reading.at += 1;
    names.push(token.text);
  }
  if (take(reading, '(') === undefined) return names.join('.');
  const [argument] = reading.tokens.slice(reading.at, reading.at + 1);
  if (names.join('.') !== 'execution.getVariable' || argument?.is !== 'text') return undefined;
  reading.at += 1;
  return take(reading, ')') === undefined ? undefined : String(JSON.parse(argument.text));
}
