// The FEEL of one model, each text compiled once however often the checks ask for it. Evaluates nothing.
import { compileExpression, type CompiledExpression } from '#rules/expression.ts';
import { shapeOf } from '#rules/shape.ts';

export type Expressions = {
  readonly names: readonly string[];
  compiled(feel: string): CompiledExpression;
};

/** `names`: the grammar must know those with spaces or signs in them. */
export function expressionsOf(names: readonly string[]): Expressions {
  const known = new Map<string, CompiledExpression>();
  const shape = shapeOf(names);
  return {
    names,
    compiled: (feel) => {
      const before = known.get(feel);
      if (before) return before;
      const made = compileExpression(feel, { shape });
      known.set(feel, made);
      return made;
    },
  };
}
