// Names inside names: what the grammar must know before it reads `applicant.first name` or `price - discount`. Never evaluates.
import type { Shape } from './grammar.ts';
import type { FeelType } from './typing.ts';

const shapes = new Map<string, Shape>();

/** One shape for the same list of names, so that the grammar's tracker is made once. */
export function shapeOf(all: readonly string[]): Shape {
  const names = [...new Set(all)].sort();
  const key = names.join('\n');
  const known = shapes.get(key);
  if (known) return known;
  const made = nested(names);
  if (shapes.size < 1000) shapes.set(key, made);
  return made;
}

type Names = { [name: string]: Names | true };

/** `property.land-area` is a name inside `property`. */
function nested(names: readonly string[]): Shape {
  const made: Names = {};
  for (const name of names) {
    let at = made;
    const parts = name.split('.');
    const last = parts.pop() ?? name;
    for (const part of parts) {
      const known = at[part];
      const inner: Names = known === undefined || known === true ? {} : known;
      at[part] = inner;
      at = inner;
    }
    at[last] ??= true;
  }
  return made;
}

/** Names inside values of a type: through lists, and of what functions give. */
export function shapeOfType(type: FeelType | undefined, depth = 0): Shape | true {
  if (!type || depth > 6) return true;
  if (type.is === 'restricted' || type.is === 'list') return shapeOfType(type.of, depth);
  if (type.is === 'function') return shapeOfType(type.result, depth + 1);
  if (type.is !== 'context' || type.entries.length === 0) return true;
  return Object.fromEntries(type.entries.map((entry) => [entry.name, shapeOfType(entry.type, depth + 1)]));
}
