// What a package tells the engine's check about data: what every case begins with, what forms and services bring, what decisions read, each
// with its type where that is certain. The check itself is engine/check-data.ts.
import type { Known } from '#engine/check-references.ts';
import type { ModelNode } from '#engine/model.ts';
import type { Field, Form } from '#forms/types.ts';
import { TARIFF_DATE } from '#rules/dmn/check-tariffs.ts';
import type { DmnModel } from '#rules/dmn/model.ts';
import { ANY, builtinType, type FeelType } from '#rules/typing.ts';
import type { DecisionLibrary } from '#rules/types.ts';

const TEXT: FeelType = { is: 'simple', kind: 'string' };
const TRUTH: FeelType = { is: 'simple', kind: 'boolean' };
/** Open: what a register or a service adds is not a fault. */
const RECORD: FeelType = { is: 'context', entries: [] };

function record(...names: readonly string[]): FeelType {
  return { is: 'context', entries: names.map((name) => ({ name, type: TEXT })) };
}

const ANSWERS: ReadonlyMap<string, ReadonlyMap<string, FeelType>> = new Map<string, ReadonlyMap<string, FeelType>>([
  [
    'dargah:register',
    new Map<string, FeelType>([
      ['found', TRUTH],
      ['record', RECORD],
      ['source', TEXT],
      ['asOf', TEXT],
    ]),
  ],
  ['dargah:pay', new Map([['payment', RECORD]])],
  ['dargah:issue', new Map([['document', RECORD]])],
  ['dargah:notify', new Map()],
  [
    'dargah:inquire',
    new Map<string, FeelType>([
      ['status', TEXT],
      ['inquiry', TEXT],
      ['answer', RECORD],
      ['source', TEXT],
    ]),
  ],
]);

export type Package = {
  readonly forms: { readonly [id: string]: Form };
  readonly decisions: DecisionLibrary;
  readonly dmn: readonly { readonly model: DmnModel }[];
  /** Id of the application's form, where the manifest names one. */
  readonly application: string | undefined;
  /** Whether its tariff rules by a day that the law names. */
  readonly isDated: boolean;
};

export function knownOf({ forms, decisions, dmn, application, isDated }: Package): Known {
  const formOf = (id: string | undefined): Form | undefined =>
    id !== undefined && Object.hasOwn(forms, id) ? forms[id] : undefined;
  const inputs = new Map(decisions.decisions.flatMap((one) => [[one.id, one.inputs] as const, [one.name, one.inputs] as const]));
  const results = new Map(
    dmn
      .flatMap(({ model }) => model.decisions)
      .flatMap(({ id, name, variable }) => {
        const type = variable.typeRef === undefined ? undefined : builtinType(variable.typeRef.replace(/^feel:/u, ''));
        return type ? [[id, type] as const, [name, type] as const] : [];
      }),
  );
  return {
    forms: Object.keys(forms),
    decisions: decisions.decisions.map((one) => one.id),
    given: new Map<string, FeelType>([
      ['application', applicationOf(formOf(application))],
      ['applicant', record('id', 'kind', 'nationalId', 'name')],
      ['case', record('id', 'service', 'submittedAt')],
      ...(isDated ? [[TARIFF_DATE, TEXT] as const] : []),
    ]),
    answers: (node) => answersOf(node, formOf(node.info.form)),
    inputs: (decision) => inputs.get(decision) ?? [],
    result: (decision) => results.get(decision),
  };
}

/** Corrections merge into it, with the types of the same form. */
function applicationOf(form: Form | undefined): FeelType {
  const entries = [...fieldsOf(form)].map(([name, type]) => ({ name, type }));
  return { is: 'context', entries };
}

/** Undefined where nothing is known of what the element brings. */
function answersOf({ kind, info }: ModelNode, form: Form | undefined): ReadonlyMap<string, FeelType> | undefined {
  if (info.service !== undefined) return ANSWERS.get(info.service);
  if (kind !== 'user' || !form) return undefined;
  const corrects = info.properties?.['corrections'] !== undefined;
  return new Map<string, FeelType>([
    ...fieldsOf(form),
    ...(corrects ? [['corrections', { is: 'list', of: record('field', 'reason') }] as const] : []),
  ]);
}

function fieldsOf(form: Form | undefined): ReadonlyMap<string, FeelType> {
  const fields = form?.pages.flatMap((page) => page.fields) ?? [];
  return new Map(fields.filter((field) => field.kind !== 'note').map((field) => [field.key, typeOf(field)]));
}

function typeOf({ kind }: Field): FeelType {
  switch (kind) {
    case 'checkbox':
      return TRUTH;
    case 'text':
    case 'paragraph':
    case 'choice':
    case 'select':
    case 'date':
      return TEXT;
    case 'choices':
      return { is: 'list', of: TEXT };
    // Most are numbers; the longest decimals are kept as text.
    case 'number':
    case 'file':
    case 'note':
      return ANY;
  }
}
