// Every refusal in the words of its reader: one row per code with HTTP status, what happened and how to mend it, in both languages.
// The API renders a row as RFC 9457 problem+json, the portal beside the field or as a page. Nothing else knows HTTP statuses.
import type { RefusalCode } from '#base/refusal.ts';
import type { Text } from '#base/text.ts';
import type { Problem } from './problem.ts';
import { ABSENT } from './problems/absent.ts';
import { DISPUTES } from './problems/disputes.ts';
import { INQUIRIES } from './problems/inquiries.ts';
import { MODELS } from './problems/models.ts';
import { PROOFS } from './problems/proofs.ts';
import { REGISTERS } from './problems/registers.ts';
import { RIGHTS } from './problems/rights.ts';
import { ROAD } from './problems/road.ts';
import { SENT } from './problems/sent.ts';

export const PROBLEMS = {
  ...SENT,
  ...RIGHTS,
  ...ABSENT,
  ...MODELS,
  ...INQUIRIES,
  ...ROAD,
  ...PROOFS,
  ...REGISTERS,
  ...DISPUTES,
} as const satisfies Record<RefusalCode, Problem>;

/** A text with its facts filled in. */
export function fill(text: Text, facts: Readonly<Record<string, unknown>>): Text {
  const put = (template: string): string => template.replace(/\{(\w+)\}/g, (_all, name: string) => String(facts[name] ?? '…'));
  return { fa: put(text.fa), en: put(text.en) };
}
