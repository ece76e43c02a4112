// The reader's own case behind a page of the application. Judges only whose it is, and whether it is still a draft.
import { Refusal } from '#base/refusal.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { viewerOf } from '#portal/page-route.ts';
import type { PageHandler, PageRequest } from '#portal/page-route.ts';

/** Throws Refusal `case-not-found`, `not-permitted`. */
export async function ownCase(road: Road, request: PageRequest): Promise<CaseFile> {
  const file = await loadCaseFile(road, viewerOf(request), request.params['id'] ?? '');
  if (!file.own) throw new Refusal('not-permitted', { command: 'SaveDraft' });
  return file;
}

/** A page of a draft. Whoever comes back to it after submitting is shown the case instead of a refusal. */
export function ofDraft(road: Road, show: (request: PageRequest, file: CaseFile) => string): PageHandler {
  return async (request) => {
    const file = await ownCase(road, request);
    return file.state.status === 'draft' ? show(request, file) : request.go(`/cases/${file.id}`);
  };
}
