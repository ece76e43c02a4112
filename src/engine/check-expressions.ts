// Does every FEEL expression of the model parse. Evaluates nothing.
import type { Finding } from '#base/finding.ts';
import { compileExpression } from '#rules/expression.ts';
import { variableNames } from './compile.ts';
import { feelOf, type Model, type ModelNode } from './model.ts';
import { finding } from './words.ts';

export function checkExpressions(model: Model): readonly Finding[] {
  const names = variableNames(model);
  const checked = (place: string, feel: string): readonly Finding[] =>
    compileExpression(feel, { names })
      .findings.filter((found) => found.severity === 'error')
      .map((found) => finding('feel-syntax', place, feel, { reason: found.reason, ...(found.at && { at: found.at }) }));
  const flows = model.flows.flatMap((flow) =>
    flow.condition === undefined ? [] : checked(flow.id, feelOf(flow.condition) ?? flow.condition),
  );
  const nodes = model.nodes.flatMap((node) => feelsOf(node).flatMap((feel) => checked(node.id, feel)));
  return [...flows, ...nodes];
}

function feelsOf(node: ModelNode): readonly string[] {
  const { info, trigger, script, loop } = node;
  const values = [
    ...[...node.inputs, ...node.outputs].map((mapping) => mapping.source),
    info.executor?.unit,
    info.deadline?.duration,
    info.outcome?.status,
    info.outcome?.reason,
    trigger.on === 'timer' ? trigger.text : undefined,
    ...(trigger.on === 'message' ? [trigger.name, trigger.key] : []),
    loop?.collection,
    loop?.outputElement,
  ];
  const always = [script?.expression, loop?.until].filter((text) => text !== undefined && text !== '');
  return [
    ...values.flatMap((text) => (text === undefined ? [] : (feelOf(text) ?? []))),
    ...always.map((text) => feelOf(text ?? '') ?? text ?? ''),
  ];
}
