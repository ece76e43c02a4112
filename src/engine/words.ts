// Every finding of the engine in the two languages: what is wrong, and how to mend it. Never decides whether something is wrong.
import type { Finding } from '#base/finding.ts';

type Words = readonly [fa: string, en: string];
type Row = { readonly reason: Words; readonly mend: Words; readonly severity?: 'warning' };

/** `{what}` is filled with the fact of the finding. */
const TABLE = {
  'xml-unreadable': {
    reason: ['پروندهٔ BPMN خوانده نمی‌شود: {what}', 'The BPMN file cannot be read: {what}'],
    mend: ['پرونده را در یک ویرایشگر BPMN باز کنید و دوباره ذخیره کنید.', 'Open the file in a BPMN modeler and save it again.'],
  },
  'element-unreadable': {
    reason: ['بخشی از پرونده خوانده نشد: {what}', 'A part of the file could not be read: {what}'],
    mend: ['این بخش را حذف یا اصلاح کنید.', 'Remove this part or mend it.'],
  },
  'duplicate-id': {
    reason: ['شناسهٔ «{what}» دو بار به کار رفته است.', 'The id “{what}” is used twice.'],
    mend: ['به هر عنصر شناسه‌ای یکتا بدهید.', 'Give each element an id of its own.'],
  },
  'missing-reference': {
    reason: ['به «{what}» ارجاع شده که وجود ندارد.', 'It refers to “{what}”, which does not exist.'],
    mend: ['ارجاع را اصلاح کنید یا عنصر گم‌شده را بیفزایید.', 'Mend the reference or add what is missing.'],
  },
  'no-process': {
    reason: ['پرونده هیچ فرایندی ندارد.', 'The file has no process.'],
    mend: ['یک فرایند با یک رویداد آغاز بیفزایید.', 'Add a process with a start event.'],
  },
  'unused-process': {
    reason: [
      'فرایند «{what}» هرگز اجرا نمی‌شود: نه اصلی است و نه فراخوانده می‌شود.',
      'The process “{what}” never runs: it is neither the main one nor called.',
    ],
    mend: ['آن را حذف کنید یا با یک فعالیت فراخوان به کار بگیرید.', 'Remove it or call it from a call activity.'],
    severity: 'warning',
  },
  'unsupported-element': {
    reason: ['این عنصر اجرا نمی‌شود: {what}', 'This element is not executed: {what}'],
    mend: ['آن را با عنصری که پشتیبانی می‌شود جایگزین کنید.', 'Replace it by an element that is supported.'],
  },
  'no-start': {
    reason: ['«{what}» رویداد آغاز ندارد.', '“{what}” has no start event.'],
    mend: ['یک رویداد آغاز بدون ماشه بیفزایید.', 'Add a start event without a trigger.'],
  },
  'several-starts': {
    reason: ['«{what}» بیش از یک رویداد آغاز ممکن دارد.', '“{what}” has more than one start event that could be meant.'],
    mend: ['تنها یک رویداد آغاز بدون ماشه نگه دارید.', 'Keep exactly one start event without a trigger.'],
  },
  'no-end': {
    reason: ['«{what}» رویداد پایان ندارد.', '“{what}” has no end event.'],
    mend: ['هر مسیر را به یک رویداد پایان برسانید.', 'Lead every path to an end event.'],
  },
  'start-trigger': {
    reason: ['رویداد آغاز با ماشهٔ «{what}» در اینجا پذیرفته نیست.', 'A start event triggered by “{what}” is not allowed here.'],
    mend: ['رویداد آغاز بدون ماشه به کار ببرید.', 'Use a start event without a trigger.'],
  },
  'dead-end': {
    reason: ['پس از این عنصر هیچ مسیری نیست.', 'No path leads on from here.'],
    mend: ['یک جریان به رویداد پایان بکشید.', 'Draw a flow to an end event.'],
    severity: 'warning',
  },
  unreachable: {
    reason: ['هیچ مسیری از آغاز به این عنصر نمی‌رسد.', 'No path leads from the start to this element.'],
    mend: ['آن را به مسیر وصل کنید یا حذف کنید.', 'Connect it or remove it.'],
  },
  'flow-across-scopes': {
    reason: ['جریان از مرز زیرفرایند می‌گذرد.', 'The flow crosses the border of a subprocess.'],
    mend: ['جریان را درون یک زیرفرایند نگه دارید.', 'Keep the flow inside one subprocess.'],
  },
  'gateway-without-default': {
    reason: [
      'همهٔ خروجی‌ها شرط دارند و هیچ‌کدام پیش‌فرض نیست: اگر هیچ شرطی درست نباشد، پرونده می‌ایستد.',
      'All flows out have conditions and none is the default: where no condition holds, the case stands still.',
    ],
    mend: ['یک خروجی پیش‌فرض تعیین کنید.', 'Make one flow the default.'],
    severity: 'warning',
  },
  'flow-without-condition': {
    reason: ['جریان «{what}» نه شرط دارد و نه پیش‌فرض است.', 'The flow “{what}” has no condition and is not the default.'],
    mend: ['برای آن شرط بنویسید یا آن را پیش‌فرض کنید.', 'Give it a condition or make it the default.'],
  },
  'default-flow': {
    reason: ['جریان پیش‌فرض «{what}» از این عنصر بیرون نمی‌رود.', 'The default flow “{what}” does not leave this element.'],
    mend: ['یکی از جریان‌های خروجی خود آن را پیش‌فرض کنید.', 'Make one of its own outgoing flows the default.'],
  },
  'event-gateway-target': {
    reason: [
      'پس از درگاه رویدادمحور تنها رویداد میانی پیام یا زمان یا کار دریافت می‌آید.',
      'Only a message or timer catch event or a receive task may follow an event-based gateway.',
    ],
    mend: ['خروجی را به یکی از آن‌ها برسانید.', 'Lead the flow to one of those.'],
  },
  'feel-syntax': {
    reason: ['عبارت FEEL خوانده نمی‌شود: {what}', 'The FEEL expression cannot be read: {what}'],
    mend: ['عبارت را اصلاح کنید.', 'Mend the expression.'],
  },
  'timer-invalid': {
    reason: ['زمان‌سنج نادرست است: {what}', 'The timer is not valid: {what}'],
    mend: [
      'مدت (P3D)، تاریخ با منطقهٔ زمانی یا دور (R3/PT10M) بنویسید.',
      'Write a duration (P3D), a date and time with its zone, or a cycle (R3/PT10M).',
    ],
  },
  'cycle-misplaced': {
    reason: [
      'دور زمانی تنها برای رویداد مرزیِ ناگسسته یا زیرفرایند رویداد است.',
      'A time cycle is for a non-interrupting boundary event or event subprocess only.',
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
  'unknown-decision': {
    reason: ['تصمیم «{what}» در بسته نیست.', 'The decision “{what}” is not in the package.'],
    mend: ['پروندهٔ DMN آن را بیفزایید یا نام را اصلاح کنید.', 'Add its DMN file or mend the name.'],
  },
  'unknown-form': {
    reason: ['فرم «{what}» در بسته نیست.', 'The form “{what}” is not in the package.'],
    mend: ['پروندهٔ فرم را بیفزایید یا نام را اصلاح کنید.', 'Add the form file or mend the name.'],
  },
  'unknown-process': {
    reason: ['فرایند فراخوانده‌شدهٔ «{what}» در این پرونده نیست.', 'The called process “{what}” is not in this file.'],
    mend: ['فرایند را بیفزایید یا processId را اصلاح کنید.', 'Add the process or mend processId.'],
  },
  'unknown-element': {
    reason: ['عنصر «{what}» در این فرایند نیست.', 'The element “{what}” is not in this process.'],
    mend: ['شناسهٔ یک کار کاربر از همین پرونده را بنویسید.', 'Write the id of a user task of this file.'],
  },
  'boundary-host': {
    reason: [
      'رویداد مرزی به فعالیتی وصل نیست که بتواند آن را بگیرد: {what}',
      'The boundary event is not attached to an activity that can raise it: {what}',
    ],
    mend: ['آن را روی یک کار، زیرفرایند یا فعالیت فراخوان بگذارید.', 'Put it on a task, a subprocess or a call activity.'],
  },
  'mapping-incomplete': {
    reason: ['یک نگاشت ورودی یا خروجی مبدأ یا مقصد ندارد.', 'An input or output mapping lacks its source or its target.'],
    mend: ['هر دو سوی نگاشت را بنویسید.', 'Write both sides of the mapping.'],
  },
  'loop-incomplete': {
    reason: ['فعالیت چندنمونه‌ای فهرست ورودی ندارد.', 'The multi-instance activity has no input collection.'],
    mend: [
      'zeebe:loopCharacteristics را با inputCollection کامل کنید.',
      'Complete zeebe:loopCharacteristics with inputCollection.',
    ],
  },
  'outcome-status': {
    reason: ['وضعیت پایان «{what}» شناخته نیست.', 'The outcome status “{what}” is not known.'],
    mend: ['یکی از issued، refused، lapsed یا completed را بنویسید.', 'Write issued, refused, lapsed or completed.'],
  },
  deadlock: {
    reason: [
      'در این مسیر پرونده برای همیشه در «{what}» می‌ایستد: همهٔ ورودی‌های آن هرگز نمی‌رسند.',
      'On this path the case stands still for ever at “{what}”: not all of its incoming flows can arrive.',
    ],
    mend: ['درگاه پیوند را با درگاه انشعاب هم‌نوع کنید.', 'Make the joining gateway of the same kind as the splitting one.'],
  },
  'no-completion': {
    reason: ['از این وضعیت هیچ راهی به پایان نیست.', 'From this state no path leads to an end.'],
    mend: ['راهی به یک رویداد پایان بیفزایید.', 'Add a path to an end event.'],
  },
  'lack-of-synchronisation': {
    reason: ['در این مسیر «{what}» دو بار و هم‌زمان اجرا می‌شود.', 'On this path “{what}” runs twice at the same time.'],
    mend: [
      'شاخه‌های هم‌زمان را پیش از آن با درگاه موازی به هم برسانید.',
      'Join the parallel branches with a parallel gateway before it.',
    ],
  },
  'unbounded-growth': {
    reason: [
      'در این مسیر شمار شاخه‌های هم‌زمان در «{what}» بی‌پایان افزایش می‌یابد.',
      'On this path the number of parallel branches at “{what}” grows without end.',
    ],
    mend: ['حلقه‌ای را که شاخهٔ تازه می‌سازد بردارید.', 'Remove the loop that makes new branches.'],
  },
  'never-runs': {
    reason: ['این عنصر در هیچ اجرایی به کار نمی‌افتد.', 'No run ever reaches this element.'],
    mend: ['درگاه‌های پیش از آن را بازبینی کنید.', 'Review the gateways before it.'],
  },
  'too-large-to-explore': {
    reason: [
      'فرایند برای بررسی کامل سلامت بزرگ است؛ بخشی از حالت‌ها بررسی شد.',
      'The process is too large to explore wholly; a part of its states was checked.',
    ],
    mend: ['بخشی از آن را به زیرفرایند ببرید.', 'Move a part of it into a subprocess.'],
    severity: 'warning',
  },
} satisfies { readonly [code: string]: Row };

export type EngineFindingCode = keyof typeof TABLE;

/** One finding; `what` fills the reason, `more` adds a path, offsets or another severity. */
export function finding(code: EngineFindingCode, place: string, what = '', more: Partial<Finding> = {}): Finding {
  const row: Row = TABLE[code];
  const fill = (words: Words): Finding['reason'] => ({
    fa: words[0].replace('{what}', () => what),
    en: words[1].replace('{what}', () => what),
  });
  return { code, severity: row.severity ?? 'error', place, reason: fill(row.reason), mend: fill(row.mend), ...more };
}
