// Findings of reading a file: what is broken, missing or named and not there. Never decides whether something is wrong.
import type { Row } from './words-row.ts';

export const READING = {
  'xml-unreadable': {
    reason: ['پروندهٔ BPMN خوانده نمی‌شود: {what}', 'The BPMN file cannot be read: {what}'],
    mend: ['پرونده را در یک ویرایشگر BPMN باز کنید و دوباره ذخیره کنید.', 'Open the file in a BPMN modeler and save it again.'],
  },
  'element-unreadable': {
    reason: ['بخشی از پرونده خوانده نشد: {what}', 'A part of the file could not be read: {what}'],
    mend: ['این بخش را حذف یا اصلاح کنید.', 'Remove this part or mend it.'],
  },
  'extension-ignored': {
    reason: [
      'این بخش خوانده نمی‌شود و در اجرا اثری ندارد: {what}',
      'This part is not read and has no effect when the process runs: {what}',
    ],
    mend: [
      'اگر اثر آن لازم است، آن را با عنصرهای پشتیبانی‌شده بازگو کنید؛ وگرنه حذفش کنید.',
      'Where its effect is needed, say it by elements that are supported; otherwise remove it.',
    ],
    severity: 'warning',
  },
  'expression-not-understood': {
    reason: ['این عبارت را نمی‌توان به FEEL برگرداند: {what}', 'This expression cannot be told in FEEL: {what}'],
    mend: ['آن را به FEEL بنویسید (با = در آغاز).', 'Write it in FEEL, with a leading =.'],
  },
  'duplicate-id': {
    reason: ['شناسهٔ «{what}» دو بار به کار رفته است.', 'The id “{what}” is used twice.'],
    mend: ['به هر عنصر شناسه‌ای یکتا بدهید.', 'Give each element an id of its own.'],
  },
  'missing-reference': {
    reason: ['به «{what}» ارجاع شده که وجود ندارد.', 'It refers to “{what}”, which does not exist.'],
    mend: ['ارجاع را اصلاح کنید یا عنصر گم‌شده را بیفزایید.', 'Mend the reference or add what is missing.'],
  },
  'no-process': {
    reason: ['پرونده هیچ فرایندی ندارد.', 'The file has no process.'],
    mend: ['یک فرایند با یک رویداد آغاز بیفزایید.', 'Add a process with a start event.'],
  },
  'unused-process': {
    reason: [
      'فرایند «{what}» هرگز اجرا نمی‌شود: نه اصلی است و نه فراخوانده می‌شود.',
      'The process “{what}” never runs: it is neither the main one nor called.',
    ],
    mend: ['آن را حذف کنید یا با یک فعالیت فراخوان به کار بگیرید.', 'Remove it or call it from a call activity.'],
    severity: 'warning',
  },
  'unsupported-element': {
    reason: ['این عنصر اجرا نمی‌شود: {what}', 'This element is not executed: {what}'],
    mend: ['آن را با عنصری که پشتیبانی می‌شود جایگزین کنید.', 'Replace it by an element that is supported.'],
  },
  'unknown-decision': {
    reason: ['تصمیم «{what}» در بسته نیست.', 'The decision “{what}” is not in the package.'],
    mend: ['پروندهٔ DMN آن را بیفزایید یا نام را اصلاح کنید.', 'Add its DMN file or mend the name.'],
  },
  'unknown-form': {
    reason: ['فرم «{what}» در بسته نیست.', 'The form “{what}” is not in the package.'],
    mend: ['پروندهٔ فرم را بیفزایید یا نام را اصلاح کنید.', 'Add the form file or mend the name.'],
  },
  'unknown-process': {
    reason: ['فرایند فراخوانده‌شدهٔ «{what}» در این پرونده نیست.', 'The called process “{what}” is not in this file.'],
    mend: ['فرایند را بیفزایید یا processId را اصلاح کنید.', 'Add the process or mend processId.'],
  },
  'unknown-element': {
    reason: ['عنصر «{what}» در این فرایند نیست.', 'The element “{what}” is not in this process.'],
    mend: ['شناسهٔ یک کار کاربر از همین پرونده را بنویسید.', 'Write the id of a user task of this file.'],
  },
  'feel-syntax': {
    reason: ['عبارت FEEL خوانده نمی‌شود: {what}', 'The FEEL expression cannot be read: {what}'],
    mend: ['عبارت را اصلاح کنید.', 'Mend the expression.'],
  },
} satisfies { readonly [code: string]: Row };
