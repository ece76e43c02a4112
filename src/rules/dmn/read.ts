// A DMN file, 1.1 to 1.5, told by its namespace, to a model. Findings, never exceptions, for what cannot be read.
import type { Finding } from '#base/finding.ts';
import { readBoxed, isBoxed, variable } from './read-boxed.ts';
import { idFaults, languageFaults, ringFaults } from './read-faults.ts';
import type {
  Boxed,
  Decision,
  DecisionService,
  DmnModel,
  DmnVersion,
  InputData,
  ItemDefinition,
  KnowledgeModel,
  Reference,
} from './model.ts';
import { childOf, childrenOf, parseXml, textOf, type Element } from './xml.ts';

const VERSIONS: { readonly [namespace: string]: DmnVersion } = {
  'http://www.omg.org/spec/DMN/20151101/dmn.xsd': '1.1',
  'http://www.omg.org/spec/DMN/20180521/MODEL/': '1.2',
  'https://www.omg.org/spec/DMN/20191111/MODEL/': '1.3',
  'https://www.omg.org/spec/DMN/20211108/MODEL/': '1.4',
  'https://www.omg.org/spec/DMN/20230324/MODEL/': '1.5',
};

export function readDmn(xml: string): DmnModel {
  const { root, faults } = parseXml(xml);
  const findings: Finding[] = faults.map(({ line, message }) => ({
    code: 'xml-malformed',
    severity: 'error',
    place: `line ${line}`,
    reason: {
      fa: `فایل XML درست نیست (سطر ${line}): ${message}`,
      en: `The file is not well-formed XML (line ${line}): ${message}`,
    },
    mend: { fa: 'فایل را با ویرایشگر DMN دوباره ذخیره کنید.', en: 'Save the file again with a DMN editor.' },
  }));
  const version = root && root.name === 'definitions' ? VERSIONS[root.namespace] : undefined;
  if (!version || !root) findings.push(unknownVersion(root));
  const known = root && version ? root : EMPTY;
  const model: DmnModel = { version: version ?? '1.5', ...definitions(known), findings };
  findings.push(...languageFaults(known), ...idFaults(model), ...ringFaults(model));
  return model;
}

const EMPTY: Element = { name: 'definitions', namespace: '', attributes: {}, children: [], text: '', line: 0 };

function unknownVersion(root: Element | undefined): Finding {
  const found = root ? `${root.name} {${root.namespace}}` : '';
  return {
    code: 'dmn-version',
    severity: 'error',
    place: found,
    reason: {
      fa: 'ریشهٔ فایل از هیچ‌یک از نسخه‌های ۱٫۱ تا ۱٫۵ استاندارد DMN نیست.',
      en: 'The root of the file belongs to none of DMN 1.1 to 1.5.',
    },
    mend: { fa: 'فایل را با قالب DMN 1.3 تا 1.5 ذخیره کنید.', en: 'Save the file as DMN 1.3 to 1.5.' },
  };
}

function definitions(root: Element): Omit<DmnModel, 'version' | 'findings'> {
  return {
    id: root.attributes['id'] ?? '',
    name: root.attributes['name'] ?? '',
    namespace: root.attributes['namespace'] ?? '',
    imports: childrenOf(root, 'import').map(({ attributes }) => ({
      name: attributes['name'] ?? '',
      namespace: attributes['namespace'] ?? '',
    })),
    items: childrenOf(root, 'itemDefinition').map(item),
    inputs: childrenOf(root, 'inputData').map(inputData),
    decisions: childrenOf(root, 'decision').map(decision),
    functions: childrenOf(root, 'businessKnowledgeModel').map(knowledge),
    services: childrenOf(root, 'decisionService').map(service),
  };
}

function item(element: Element): ItemDefinition {
  const fn = childOf(element, 'functionItem');
  return {
    name: element.attributes['name'] ?? '',
    typeRef: textOf(element, 'typeRef') ?? element.attributes['typeRef'],
    isCollection: element.attributes['isCollection'] === 'true',
    components: childrenOf(element, 'itemComponent').map(item),
    allowed: tests(element, 'allowedValues'),
    constraint: tests(element, 'typeConstraint'),
    function: fn && { parameters: childrenOf(fn, 'parameters').map(variable), result: fn.attributes['outputTypeRef'] },
  };
}

function tests(element: Element, name: string): string | undefined {
  const found = childOf(element, name);
  return found && textOf(found, 'text');
}

function inputData(element: Element): InputData {
  const name = element.attributes['name'] ?? '';
  const own = childOf(element, 'variable');
  return {
    id: element.attributes['id'] ?? name,
    name,
    variable: own ? { ...variable(own), name: own.attributes['name'] ?? name } : { name, typeRef: undefined },
  };
}

function requirements(element: Element): Reference[] {
  return element.children.flatMap((child) =>
    child.name === 'informationRequirement' || child.name === 'knowledgeRequirement'
      ? references(child, ['requiredInput', 'requiredDecision', 'requiredKnowledge'])
      : [],
  );
}

function references(element: Element, names: readonly string[]): Reference[] {
  return element.children.filter((child) => names.includes(child.name)).map((child) => child.attributes['href'] ?? '');
}

function decision(element: Element): Decision {
  const logic = element.children.find(isBoxed);
  return { ...inputData(element), requires: requirements(element), logic: logic && readBoxed(logic) };
}

/** The logic of a knowledge model is a function; DMN 1.1 files may leave its kind out. */
function knowledge(element: Element): KnowledgeModel {
  const logic = childOf(element, 'encapsulatedLogic');
  return {
    ...inputData(element),
    requires: requirements(element),
    logic: logic && readBoxed({ ...logic, name: 'functionDefinition' }),
  };
}

function service(element: Element): DecisionService {
  return {
    ...inputData(element),
    outputs: references(element, ['outputDecision']),
    inputDecisions: references(element, ['inputDecision']),
    inputData: references(element, ['inputData']),
  };
}

export type { Boxed, DmnModel };
