// Who looks at data of their own, or decides on data of others. Throws Refusal `login-required`, `session-expired`.
import { viewerOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import type { OwnDataViewer } from '#work/views/own-data.ts';

export function dataViewer(request: PageRequest): OwnDataViewer {
  const { visitor, actor, reader } = viewerOf(request);
  return { actor, reader, nationalId: visitor.nationalId };
}

/** Back to the application that a datum was seen in; nowhere else. */
export function backOf(address: string | undefined): string | undefined {
  return address !== undefined && /^\/cases\/\d{14}\/(?:check|apply\/[\w-]+)$/.test(address) ? address : undefined;
}
