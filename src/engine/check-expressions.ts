// Does every FEEL expression of the model parse. Evaluates nothing.
import type { Finding } from '#base/finding.ts';
import { readsOf } from './data-reads.ts';
import type { Expressions } from './expressions.ts';
import { feelOf, type Model } from './model.ts';
import { finding } from './words.ts';

export function checkExpressions(model: Model, expressions: Expressions): readonly Finding[] {
  const checked = (place: string, feel: string): readonly Finding[] =>
    expressions
      .compiled(feel)
      .findings.filter((found) => found.severity === 'error')
      .map((found) => finding('feel-syntax', place, feel, { reason: found.reason, ...(found.at && { at: found.at }) }));
  const flows = model.flows.flatMap((flow) =>
    flow.condition === undefined ? [] : checked(flow.id, feelOf(flow.condition) ?? flow.condition),
  );
  const nodes = model.nodes.flatMap((node) => readsOf(node).flatMap((read) => checked(node.id, read.feel)));
  return [...flows, ...nodes];
}
