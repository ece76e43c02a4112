// Carries out what a form about a contract asked, or shows its page again with each fault beside its field. The road judges; this only says where.
import type { FastifyReply } from 'fastify';
import { Refusal } from '#base/refusal.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { Language } from '#base/text.ts';
import { fieldWords } from '#work/words.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { fieldId } from '#portal/ui/errors.tsx';
import type { PageError } from '#portal/ui/errors.tsx';

export type Errors = { readonly [field: string]: string };

/** `act` gives where to go, or the page to show at once. `nameOf`: the form's field for a pointer. Every other refusal is the caller's. */
export async function actOrShow(
  request: PageRequest,
  act: () => Promise<{ readonly go: string } | { readonly page: string }>,
  show: (errors: Errors) => string | Promise<string>,
  nameOf: (pointer: string) => string = plainName,
): Promise<FastifyReply | string> {
  try {
    const done = await act();
    return 'go' in done ? request.go(done.go) : done.page;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-answers') throw error;
    request.reply.code(422);
    return show(errorsOf(request.language, error.facts.fields ?? [], nameOf));
  }
}

/** `/purpose/fa` is the field `purpose-fa`. */
function plainName(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '-');
}

/** The first fault of a field is the one it shows. */
function errorsOf(language: Language, faults: readonly FieldFault[], nameOf: (pointer: string) => string): Errors {
  const errors = new Map<string, string>();
  for (const one of faults) {
    const name = nameOf(one.pointer);
    if (!errors.has(name)) errors.set(name, fieldWords(one)[language]);
  }
  return Object.fromEntries(errors);
}

/** `labelOf`: what a field is called, where one form has many. */
export function listed(errors: Errors, labelOf: (name: string) => string | undefined = () => undefined): readonly PageError[] {
  return Object.entries(errors).map(([name, message]) => {
    const label = labelOf(name);
    return { message: label === undefined ? message : `${label}: ${message}`, field: fieldId(name) };
  });
}
