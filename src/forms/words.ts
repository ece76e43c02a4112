// What a fault is called before a person: why the answer was not taken, and what to do. Words only; where they stand is the door's.
import { jalaliOf, isIsoDate, printedJalali } from '#calendar/jalali.ts';
import { persianDigits } from '#base/persian.ts';
import type { FieldFault } from '#base/refusal.ts';
import type { Language, Text } from '#base/text.ts';
import type { FaultCode } from './faults.ts';

type Words = { readonly reason: Text; readonly mend: Text };

/** `{label}` is the field's label; other names in braces are the fault's facts. */
export const FAULT_WORDS = {
  required: words(
    ['به «{label}» پاسخ داده نشده است.', '“{label}” has no answer.'],
    ['لطفاً «{label}» را وارد کنید.', 'Enter “{label}”.'],
  ),
  'must-accept': words(
    ['«{label}» تأیید نشده است.', '“{label}” is not confirmed.'],
    ['برای ادامه، لطفاً آن را بخوانید و تأیید کنید.', 'Read it and confirm it to go on.'],
  ),
  'not-text': words(
    ['«{label}» به شکل متن نیامده است.', '“{label}” did not arrive as text.'],
    ['لطفاً یک متن وارد کنید.', 'Enter a single text.'],
  ),
  'too-short': words(
    ['«{label}» کوتاه‌تر از اندازه لازم است.', '“{label}” is too short.'],
    ['لطفاً دست‌کم {min} نویسه بنویسید.', 'Write at least {min} characters.'],
  ),
  'too-long': words(
    ['«{label}» بلندتر از اندازه مجاز است.', '“{label}” is too long.'],
    ['لطفاً آن را در حداکثر {max} نویسه بنویسید.', 'Write it in at most {max} characters.'],
  ),
  pattern: words(
    ['«{label}» به شکل خواسته‌شده نیست.', '“{label}” does not have the expected form.'],
    ['لطفاً آن را مطابق راهنمای کنار این مورد بنویسید.', 'Write it as the hint beside it says.'],
  ),
  'not-a-number': words(
    ['«{label}» عدد نیست.', '“{label}” is not a number.'],
    ['لطفاً فقط عدد وارد کنید؛ رقم فارسی یا انگلیسی تفاوتی ندارد.', 'Enter a number only, in Persian or Latin digits.'],
  ),
  'too-many-decimals': words(
    ['«{label}» رقم اعشار بیشتری از اندازه مجاز دارد.', '“{label}” has too many decimals.'],
    ['لطفاً آن را با حداکثر {decimals} رقم اعشار وارد کنید.', 'Enter it with at most {decimals} decimals.'],
  ),
  'too-small': words(
    ['«{label}» کمتر از اندازه مجاز است.', '“{label}” is too small.'],
    ['لطفاً عددی برابر یا بیشتر از {min} وارد کنید.', 'Enter {min} or more.'],
  ),
  'too-large': words(
    ['«{label}» بیشتر از اندازه مجاز است.', '“{label}” is too large.'],
    ['لطفاً عددی برابر یا کمتر از {max} وارد کنید.', 'Enter {max} or less.'],
  ),
  'date-incomplete': words(
    ['تاریخ «{label}» کامل نیست.', 'The date of “{label}” is not complete.'],
    ['لطفاً روز، ماه و سال را وارد کنید، مانند ۳ / ۹ / ۱۴۰۵.', 'Enter day, month and year, such as 3 / 9 / 1405.'],
  ),
  'not-a-date': words(
    ['«{label}» تاریخی نیست که در تقویم باشد.', '“{label}” is not a day of the calendar.'],
    ['لطفاً روز، ماه و سال را بررسی کنید؛ مانند ۳ / ۹ / ۱۴۰۵.', 'Check day, month and year, such as 3 / 9 / 1405.'],
  ),
  'too-early': words(
    ['«{label}» زودتر از تاریخ مجاز است.', '“{label}” is too early.'],
    ['لطفاً تاریخ {min} یا پس از آن را وارد کنید.', 'Enter {min} or a later date.'],
  ),
  'too-late': words(
    ['«{label}» دیرتر از تاریخ مجاز است.', '“{label}” is too late.'],
    ['لطفاً تاریخ {max} یا پیش از آن را وارد کنید.', 'Enter {max} or an earlier date.'],
  ),
  'not-an-option': words(
    ['پاسخ «{label}» در میان گزینه‌ها نیست.', 'The answer to “{label}” is not one of the options.'],
    ['لطفاً یکی از گزینه‌ها را انتخاب کنید.', 'Choose one of the options.'],
  ),
  'malformed-national-id': words(
    ['«{label}» کد ملی درستی نیست.', '“{label}” is not a correct national id.'],
    ['لطفاً هر ده رقم کد ملی را، با صفرهای آغاز آن، بررسی کنید.', 'Check all ten digits, with the zeros at the start.'],
  ),
  'malformed-legal-id': words(
    ['«{label}» شناسه ملی درستی نیست.', '“{label}” is not a correct legal id.'],
    ['لطفاً هر یازده رقم شناسه ملی شخص حقوقی را بررسی کنید.', 'Check all eleven digits of the legal id.'],
  ),
  'malformed-owner-id': words(
    ['«{label}» کد ملی یا شناسه ملی درستی نیست.', '“{label}” is not a correct national or legal id.'],
    ['لطفاً ده رقم کد ملی یا یازده رقم شناسه ملی را بررسی کنید.', 'Check the ten digits of a person or the eleven of a company.'],
  ),
  'malformed-postal-code': words(
    ['«{label}» کد پستی درستی نیست.', '“{label}” is not a correct postal code.'],
    [
      'لطفاً ده رقم کد پستی را بدون خط تیره یا با آن وارد کنید.',
      'Enter the ten digits of the postal code, with or without a hyphen.',
    ],
  ),
  'malformed-iban': words(
    ['«{label}» شماره شبای درستی نیست.', '“{label}” is not a correct Iranian IBAN.'],
    ['لطفاً ۲۴ رقم پس از IR را بررسی کنید.', 'Check the 24 digits after IR.'],
  ),
  'malformed-mobile': words(
    ['«{label}» شماره تلفن همراه درستی نیست.', '“{label}” is not a correct mobile number.'],
    ['لطفاً شماره را مانند ۰۹۱۲۳۴۵۶۷۸۹ وارد کنید.', 'Enter the number like 09123456789.'],
  ),
  'malformed-renovation-code': words(
    ['«{label}» کد نوسازی درستی نیست.', '“{label}” is not a correct renovation code.'],
    [
      'لطفاً کد را همان‌گونه که روی قبض نوسازی آمده، بخش‌بخش با خط تیره وارد کنید.',
      'Enter the code as the renovation bill shows it, its groups separated by hyphens.',
    ],
  ),
  'malformed-plate': words(
    ['«{label}» پلاک درستی نیست.', '“{label}” is not a correct number plate.'],
    ['لطفاً پلاک را مانند ۱۲ ب ۳۴۵ ایران ۶۷ وارد کنید.', 'Enter the plate like 12 ب 345 ایران 67.'],
  ),
  'malformed-file': words(
    ['پرونده «{label}» درست بارگذاری نشده است.', 'The file for “{label}” was not uploaded properly.'],
    ['لطفاً دوباره آن را انتخاب و بارگذاری کنید.', 'Choose it and upload it again.'],
  ),
  'file-too-large': words(
    ['پرونده «{name}» بزرگ‌تر از اندازه مجاز است.', 'The file “{name}” is too large.'],
    ['لطفاً پرونده‌ای تا {max} مگابایت بارگذاری کنید.', 'Upload a file of at most {max} MB.'],
  ),
  'file-type-refused': words(
    ['نوع پرونده «{name}» پذیرفته نیست.', 'The type of the file “{name}” is not accepted.'],
    ['لطفاً پرونده‌ای از این نوع‌ها بارگذاری کنید: {accept}.', 'Upload a file of one of these types: {accept}.'],
  ),
  'too-many-files': words(
    ['برای «{label}» پرونده‌های بیش از اندازه مجاز آمده است.', 'There are too many files for “{label}”.'],
    ['لطفاً حداکثر {max} پرونده بگذارید.', 'Keep at most {max} files.'],
  ),
  'unknown-register-key': words(
    ['«{label}» در سامانه شهرداری یافت نشد.', '“{label}” was not found in the city’s register.'],
    ['لطفاً آن را با سند یا قبض خود مقایسه و دوباره وارد کنید.', 'Compare it with your deed or bill and enter it again.'],
  ),
  'register-mismatch': words(
    ['«{label}» با آنچه در سامانه شهرداری ثبت شده یکی نیست.', '“{label}” differs from what the city’s register holds.'],
    [
      'لطفاً آن را بررسی کنید یا از دفتر منطقه بخواهید ثبت را درست کند.',
      'Check it, or ask the district office to correct the register.',
    ],
  ),
  'register-changed': words(
    [
      '«{label}» پس از آن‌که آن را دیدید در سامانه شهرداری تغییر کرد.',
      '“{label}” changed in the city’s register after you saw it.',
    ],
    ['لطفاً مقدار تازه را ببینید و دوباره درخواست را ثبت کنید.', 'Look at the new value and submit again.'],
  ),
  'same-as-held': words(
    ['«{label}» همان است که اکنون ثبت شده.', '“{label}” is what is held already.'],
    ['لطفاً مقداری را بنویسید که به نظرتان درست است.', 'Write the value that you say is right.'],
  ),
  'unknown-field': words(
    ['چنین موردی در این فرم نیست.', 'This form has no such field.'],
    ['لطفاً صفحه را دوباره باز کنید و از همان فرم بفرستید.', 'Open the page again and send its own form.'],
  ),
  'corrections-empty': words(
    ['هیچ موردی برای اصلاح مشخص نشده است.', 'No item to correct was named.'],
    ['لطفاً دست‌کم یک مورد را انتخاب کنید و دلیل آن را بنویسید.', 'Choose at least one item and give its reason.'],
  ),
} as const satisfies Record<FaultCode, Words>;

const NO_LABEL: Text = { fa: 'این مورد', en: 'this field' };

/** The words of a fault with its facts filled in: Persian digits and Jalali dates in Persian. A code of another room gets no words. */
export function faultWords(fault: FieldFault, label: Text = NO_LABEL): Words | undefined {
  if (!Object.hasOwn(FAULT_WORDS, fault.code)) return undefined;
  const template: Words = FAULT_WORDS[fault.code as FaultCode];
  const fill = (text: string, language: Language): string =>
    text.replace(/\{(\w+)\}/g, (_all, name: string) =>
      name === 'label' ? label[language] : fact(fault.facts?.[name], language),
    );
  return {
    reason: { fa: fill(template.reason.fa, 'fa'), en: fill(template.reason.en, 'en') },
    mend: { fa: fill(template.mend.fa, 'fa'), en: fill(template.mend.en, 'en') },
  };
}

function fact(value: string | undefined, language: Language): string {
  if (value === undefined) return '…';
  if (language === 'en') return value;
  return persianDigits(isIsoDate(value) ? printedJalali(jalaliOf(value)) : value);
}

function words([faReason, enReason]: readonly [string, string], [faMend, enMend]: readonly [string, string]): Words {
  return { reason: { fa: faReason, en: enReason }, mend: { fa: faMend, en: enMend } };
}
