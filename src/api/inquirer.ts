// Who asks, answers, or was asked about, over the API. Throws Refusal `login-required`, `session-expired`.
import type { FastifyRequest } from 'fastify';
import { sessionOf } from '#door/visitor.ts';
import type { InquiryViewer } from '#work/views/inquiries.ts';
import { viewerOf } from './cases.ts';

export function inquirerOf(request: FastifyRequest): InquiryViewer {
  const { visitor, actor, reader } = viewerOf(request);
  return { actor, reader, nationalId: visitor.nationalId, session: sessionOf(request) };
}
