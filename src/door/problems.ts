// Every refusal in the words of its reader: one row per code with HTTP status, what happened and how to mend it, in both languages.
// The API renders a row as RFC 9457 problem+json, the portal beside the field or as a page. Nothing else knows HTTP statuses.
import type { RefusalCode } from '#base/refusal.ts';
import type { Text } from '#base/text.ts';

/** `{name}` in a text is the refusal's fact of that name. */
export type Problem = { readonly status: number; readonly title: Text; readonly mend: Text };

export const PROBLEMS = {
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
  'state-format': {
    status: 500,
    title: {
      fa: 'وضعیت پرونده را نسخهٔ تازه‌تری از سامانه نوشته است.',
      en: 'A newer release has written the state of this case.',
    },
    mend: { fa: 'سامانه را به نسخهٔ تازه برگردانید.', en: 'Run the newer release again.' },
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
  'receipt-invalid': {
    status: 422,
    title: { fa: 'این رسید با دفتر شفافیت نمی‌خواند: {reason}', en: 'This receipt does not agree with the ledger: {reason}' },
    mend: { fa: 'رسید را دوباره از صفحه پرونده بگیرید.', en: 'Download the receipt again from the case’s page.' },
  },
  'document-altered': {
    status: 422,
    title: { fa: 'این سند پس از امضا تغییر کرده است.', en: 'This document was changed after it was signed.' },
    mend: { fa: 'نسخه اصلی را از دارنده آن بخواهید.', en: 'Ask its holder for the original.' },
  },
  'signing-unavailable': {
    status: 503,
    title: { fa: 'امضای سند اکنون ممکن نیست.', en: 'Documents cannot be signed at present.' },
    mend: {
      fa: 'سند به محض برقراری صادر می‌شود؛ کاری از شما لازم نیست.',
      en: 'It will be issued as soon as it can; you need do nothing.',
    },
  },
  'signature-invalid': {
    status: 401,
    title: { fa: 'امضای این پیام پذیرفته نیست ({fault}).', en: 'The signature of this message is not accepted ({fault}).' },
    mend: {
      fa: 'با کلیدی که در قرارداد آمده و بر همه بخش‌های لازم پیام امضا کنید.',
      en: 'Sign every required part of the message with a key that the contract names.',
    },
  },
  'digest-mismatch': {
    status: 400,
    title: {
      fa: 'متن پیام با Content-Digest آن یکی نیست ({fault}).',
      en: 'The body is not the one its Content-Digest names ({fault}).',
    },
    mend: {
      fa: 'چکیده را بر همان بایت‌هایی حساب کنید که می‌فرستید.',
      en: 'Compute the digest over the very bytes that you send.',
    },
  },
  'question-replayed': {
    status: 409,
    title: { fa: 'این پرسش پیش‌تر رسیده است.', en: 'This question came before.' },
    mend: {
      fa: 'برای پرسش تازه nonce تازه بسازید و دوباره امضا کنید؛ پاسخ پرسش پیشین بر جای خود است.',
      en: 'Make a new nonce and sign again for a new question; the earlier one keeps its answer.',
    },
  },
  'answer-unbound': {
    status: 502,
    title: {
      fa: 'پاسخ رسیده از آن این پرسش نیست ({fault}).',
      en: 'The answer that came does not belong to this question ({fault}).',
    },
    mend: {
      fa: 'پرسش دوباره فرستاده می‌شود؛ اگر ماند، به دستگاه پاسخ‌دهنده خبر دهید.',
      en: 'The question is sent again; if it stays so, tell the answering body.',
    },
  },
  'client-assertion-invalid': {
    status: 401,
    title: { fa: 'شناسه‌نامه سامانه پذیرفته نیست ({fault}).', en: 'The client assertion is not accepted ({fault}).' },
    mend: {
      fa: 'با کلید ثبت‌شده در قرارداد، تازه و یک‌بارمصرف بسازید.',
      en: 'Make a fresh one for one use, with a key registered in the contract.',
    },
  },
  'access-token-invalid': {
    status: 401,
    title: { fa: 'نشان دسترسی نادرست یا گذشته است.', en: 'The access token is wrong or has expired.' },
    mend: { fa: 'نشان تازه بگیرید.', en: 'Ask for a new one.' },
  },
  'dpop-proof-invalid': {
    status: 401,
    title: {
      fa: 'گواه DPoP این درخواست پذیرفته نیست ({fault}).',
      en: 'The DPoP proof of this request is not accepted ({fault}).',
    },
    mend: {
      fa: 'برای هر درخواست گواه تازه بسازید، با همان کلیدی که نشان دسترسی به آن بسته است.',
      en: 'Make a new proof for each request, with the key that the access token is bound to.',
    },
  },
  'merge-refused': {
    status: 409,
    title: { fa: 'این دو یکی نمی‌شوند ({why}).', en: 'These two cannot be made one ({why}).' },
    mend: {
      fa: 'دو سو را کنار هم ببینید: کلیدهای درستشان ناهمسان است، یکی هستند، یا کسی گفته است که دو تا هستند.',
      en: 'See both side by side: their valid keys differ, they are one already, or a person said that they are two.',
    },
  },
} as const satisfies Record<RefusalCode, Problem>;

/** A text with its facts filled in. */
export function fill(text: Text, facts: Readonly<Record<string, unknown>>): Text {
  const put = (template: string): string => template.replace(/\{(\w+)\}/g, (_all, name: string) => String(facts[name] ?? '…'));
  return { fa: put(text.fa), en: put(text.en) };
}
