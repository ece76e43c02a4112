// One way to take a sent form of a service: texts and files, whichever way the browser sent them; upload refusals become faults beside the field.
import type { CaseId } from '#base/ids.ts';
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import { fill, PROBLEMS } from '#door/problems.ts';
import type { Actor } from '#cases/types.ts';
import { attachFile } from '#work/files.ts';
import type { Road } from '#work/road.ts';
import { intentOf } from './intent.ts';
import { readMultipart } from './multipart.ts';
import type { PageRequest } from './page-route.ts';

export type Sent = {
  readonly body: Readonly<Record<string, unknown>>;
  readonly faults: readonly FieldFault[];
  readonly files: { readonly [field: string]: string };
};

/** `who` is asked only when a file comes, so that a form without a session still keeps its texts. */
export async function takeForm(road: Road, page: PageRequest, id: CaseId, who: () => Actor): Promise<Sent> {
  if (!page.request.isMultipart()) return { body: page.body, faults: [], files: {} };
  const files: { [field: string]: string } = {};
  const isKnown = page.visitor !== undefined;
  const { body, refusals } = await readMultipart(page.request, async ({ field, name, sha256, stream }, sofar) => {
    if (!isKnown) return;
    const key = intentOf(page, sofar, field, name, sha256);
    files[field] = (await attachFile(road, id, { actor: who(), key, field, name, stream })).file;
  });
  // Whoever must sign in again is shown these texts once more: see problem-page.tsx.
  (page.request as { body: unknown }).body = body;
  return { body, files, faults: refusals.map(faultOf) };
}

/** The texts of a form whose files cannot be taken: nobody is signed in, or what they were for is over. */
export async function takeTexts(page: PageRequest): Promise<PageRequest['body']> {
  if (!page.request.isMultipart()) return page.body;
  const { body } = await readMultipart(page.request, () => Promise.resolve());
  (page.request as { body: unknown }).body = body;
  return body;
}

function faultOf(refusal: Refusal): FieldFault {
  const words = PROBLEMS[refusal.code];
  const title = fill(words.title, refusal.facts);
  const mend = fill(words.mend, refusal.facts);
  return {
    pointer: String(refusal.facts.pointer ?? ''),
    code: refusal.code,
    facts: { fa: `${title.fa} ${mend.fa}`, en: `${title.en} ${mend.en}` },
  };
}
