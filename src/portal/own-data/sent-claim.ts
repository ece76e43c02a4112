// The form of a claim as a browser sends it: its texts, and one file that shows what is claimed; an upload's refusal becomes a fault beside it.
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import { fill, PROBLEMS } from '#door/problems.ts';
import { takeEvidence } from '#work/disputes/evidence.ts';
import type { Road } from '#work/road.ts';
import { readMultipart } from '#portal/multipart.ts';
import type { PageRequest } from '#portal/page-route.ts';

type Evidence = Awaited<ReturnType<typeof takeEvidence>>;

export type SentClaim = {
  readonly body: PageRequest['body'];
  readonly evidence?: Evidence;
  readonly faults: readonly FieldFault[];
};

export async function takeClaim(road: Road, page: PageRequest): Promise<SentClaim> {
  if (!page.request.isMultipart()) return { body: page.body, faults: [] };
  let evidence: Evidence | undefined;
  const { body, refusals } = await readMultipart(page.request, async ({ field, name, stream }) => {
    if (field !== 'evidence') throw new Refusal('upload-type-refused', { name, pointer: '/evidence' });
    evidence = await takeEvidence(road, { name, stream });
  });
  // Whoever must sign in again is shown these texts once more: see problem-page.tsx.
  (page.request as { body: unknown }).body = body;
  return { body, faults: refusals.map(faultOf), ...(evidence && { evidence }) };
}

function faultOf({ code, facts }: Refusal): FieldFault {
  const { title, mend } = PROBLEMS[code];
  const [what, how] = [fill(title, facts), fill(mend, facts)];
  return { pointer: '/evidence', code, facts: { fa: `${what.fa} ${how.fa}`, en: `${what.en} ${how.en}` } };
}
