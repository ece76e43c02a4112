// What is not there: each refusal in the words of its reader. Rows of the table in door/problems.ts.
import type { Problem } from '#door/problem.ts';

export const ABSENT = {
  'case-not-found': {
    status: 404,
    title: { fa: 'پرونده‌ای با این شماره یافت نشد.', en: 'There is no such case.' },
    mend: {
      fa: 'شماره را بررسی کنید؛ پرونده‌های دیگران دیده نمی‌شود.',
      en: 'Check the number; other people’s cases are not shown.',
    },
  },
  'service-not-found': {
    status: 404,
    title: { fa: 'چنین خدمتی در فهرست نیست.', en: 'There is no such service.' },
    mend: { fa: 'از فهرست خدمات آغاز کنید.', en: 'Start from the list of services.' },
  },
  'service-not-offered': {
    status: 409,
    title: { fa: 'این خدمت اکنون ارائه نمی‌شود.', en: 'This service is not offered at present.' },
    mend: { fa: 'تاریخ آغاز را در صفحه خدمت ببینید.', en: 'See its page for the expected date.' },
  },
  'document-not-found': {
    status: 404,
    title: { fa: 'سندی با این کد صادر نشده است.', en: 'No document was issued with this code.' },
    mend: {
      fa: 'کد را از روی سند دوباره بخوانید. اگر درست است، سند از این درگاه نیست.',
      en: 'Read the code from the document again. If it is right, the document is not ours.',
    },
  },
  'file-not-found': {
    status: 404,
    title: { fa: 'پرونده پیوست یافت نشد.', en: 'There is no such file.' },
    mend: { fa: 'از صفحه پرونده آن را باز کنید.', en: 'Open it from the case’s page.' },
  },
  'page-not-found': {
    status: 404,
    title: { fa: 'این صفحه وجود ندارد.', en: 'There is no such page.' },
    mend: { fa: 'نشانی را بررسی کنید یا از صفحه نخست آغاز کنید.', en: 'Check the address, or start from the front page.' },
  },
  'method-not-allowed': {
    status: 405,
    title: { fa: 'این نشانی چنین درخواستی را نمی‌پذیرد.', en: 'This address does not take such a request.' },
    mend: { fa: 'مستندات API را ببینید.', en: 'See the API’s description.' },
  },
} satisfies Readonly<Record<string, Problem>>;
