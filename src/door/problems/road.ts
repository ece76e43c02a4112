// The road: keys, conflicts, limits: each refusal in the words of its reader. Rows of the table in door/problems.ts.
import type { Problem } from '#door/problem.ts';

export const ROAD = {
  'key-reused': {
    status: 422,
    title: {
      fa: 'این کلید یکتایی پیش‌تر برای درخواست دیگری به کار رفته است.',
      en: 'This idempotency key was used for a different request.',
    },
    mend: { fa: 'برای درخواست تازه کلید تازه بفرستید.', en: 'Send a new key with a new request.' },
  },
  'conflict-persisted': {
    status: 503,
    title: { fa: 'این پرونده در همین لحظه بسیار پرکار است.', en: 'This case is very busy at this moment.' },
    mend: { fa: 'دوباره بفرستید؛ چیزی دو بار انجام نمی‌شود.', en: 'Send again; nothing will be done twice.' },
  },
  'rate-limited': {
    status: 429,
    title: { fa: 'درخواست‌های پیاپی بیش از اندازه است.', en: 'Too many requests in a short time.' },
    mend: { fa: 'یک دقیقه درنگ کنید.', en: 'Wait a minute.' },
  },
  overloaded: {
    status: 503,
    title: { fa: 'درگاه در این لحظه شلوغ است.', en: 'The portal is busy at this moment.' },
    mend: { fa: 'چند لحظه دیگر دوباره تلاش کنید.', en: 'Try again in a moment.' },
  },
} satisfies Readonly<Record<string, Problem>>;
