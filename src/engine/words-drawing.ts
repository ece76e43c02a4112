// Findings about the drawing: starts, ends, flows, gateways. Never decides whether something is wrong.
import type { Row } from './words-row.ts';

export const DRAWING = {
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
  'boundary-host': {
    reason: [
      'رویداد مرزی به فعالیتی وصل نیست که بتواند آن را بگیرد: {what}',
      'The boundary event is not attached to an activity that can raise it: {what}',
    ],
    mend: ['آن را روی یک کار، زیرفرایند یا فعالیت فراخوان بگذارید.', 'Put it on a task, a subprocess or a call activity.'],
  },
  'event-gateway-target': {
    reason: [
      'پس از درگاه رویدادمحور تنها رویداد میانی پیام، زمان، سیگنال یا شرط یا کار دریافت می‌آید که چیز دیگری به آن نمی‌رسد.',
      'Only a message, timer, signal or conditional catch event or a receive task may follow an event-based gateway, reached by no other flow.',
    ],
    mend: ['خروجی را به یکی از آن‌ها برسانید.', 'Lead the flow to one of those.'],
  },
} satisfies { readonly [code: string]: Row };
