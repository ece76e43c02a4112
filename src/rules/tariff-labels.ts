// What people call the tables of a tariff, their inputs and outputs: the labels of the model, in both languages.
import type { Text } from '#base/text.ts';
import { tablesOf } from './dmn/check-model.ts';
import type { DmnModel } from './dmn/model.ts';
import { pairOf } from './tariff-text.ts';

export type TableLabels = { readonly title?: Text; readonly names: { readonly [name: string]: Text } };
export type Labels = {
  /** By the name of the decision or function whose table it is: what hits call it. */
  readonly tables: { readonly [table: string]: TableLabels };
  /** What people call a text that rules test: `residential` is مسکونی. */
  readonly values: { readonly [value: string]: Text };
};

export function labelsOf(models: readonly DmnModel[], values: Labels['values'] = {}): Labels {
  const tables = models.flatMap(tablesOf).map(({ owner, table }) => {
    const named = [...table.inputs.map(({ text, label }) => ({ name: text, label })), ...table.outputs];
    const names = named.flatMap(({ name, label }) => (label === undefined ? [] : [[name, textOf(label, name)]]));
    const title = table.label === undefined ? {} : { title: textOf(table.label, owner) };
    return [owner, { ...title, names: Object.fromEntries(names) }];
  });
  return { tables: Object.fromEntries(tables), values };
}

/** `سال / year`; a label in one language goes with the name of the model in the other. */
function textOf(label: string, name: string): Text {
  const text = pairOf(label);
  if (text.fa !== text.en) return text;
  return /[\u0600-\u06ff]/.test(label) ? { fa: label, en: name } : { fa: name, en: label };
}
