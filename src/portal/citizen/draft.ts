// The reader's own case behind a page of the application, with what the city's registers say for it. Judges only whose it is, and whether it is
// still a draft.
import { Refusal } from '#base/refusal.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { knownFields } from '#work/views/known.ts';
import type { KnownFields } from '#work/views/known.ts';
import { viewerOf } from '#portal/page-route.ts';
import type { PageHandler, PageRequest } from '#portal/page-route.ts';

export type DraftFile = CaseFile & { readonly known: KnownFields };

/** Throws Refusal `case-not-found`, `not-permitted`. */
export async function ownCase(road: Road, request: PageRequest): Promise<DraftFile> {
  const file = await loadCaseFile(road, viewerOf(request), request.params['id'] ?? '');
  if (!file.own) throw new Refusal('not-permitted', { command: 'SaveDraft' });
  return { ...file, known: await knownFields(road, file) };
}

/** A page of a draft. Whoever comes back to it after submitting is shown the case instead of a refusal. */
export function ofDraft(road: Road, show: (request: PageRequest, file: DraftFile) => string): PageHandler {
  return async (request) => {
    const file = await ownCase(road, request);
    return file.state.status === 'draft' ? show(request, file) : request.go(`/cases/${file.id}`);
  };
}
