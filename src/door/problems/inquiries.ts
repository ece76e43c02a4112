// Inquiries and their contracts: each refusal in the words of its reader. Rows of the table in door/problems.ts.
import type { Problem } from '#door/problem.ts';

export const INQUIRIES = {
  'inquiry-not-found': {
    status: 404,
    title: { fa: 'استعلامی با این شماره نیست یا برای شما نیست.', en: 'There is no inquiry of this number, or it is not yours.' },
    mend: { fa: 'شماره را بررسی کنید.', en: 'Check the number.' },
  },
  'inquiry-closed': {
    status: 409,
    title: { fa: 'این استعلام دیگر باز نیست.', en: 'This inquiry is no longer open.' },
    mend: { fa: 'پاسخ آن را ببینید.', en: 'See its answer.' },
  },
  'inquiry-not-with-unit': {
    status: 409,
    title: { fa: 'این استعلام با واحد {unit} نیست.', en: 'This inquiry is not with the unit {unit}.' },
    mend: { fa: 'صفحه را دوباره باز کنید.', en: 'Open the page again.' },
  },
  'inquiry-changed': {
    status: 409,
    title: { fa: 'همکار شما پیش‌تر به این استعلام پاسخ داده است.', en: 'A colleague has answered this inquiry already.' },
    mend: { fa: 'پاسخ ثبت‌شده را ببینید.', en: 'See the answer that stands.' },
  },
  'inquiry-not-askable': {
    status: 403,
    title: {
      fa: 'واحد {unit} اجازهٔ پرسیدن این استعلام را ندارد: {type}',
      en: 'The unit {unit} may not ask this inquiry: {type}',
    },
    mend: { fa: 'استعلام دیگری را برگزینید، یا از مالک آن اجازه بخواهید.', en: 'Choose another, or ask its owner to be named.' },
  },
  'batch-not-found': {
    status: 404,
    title: { fa: 'چنین پاسخ گروهی نیست یا برای شما نیست.', en: 'There is no such batch of answers, or it is not yours.' },
    mend: { fa: 'به صندوق استعلام‌ها برگردید.', en: 'Go back to the inbox.' },
  },
  'inquiry-no-unit': {
    status: 409,
    title: {
      fa: 'برای این نوع استعلام واحدی نام برده نشده که پاسخ دهد.',
      en: 'No unit is named to answer inquiries of this type.',
    },
    mend: { fa: 'دوباره بپرسید یا آن را با دلیل ببندید.', en: 'Ask again, or close it with a reason.' },
  },
  'contract-not-in-force': {
    status: 403,
    title: { fa: 'قرارداد {contract} اکنون معتبر نیست.', en: 'The contract {contract} is not in force.' },
    mend: { fa: 'با متولی درگاه تماس بگیرید.', en: 'Turn to the portal’s steward.' },
  },
  'contract-type-forbidden': {
    status: 403,
    title: {
      fa: 'قرارداد {contract} این نوع استعلام را ندارد: {type}',
      en: 'The contract {contract} does not allow this inquiry: {type}',
    },
    mend: { fa: 'نوعی را بپرسید که در قرارداد هست.', en: 'Ask a type that the contract names.' },
  },
  'contract-not-found': {
    status: 404,
    title: { fa: 'قراردادی با این شناسه نیست یا برای شما نیست.', en: 'There is no contract of this id, or it is not yours.' },
    mend: { fa: 'شناسه را بررسی کنید.', en: 'Check its id.' },
  },
  'contract-changed': {
    status: 409,
    title: {
      fa: 'متن قرارداد {contract} پس از آنکه خواندید تغییر کرده است.',
      en: 'The text of the contract {contract} changed after you read it.',
    },
    mend: {
      fa: 'صفحه را دوباره باز کنید، متن تازه را بخوانید و سپس امضا کنید.',
      en: 'Open the page again, read the new text, then sign.',
    },
  },
  'contract-owners-missing': {
    status: 409,
    title: {
      fa: 'مالکان همهٔ پرسش‌های قرارداد {contract} هنوز موافقت نکرده‌اند: {units}',
      en: 'Not all owners of the questions in the contract {contract} have agreed: {units}',
    },
    mend: { fa: 'پس از موافقت آنان امضا کنید.', en: 'Sign once they have agreed.' },
  },
  'sample-not-found': {
    status: 404,
    title: {
      fa: 'محیط آزمایشی برای {type} چنین نمونه‌ای ندارد.',
      en: 'The test environment has no such sample for {type}.',
    },
    mend: {
      fa: 'یکی از پرسش‌های نمونهٔ صفحهٔ قرارداد را بپرسید.',
      en: 'Ask one of the sample questions that the contract’s page lists.',
    },
  },
} satisfies Readonly<Record<string, Problem>>;
