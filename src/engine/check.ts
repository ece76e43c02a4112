// Every check of a model before it is published: structure, references, expressions, soundness. Lists findings; changes and runs nothing.
import type { Finding } from '#base/finding.ts';
import { checkElements } from './check-elements.ts';
import { checkExpressions } from './check-expressions.ts';
import { checkReferences, type Known } from './check-references.ts';
import { checkStructure } from './check-structure.ts';
import { explore } from './soundness.ts';
import type { Model } from './model.ts';

/** Soundness is explored only where nothing else is wrong: a path through a broken drawing explains nothing. */
export function checkModel(model: Model, known: Known): readonly Finding[] {
  const findings = [
    ...checkElements(model),
    ...checkStructure(model),
    ...checkReferences(model, known),
    ...checkExpressions(model),
  ];
  return findings.some((found) => found.severity === 'error') ? findings : [...findings, ...explore(model)];
}
