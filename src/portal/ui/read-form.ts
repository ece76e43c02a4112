// A browser's form body as raw answers of the forms room: date parts joined, boxes as truth, lists as lists. Judges nothing.
import type { Field, Page, RawAnswers } from '#forms/types.ts';
import { datePartNames } from './date-input.tsx';

/** A parsed body: a name sent once is a text, sent more than once a list. */
export type FormBody = { readonly [name: string]: unknown };

function texts(body: FormBody, name: string): readonly string[] {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  return [value].flat().filter((one) => typeof one === 'string');
}

/** What was sent for each field of the page. Files are not answers here: they come as attachments. */
export function readForm(page: Page, body: FormBody): RawAnswers {
  return Object.fromEntries(
    page.fields
      .filter((field) => field.kind !== 'note' && field.kind !== 'file' && !field.readonly)
      .map((field) => [field.key, rawOf(field, body)]),
  );
}

function rawOf(field: Field, body: FormBody): RawAnswers[string] {
  const sent = texts(body, field.key);
  if (field.kind === 'checkbox') return sent.includes('true');
  if (field.kind === 'choices') return sent;
  if (field.kind === 'date') return dateOf(field.key, body);
  return sent[0] ?? '';
}

/** `1405-9-3`, `1405--3` while a part is missing, empty when all are. Digits stay as typed. */
function dateOf(key: string, body: FormBody): string {
  const names = datePartNames(key);
  const [year, month, day] = [names.year, names.month, names.day].map((name) => (texts(body, name)[0] ?? '').trim());
  return year || month || day ? `${year}-${month}-${day}` : '';
}
