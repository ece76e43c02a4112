// What a question asked by hand says of who asked: a field that the door's signature covers. Structured (RFC 9651), shown to people, so plain.
import { field } from './http-message.ts';
import type { HttpFields } from './http-message.ts';
import { isInnerList, parseDictionary, serialiseDictionary } from './structured-fields.ts';
import type { Bare, Dictionary } from './structured-fields.ts';

export const BY_HAND_FIELD = 'inquiry-person';

/** `session`: names the login to whoever keeps its record, and opens nothing. `since`: seconds since 1970. */
export type ByHand = {
  readonly person: string;
  readonly organisation: string;
  readonly session: string;
  readonly since: number;
};

/** Throws TypeError for what is not ASCII. */
export function byHandField({ person, organisation, session, since }: ByHand): string {
  const bare = (value: string): Bare => ({ kind: 'string', value });
  const member = (value: Bare) => ({ bare: value, params: new Map<string, Bare>() });
  const members: Dictionary = new Map([
    ['person', member(bare(person))],
    ['organisation', member(bare(organisation))],
    ['session', member(bare(session))],
    ['since', member({ kind: 'integer', value: since })],
  ]);
  return serialiseDictionary(members);
}

/** Undefined where the message does not say, or not in this form. */
export function readByHand(fields: HttpFields): ByHand | undefined {
  const members = parseDictionary(field(fields, BY_HAND_FIELD) ?? '');
  const text = (name: string): string | undefined => {
    const member = members?.get(name);
    const value = member && !isInnerList(member) && member.bare.kind === 'string' ? member.bare.value : undefined;
    return value !== undefined && /^[ -~]{1,200}$/.test(value) ? value : undefined;
  };
  const since = members?.get('since');
  const [person, organisation, session] = [text('person'), text('organisation'), text('session')];
  if (person === undefined || organisation === undefined || session === undefined) return undefined;
  if (!since || isInnerList(since) || since.bare.kind !== 'integer') return undefined;
  return { person, organisation, session, since: since.bare.value };
}
