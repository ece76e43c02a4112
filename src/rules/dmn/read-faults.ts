// What makes a well-formed DMN file unfit to run as it is: another language than FEEL, one id for two things, requirements in a ring.
import type { Finding } from '#base/finding.ts';
import type { DmnModel, Reference } from './model.ts';
import type { Element } from './xml.ts';

const FEEL = /^(?:feel|https?:\/\/www\.omg\.org\/spec\/(?:DMN|FEEL)\/.*)$/i;

/** Expressions that say they are in another language: they would be read as FEEL and mean something else. */
export function languageFaults(root: Element): Finding[] {
  const found: Finding[] = [];
  const visit = (element: Element, owner: string): void => {
    const place = element.attributes['name'] ?? owner;
    const language = element.attributes['expressionLanguage'];
    if (language !== undefined && language !== '' && !FEEL.test(language))
      found.push(otherLanguage(place, language, element.line));
    for (const child of element.children) visit(child, place);
  };
  visit(root, '');
  return found;
}

function otherLanguage(place: string, language: string, line: number): Finding {
  return {
    code: 'dmn-language',
    severity: 'error',
    place,
    reason: {
      fa: `عبارتی در «${place}» (سطر ${line}) به زبان «${language}» است؛ تنها FEEL اجرا می‌شود.`,
      en: `An expression in “${place}” (line ${line}) is in “${language}”; only FEEL is run.`,
    },
    mend: { fa: 'عبارت را به FEEL بنویسید.', en: 'Write the expression in FEEL.' },
  };
}

/** Ids that two elements of a file share: a link to one of them could mean either. */
export function idFaults(model: Omit<DmnModel, 'findings' | 'version'>): Finding[] {
  const all = [...model.inputs, ...model.decisions, ...model.functions, ...model.services];
  const seen = new Map<string, string>();
  return all.flatMap(({ id, name }) => {
    const other = seen.get(id);
    seen.set(id, name);
    return other === undefined ? [] : [sharedId(id, [other, name])];
  });
}

function sharedId(id: string, [one, other]: readonly [string, string]): Finding {
  return {
    code: 'dmn-duplicate-id',
    severity: 'error',
    place: id,
    reason: { fa: `«${one}» و «${other}» هر دو شناسهٔ «${id}» دارند.`, en: `“${one}” and “${other}” both have the id “${id}”.` },
    mend: { fa: 'به هر کدام شناسه‌ای یکتا بدهید.', en: 'Give each an id of its own.' },
  };
}

/** Decisions that require each other in a ring (DMN 1.5 §6.2: requirements are acyclic): each would read null of another. */
export function ringFaults(model: DmnModel): Finding[] {
  const decisions = new Map(model.decisions.map((decision) => [decision.id, decision]));
  const done = new Set<string>();
  const found: Finding[] = [];
  const visit = (id: string, path: readonly string[]): void => {
    const start = path.indexOf(id);
    if (start >= 0) found.push(ring(path.slice(start), (one) => decisions.get(one)?.name ?? one));
    if (start >= 0 || done.has(id)) return;
    done.add(id);
    for (const next of decisions.get(id)?.requires ?? []) {
      const local = localId(next, model.namespace);
      if (local !== undefined && decisions.has(local)) visit(local, [...path, id]);
    }
  };
  for (const id of decisions.keys()) visit(id, []);
  return found;
}

function localId(reference: Reference, namespace: string): string | undefined {
  const at = reference.lastIndexOf('#');
  const from = reference.slice(0, Math.max(at, 0));
  return from === '' || from === namespace ? reference.slice(at + 1) : undefined;
}

function ring(path: readonly string[], nameOf: (id: string) => string): Finding {
  const names = [...path, path[0] ?? ''].map(nameOf).join(' → ');
  return {
    code: 'dmn-ring',
    severity: 'error',
    place: nameOf(path[0] ?? ''),
    reason: { fa: `تصمیم‌ها در حلقه به هم نیاز دارند: ${names}.`, en: `Decisions require each other in a ring: ${names}.` },
    mend: { fa: 'یکی از نیازهای حلقه را بردارید.', en: 'Remove one requirement of the ring.' },
    path,
  };
}
