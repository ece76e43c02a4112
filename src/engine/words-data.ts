// Findings about data: names read and made along the paths, and types that cannot fit. Never decides whether something is wrong.
import type { Row } from './words-row.ts';

export const DATA = {
  'unknown-variable': {
    reason: ['«{what}» خوانده می‌شود، اما هیچ گامی آن را نمی‌سازد.', '“{what}” is read here, but no step makes it.'],
    mend: [
      'املای نام را درست کنید یا آن را در خروجی گامی پیش از این بسازید.',
      'Correct the name, or make it in the output of an earlier step.',
    ],
  },
  'variable-made-later': {
    reason: [
      '«{what}» خوانده می‌شود، اما هیچ مسیری پیش از اینجا آن را نمی‌سازد.',
      '“{what}” is read here, but no path makes it before this.',
    ],
    mend: ['آن را در گامی پیش از این بسازید.', 'Make it in a step before this one.'],
  },
  'maybe-missing-variable': {
    reason: [
      'در این مسیر «{what}» خوانده می‌شود و هنوز ساخته نشده است: مقدارش null خواهد بود.',
      'On this path “{what}” is read and was not made before: it will be null.',
    ],
    mend: [
      'آن را در آغاز یا در همهٔ شاخه‌ها بسازید، یا null را در عبارت بپذیرید.',
      'Make it at the start or on every branch, or let the expression accept null.',
    ],
    severity: 'warning',
  },
  'type-mismatch': {
    reason: ['نوع مقدارها با هم نمی‌خواند: {what}', 'The types do not fit: {what}'],
    mend: ['عبارت را با نوع مقدارها سازگار کنید.', 'Make the expression fit the types of its values.'],
  },
  'condition-not-boolean': {
    reason: [
      'این شرط هرگز درست یا نادرست نمی‌شود، بلکه {what} است؛ پرونده در آن می‌ایستد.',
      'This condition is never true or false but {what}; the case stands still at it.',
    ],
    mend: ['شرطی بنویسید که درست یا نادرست باشد.', 'Write a condition that is true or false.'],
  },
  'collection-not-list': {
    reason: [
      'مجموعهٔ فعالیت چندنمونه‌ای فهرست نیست، بلکه {what} است.',
      'The collection of the multi-instance activity is no list but {what}.',
    ],
    mend: ['عبارتی بنویسید که فهرست بدهد.', 'Write an expression that gives a list.'],
  },
  'text-expected': {
    reason: ['اینجا متن لازم است، نه {what}.', 'A text is needed here, not {what}.'],
    mend: ['عبارتی بنویسید که متن بدهد.', 'Write an expression that gives a text.'],
  },
  'number-expected': {
    reason: ['اینجا عدد لازم است، نه {what}.', 'A number is needed here, not {what}.'],
    mend: ['عبارتی بنویسید که عدد بدهد.', 'Write an expression that gives a number.'],
  },
} satisfies { readonly [code: string]: Row };
