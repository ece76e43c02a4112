// A file that somebody sent as evidence: given to be kept, never to be run.
import type { FastifyReply } from 'fastify';
import type { disputeEvidence } from '#work/views/own-data.ts';
import type { PageRequest } from '#portal/page-route.ts';

export function takesFile(request: PageRequest, { file, stream }: Awaited<ReturnType<typeof disputeEvidence>>): FastifyReply {
  return request.reply
    .type(file.type)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .header('content-security-policy', "sandbox; default-src 'none'")
    .send(stream);
}
