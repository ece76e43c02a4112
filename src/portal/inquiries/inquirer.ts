// Who asks, answers, or was asked about. Throws Refusal `login-required`, `session-expired`.
import { sessionOf } from '#door/visitor.ts';
import { viewerOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import type { InquiryViewer } from '#work/views/inquiries.ts';

export function inquirer(request: PageRequest): InquiryViewer {
  const { visitor, actor, reader } = viewerOf(request);
  return { actor, reader, nationalId: visitor.nationalId, session: sessionOf(request.request) };
}
