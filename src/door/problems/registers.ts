// The city’s registers: each refusal in the words of its reader. Rows of the table in door/problems.ts.
import type { Problem } from '#door/problem.ts';

export const REGISTERS = {
  'source-not-found': {
    status: 404,
    title: { fa: 'چنین منبعی نیست.', en: 'There is no such source.' },
    mend: { fa: 'منبع را از فهرست منبع‌ها برگزینید.', en: 'Choose it from the list of sources.' },
  },
  'source-loading': {
    status: 409,
    title: { fa: 'این منبع هم‌اکنون در حال بارگذاری است.', en: 'This source is being loaded already.' },
    mend: { fa: 'پیشرفت آن را در صفحهٔ منبع ببینید.', en: 'See how far it is on the source’s page.' },
  },
  'source-columns': {
    status: 422,
    title: {
      fa: 'ستون‌های منبع عوض شده است. نیست: {missing}. آنچه هست: {found}.',
      en: 'The source’s columns have changed. Missing: {missing}. Found: {found}.',
    },
    mend: {
      fa: 'هیچ سطری نوشته نشد. پیکربندی منبع را با ستون‌های تازه درست کنید، یا از مالک منبع بخواهید ستون‌ها را برگرداند.',
      en: 'No row was written. Correct the configuration to the new columns, or ask the owner to give the old ones back.',
    },
  },
  'source-broken': {
    status: 422,
    title: { fa: 'منبع در {place} خراب است: {fault}.', en: 'The source is broken at {place}: {fault}.' },
    mend: {
      fa: 'آنچه پیش از آن بود بارگذاری شده و درست است. پرونده را درست و دوباره بارگذاری کنید؛ از همان‌جا ادامه می‌یابد.',
      en: 'What was before it is loaded and whole. Mend the file and load again: it goes on from there.',
    },
  },
  'source-unreachable': {
    status: 502,
    title: { fa: 'به منبع دسترسی نیست ({reason}).', en: 'The source cannot be reached ({reason}).' },
    mend: {
      fa: 'نشانی، شبکه و رمز را ببینید و دوباره بارگذاری کنید.',
      en: 'See to its address, network and password, and load again.',
    },
  },
  'source-shrunk': {
    status: 409,
    title: {
      fa: '{gone} رکورد از {held} رکورد دیگر در منبع نیست؛ بیش از آنچه بی‌پرسش پذیرفته می‌شود.',
      en: '{gone} of {held} records are no longer in the source: more than is accepted unasked.',
    },
    mend: {
      fa: 'هیچ رکوردی کنار گذاشته نشد. اگر منبع کامل است، با پذیرش آن دوباره بارگذاری کنید (--accept-gone).',
      en: 'No record was set aside. If the source is whole, accept it and load again (--accept-gone).',
    },
  },
  'source-file': {
    status: 422,
    title: { fa: 'پروندهٔ «{file}» در پوشهٔ منبع‌ها نیست.', en: '“{file}” is not in the folder of sources.' },
    mend: { fa: 'نام پرونده را در پیکربندی منبع ببینید.', en: 'See the file’s name in the source’s configuration.' },
  },
  'merge-refused': {
    status: 409,
    title: { fa: 'این تصمیم دربارهٔ این دو پذیرفته نشد.', en: 'This decision about the two was not accepted.' },
    mend: {
      fa: 'دو سو را کنار هم ببینید: کلیدهای درستشان ناهمسان است، هم‌اکنون یکی هستند، یا پیوندشان پیش‌تر جدا شده است.',
      en: 'See both side by side: their valid keys differ, they are one already, or their merge was undone before.',
    },
  },
  'entity-not-found': {
    status: 404,
    title: { fa: 'چنین موجودیتی در ثبت شهر نیست.', en: 'The registry has no such entity.' },
    mend: {
      fa: 'کلید را دوباره بنویسید، یا از جست‌وجوی ثبت یکپارچه بیابیدش.',
      en: 'Write its key again, or find it in the registry’s search.',
    },
  },
} satisfies Readonly<Record<string, Problem>>;
