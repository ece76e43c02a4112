// Every finding of the engine in the two languages: what is wrong, and how to mend it. Never decides whether something is wrong.
import type { Finding } from '#base/finding.ts';
import type { Text } from '#base/text.ts';
import { DATA } from './words-data.ts';
import { DRAWING } from './words-drawing.ts';
import { ELEMENT } from './words-element.ts';
import { EVENT } from './words-event.ts';
import { READING } from './words-reading.ts';
import type { Row, Words } from './words-row.ts';
import { SOUNDNESS } from './words-soundness.ts';

const TABLE = { ...READING, ...DRAWING, ...ELEMENT, ...EVENT, ...DATA, ...SOUNDNESS } satisfies { readonly [code: string]: Row };

export type EngineFindingCode = keyof typeof TABLE;

/** One finding; `what`, one text or one for each language, fills the reason and the mend; `more` adds a path, offsets or another severity. */
export function finding(code: EngineFindingCode, place: string, what: string | Text = '', more: Partial<Finding> = {}): Finding {
  const row: Row = TABLE[code];
  const facts = typeof what === 'string' ? { fa: what, en: what } : what;
  const fill = (words: Words): Text => ({
    fa: words[0].replace('{what}', () => facts.fa),
    en: words[1].replace('{what}', () => facts.en),
  });
  return { code, severity: row.severity ?? 'error', place, reason: fill(row.reason), mend: fill(row.mend), ...more };
}
