// The registers a form field may be bound to, and how each one's key is read as people type it.
import type { Form } from '#forms/types.ts';
import { readLegalId, readNationalId, readRenovationCode } from '#base/identifiers.ts';

/** `<register>.<kind of key>` → canonical key, or undefined where the text cannot be one. */
const KEYS: Readonly<Record<string, (text: string) => string | undefined>> = {
  'property.renovation-code': readRenovationCode,
  'person.national-id': readNationalId,
  'business.legal-id': readLegalId,
};

export type BoundField = { readonly field: string; readonly register: string; readonly kind: string };

/** The form fields whose answer is the key of a register: what the road looks up before it judges an application. */
export function registerFields(form: Form): readonly BoundField[] {
  return form.pages
    .flatMap((page) => page.fields)
    .flatMap((one) => {
      if (one.register === undefined || KEYS[one.register] === undefined) return [];
      const [register = '', kind = ''] = one.register.split('.');
      return [{ field: one.key, register, kind }];
    });
}

/** The key as the register knows it. */
export function registerKey(bound: BoundField, typed: string): string | undefined {
  return KEYS[`${bound.register}.${bound.kind}`]?.(typed);
}
