// What was typed or sent: each refusal in the words of its reader. Rows of the table in door/problems.ts.
import type { Problem } from '#door/problem.ts';

export const SENT = {
  'malformed-instant': {
    status: 400,
    title: { fa: 'زمان «{value}» خوانا نیست.', en: 'The time “{value}” cannot be read.' },
    mend: { fa: 'زمان را به شکل 2026-11-24T09:00:00Z بفرستید.', en: 'Send it as 2026-11-24T09:00:00Z.' },
  },
  'malformed-money': {
    status: 400,
    title: { fa: 'مبلغ «{value}» خوانا نیست.', en: 'The amount “{value}” cannot be read.' },
    mend: { fa: 'مبلغ را به ریال، عدد درست و بدون اعشار بنویسید.', en: 'Give a whole number of rials.' },
  },
  'malformed-request': {
    status: 400,
    title: { fa: 'درخواست فرستاده‌شده خوانا نیست: {reason}', en: 'The request cannot be read: {reason}' },
    mend: { fa: 'آن را درست کنید و دوباره بفرستید.', en: 'Correct it and send it again.' },
  },
  'invalid-answers': {
    status: 422,
    title: { fa: 'پاسخ برخی پرسش‌ها درست نیست.', en: 'Some answers need attention.' },
    mend: { fa: 'هر مورد را در جای خود اصلاح کنید و دوباره بفرستید.', en: 'Correct each one where it stands and send again.' },
  },
  'unknown-register-key': {
    status: 422,
    title: { fa: '«{value}» در سامانه ثبت نشده است.', en: '“{value}” is not in the register.' },
    mend: { fa: 'شماره را از روی قبض یا سند دوباره بخوانید.', en: 'Read the number from the bill or deed again.' },
  },
  'owner-mismatch': {
    status: 422,
    title: { fa: 'این کد ملی با مالک ثبت‌شده ملک یکی نیست.', en: 'This national id is not the registered owner’s.' },
    mend: { fa: 'کد ملی مالک را همان‌گونه که در سند است بنویسید.', en: 'Give the owner’s national id as it stands on the deed.' },
  },
  'upload-too-large': {
    status: 413,
    title: {
      fa: 'پرونده «{name}» بزرگ‌تر از اندازه مجاز ({limit}) است.',
      en: 'The file “{name}” is larger than allowed ({limit}).',
    },
    mend: {
      fa: 'پرونده کوچک‌تری بفرستید؛ برای عکس، کیفیت متوسط کافی است.',
      en: 'Send a smaller file; for a photo, medium quality is enough.',
    },
  },
  'upload-type-refused': {
    status: 415,
    title: { fa: 'نوع پرونده «{name}» پذیرفته نیست.', en: 'The kind of file “{name}” is not accepted.' },
    mend: { fa: 'پرونده را به شکل {accept} بفرستید.', en: 'Send it as {accept}.' },
  },
  'upload-type-mismatch': {
    status: 415,
    title: { fa: 'محتوای پرونده «{name}» با پسوند نامش یکی نیست.', en: 'What is inside “{name}” is not what its name says.' },
    mend: { fa: 'پرونده اصلی را بفرستید، نه پرونده‌ای که نامش عوض شده است.', en: 'Send the original file, not a renamed one.' },
  },
  'upload-infected': {
    status: 422,
    title: { fa: 'پرونده «{name}» آلوده است و نگه داشته نشد.', en: 'The file “{name}” is infected and was not kept.' },
    mend: { fa: 'دستگاه خود را بررسی کنید و پرونده سالم بفرستید.', en: 'Check your device and send a clean file.' },
  },
  'upload-missing': {
    status: 422,
    title: { fa: 'پرونده‌ای فرستاده نشد.', en: 'No file arrived.' },
    mend: { fa: 'یک پرونده برگزینید و دوباره بفرستید.', en: 'Choose a file and send again.' },
  },
} satisfies Readonly<Record<string, Problem>>;
