// Where a boxed expression stands: the names in scope, the types of its model, and where findings go.
import type { Finding } from '#base/finding.ts';
import type { Scope } from '#rules/compiler.ts';
import type { Shape } from '#rules/grammar.ts';
import { shapeOfType } from '#rules/shape.ts';
import type { Types } from './item-types.ts';
import type { Boxed } from './model.ts';

export type Site = {
  readonly owner: string;
  readonly shape: Shape;
  readonly scope: Scope | undefined;
  readonly types: Types;
  readonly findings: Finding[];
};

/** What is known of the names inside a value: by its type, its entries, or the name it stands for. */
export function shapeOfBoxed(boxed: Boxed | undefined, site: Pick<Site, 'types' | 'shape'>): Shape | true {
  const type = boxed && site.types.named(boxed.typeRef);
  if (type) return shapeOfType(type);
  if (boxed?.is === 'literal') return site.shape[boxed.text] ?? true;
  if (boxed?.is === 'relation')
    return Object.fromEntries(boxed.columns.map((column) => [column.name, shapeOfType(site.types.named(column.typeRef))]));
  if (boxed?.is === 'list') return shapeOfBoxed(boxed.items[0], site);
  if (boxed?.is === 'table' && boxed.outputs.length > 1)
    return Object.fromEntries(boxed.outputs.map(({ name, typeRef }) => [name, shapeOfType(site.types.named(typeRef))]));
  if (boxed?.is === 'function') return shapeOfBoxed(boxed.body, site);
  if (boxed?.is !== 'context') return true;
  const result = boxed.entries.find(({ variable }) => !variable);
  if (result) return shapeOfBoxed(result.value, site);
  return Object.fromEntries(
    boxed.entries.flatMap(({ variable, value }) =>
      variable
        ? [[variable.name, variable.typeRef ? shapeOfType(site.types.named(variable.typeRef)) : shapeOfBoxed(value, site)]]
        : [],
    ),
  );
}
