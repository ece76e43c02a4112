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
} satisfies Readonly<Record<string, Problem>>;
