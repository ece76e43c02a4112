// A person's data in the city's registers, and disputes about it: each refusal in the words of its reader. Rows of the table in door/problems.ts.
import type { Problem } from '#door/problem.ts';

export const DISPUTES = {
  'record-not-found': {
    status: 404,
    title: { fa: 'چنین داده‌ای نیست یا از آنِ شما نیست.', en: 'There are no such data, or they are not yours.' },
    mend: { fa: 'از صفحهٔ «داده‌های من» آغاز کنید.', en: 'Start from the page “My data”.' },
  },
  'too-many-lookups': {
    status: 429,
    title: {
      fa: 'امروز به شمار زیادی از ملک‌هایی که از آنِ شما نیست اشاره کرده‌اید.',
      en: 'Today you have named many properties that are not yours.',
    },
    mend: {
      fa: 'فردا دوباره بیازمایید یا به دفتر خدمات الکترونیک بروید.',
      en: 'Try again tomorrow, or turn to an e-service office.',
    },
  },
  'dispute-not-found': {
    status: 404,
    title: { fa: 'چنین اعتراضی نیست یا برای شما نیست.', en: 'There is no such dispute, or it is not for you.' },
    mend: { fa: 'شماره را بررسی کنید.', en: 'Check the number.' },
  },
  'dispute-open': {
    status: 409,
    title: { fa: 'دربارهٔ همین داده اعتراضی باز دارید.', en: 'You have an open dispute about these very data.' },
    mend: {
      fa: 'منتظر پاسخ آن بمانید، یا آن را پس بگیرید و دوباره اعتراض کنید.',
      en: 'Wait for its answer, or withdraw it and dispute anew.',
    },
  },
  'dispute-closed': {
    status: 409,
    title: { fa: 'این اعتراض دیگر باز نیست.', en: 'This dispute is no longer open.' },
    mend: { fa: 'نتیجهٔ آن را ببینید.', en: 'See what came of it.' },
  },
  'dispute-not-with-unit': {
    status: 403,
    title: { fa: 'این اعتراض با واحد دیگری است.', en: 'This dispute is with another unit.' },
    mend: {
      fa: 'تنها واحدی که پاسخگوی منبع است تصمیم می‌گیرد.',
      en: 'The unit that answers for the source decides, and no other.',
    },
  },
  'own-dispute': {
    status: 403,
    title: { fa: 'دربارهٔ دادهٔ خودتان تصمیم نمی‌گیرید.', en: 'You do not decide on data of your own.' },
    mend: { fa: 'همکار دیگری از واحد آن را می‌بیند.', en: 'A colleague of your unit sees to it.' },
  },
} satisfies Readonly<Record<string, Problem>>;
