// One case, whole, for a reader who may see it: state, timeline, who holds it, what is asked of whom, money, documents.
// The citizen's tracking page, the desk's case file and the API read this same view.
import type { CaseId } from '#base/ids.ts';
import { typedCaseId } from '#base/ids.ts';
import type { Instant } from '#base/instant.ts';
import type { JsonObject } from '#base/json.ts';
import { isObject } from '#base/json.ts';
import { Refusal } from '#base/refusal.ts';
import type { RefusalCode } from '#base/refusal.ts';
import type { Text } from '#base/text.ts';
import { correctionsOf, elementOf } from '#cases/answers.ts';
import { correctableForm } from '#cases/known.ts';
import { authorise, may } from '#cases/authorise.ts';
import { stepName, timeline } from '#cases/timeline.ts';
import type { TimelineEntry } from '#cases/timeline.ts';
import type { Actor, CaseState, Task } from '#cases/types.ts';
import type { ServicePackage } from '#catalog/types.ts';
import { incidents, variables } from '#engine/waits.ts';
import type { DecisionTrace, Incident, TrailEntry } from '#engine/types.ts';
import type { Form } from '#forms/types.ts';
import { explainFee } from '#rules/tariff.ts';
import type { FeeExplanation } from '#rules/tariff.ts';
import { findVisibleCase, listEvents, listNames } from '#store/cases.ts';
import type { EventView } from '#store/cases.ts';
import { readAs } from '#store/read-as.ts';
import type { Reader } from '#store/read-as.ts';
import { noteLook } from '#work/looks.ts';
import type { Road } from '#work/road.ts';
import { answerOrigins } from './known.ts';
import type { AnswerOrigin } from './known.ts';

/** A task somebody holds or could take. */
export type OpenTask = Task & {
  readonly step: Text;
  readonly unitName?: Text;
  /** The reader may claim and complete it, as things stand. */
  readonly mine: boolean;
  /** Why it is not. */
  readonly refusal?: RefusalCode;
  readonly assigneeName?: Text;
  readonly formModel?: Form;
  readonly correctable?: Form;
  /** For the applicant's correction: just these items. */
  readonly corrections?: readonly { readonly field: string; readonly reason: string }[];
};

export type TaskAnswer = {
  readonly step: Text;
  readonly at: Instant;
  readonly role: string;
  readonly personName?: Text;
  readonly isInquiry: boolean;
  readonly isVisit: boolean;
  readonly unitName?: Text;
  readonly form?: Form;
  readonly answers: JsonObject;
};

/** A record that a register of the city gave to the case. */
export type RegisterFact = { readonly step: Text; readonly at: Instant; readonly record: JsonObject };

export type CaseFile = {
  readonly id: CaseId;
  readonly seq: number;
  readonly state: CaseState;
  readonly package: ServicePackage;
  readonly timeline: readonly (TimelineEntry & { readonly unitName?: Text; readonly personName?: Text })[];
  readonly tasks: readonly OpenTask[];
  /** What people answered in tasks, with the form it was asked by. */
  readonly answers: readonly TaskAnswer[];
  readonly registers: readonly RegisterFact[];
  /** Where answers of the application come from that a register could give. */
  readonly origins?: ReadonlyMap<string, AnswerOrigin>;
  /** The process's variables: application, registry facts, answers. */
  readonly variables: JsonObject;
  readonly decisions: readonly (DecisionTrace & { readonly at: Instant })[];
  /** The fee, each line with the rules that made it. */
  readonly explained?: FeeExplanation;
  readonly incidents: readonly Incident[];
  /** What happened to the elements of the process, in order. */
  readonly trail: readonly TrailEntry[];
  /** The reader is the applicant. */
  readonly own: boolean;
  /** The reader may revoke a document of the case, as things stand. */
  readonly mayRevoke: boolean;
};

/** Staff who open a file are written down for its applicant. Throws Refusal `case-not-found`: also where it is not the reader's to see. */
export async function loadCaseFile(
  road: Road,
  viewer: { readonly reader: Reader; readonly actor: Actor },
  typed: string,
): Promise<CaseFile> {
  const id = typedCaseId(typed);
  if (!id) throw new Refusal('case-not-found', { case: typed.slice(0, 40) });
  const found = await readAs(road.readers, viewer.reader, async (client) => {
    const visible = await findVisibleCase(client, id);
    if (!visible) return undefined;
    const events = await listEvents(client, id);
    const people = [
      ...events.map((one) => one.person),
      ...visible.state.tasks.flatMap((one) => (one.assignee === undefined ? [] : [one.assignee])),
    ];
    return { ...visible, events, names: await listNames(client, [...new Set(people)]) };
  });
  if (!found) throw new Refusal('case-not-found', { case: id });
  await noteOpening(road, viewer, { id, state: found.state });
  const { state, seq, events, names } = found;
  const pkg = await road.catalogue.byDefinition(state.definition);
  const source = { elements: pkg.process.elements, texts: pkg.texts };
  const decisions = events.flatMap((event) => (event.derived.decisions ?? []).map((one) => ({ ...one, at: event.at })));
  return {
    id,
    seq,
    state,
    package: pkg,
    timeline: timeline(events, source).map((entry) => ({
      ...entry,
      ...(entry.unit === undefined ? {} : { unitName: road.catalogue.unitName(entry.unit) }),
      ...(names.has(entry.person) ? { personName: names.get(entry.person) as Text } : {}),
    })),
    tasks: state.tasks.map((task) => openTaskView(road, { task, state, pkg, names, actor: viewer.actor })),
    answers: taskAnswers(road, { events, pkg, names }),
    registers: registerFacts(events, pkg),
    origins: await answerOrigins(road, state),
    variables: state.engine ? variables(state.engine) : {},
    decisions,
    ...explainedFee(decisions, pkg),
    incidents: state.engine ? incidents(state.engine) : [],
    trail: events.flatMap((event) => event.derived.trail ?? []),
    own: state.applicant.id === viewer.reader.person,
    mayRevoke:
      pkg.manifest.output?.revocable === true && may(state, { type: 'RevokeDocument', code: '', reason: '' }, viewer.actor),
  };
}

type Opening = { readonly reader: Reader; readonly actor: Actor };

async function noteOpening(
  road: Road,
  { reader, actor }: Opening,
  { id, state }: { readonly id: CaseId; readonly state: CaseState },
): Promise<void> {
  if (state.applicant.id === reader.person || actor.person === 'system') return;
  const hat = actor.assignments.find((one) => reader.units.includes(one.unit)) ?? actor.assignments[0];
  await noteLook(road, {
    subject: state.applicant.nationalId,
    by: { person: actor.person, role: hat?.role ?? actor.kind, ...(hat && { unit: hat.unit }) },
    basis: 'case',
    what: id,
  });
}

/** The fee of the case is what its fee decision gave last. */
function explainedFee(decisions: readonly DecisionTrace[], pkg: ServicePackage): Pick<CaseFile, 'explained'> {
  const last = decisions.findLast((one) => one.decision === pkg.manifest.fees.decision);
  const { explanation } = last ? explainFee(last.value, last.hits, pkg.labels) : {};
  return explanation === undefined ? {} : { explained: explanation };
}

type Told = { readonly events: readonly EventView[]; readonly pkg: ServicePackage; readonly names: ReadonlyMap<string, Text> };

function taskAnswers(road: Road, { events, pkg, names }: Told): readonly TaskAnswer[] {
  const source = { elements: pkg.process.elements, texts: pkg.texts };
  return events
    .filter((event) => event.type === 'TaskCompleted')
    .map((event) => {
      const element = elementOf({ package: pkg }, String(event.data['element']));
      const form = pkg.forms[element.form ?? ''];
      const personName = names.get(event.person);
      return {
        step: stepName(element.id, source),
        at: event.at,
        role: event.role,
        isInquiry: element.inquiry !== undefined,
        isVisit: element.visit !== undefined,
        answers: event.data['answers'] as JsonObject,
        ...(event.unit === null ? {} : { unitName: road.catalogue.unitName(event.unit) }),
        ...(personName ? { personName } : {}),
        ...(form ? { form } : {}),
      };
    });
}

/** What registers answered, each with the step that asked. */
function registerFacts(events: readonly EventView[], pkg: ServicePackage): readonly RegisterFact[] {
  const source = { elements: pkg.process.elements, texts: pkg.texts };
  const asked = new Map(
    events
      .flatMap((event) => event.derived.trail ?? [])
      .flatMap((one) => (one.wait === undefined ? [] : [[one.wait as string, one.element] as const])),
  );
  return events.flatMap((event) => {
    const element = event.type === 'ServiceAnswered' ? asked.get(String(event.data['wait'])) : undefined;
    if (element === undefined || elementOf({ package: pkg }, element).service !== 'dargah:register') return [];
    const { record } = event.data['result'] as JsonObject;
    return isObject(record) ? [{ step: stepName(element, source), at: event.at, record }] : [];
  });
}

type Sources = {
  readonly task: Task;
  readonly state: CaseState;
  readonly pkg: ServicePackage;
  readonly names: ReadonlyMap<string, Text>;
  readonly actor: Actor;
};

function openTaskView(road: Road, { task, state, pkg, names, actor }: Sources): OpenTask {
  const properties = elementOf({ package: pkg }, task.element).properties ?? {};
  const form = task.form === undefined ? undefined : pkg.forms[task.form];
  const target = properties['corrections'] === undefined ? undefined : pkg.forms[properties['corrections']];
  const correctable = target && correctableForm(target, state.sources);
  const refusal = refusalOf({ task, state, actor });
  return {
    ...task,
    step: stepName(task.element, { elements: pkg.process.elements, texts: pkg.texts }),
    mine: refusal === undefined,
    ...(refusal === undefined ? {} : { refusal }),
    ...(task.unit === undefined ? {} : { unitName: road.catalogue.unitName(task.unit) }),
    ...(task.assignee !== undefined && names.has(task.assignee) ? { assigneeName: names.get(task.assignee) as Text } : {}),
    ...(form ? { formModel: form } : {}),
    ...(correctable ? { correctable } : {}),
    ...(properties['only'] === 'corrections' ? { corrections: correctionsOf(state) } : {}),
  };
}

/** Why this actor may not do the task now; undefined where they may. */
function refusalOf({ task, state, actor }: Pick<Sources, 'task' | 'state' | 'actor'>): RefusalCode | undefined {
  try {
    authorise(state, { type: 'CompleteTask', task: task.id, answers: {} }, actor);
    return task.assignee === undefined || task.assignee === actor.person ? undefined : 'task-taken';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
