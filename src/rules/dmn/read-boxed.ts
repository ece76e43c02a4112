// Boxed expressions of a DMN file to data (DMN 1.5 §10.2.2, §8.2, XML of chapter 12).
import type { Aggregation, Boxed, DecisionTable, HitPolicy, Variable } from './model.ts';
import { childOf, childrenOf, textOf, type Element } from './xml.ts';

type Reader = (element: Element, common: { id: string; typeRef: string | undefined }) => Boxed;

const READERS: { readonly [name: string]: Reader } = {
  literalExpression: (element, common) => ({ ...common, is: 'literal', text: textOf(element, 'text') ?? '' }),
  context: (element, common) => ({ ...common, is: 'context', entries: childrenOf(element, 'contextEntry').map(entry) }),
  invocation: (element, common) => ({
    ...common,
    is: 'invocation',
    callee: first(element),
    bindings: childrenOf(element, 'binding').map(binding),
  }),
  functionDefinition: (element, common) => ({
    ...common,
    is: 'function',
    external: !['FEEL', undefined].includes(element.attributes['kind']),
    parameters: childrenOf(element, 'formalParameter').map(variable),
    body: first(element),
  }),
  list: (element, common) => ({ ...common, is: 'list', items: element.children.filter(isBoxed).map(readBoxed) }),
  relation: (element, common) => ({
    ...common,
    is: 'relation',
    columns: childrenOf(element, 'column').map(variable),
    rows: childrenOf(element, 'row').map((row) => row.children.filter(isBoxed).map(readBoxed)),
  }),
  conditional: (element, common) => ({
    ...common,
    is: 'conditional',
    test: inside(element, 'if'),
    whenTrue: inside(element, 'then'),
    whenFalse: inside(element, 'else'),
  }),
  filter: (element, common) => ({ ...common, is: 'filter', source: inside(element, 'in'), match: inside(element, 'match') }),
  for: (element, common) => ({
    ...common,
    is: 'for',
    variable: element.attributes['iteratorVariable'] ?? '',
    source: inside(element, 'in'),
    body: inside(element, 'return'),
  }),
  some: (element, common) => ({ ...common, is: 'some', ...quantified(element) }),
  every: (element, common) => ({ ...common, is: 'every', ...quantified(element) }),
  decisionTable: (element, common) => ({ ...common, is: 'table', ...table(element) }),
};

export function isBoxed(element: Element): boolean {
  return Object.hasOwn(READERS, element.name);
}

export function readBoxed(element: Element): Boxed {
  const common = { id: element.attributes['id'] ?? '', typeRef: element.attributes['typeRef'] ?? textOf(element, 'typeRef') };
  return READERS[element.name]?.(element, common) ?? { ...common, is: 'literal', text: '' };
}

export function variable(element: Element): Variable {
  return { name: element.attributes['name'] ?? '', typeRef: element.attributes['typeRef'] ?? textOf(element, 'typeRef') };
}

function first(element: Element): Boxed | undefined {
  const found = element.children.find(isBoxed);
  return found && readBoxed(found);
}

function inside(element: Element, name: string): Boxed | undefined {
  const found = childOf(element, name);
  return found && first(found);
}

function quantified(element: Element): { variable: string; source: Boxed | undefined; body: Boxed | undefined } {
  return {
    variable: element.attributes['iteratorVariable'] ?? '',
    source: inside(element, 'in'),
    body: inside(element, 'satisfies'),
  };
}

function entry(element: Element): { variable: Variable | undefined; value: Boxed | undefined } {
  const own = childOf(element, 'variable');
  return { variable: own && variable(own), value: first(element) };
}

function binding(element: Element): { parameter: string; value: Boxed | undefined } {
  return { parameter: childOf(element, 'parameter')?.attributes['name'] ?? '', value: first(element) };
}

function labelOf({ attributes: { label } }: Element): { readonly label?: string } {
  return label === undefined ? {} : { label };
}

function table(element: Element): DecisionTable {
  return {
    ...labelOf(element),
    hitPolicy: (element.attributes['hitPolicy'] ?? 'UNIQUE') as HitPolicy,
    aggregation: element.attributes['aggregation'] as Aggregation | undefined,
    inputs: childrenOf(element, 'input').map((input) => {
      const expression = childOf(input, 'inputExpression');
      return {
        text: (expression && textOf(expression, 'text')) ?? '',
        typeRef: expression?.attributes['typeRef'],
        values: valuesOf(input, 'inputValues'),
        ...labelOf(input),
      };
    }),
    outputs: childrenOf(element, 'output').map((output) => ({
      name: output.attributes['name'] ?? '',
      ...labelOf(output),
      typeRef: output.attributes['typeRef'],
      values: valuesOf(output, 'outputValues'),
      otherwise: valuesOf(output, 'defaultOutputEntry'),
    })),
    annotations: childrenOf(element, 'annotation').map(({ attributes }) => attributes['name'] ?? ''),
    rules: childrenOf(element, 'rule').map((rule) => ({
      id: rule.attributes['id'] ?? '',
      tests: texts(rule, 'inputEntry'),
      results: texts(rule, 'outputEntry'),
      annotations: texts(rule, 'annotationEntry'),
    })),
  };
}

function texts(element: Element, name: string): string[] {
  return childrenOf(element, name).map((child) => textOf(child, 'text') ?? '');
}

function valuesOf(element: Element, name: string): string | undefined {
  const found = childOf(element, name);
  return found && textOf(found, 'text');
}
