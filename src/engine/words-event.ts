// Findings about events, links, compensation, transactions, loops, lanes and pools. Never decides whether something is wrong.
import type { Row } from './words-row.ts';

export const EVENT = {
  'signal-missing': {
    reason: ['رویداد سیگنال نام سیگنال ندارد.', 'The signal event names no signal.'],
    mend: ['یک سیگنال با نام برای آن تعیین کنید.', 'Give it a signal with a name.'],
  },
  'condition-missing': {
    reason: ['رویداد شرطی شرط ندارد.', 'The conditional event has no condition.'],
    mend: ['شرط آن را به FEEL بنویسید.', 'Write its condition in FEEL.'],
  },
  'start-twice': {
    reason: ['دو رویداد آغاز به یک چیز واکنش نشان می‌دهند: {what}', 'Two start events answer to the same thing: {what}'],
    mend: ['یکی از آن‌ها را حذف کنید.', 'Remove one of them.'],
  },
  'start-incoming': {
    reason: ['جریانی به رویداد آغاز می‌رسد.', 'A flow leads into a start event.'],
    mend: ['جریان را به عنصر پس از آغاز ببرید.', 'Lead the flow to the element after the start.'],
  },
  'end-outgoing': {
    reason: ['جریانی از رویداد پایان بیرون می‌رود.', 'A flow leads out of an end event.'],
    mend: ['به جای آن رویداد میانی به کار ببرید یا جریان را بردارید.', 'Use an intermediate event instead, or remove the flow.'],
  },
  'boundary-incoming': {
    reason: ['جریانی به رویداد مرزی می‌رسد.', 'A flow leads into a boundary event.'],
    mend: ['جریان را به فعالیت ببرید.', 'Lead the flow to the activity.'],
  },
  'event-subprocess-flow': {
    reason: ['زیرفرایند رویداد در جریان ایستاده است.', 'The event subprocess stands in a flow.'],
    mend: [
      'جریان‌هایش را بردارید: رویداد آغازش آن را به کار می‌اندازد.',
      'Remove its flows: its own start event sets it to work.',
    ],
  },
  'catch-twice': {
    reason: [
      'دو رویداد همین را می‌گیرند؛ این یکی هرگز به کار نمی‌افتد: {what}',
      'Two events catch the same; this one never happens: {what}',
    ],
    mend: ['یکی را بردارید یا کد دیگری بنویسید.', 'Remove one, or give it another code.'],
    severity: 'warning',
  },
  'error-uncaught': {
    reason: [
      'خطای «{what}» را هیچ‌کس نمی‌گیرد: پرونده با رویداد خرابی می‌ایستد.',
      'Nobody catches the error “{what}”: the case stands still with an incident.',
    ],
    mend: [
      'یک رویداد مرزی خطا یا زیرفرایند رویداد برای آن بگذارید، یا از پایان خاتمه بهره بگیرید.',
      'Catch it by an error boundary event or an event subprocess, or use a terminate end.',
    ],
  },
  'link-unnamed': {
    reason: ['رویداد پیوند نام ندارد.', 'The link event has no name.'],
    mend: ['به هر دو سوی پیوند یک نام بدهید.', 'Give both sides of the link one name.'],
  },
  'link-without-target': {
    reason: ['پیوند «{what}» در این فرایند مقصدی ندارد.', 'The link “{what}” has no target in this scope.'],
    mend: ['رویداد پیوندِ گیرنده‌ای با همین نام بگذارید.', 'Add a catching link event of that name.'],
  },
  'link-without-source': {
    reason: ['هیچ پیوندی به «{what}» نمی‌رسد.', 'No link leads to “{what}”.'],
    mend: ['رویداد پیوندِ پرتاب‌کننده‌ای با همین نام بگذارید.', 'Add a throwing link event of that name.'],
  },
  'link-twice': {
    reason: ['پیوند «{what}» بیش از یک مقصد دارد.', 'The link “{what}” has more than one target.'],
    mend: ['تنها یک رویداد پیوندِ گیرنده با این نام نگه دارید.', 'Keep one catching link event of that name.'],
  },
  'link-flow': {
    reason: ['جریانی در سوی نادرست رویداد پیوند کشیده شده است.', 'A flow is drawn on the wrong side of the link event.'],
    mend: [
      'از پیوندِ پرتاب‌کننده جریانی بیرون نمی‌رود و به پیوندِ گیرنده جریانی نمی‌رسد.',
      'No flow leaves a throwing link, and none leads into a catching one.',
    ],
  },
  'compensation-handler-missing': {
    reason: [
      'رویداد مرزی جبران به فعالیت جبران‌گری نمی‌رسد.',
      'The compensation boundary event leads to no activity that compensates.',
    ],
    mend: [
      'با یک پیوستگی (association) آن را به فعالیتی با isForCompensation وصل کنید.',
      'Join it by an association to an activity that is for compensation.',
    ],
  },
  'compensation-handler-unused': {
    reason: [
      'این فعالیت جبران‌گر به هیچ رویداد مرزی جبرانی وصل نیست.',
      'No compensation boundary event leads to this compensating activity.',
    ],
    mend: ['آن را با یک پیوستگی به رویداد مرزی جبران وصل کنید.', 'Join it to a compensation boundary event by an association.'],
  },
  'compensation-handler-flow': {
    reason: [
      'فعالیت جبران‌گر در جریان ایستاده یا رویداد مرزی دارد.',
      'The compensating activity stands in a flow or has boundary events.',
    ],
    mend: ['جریان‌ها و رویدادهای مرزی آن را بردارید.', 'Remove its flows and boundary events.'],
  },
  'compensation-boundary-flow': {
    reason: ['از رویداد مرزی جبران جریانی بیرون می‌رود.', 'A sequence flow leaves the compensation boundary event.'],
    mend: ['به جای جریان، پیوستگی (association) بکشید.', 'Draw an association instead of a flow.'],
  },
  'compensation-target': {
    reason: ['«{what}» فعالیتی نیست که از اینجا بتوان جبرانش کرد.', '“{what}” is no activity that can be compensated from here.'],
    mend: [
      'فعالیتی از همین سطح را نام ببرید که رویداد مرزی جبران دارد.',
      'Name an activity of the same scope that has a compensation boundary event.',
    ],
  },
  'compensation-nothing': {
    reason: [
      'در این سطح هیچ فعالیتی جبران‌پذیر نیست: این رویداد کاری نمی‌کند.',
      'No activity of this scope can be compensated: the event does nothing.',
    ],
    mend: [
      'به فعالیت‌ها رویداد مرزی جبران بدهید یا این رویداد را بردارید.',
      'Give activities compensation boundary events, or remove this event.',
    ],
    severity: 'warning',
  },
  'cancel-outside': {
    reason: ['پایان لغو تنها درون تراکنش معنا دارد.', 'A cancel end has a meaning only directly inside a transaction.'],
    mend: ['زیرفرایند را تراکنش کنید یا پایان دیگری بگذارید.', 'Make the subprocess a transaction, or use another end.'],
  },
  'cancel-uncaught': {
    reason: [
      'تراکنش رویداد مرزی لغو ندارد: پس از لغو چنان ادامه می‌یابد که گویی انجام شده است.',
      'The transaction has no cancel boundary event: after its cancelling the case goes on as if it had been done.',
    ],
    mend: ['یک رویداد مرزی لغو روی تراکنش بگذارید.', 'Put a cancel boundary event on the transaction.'],
    severity: 'warning',
  },
  'cancel-host': {
    reason: ['رویداد مرزی لغو تنها روی تراکنش است.', 'A cancel boundary event belongs on a transaction only.'],
    mend: ['زیرفرایند را تراکنش کنید یا رویداد دیگری بگذارید.', 'Make the subprocess a transaction, or use another event.'],
  },
  'loop-unbounded': {
    reason: [
      'حلقه نه شرط دارد و نه بیشینه: هرگز پایان نمی‌یابد.',
      'The loop has neither a condition nor a maximum: it never ends.',
    ],
    mend: ['loopCondition یا loopMaximum را بنویسید.', 'Write its loopCondition or loopMaximum.'],
  },
  'loop-maximum': {
    reason: ['شمار تکرار نادرست است: {what}', 'The number of turns or instances is not valid: {what}'],
    mend: ['عددی صحیح از ۰ تا ۱۰۰۰۰۰ بنویسید.', 'Write a whole number from 0 to 100000.'],
  },
  'instances-unbounded': {
    reason: [
      'شمار نمونه‌ها را عبارتی می‌دهد که هر اندازه می‌تواند باشد: {what}',
      'The number of instances is an expression that may be of any size: {what}',
    ],
    mend: [
      'آن را با min(…) محدود کنید یا از فهرست (inputCollection) بهره بگیرید.',
      'Bound it, as in min(n, 20), or use a collection.',
    ],
    severity: 'warning',
  },
  'cycle-endless': {
    reason: [
      'این دور زمانی پایان ندارد و هر بار کاری برای مردم می‌گشاید: {what}',
      'This time cycle has no end and opens work for people each time: {what}',
    ],
    mend: ['شمار تکرار را بنویسید، مانند R5/P1D.', 'Write how often, such as R5/P1D.'],
    severity: 'warning',
  },
  'condition-ignored': {
    reason: ['شرط جریان «{what}» در اینجا به حساب نمی‌آید.', 'The condition of the flow “{what}” does not count here.'],
    mend: [
      'شرط را بردارید یا درگاه انحصاری یا فراگیر به کار ببرید.',
      'Remove the condition, or use an exclusive or inclusive gateway.',
    ],
    severity: 'warning',
  },
  'endless-recursion': {
    reason: [
      '«{what}» در هر مسیری دوباره خودش را فرا می‌خواند و هرگز پایان نمی‌یابد.',
      '“{what}” calls itself again on every path, and never ends.',
    ],
    mend: ['راهی بدون فراخوان به پایان بگذارید.', 'Give it a path to its end without the call.'],
  },
  'message-flow-end': {
    reason: [
      'جریان پیام به چیزی وصل است که پیام نمی‌فرستد یا نمی‌گیرد: {what}',
      'The message flow is joined to what cannot send or receive: {what}',
    ],
    mend: [
      'آن را از کار یا رویداد فرستنده به کار یا رویداد گیرندهٔ پیام بکشید.',
      'Draw it from a sending task or event to a receiving one.',
    ],
    severity: 'warning',
  },
  'message-flow-same-pool': {
    reason: ['جریان پیام دو عنصر یک استخر را به هم وصل می‌کند.', 'The message flow joins two elements of one pool.'],
    mend: ['درون یک استخر از جریان توالی بهره بگیرید.', 'Inside a pool use a sequence flow.'],
  },
  'lane-executor': {
    reason: [
      'مجری این کار با مجری خط «{what}» که در آن ایستاده یکی نیست.',
      'The executor of this task is not that of the lane “{what}” it stands in.',
    ],
    mend: ['کار را به خط مجری خودش ببرید یا مجری را اصلاح کنید.', 'Move the task to its executor’s lane, or mend the executor.'],
    severity: 'warning',
  },
  'lane-twice': {
    reason: ['این عنصر در دو خط ایستاده است: {what}', 'This element stands in two lanes: {what}'],
    mend: ['آن را تنها در یک خط بگذارید.', 'Put it in one lane only.'],
    severity: 'warning',
  },
} satisfies { readonly [code: string]: Row };
