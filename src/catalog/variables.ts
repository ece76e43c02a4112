// Does every name that the process reads come from somewhere: the application, a task, a service, a mapping, a decision.
// FEEL answers null for a name nobody makes, so a slip of the pen would pass in silence.
import type { Finding } from '#base/finding.ts';
import { feelOf } from '#engine/model.ts';
import type { Model, ModelNode } from '#engine/model.ts';
import { variableNames } from '#engine/compile.ts';
import { compileExpression } from '#rules/expression.ts';
import type { Form } from '#forms/types.ts';
import { TARIFF_DATE } from '#rules/dmn/check-tariffs.ts';
import { problem } from './findings.ts';
import type { Parts } from './parts.ts';

/** What every case has from its submission on (docs/packages.md). */
const GIVEN = ['application', 'applicant', 'case'];
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  'dargah:register': ['found', 'record', 'source', 'asOf'],
  'dargah:pay': ['payment'],
  'dargah:issue': ['document'],
};

export function checkVariables({
  manifest,
  model,
  forms,
  decisions,
}: Pick<Parts, 'manifest' | 'model' | 'forms' | 'decisions'>): readonly Finding[] {
  const known = new Set([
    ...GIVEN,
    ...(manifest.fees.date ? [TARIFF_DATE] : []),
    ...variableNames(model),
    ...model.nodes.flatMap((node) => (node.outputs.length === 0 ? answersOf(node, forms) : [])),
  ]);
  const nodes = model.nodes.flatMap((node) => {
    const own = new Set([...known, ...node.inputs.map((one) => one.target.split('.')[0] ?? '')]);
    const answered = new Set([...own, ...answersOf(node, forms)]);
    const needs = node.decision ? (decisions.decisions.find((one) => one.id === node.decision?.id)?.inputs ?? []) : [];
    return [
      ...readsOf(node).flatMap((feel) => unknown(node.id, namesIn(feel, own), own)),
      ...node.outputs.flatMap((one) => unknown(node.id, namesIn(feelOf(one.source), answered), answered)),
      ...unknown(node.id, needs, own),
    ];
  });
  return [...nodes, ...flows(model, known)];
}

function flows(model: Model, known: ReadonlySet<string>): readonly Finding[] {
  return model.flows.flatMap((flow) =>
    flow.condition === undefined ? [] : unknown(flow.id, namesIn(feelOf(flow.condition) ?? flow.condition, known), known),
  );
}

/** The names an element's answer has before its output mapping. */
function answersOf(node: ModelNode, forms: { readonly [id: string]: Form }): readonly string[] {
  const form = node.info.form === undefined ? undefined : forms[node.info.form];
  const fields = form?.pages.flatMap((page) => page.fields.map((field) => field.key)) ?? [];
  const corrections = node.info.properties?.['corrections'] === undefined ? [] : ['corrections'];
  return [...fields, ...corrections, ...(ANSWERS[node.info.service ?? ''] ?? [])];
}

function readsOf({ inputs, info, script, trigger, loop }: ModelNode): readonly (string | undefined)[] {
  return [
    ...inputs.map((one) => feelOf(one.source)),
    ...[info.executor?.unit, info.deadline?.duration, info.outcome?.status, info.outcome?.reason].map((text) =>
      text === undefined ? undefined : feelOf(text),
    ),
    script && (feelOf(script.expression) ?? script.expression),
    trigger.on === 'timer' ? feelOf(trigger.text) : undefined,
    loop?.collection === undefined ? undefined : feelOf(loop.collection),
  ];
}

function namesIn(feel: string | undefined, known: ReadonlySet<string>): readonly string[] {
  return feel === undefined || feel === '' ? [] : compileExpression(feel, { names: [...known] }).names;
}

function unknown(place: string, names: readonly string[], known: ReadonlySet<string>): readonly Finding[] {
  const absent = [...new Set(names)].filter((name) => !known.has(name));
  return absent.map((name) =>
    problem(
      { code: 'unknown-variable', file: 'process.bpmn', place },
      [`«${name}» خوانده می‌شود، اما هیچ گامی آن را نمی‌سازد.`, `“${name}” is read here, but no step makes it.`],
      [
        'املای نام را درست کنید یا آن را در خروجی گامی پیش از این بسازید.',
        'Correct the name, or make it in the output of an earlier step.',
      ],
    ),
  );
}
