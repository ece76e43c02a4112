// Reads a form-js schema, the subset of docs/packages.md, into a Form. What it does not know it refuses, with the component's id.
import type { Finding } from '#base/finding.ts';
import { isObject, type Json, type JsonObject } from '#base/json.ts';
import { hideOf } from './hide.ts';
import { readField } from './read-field.ts';
import { formFinding, type Report } from './findings.ts';
import type { Field, Form, Page } from './types.ts';

/** A form with errors is not given. `json` is the parsed file; top-level groups become the pages. */
export function readForm(id: string, json: unknown): { readonly form?: Form; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const report: Report = (code, place, words) => void findings.push(formFinding(id, code, place, words));
  if (!isObject(json) || !Array.isArray(json.components)) {
    report('form-unreadable', '', {
      reason: [
        'این پرونده یک فرم form-js با فهرست components نیست.',
        'This file is not a form-js form with a list of components.',
      ],
      mend: ['فرم را با ویرایشگر form-js ذخیره کنید.', 'Save the form with a form-js editor.'],
    });
    return { findings };
  }
  if (json.id !== undefined && json.id !== id) {
    report('form-id', '', {
      reason: [`شناسه درون فرم با نام پرونده «${id}» یکی نیست.`, `The id inside the form is not the file name “${id}”.`],
      mend: ['شناسه فرم را با نام پرونده یکی کنید.', 'Make the form id the same as the file name.'],
    });
  }
  const pages = (json.components as readonly Json[]).flatMap((component, index) => readPage(component, index, report));
  reportTwins(pages, report);
  if (pages.length === 0) {
    report('form-empty', '', {
      reason: ['فرم هیچ صفحه‌ای ندارد.', 'The form has no page.'],
      mend: [
        'موردها را در یک گروه سطح اول بگذارید: هر گروه یک صفحه است.',
        'Put the fields into a top-level group: each group is a page.',
      ],
    });
  }
  return findings.some((finding) => finding.severity === 'error') ? { findings } : { form: { id, pages }, findings };
}

function readPage(component: Json, index: number, report: Report): readonly Page[] {
  const place = isObject(component) && typeof component.id === 'string' ? component.id : `/components/${index}`;
  if (!isObject(component) || component.type !== 'group' || !Array.isArray(component.components)) {
    report('outside-page', place, {
      reason: ['این مورد درون هیچ صفحه‌ای نیست.', 'This component is inside no page.'],
      mend: ['آن را در یک گروه سطح اول بگذارید: هر گروه یک صفحه است.', 'Put it into a top-level group: each group is a page.'],
    });
    return [];
  }
  const title = component.label;
  if (typeof component.id !== 'string' || typeof title !== 'string' || title === '') {
    report('page-without-title', place, {
      reason: ['صفحه شناسه یا عنوان ندارد.', 'The page has no id or no title.'],
      mend: ['به گروه id و label بدهید.', 'Give the group an id and a label.'],
    });
    return [];
  }
  if (typeof component.path === 'string' && component.path !== '') {
    report('page-path', place, {
      reason: [
        'گروه مسیر داده دارد؛ پاسخ‌های یک فرم یک سطح دارند.',
        'The group has a data path; the answers of a form are flat.',
      ],
      mend: ['مسیر (path) گروه را خالی کنید.', 'Leave the path of the group empty.'],
    });
  }
  const hide = hideOf(component, report);
  const fields = (component.components as readonly Json[]).flatMap((child, at) =>
    readField(child, `${place}/components/${at}`, report),
  );
  return [
    {
      id: component.id,
      title,
      ...descriptionOf(component),
      fields: hide === undefined ? fields : fields.map((field) => hiddenWith(field, hide)),
    },
  ];
}

function descriptionOf(component: JsonObject): { readonly description?: string } {
  const { description, properties } = component;
  const given = isObject(properties) && typeof properties.hint === 'string' ? properties.hint : description;
  return typeof given === 'string' && given !== '' ? { description: given } : {};
}

/** A page is hidden with all its fields. */
function hiddenWith(field: Field, hide: string): Field {
  return { ...field, hide: field.hide === undefined ? hide : `(${hide}) or (${field.hide})` };
}

/** Ids and keys name one thing each: a key is the name of a variable, an id the place of a finding. */
function reportTwins(pages: readonly Page[], report: Report): void {
  const seen = new Set<string>();
  const fields = pages.flatMap((page) => page.fields);
  for (const [kind, name] of [
    ...pages.map((page) => ['id', page.id]),
    ...fields.flatMap((field) => [
      ['id', field.id],
      ['key', field.key],
    ]),
  ]) {
    if (seen.has(`${kind} ${name}`)) {
      report('duplicate-name', String(name), {
        reason: [`«${name}» نام بیش از یک مورد این فرم است.`, `“${name}” names more than one component of this form.`],
        mend: ['به هر مورد id و key جدا بدهید.', 'Give each component its own id and key.'],
      });
    }
    seen.add(`${kind} ${name}`);
  }
}
