// Who may do what, when: each refusal in the words of its reader. Rows of the table in door/problems.ts.
import type { Problem } from '#door/problem.ts';

export const RIGHTS = {
  'login-required': {
    status: 401,
    title: { fa: 'برای این کار باید وارد شوید.', en: 'Sign in to do this.' },
    mend: { fa: 'وارد شوید؛ سپس همین صفحه باز می‌شود.', en: 'Sign in; this page opens afterwards.' },
  },
  'session-expired': {
    status: 401,
    title: { fa: 'زمان ورود شما به پایان رسیده است.', en: 'Your session has ended.' },
    mend: { fa: 'دوباره وارد شوید؛ آنچه نوشته‌اید نگه داشته شده است.', en: 'Sign in again; what you typed is kept.' },
  },
  'cross-origin': {
    status: 403,
    title: { fa: 'این درخواست از صفحه درگاه نیامده است.', en: 'This request did not come from a page of the portal.' },
    mend: {
      fa: 'صفحه را از نشانی درگاه باز کنید و دوباره بفرستید.',
      en: 'Open the page from the portal’s own address and send again.',
    },
  },
  'not-permitted': {
    status: 403,
    title: { fa: 'شما اجازه این کار را ندارید.', en: 'You may not do this.' },
    mend: { fa: 'اگر این کار با شماست، با مدیر واحد خود هماهنگ کنید.', en: 'If this is yours to do, ask your unit’s manager.' },
  },
  'own-case': {
    status: 403,
    title: { fa: 'این پرونده از آن خود شماست.', en: 'This is your own case.' },
    mend: { fa: 'همکار دیگری باید به آن رسیدگی کند.', en: 'A colleague must work it.' },
  },
  'same-person': {
    status: 403,
    title: { fa: 'مرحله پیشین این پرونده را خود شما انجام داده‌اید.', en: 'You did the earlier step of this case yourself.' },
    mend: { fa: 'تأیید باید با شخص دوم باشد؛ کار را آزاد بگذارید.', en: 'A second person must decide; leave the task free.' },
  },
  'other-unit': {
    status: 403,
    title: { fa: 'این کار از آنِ واحد دیگری است.', en: 'This task belongs to another unit.' },
    mend: { fa: 'کارکنان همان واحد به آن رسیدگی می‌کنند.', en: 'People of that unit work it.' },
  },
  'wrong-state': {
    status: 409,
    title: { fa: 'پرونده در این مرحله چنین کاری را نمی‌پذیرد.', en: 'The case does not allow this at its present stage.' },
    mend: { fa: 'صفحه پرونده را دوباره باز کنید تا وضع کنونی را ببینید.', en: 'Open the case again to see where it stands.' },
  },
  'task-taken': {
    status: 409,
    title: { fa: 'همکار دیگری این کار را برداشته است.', en: 'A colleague has taken this task.' },
    mend: { fa: 'کار دیگری بردارید، یا از او بخواهید آن را آزاد کند.', en: 'Take another, or ask them to release it.' },
  },
  'task-closed': {
    status: 409,
    title: { fa: 'این کار دیگر باز نیست.', en: 'This task is no longer open.' },
    mend: { fa: 'صفحه پرونده را دوباره باز کنید تا ببینید چه شده است.', en: 'Open the case again to see what became of it.' },
  },
  'correction-out-of-scope': {
    status: 422,
    title: { fa: 'اصلاح «{field}» خواسته نشده است.', en: 'No correction of “{field}” was asked for.' },
    mend: { fa: 'تنها موارد خواسته‌شده را پاسخ دهید.', en: 'Answer only the items that were asked for.' },
  },
  'payment-settled': {
    status: 409,
    title: { fa: 'این پرداخت پیش از این انجام شده یا دیگر لازم نیست.', en: 'This payment is already made, or no longer owed.' },
    mend: { fa: 'وضع پرداخت را در صفحه پرونده ببینید؛ دوباره نپردازید.', en: 'See the case’s page; do not pay again.' },
  },
  'payment-mismatch': {
    status: 409,
    title: { fa: 'این پرداخت با پرونده نمی‌خواند.', en: 'This payment does not match the case.' },
    mend: { fa: 'از صفحه پرونده دوباره پرداخت را آغاز کنید.', en: 'Start the payment again from the case’s page.' },
  },
  'payment-unavailable': {
    status: 503,
    title: { fa: 'درگاه پرداخت پاسخ نمی‌دهد.', en: 'The payment provider does not answer.' },
    mend: { fa: 'چند دقیقه دیگر دوباره تلاش کنید؛ مبلغی کم نشده است.', en: 'Try again in a few minutes; nothing was taken.' },
  },
} satisfies Readonly<Record<string, Problem>>;
