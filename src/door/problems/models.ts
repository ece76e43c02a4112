// Models and packages: each refusal in the words of its reader. Rows of the table in door/problems.ts.
import type { Problem } from '#door/problem.ts';

export const MODELS = {
  'model-unreadable': {
    status: 422,
    title: { fa: 'الگوی {file} خوانا نیست.', en: 'The model {file} cannot be read.' },
    mend: { fa: 'آن را در ویرایشگر باز کنید و دوباره ذخیره کنید.', en: 'Open it in a modeler and save it again.' },
  },
  'model-unsupported': {
    status: 422,
    title: { fa: 'عنصر {element} پشتیبانی نمی‌شود.', en: 'The element {element} is not supported.' },
    mend: { fa: 'عنصر دیگری به جای آن بگذارید.', en: 'Use another element in its place.' },
  },
  'state-format': {
    status: 500,
    title: {
      fa: 'وضعیت پرونده را نسخهٔ تازه‌تری از سامانه نوشته است.',
      en: 'A newer release has written the state of this case.',
    },
    mend: { fa: 'سامانه را به نسخهٔ تازه برگردانید.', en: 'Run the newer release again.' },
  },
  'incident-closed': {
    status: 409,
    title: { fa: 'این اشکال دیگر باز نیست.', en: 'This incident is no longer open.' },
    mend: {
      fa: 'صفحه را دوباره باز کنید: شاید کسی آن را برطرف کرده است.',
      en: 'Open the page again: somebody may have mended it.',
    },
  },
  'place-forbidden': {
    status: 422,
    title: { fa: 'پرونده را نمی‌توان به «{to}» برد.', en: 'The case cannot be moved to “{to}”.' },
    mend: { fa: 'یکی از گام‌های همان بخش فرایند را برگزینید.', en: 'Choose a step in the same part of the process.' },
  },
  'migration-refused': {
    status: 409,
    title: {
      fa: 'پرونده به این نسخه نمی‌رود: {count} کار بی‌سرپرست می‌ماند.',
      en: 'The case cannot go to this version: {count} pieces of work would be orphaned.',
    },
    mend: { fa: 'برای هرکدام جایی در نسخهٔ تازه تعیین کنید.', en: 'Say for each where it goes in the new version.' },
  },
  'package-invalid': {
    status: 422,
    title: { fa: 'بسته خدمت ایراد دارد.', en: 'The service package has errors.' },
    mend: { fa: 'با dargah check ایرادها را ببینید.', en: 'Run dargah check to see them.' },
  },
  'expression-failed': {
    status: 422,
    title: { fa: 'عبارت {expression} حساب نشد.', en: 'The expression {expression} could not be evaluated.' },
    mend: { fa: 'نام‌ها و نوع‌ها را در الگو بررسی کنید.', en: 'Check its names and types in the model.' },
  },
} satisfies Readonly<Record<string, Problem>>;
