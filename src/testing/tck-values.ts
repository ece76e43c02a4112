// Values of the TCK's test files (`valueType` of testCases.xsd) as FEEL values, and when a result agrees with the one expected.
import { Decimal } from '#base/decimal.ts';
import { identical } from '#rules/comparison.ts';
import { childOf, childrenOf, type Element } from '#rules/dmn/xml.ts';
import { entry, isContext, isList, kindOf, putEntry, type Kind } from '#rules/kinds.ts';
import { temporal } from '#rules/literals.ts';
import { textOf } from '#rules/text.ts';
import type { FeelValue } from '#rules/types.ts';

/** A value written in a test file that no reading gives a meaning: a fault of the file or of this reader, never a null. */
export class UnreadableValue extends Error {
  override readonly name = 'UnreadableValue';
}

/** Attributes by local name: a file may bind any prefix to XML Schema's namespace. */
function attribute(element: Element, name: string): string | undefined {
  const found = Object.keys(element.attributes).find((key) => key === name || key.endsWith(`:${name}`));
  return found === undefined ? undefined : element.attributes[found];
}

/** `xs:boolean` has two ways to say true. */
export function isTrue(text: string | undefined): boolean {
  return text?.trim() === 'true' || text?.trim() === '1';
}

function isNil(element: Element): boolean {
  return isTrue(attribute(element, 'nil'));
}

/** A `valueType`: one value, a list, or components; null where it is nil or holds nothing. Throws UnreadableValue. */
export function valueOf(element: Element): FeelValue {
  if (isNil(element)) return null;
  const list = childOf(element, 'list');
  if (list) return isNil(list) ? null : childrenOf(list, 'item').map(valueOf);
  const components = childrenOf(element, 'component');
  if (components.length > 0) {
    const made: Record<string, FeelValue> = {};
    for (const component of components) putEntry(made, attribute(component, 'name') ?? '', valueOf(component));
    return made;
  }
  const value = childOf(element, 'value');
  return value && !isNil(value) ? simpleValue(value) : null;
}

const NUMBERS =
  /^(?:decimal|double|float|(?:non(?:Negative|Positive)|positive|negative)?[iI]nteger|(?:unsigned)?(?:[iI]nt|[lL]ong|[sS]hort|[bB]yte))$/;
const TEMPORAL: Readonly<Record<string, readonly Kind[]>> = {
  date: ['date'],
  time: ['time'],
  dateTime: ['date and time', 'date'],
  duration: ['days and time duration', 'years and months duration'],
  dayTimeDuration: ['days and time duration'],
  yearMonthDuration: ['years and months duration'],
};

function simpleValue(element: Element): FeelValue {
  const type = (attribute(element, 'type') ?? 'string').replace(/^.*:/, '');
  const text = element.text.trim();
  if (NUMBERS.test(type)) return numberOf(text, type);
  if (type === 'boolean') return isTrue(text);
  const kinds = TEMPORAL[type];
  if (!kinds) return element.text;
  const found = temporal(text);
  if (found === undefined || !kinds.includes(kindOf(found))) throw new UnreadableValue(`“${text}” is no xsd:${type}`);
  return found;
}

function numberOf(text: string, type: string): Decimal {
  try {
    return new Decimal(1).times(text);
  } catch {
    throw new UnreadableValue(`“${text}” is no xsd:${type}`);
  }
}

const TOLERANCE = new Decimal('1e-8');

/** Numbers agree to eight places, as the TCK asks; other values are the same of the semantic domain, zones included. */
export function agrees(expected: FeelValue, actual: FeelValue): boolean {
  if (expected instanceof Decimal)
    return actual instanceof Decimal && (expected.eq(actual) || expected.minus(actual).abs().lt(TOLERANCE));
  if (isList(expected))
    return isList(actual) && expected.length === actual.length && expected.every((item, at) => agrees(item, actual[at] ?? null));
  if (isContext(expected)) {
    if (!isContext(actual)) return false;
    const names = Object.keys(expected);
    return (
      names.length === Object.keys(actual).length &&
      names.every((name) => Object.hasOwn(actual, name) && agrees(entry(expected, name) ?? null, entry(actual, name) ?? null))
    );
  }
  if (kindOf(expected) !== kindOf(actual)) return false;
  return identical(expected, actual) && textOf(expected) === textOf(actual);
}
