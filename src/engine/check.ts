// Every check of a model before it is published: drawing, elements, references, expressions, soundness. Lists findings; changes and runs nothing.
import type { Finding } from '#base/finding.ts';
import { checkData } from './check-data.ts';
import { checkChoices } from './check-choices.ts';
import { drawingOf } from './check-drawing.ts';
import { checkElements } from './check-elements.ts';
import { checkEvents } from './check-events.ts';
import { checkExpressions } from './check-expressions.ts';
import { checkParties } from './check-parties.ts';
import { checkReferences, type Known } from './check-references.ts';
import { checkStructure } from './check-structure.ts';
import { checkThrows } from './check-throws.ts';
import { checkUndoing } from './check-undoing.ts';
import { variableNames } from './compile.ts';
import { expressionsOf } from './expressions.ts';
import { explore } from './soundness.ts';
import type { Model } from './model.ts';

/** Without `known`, names of forms and decisions are not looked up. Soundness is explored only where the drawing is whole: a path through a broken one explains nothing. */
export function checkModel(model: Model, known?: Known): readonly Finding[] {
  const drawing = drawingOf(model);
  const drawn = [
    ...checkElements(drawing),
    ...checkStructure(drawing),
    ...checkChoices(drawing),
    ...checkEvents(drawing),
    ...checkUndoing(drawing),
    ...checkThrows(drawing),
    ...checkParties(drawing),
  ];
  const expressions = expressionsOf(namesOf(model, known));
  const named = [
    ...checkReferences(model, known),
    ...checkExpressions(model, expressions),
    ...(known ? checkData(drawing, known, expressions) : []),
  ];
  const isBroken = drawn.some((found) => found.severity === 'error');
  return [...drawn, ...named, ...(isBroken ? [] : explore(model))];
}

function namesOf(model: Model, known: Known | undefined): readonly string[] {
  const answers = model.nodes.flatMap((node) => [...(known?.answers?.(node)?.keys() ?? [])]);
  const inputs = model.nodes.flatMap((node) => (node.decision ? (known?.inputs?.(node.decision.id) ?? []) : []));
  return [...new Set([...variableNames(model), ...(known?.given?.keys() ?? []), ...answers, ...inputs])];
}
