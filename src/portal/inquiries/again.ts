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

/** What each keyword of JSON Schema says to a reader; the schema's own message is for programs. */
const WORDS = {
  required: 'ask.required',
  pattern: 'ask.pattern',
  type: 'ask.type',
  maxLength: 'ask.long',
  minLength: 'ask.short',
  minimum: 'ask.low',
  maximum: 'ask.high',
} as const;

/** Each fault beside the member it names. */
export function errorsOf(language: Language, faults: readonly FieldFault[]): Errors {
  const wordOf = (code: string) => (Object.hasOwn(WORDS, code) ? WORDS[code as keyof typeof WORDS] : 'ask.wrong');
  return Object.fromEntries(faults.map(({ pointer, code }) => [pointer.split('/')[1] ?? '', words(language, wordOf(code))]));
}
