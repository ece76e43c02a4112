// Every finding of the engine in the two languages: what is wrong, and how to mend it. Never decides whether something is wrong.
import type { Finding } from '#base/finding.ts';
import { DATA } from './words-data.ts';
import { DRAWING } from './words-drawing.ts';
import { ELEMENT } from './words-element.ts';
import { EVENT } from './words-event.ts';
import { READING } from './words-reading.ts';
import type { Row, Words } from './words-row.ts';
import { SOUNDNESS } from './words-soundness.ts';

const TABLE = { ...READING, ...DRAWING, ...ELEMENT, ...EVENT, ...DATA, ...SOUNDNESS } satisfies { readonly [code: string]: Row };

export type EngineFindingCode = keyof typeof TABLE;

/** One finding; `what` fills the reason and the mend, `more` adds a path, offsets or another severity. */
export function finding(code: EngineFindingCode, place: string, what = '', more: Partial<Finding> = {}): Finding {
  const row: Row = TABLE[code];
  const fill = (words: Words): Finding['reason'] => ({
    fa: words[0].replace('{what}', () => what),
    en: words[1].replace('{what}', () => what),
  });
  return { code, severity: row.severity ?? 'error', place, reason: fill(row.reason), mend: fill(row.mend), ...more };
}
