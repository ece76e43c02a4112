// What happened in a case, as its applicant and the desk read it: one entry per event that means something to people.
// Roles and units, not names: names are added for the desk alone.
import type { Instant } from '#base/instant.ts';
import type { Text } from '#base/text.ts';
import type { ElementInfo } from '#engine/types.ts';
import type { Texts } from '#forms/types.ts';
import type { FactType, Role } from './types.ts';

export type TimelineEntry = {
  readonly at: Instant;
  /** Key of the words for it; `Escalated` where a timer of the process fired. */
  readonly what: FactType;
  readonly role: Role;
  readonly unit?: string;
  readonly person: string;
  /** The step it was about, in the package's own words. */
  readonly step?: Text;
  /** What a decider or the process gave as the reason. */
  readonly reason?: string;
  readonly decision?: string;
};

/** As an event is read back from the log. */
export type LoggedEvent = {
  readonly at: Instant;
  readonly type: FactType;
  readonly person: string;
  readonly role: Role;
  readonly unit: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly derived: { readonly trail?: readonly { readonly element: string; readonly did: string; readonly wait?: string }[] };
};

/** Drafts are the applicant's own business, and services' answers the machine's: neither is an entry. */
const SILENT: ReadonlySet<FactType> = new Set(['DraftSaved', 'FileAttached', 'ServiceAnswered', 'TaskReleased']);

export function timeline(
  events: readonly LoggedEvent[],
  source: { readonly elements: readonly ElementInfo[]; readonly texts: Texts },
): readonly TimelineEntry[] {
  return events
    .filter((event) => !SILENT.has(event.type))
    .map((event) => {
      const element = elementId(event, events);
      const answers = event.data['answers'] as Readonly<Record<string, unknown>> | undefined;
      const reason = event.data['reason'] ?? (event.type === 'TaskCompleted' ? answers?.['reason'] : undefined);
      const decision = event.type === 'TaskCompleted' ? answers?.['decision'] : undefined;
      return {
        at: event.at,
        what: event.type,
        role: event.role,
        person: event.person,
        ...(event.unit === null ? {} : { unit: event.unit }),
        ...(element === undefined ? {} : { step: stepName(element, source) }),
        ...(typeof reason === 'string' && reason !== '' ? { reason } : {}),
        ...(typeof decision === 'string' ? { decision } : {}),
      };
    });
}

/** The element an event is about: named in it, or that of the wait it names. */
function elementId(event: LoggedEvent, events: readonly LoggedEvent[]): string | undefined {
  if (typeof event.data['element'] === 'string') return event.data['element'];
  const wait = event.data['task'] ?? event.data['wait'];
  if (typeof wait !== 'string') return undefined;
  return events.flatMap((one) => one.derived.trail ?? []).find((one) => one.wait === wait)?.element;
}

/** A step's name: the package's text `step.<element id>`, else the model's own name for it, else its id. */
export function stepName(element: string, source: { readonly elements: readonly ElementInfo[]; readonly texts: Texts }): Text {
  const name = source.elements.find((one) => one.id === element)?.name || element;
  const key = `step.${element}`;
  return { fa: source.texts.fa[key] ?? name, en: source.texts.en[key] ?? name };
}
