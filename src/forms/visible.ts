// Which fields and pages a form shows for the answers so far.
import { compileForm, hiddenKeys } from './compile.ts';
import type { Answers, Field, Form, Page } from './types.ts';

/** The visible fields, in the form's order; `answers` are normal ones (what validateAnswers gives), `known` what rules may read beside. */
export function visibleFields(form: Form, answers: Answers, known: Answers = {}): readonly Field[] {
  const compiled = compileForm(form);
  const hidden = hiddenKeys(compiled, new Map(Object.entries(answers)), known);
  return compiled.fields.filter((field) => !hidden.has(field.key));
}

/** The pages that have anything to show: the steps of "step n of m". */
export function visiblePages(form: Form, answers: Answers, known: Answers = {}): readonly Page[] {
  const visible = new Set(visibleFields(form, answers, known).map((field) => field.key));
  return form.pages.filter((page) => page.fields.some((field) => visible.has(field.key)));
}
