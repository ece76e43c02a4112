// Proofs, documents, signed questions and answers: each refusal in the words of its reader. Rows of the table in door/problems.ts.
import type { Problem } from '#door/problem.ts';

export const PROOFS = {
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
} satisfies Readonly<Record<string, Problem>>;
