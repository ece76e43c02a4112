// A draft as its task list: which pages are there, which are done, which fields earlier answers hide.
import type { FieldFault } from '#base/refusal.ts';
import { statedAnswers } from '#cases/known.ts';
import type { Standings } from '#cases/known.ts';
import type { CaseState } from '#cases/types.ts';
import type { ServicePackage } from '#catalog/types.ts';
import type { Field, Form, Page } from '#forms/types.ts';
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

/** `known`: how fields stand that a register could give. A page on which all is known is done once the key it hangs on was typed. */
export function draftPages(state: CaseState, pkg: ServicePackage, known: Standings = new Map()): readonly DraftPage[] {
  const form = applicationForm(pkg);
  return form.pages.map((page) => {
    // Limits that hang on today are judged when the page is saved.
    const { faults } = statedAnswers(form, state.draft, { standings: known, page: page.id });
    const answered = page.fields.some((field) => state.draft[field.key] !== undefined && state.draft[field.key] !== '');
    const told = page.fields.some((field) => known.get(field.key)?.is === 'known');
    const isBegun = answered || (told && faults.length === 0);
    return { page, faults, state: isBegun ? (faults.length === 0 ? 'done' : 'in-progress') : 'not-started' };
  });
}

/** Keys that the draft's answers hide, and those that are neither asked of this applicant nor shown to them. */
export function hiddenKeys(state: CaseState, pkg: ServicePackage, known: Standings = new Map()): ReadonlySet<string> {
  const form = applicationForm(pkg);
  const given = [...known].flatMap(([key, one]) => (one.is === 'known' ? [[key, one.value] as const] : []));
  const shown = new Set(visibleFields(form, { ...Object.fromEntries(given), ...state.draft }).map((field) => field.key));
  const isShown = ({ key }: Field): boolean => shown.has(key) && ['known', 'asked'].includes(known.get(key)?.is ?? 'asked');
  return new Set(allFields(form).flatMap((field) => (isShown(field) ? [] : [field.key])));
}

export function allFields(form: Form): readonly Field[] {
  return form.pages.flatMap((page) => page.fields);
}
