// Carries out what a form typed, or shows the form again with each fault beside its member. The road judges; this only says where.
import type { FastifyReply } from 'fastify';
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { words } from './words.ts';

export type Errors = { readonly [member: string]: string };

/** `act` gives where to go. Refused for its answers: the page of `again`, as 422. Every other refusal is the caller's. */
export async function actOrAgain(
  request: PageRequest,
  act: () => Promise<string>,
  again: (errors: Errors) => string | Promise<string>,
): Promise<FastifyReply | string> {
  try {
    return request.go(await act());
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-answers') throw error;
    request.reply.code(422);
    return again(errorsOf(request.language, error.facts.fields ?? []));
  }
}

/** Each fault beside the member it names. */
function errorsOf(language: Language, faults: readonly FieldFault[]): Errors {
  return Object.fromEntries(
    faults.map(({ pointer, code, facts }) => [
      pointer.split('/')[1] ?? '',
      code === 'required' ? words(language, 'ask.required') : words(language, 'ask.wrong', { why: facts?.['message'] ?? code }),
    ]),
  );
}
