// Why a migration is refused, in the two languages: what would be orphaned, and how to mend it.
import type { Finding } from '#base/finding.ts';

type Words = readonly [fa: string, en: string];

/** `{what}` is filled with the fact. */
const TABLE = {
  ended: {
    reason: ['پرونده پایان یافته است.', 'The case has ended.'],
    mend: ['پروندهٔ پایان‌یافته با همان نسخه می‌ماند.', 'An ended case keeps its version.'],
  },
  'mapping-unknown': {
    reason: ['نگاشت از «{what}» نام می‌برد که نیست.', 'The mapping names “{what}”, which does not exist.'],
    mend: ['شناسه را درست کنید.', 'Correct the id.'],
  },
  'scope-gone': {
    reason: [
      '«{what}» در نسخهٔ تازه نیست و کاری درون آن جریان دارد.',
      '“{what}” is not in the new version, and work goes on inside it.',
    ],
    mend: ['آن را به زیرفرایندی در نسخهٔ تازه نگاشت کنید.', 'Map it to a subprocess of the new version.'],
  },
  'element-gone': {
    reason: [
      '«{what}» در نسخهٔ تازه نیست و پرونده در آن ایستاده است.',
      '“{what}” is not in the new version, and the case stands at it.',
    ],
    mend: ['آن را به عنصری هم‌نوع در نسخهٔ تازه نگاشت کنید.', 'Map it to an element of its kind in the new version.'],
  },
  'other-kind': {
    reason: [
      '«{what}» نوع دیگری دارد و نمی‌تواند کار را ادامه دهد.',
      '“{what}” is of another kind and cannot go on with the work.',
    ],
    mend: ['عنصری از همان نوع برگزینید.', 'Choose an element of the same kind.'],
  },
  'other-scope': {
    reason: ['«{what}» در زیرفرایند دیگری است.', '“{what}” stands in another subprocess.'],
    mend: [
      'عنصری در همان زیرفرایند برگزینید، یا زیرفرایند را هم نگاشت کنید.',
      'Choose one in the same subprocess, or map the subprocess too.',
    ],
  },
  'other-loop': {
    reason: ['تکرار «{what}» با نسخهٔ پیش یکی نیست.', 'The instances of “{what}” are not counted as before.'],
    mend: ['چندنمونه‌ای بودن را مانند نسخهٔ پیش نگه دارید.', 'Keep it multi-instance, or not, as it was.'],
  },
  'other-work': {
    reason: ['کاری که آغاز شده با «{what}» یکی نیست.', 'The work that has begun is not that of “{what}”.'],
    mend: ['پس از پایان این گام مهاجرت دهید.', 'Migrate when this step is over.'],
  },
  'flow-gone': {
    reason: [
      'جریان «{what}» به این پیوند نمی‌رسد و شاخه برای همیشه می‌ماند.',
      'The flow “{what}” does not lead to this join; the branch would wait for ever.',
    ],
    mend: ['آن را به یکی از جریان‌های ورودی پیوند نگاشت کنید.', 'Map it to one of the flows into the join.'],
  },
  'join-full': {
    reason: [
      'همهٔ جریان‌های پیوند «{what}» در نسخهٔ تازه رسیده‌اند و چیزی آن را به راه نمی‌اندازد.',
      'All flows that the join “{what}” still has are there already; nothing would make it go on.',
    ],
    mend: ['شاخه‌ای که دیگر نیست پیش از مهاجرت به پایان برسد.', 'Migrate when the branch that is no longer there is over.'],
  },
  'undo-gone': {
    reason: [
      '«{what}» انجام شده و در نسخهٔ تازه جبران‌کننده‌ای ندارد.',
      '“{what}” has been done, and nothing in the new version undoes it.',
    ],
    mend: ['جبران‌کننده را نگه دارید.', 'Keep what compensates it.'],
  },
  'cannot-listen': {
    reason: ['رویداد تازه برپا نمی‌شود: {what}', 'The new event cannot listen: {what}'],
    mend: ['داده یا عبارت آن را درست کنید.', 'Correct its data or its expression.'],
  },
} satisfies { readonly [code: string]: { readonly reason: Words; readonly mend: Words } };

export type Orphan = keyof typeof TABLE;

export function orphan(code: Orphan, place: string, what: string): Finding {
  const fill = ([fa, en]: Words): Finding['reason'] => ({
    fa: fa.replace('{what}', () => what),
    en: en.replace('{what}', () => what),
  });
  const { reason, mend } = TABLE[code];
  return { code: `migration-${code}`, severity: 'error', place, reason: fill(reason), mend: fill(mend) };
}
