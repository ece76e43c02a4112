// A refusal as RFC 9457 problem+json, in the language the caller asked for; JSON Pointers name the fields.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import { fieldWords } from '#work/words.ts';
import { fill, PROBLEMS } from '#door/problems.ts';

export function languageOf(request: FastifyRequest): Language {
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'fa';
}

export function sendProblem(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageOf(request);
  const row = PROBLEMS[refusal.code];
  const { pointer, fields, retryAfter, headers } = refusal.facts;
  const errors = (fields ?? []).map((fault) => ({
    ...fault,
    pointer: fault.pointer,
    code: fault.code,
    detail: fieldWords(fault)[language],
  }));
  if (typeof retryAfter === 'number') reply.header('retry-after', String(retryAfter));
  // What is left of a rate, as the road counted it.
  for (const [name, value] of (headers ?? []) as readonly (readonly [string, string])[]) reply.header(name, value);
  return reply
    .code(row.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', language)
    .send(
      JSON.stringify({
        type: `/api/problems#${refusal.code}`,
        title: fill(row.title, refusal.facts)[language],
        detail: fill(row.mend, refusal.facts)[language],
        status: row.status,
        code: refusal.code,
        instance: request.id,
        ...(pointer === undefined ? {} : { pointer }),
        ...(errors.length > 0 ? { errors } : {}),
      }),
    );
}
