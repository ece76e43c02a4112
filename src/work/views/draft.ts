// A draft as its task list: which pages are there, which are done, which fields earlier answers hide.
import type { FieldFault } from '#base/refusal.ts';
import type { CaseState } from '#cases/types.ts';
import type { ServicePackage } from '#catalog/types.ts';
import type { Field, Form, Page } from '#forms/types.ts';
import { validateAnswers } from '#forms/validate.ts';
import { visibleFields } from '#forms/visible.ts';

export type DraftPage = {
  readonly page: Page;
  readonly state: 'not-started' | 'in-progress' | 'done';
  readonly faults: readonly FieldFault[];
};

export function applicationForm(pkg: ServicePackage): Form {
  const form = pkg.forms[pkg.manifest.application];
  if (!form) throw new TypeError(`${pkg.manifest.id} has no application form`);
  return form;
}

export function draftPages(state: CaseState, pkg: ServicePackage): readonly DraftPage[] {
  const form = applicationForm(pkg);
  return form.pages.map((page) => {
    const { faults } = validateAnswers(form, state.draft, { page: page.id });
    const answered = page.fields.some((field) => state.draft[field.key] !== undefined && state.draft[field.key] !== '');
    return { page, faults, state: answered ? (faults.length === 0 ? 'done' : 'in-progress') : 'not-started' };
  });
}

/** Keys that the draft's answers hide. */
export function hiddenKeys(state: CaseState, pkg: ServicePackage): ReadonlySet<string> {
  const form = applicationForm(pkg);
  const shown = new Set(visibleFields(form, state.draft).map((field) => field.key));
  return new Set(allFields(form).flatMap((field) => (shown.has(field.key) ? [] : [field.key])));
}

export function allFields(form: Form): readonly Field[] {
  return form.pages.flatMap((page) => page.fields);
}
