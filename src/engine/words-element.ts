// Findings about one element that does not say all its kind needs. Never decides whether something is wrong.
import type { Row } from './words-row.ts';

export const ELEMENT = {
  'timer-invalid': {
    reason: ['زمان‌سنج نادرست است: {what}', 'The timer is not valid: {what}'],
    mend: [
      'مدت (P3D)، تاریخ با منطقهٔ زمانی یا دور (R3/PT10M) بنویسید.',
      'Write a duration (P3D), a date and time with its zone, or a cycle (R3/PT10M).',
    ],
  },
  'cycle-misplaced': {
    reason: [
      'دور زمانی تنها برای آغاز فرایند، رویداد مرزیِ ناگسسته یا زیرفرایند رویداد است.',
      'A time cycle is for the start of a process, a non-interrupting boundary event or event subprocess only.',
    ],
    mend: ['به جای آن مدت بنویسید.', 'Use a duration instead.'],
  },
  'message-missing': {
    reason: ['رویداد پیام نام پیام ندارد.', 'The message event names no message.'],
    mend: ['یک پیام با نام برای آن تعیین کنید.', 'Give it a message with a name.'],
  },
  'code-missing': {
    reason: ['خطا یا تشدیدی که پرتاب می‌شود کد ندارد.', 'The error or escalation that is thrown has no code.'],
    mend: ['کد آن را تعیین کنید.', 'Give it a code.'],
  },
  'service-type-missing': {
    reason: ['نوع کار خدمت (zeebe:taskDefinition) تعیین نشده است.', 'The type of the service (zeebe:taskDefinition) is missing.'],
    mend: ['نوع را تعیین کنید، مانند dargah:register.', 'Set the type, such as dargah:register.'],
  },
  'script-missing': {
    reason: ['کار اسکریپت عبارت یا متغیر نتیجه ندارد.', 'The script task lacks its expression or its result variable.'],
    mend: [
      'zeebe:script را با expression و resultVariable کامل کنید.',
      'Complete zeebe:script with expression and resultVariable.',
    ],
  },
  'decision-missing': {
    reason: [
      'کار قاعده تصمیم یا متغیر نتیجه را نام نمی‌برد.',
      'The business rule task does not name its decision or its result variable.',
    ],
    mend: [
      'zeebe:calledDecision را با decisionId و resultVariable کامل کنید.',
      'Complete zeebe:calledDecision with decisionId and resultVariable.',
    ],
  },
  'mapping-incomplete': {
    reason: ['یک نگاشت ورودی یا خروجی مبدأ یا مقصد ندارد.', 'An input or output mapping lacks its source or its target.'],
    mend: ['هر دو سوی نگاشت را بنویسید.', 'Write both sides of the mapping.'],
  },
  'loop-incomplete': {
    reason: [
      'فعالیت چندنمونه‌ای نه فهرست ورودی دارد و نه شمار نمونه‌ها.',
      'The multi-instance activity has neither an input collection nor a number of instances.',
    ],
    mend: [
      'zeebe:loopCharacteristics را با inputCollection کامل کنید یا loopCardinality بنویسید.',
      'Complete zeebe:loopCharacteristics with inputCollection, or write loopCardinality.',
    ],
  },
  'outcome-status': {
    reason: ['وضعیت پایان «{what}» شناخته نیست.', 'The outcome status “{what}” is not known.'],
    mend: ['یکی از issued، refused، lapsed یا completed را بنویسید.', 'Write issued, refused, lapsed or completed.'],
  },
} satisfies { readonly [code: string]: Row };
