// What is wrong with a contract's draft, its keys or its webhook, in the words of its reader.
import type { FieldFault } from '#base/refusal.ts';
import type { Text } from '#base/text.ts';

const WORDS = {
  'terms-missing': ['این را بنویسید.', 'Write this.'],
  'terms-long': ['بلندتر از ۵۰۰ نویسه است؛ آن را کوتاه کنید.', 'It is longer than 500 characters; shorten it.'],
  'terms-id': [
    'شناسه را با حروف کوچک لاتین، رقم و خط تیره بنویسید؛ پایان آن ‎-test نباشد.',
    'Write it in small Latin letters, digits and hyphens; it may not end in -test.',
  ],
  'terms-member-unknown': ['قرارداد چنین بخشی ندارد؛ آن را بردارید.', 'A contract has no such part; leave it out.'],
  'terms-choice': ['یکی از گزینه‌ها را انتخاب کنید.', 'Choose one of these.'],
  'terms-types-missing': [
    'دست‌کم یک پرسش و یک عضو از پاسخ آن را انتخاب کنید.',
    'Choose at least one question, and a member of its answer.',
  ],
  'terms-type-unknown': ['نوع استعلام «{type}» در شهر نیست.', 'The city has no inquiry type “{type}”.'],
  'terms-fields-missing': ['دست‌کم یک عضو از پاسخ را انتخاب کنید.', 'Choose at least one member of the answer.'],
  'terms-field-unknown': ['پاسخ «{type}» عضوی به نام «{field}» ندارد.', 'The answer of “{type}” has no member “{field}”.'],
  'terms-rate': ['عددی درست از ۱ تا ۱۰۰٬۰۰۰ بنویسید.', 'Write a whole number from 1 to 100,000.'],
  'terms-visibility': ['بگویید کسی که دربارهٔ اوست چه زمانی آن را می‌بیند.', 'Say when the person asked about may see it.'],
  'terms-date': ['تاریخ را کامل و درست بنویسید.', 'Write a whole and real date.'],
  'terms-until': ['پایان باید پس از آغاز و در آینده باشد.', 'It has to end after it begins, and in the future.'],
  'terms-until-far': [
    'قرارداد بیش از پنج سال نمی‌پاید؛ پایان نزدیک‌تری بنویسید.',
    'No contract is longer than five years; write a nearer end.',
  ],
  'terms-persons-missing': [
    'کد ملی دست‌کم یک نفر از سازمان را بنویسید که امضا کند.',
    'Give the national number of at least one person of the organisation who signs.',
  ],
  'terms-person-unknown': [
    'کسی با کد ملی {number} تاکنون به درگاه نیامده است؛ نخست باید یک بار وارد شود.',
    'Nobody of the number {number} has come to the portal yet; they have to sign in once.',
  ],
  'contract-exists': ['قراردادی با این شناسه هست؛ شناسهٔ دیگری بنویسید.', 'There is a contract of this id; write another.'],
  'key-unreadable': [
    'این کلید عمومی خوانا نیست. کلید P-256، Ed25519 یا RSA از ۲۰۴۸ بیت را به شکل JWK یا PEM بگذارید.',
    'This public key cannot be read. Paste a P-256, Ed25519 or RSA key of at least 2048 bits, as JWK or PEM.',
  ],
  'key-private': [
    'این کلید خصوصی است و نباید از سازمان شما بیرون برود. آن را دور بیندازید، جفت تازه‌ای بسازید و تنها نیمهٔ عمومی را بگذارید.',
    'This is a private key, which must not leave your organisation. Throw it away, make a new pair, and paste the public half alone.',
  ],
  'key-algorithm': [
    'الگوریتم نوشته‌شده (alg) با این گونه کلید نمی‌خواند؛ P-256 با ES256، Ed25519 با EdDSA و RSA با PS512 یا PS256 امضا می‌کند.',
    'Its alg does not go with this kind of key: P-256 signs with ES256, Ed25519 with EdDSA, RSA with PS512 or PS256.',
  ],
  'key-other-use': [
    'این کلید در محیط دیگر ثبت است؛ هر محیط کلید جداگانه می‌خواهد.',
    'This key is registered in the other environment; each needs keys of its own.',
  ],
  'key-too-many': ['بیش از هشت کلید پذیرفته نمی‌شود؛ یکی را بردارید.', 'No more than eight keys are taken; withdraw one.'],
  'url-unreadable': ['این نشانی خوانا نیست؛ آن را کامل بنویسید.', 'This address cannot be read; write it in full.'],
  'url-not-https': ['نشانی باید با https آغاز شود.', 'The address has to begin with https.'],
  'url-credentials': ['نام کاربری و گذرواژه در نشانی پذیرفته نیست.', 'No user name or password is taken in the address.'],
  'url-private': [
    'این نشانی به شبکهٔ درونی می‌رسد؛ نشانی همگانی بنویسید.',
    'This address leads into a private network; give a public one.',
  ],
  'url-unknown': ['این نام میزبان پیدا نشد.', 'This host name was not found.'],
  'reason-missing': ['دلیل را بنویسید.', 'Write the reason.'],
  'signature-unreadable': [
    'این امضا خوانا نیست؛ یک JWS جدا از متن (header..signature) با typ برابر dargah-terms بگذارید.',
    'This signature cannot be read; paste a detached JWS (header..signature) of typ dargah-terms.',
  ],
  'signature-key-unknown': [
    'کلید این امضا میان کلیدهای ثبت‌شدهٔ سازمان نیست.',
    'The key of this signature is not among the organisation’s registered keys.',
  ],
  'signature-claims-differ': [
    'سرآیند امضا باید side، person و how درست داشته باشد.',
    'The header of the signature has to say the right side, person and how.',
  ],
  'signature-wrong': ['این امضا برای این متن نیست.', 'This signature is not over this text.'],
} as const;

/** Undefined for a fault of another kind. */
export function contractFaultWords({ code, facts = {} }: FieldFault): Text | undefined {
  if (!Object.hasOwn(WORDS, code)) return undefined;
  const [fa, en] = WORDS[code as keyof typeof WORDS];
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole);
  return { fa: fill(fa), en: fill(en) };
}
