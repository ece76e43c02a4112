// What Camunda Modeler writes for its own engine and this one does not execute: told where leaving it out changes the running. Reads only.
import type { Finding } from '#base/finding.ts';
import { extension, idOf, list, one, text, type Raw } from './raw.ts';
import { finding } from './words.ts';

/** Binding types, version tags, priorities, templates and icons change nothing: a case keeps the version it began with. */
const IGNORED: readonly (readonly [type: string, parts: string | undefined])[] = [
  ['zeebe:ExecutionListeners', 'listeners'],
  ['zeebe:TaskListeners', 'listeners'],
  ['zeebe:LinkedResources', 'values'],
  ['zeebe:ConditionalFilter', undefined],
];

/** Of a flow element or a process. */
export function ignoredIn(raw: Raw): readonly Finding[] {
  const found = IGNORED.filter(([type, parts]) => {
    const value = extension(raw, type) ?? extension(list(raw, 'eventDefinitions')[0], type);
    return value !== undefined && (parts === undefined || list(value, parts).length > 0);
  });
  const due = text(extension(raw, 'zeebe:TaskSchedule'), 'dueDate');
  return [
    ...found.map(([type]) => finding('extension-ignored', idOf(raw), lowerCase(type))),
    ...(due === undefined ? [] : [finding('extension-ignored', idOf(raw), `zeebe:taskSchedule dueDate ${due}`)]),
  ];
}

/** As the file writes it. */
function lowerCase(type: string): string {
  const at = type.indexOf(':') + 1;
  return `${type.slice(0, at)}${type.slice(at, at + 1).toLowerCase()}${type.slice(at + 1)}`;
}

/** Attributes of Camunda Modeler's that never matter to the running. */
const HARMLESS = /^zeebe:(?:modelerTemplate\w*|retryCounter)$/u;

/** An attribute that no descriptor knows, as moddle tells of it; undefined where it tells of something else. */
export function unknownAttribute(message: string, element: unknown): readonly Finding[] | undefined {
  const name = /unknown attribute <([^>]*)>/u.exec(message)?.[1];
  if (name === undefined) return undefined;
  const place = idOf(element as Raw) || idOf(one(element as Raw, '$parent'));
  return HARMLESS.test(name) || !name.startsWith('zeebe:') ? [] : [finding('extension-ignored', place, name)];
}
