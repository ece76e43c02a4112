// XML as a tree of elements with their namespaces. Knows nothing of DMN; reads no file and follows no entity.
import { SaxesParser } from 'saxes';

export type Element = {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: readonly Element[];
  /** Character data directly inside. */
  readonly text: string;
  readonly line: number;
};

type Open = {
  name: string;
  namespace: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
  line: number;
};

/** The root element, or what is wrong and on which line. */
export function parseXml(xml: string): {
  readonly root: Element | undefined;
  readonly faults: readonly { line: number; message: string }[];
} {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const faults: { line: number; message: string }[] = [];
  const stack: Open[] = [];
  let root: Open | undefined;
  parser.on('error', (error) => void (faults.length < 5 && faults.push({ line: parser.line, message: error.message })));
  parser.on('opentag', (tag) => {
    const attributes: Record<string, string> = {};
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.prefix !== 'xmlns' && attribute.name !== 'xmlns')
        attributes[attribute.prefix ? `${attribute.prefix}:${attribute.local}` : attribute.local] = attribute.value;
    }
    const made: Open = { name: tag.local, namespace: tag.uri, attributes, children: [], text: '', line: parser.line };
    stack.at(-1)?.children.push(made);
    root ??= made;
    stack.push(made);
  });
  const characters = (text: string): void => {
    const top = stack.at(-1);
    if (top) top.text += text;
  };
  parser.on('text', characters);
  parser.on('cdata', characters);
  parser.on('closetag', () => void stack.pop());
  parser.write(xml).close();
  return { root, faults };
}

export function childrenOf(element: Element, name: string): Element[] {
  return element.children.filter((child) => child.name === name);
}

export function childOf(element: Element, name: string): Element | undefined {
  return element.children.find((child) => child.name === name);
}

/** Trimmed text of a child, or undefined. */
export function textOf(element: Element, name: string): string | undefined {
  return childOf(element, name)?.text.trim();
}
