// The registers a form field may be bound to, and how each one's key is read as people type it.
import type { Form } from '#forms/types.ts';
import { readLegalId, readNationalId, readPlate, readRenovationCode } from '#base/identifiers.ts';
import { boundMember } from '#catalog/registers.ts';

/** Register → its canonical key, or undefined where the text cannot be one. */
const KEYS: Readonly<Record<string, (text: string) => string | undefined>> = {
  property: readRenovationCode,
  person: readNationalId,
  engineer: readNationalId,
  business: readLegalId,
  vehicle: readPlate,
};

export type BoundField = { readonly field: string; readonly register: string };

/** The form fields whose answer is the key of a register: what the road looks up before it judges an application. */
export function registerFields(form: Form): readonly BoundField[] {
  return form.pages
    .flatMap((page) => page.fields)
    .flatMap((one) => {
      const bound = one.register === undefined || one.from !== undefined ? undefined : boundMember(one.register);
      return bound?.isKey ? [{ field: one.key, register: bound.register }] : [];
    });
}

/** The key as the register knows it. */
export function registerKey(bound: Pick<BoundField, 'register'>, typed: string): string | undefined {
  return KEYS[bound.register]?.(typed);
}
