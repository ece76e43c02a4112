// Findings of the exploration of a model: how its runs can go wrong. Never decides whether something is wrong.
import type { Row } from './words-row.ts';

export const SOUNDNESS = {
  deadlock: {
    reason: [
      'در این مسیر پرونده برای همیشه در {what} می‌ایستد: همهٔ ورودی‌های آن هرگز نمی‌رسند.',
      'On this path the case stands still for ever at {what}: not all of its incoming flows can arrive.',
    ],
    mend: ['درگاه پیوند را با درگاه انشعاب هم‌نوع کنید.', 'Make the joining gateway of the same kind as the splitting one.'],
  },
  'orphan-token': {
    reason: [
      'در این مسیر به پایان می‌رسد، اما یک شاخه برای همیشه در {what} می‌ماند و پرونده هرگز بسته نمی‌شود.',
      'On this path an end is reached, but a branch is left behind for ever at {what}, and the case never closes.',
    ],
    mend: [
      'هر شاخه‌ای را که از درگاه موازی برمی‌خیزد به درگاه پیوند یا پایان برسانید، یا با پایان خاتمه ببندید.',
      'Lead every branch of the split to the join or to an end, or close the case by a terminate end.',
    ],
  },
  'outcome-early': {
    reason: [
      'در این مسیر نتیجهٔ پرونده گفته می‌شود، اما «{what}» هنوز در کار است: پرونده باز می‌ماند و این نتیجه گم می‌شود.',
      'On this path the outcome of the case is told while “{what}” is still at work: the case stays open, and the outcome is lost.',
    ],
    mend: [
      'شاخه‌ها را پیش از این پایان به هم برسانید، یا آن را پایان خاتمه کنید.',
      'Join the branches before this end, or make it a terminate end.',
    ],
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
      'فرایند برای بررسی کامل سلامت بزرگ است. شمار حالت‌های بررسی‌شده و عناصری که سلامتشان اثبات نشد — {what}',
      'The process is too large to explore wholly. States seen, and elements left unproven — {what}',
    ],
    mend: ['بخشی از آن را به زیرفرایند ببرید.', 'Move a part of it into a subprocess.'],
    severity: 'warning',
  },
} satisfies { readonly [code: string]: Row };
