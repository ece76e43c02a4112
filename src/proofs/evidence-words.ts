// What a check of evidence finds, in the words of its reader.
import type { Finding } from '#base/finding.ts';

const WORDS = {
  'evidence-shape': [
    [
      'این پرونده گواه یک استعلام نیست، یا بخشی از آن کم، زیادی یا بدشکل است.',
      'This is no evidence of an inquiry, or a part is missing, added or malformed.',
    ],
    ['پرونده گواه را دوباره از درگاه بگیرید.', 'Download the evidence again.'],
  ],
  'evidence-form': [
    [
      'متن پرونده به شکلی که داده شده نیست: چیزی افزوده، جابه‌جا یا از نو چیده شده است.',
      'The file is not in the form it was given out in: something was added, reordered or laid out anew.',
    ],
    ['پرونده گواه را دوباره از درگاه بگیرید و دست‌نخورده نگه دارید.', 'Download the evidence again and keep it as it is.'],
  ],
  'evidence-signature': [
    ['امضا درست نیست: {detail}.', 'The signature does not hold: {detail}.'],
    ['چیزی پس از امضا تغییر کرده است؛ به نسخه اصلی رجوع کنید.', 'Something was changed after signing; go back to the original.'],
  ],
  'evidence-digest': [
    ['متن پیام آن نیست که چکیده‌اش امضا شده است: {detail}.', 'The body is not the one whose digest was signed: {detail}.'],
    ['به نسخه اصلی رجوع کنید.', 'Go back to the original.'],
  ],
  'evidence-key': [
    ['امضا از کلید دیگری است، یا این کلید کلید نیست.', 'The signature is of another key, or this is no key.'],
    ['کلید را با اثر انگشتی که در امضا آمده بسنجید.', 'Compare the key with the thumbprint that the signature names.'],
  ],
  'evidence-binding': [
    ['این پاسخ از آن پرسش دیگری است.', 'This answer belongs to another question.'],
    ['پاسخ همین پرسش را از درگاه بگیرید.', 'Download the answer to this very question.'],
  ],
  'evidence-contract': [
    [
      'این قرارداد همان نیست که پرسش و پاسخ با آن امضا شده‌اند.',
      'This is not the contract that question and answer were signed under.',
    ],
    ['نسخه‌ای از قرارداد را بیاورید که در آن زمان در اجرا بود.', 'Bring the version of the contract that was in force then.'],
  ],
  'evidence-contract-key': [
    ['قرارداد، کلیدی را که پرسش با آن امضا شده نمی‌شناسد.', 'The contract does not name the key that signed the question.'],
    ['اثر انگشت کلید را با قرارداد بسنجید.', 'Compare the key’s thumbprint with the contract.'],
  ],
  'evidence-contract-time': [
    ['این پیام بیرون از زمان قرارداد امضا شده است.', 'This message was signed outside the contract’s time.'],
    ['آغاز و پایان قرارداد را ببینید.', 'See when the contract began and ended.'],
  ],
  'evidence-terms': [
    [
      'امضای یکی از دو سو بر متن این قرارداد درست نیست.',
      'A signature of one of the sides does not hold over the terms of this contract.',
    ],
    ['نسخه‌ای از قرارداد را بیاورید که هر دو سو امضا کرده‌اند.', 'Bring the version of the contract that both sides signed.'],
  ],
  'evidence-key-time': [
    ['این پیام بیرون از زمان اعتبار کلید امضا شده است.', 'This message was signed outside the key’s time.'],
    ['فهرست کلیدها و زمان آن‌ها را ببینید.', 'See the list of keys and their times.'],
  ],
  'evidence-order': [
    ['پاسخ پیش از پرسش امضا شده است.', 'The answer was signed before the question.'],
    ['به بازرسی خبر دهید.', 'Tell the inspectorate.'],
  ],
  'evidence-city-key': [
    ['پاسخ با کلیدی امضا شده که از شهر نیست: {detail}.', 'The answer is signed with a key that is not the city’s: {detail}.'],
    ['اثر انگشت کلید را با آنچه شهر منتشر کرده بسنجید.', 'Compare the thumbprint with those the city publishes.'],
  ],
  'evidence-untrusted': [
    ['معلوم نیست کلید پاسخ از شهر باشد: {detail}.', 'Whether the key of the answer is the city’s is not known: {detail}.'],
    [
      'اثر انگشت کلید را با آنچه شهر منتشر کرده بسنجید (‎--key).',
      'Compare the thumbprint with those the city publishes (--key).',
    ],
  ],
} as const;

export type EvidenceCode = keyof typeof WORDS;

export function evidenceFinding(
  code: EvidenceCode,
  place: string,
  severity: Finding['severity'] = 'error',
  detail = '',
): Finding {
  const [[faReason, enReason], [fa, en]] = WORDS[code];
  const fill = (words: string): string => words.split('{detail}').join(detail);
  const reason = { fa: fill(faReason), en: fill(enReason) };
  return { code, severity, place, reason, mend: { fa, en } };
}
