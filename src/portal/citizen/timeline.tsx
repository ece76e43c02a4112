// A case's story as its applicant reads it: past events as done, then every open step as what holds it now.
import type { Language } from '#base/text.ts';
import type { Role } from '#cases/types.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { textIn } from '#portal/fee.tsx';
import type { TimelineItem } from '#portal/ui/case-parts.tsx';
import { MoneyText, UserText } from '#portal/ui/show.tsx';
import { say } from '#portal/ui/words.ts';
import { words } from './words.ts';

export function timelineItems(language: Language, file: CaseFile): readonly TimelineItem[] {
  const done = file.timeline.map((entry): TimelineItem => {
    const about =
      entry.step && (entry.what === 'TaskCompleted' || entry.what === 'TaskClaimed') ? `: ${entry.step[language]}` : '';
    const decided =
      entry.decision !== undefined && isDecision(entry.decision) ? words(language, `decision.${entry.decision}`) : '';
    const note = [decided, textIn(entry.reason, language)].filter(Boolean).join(' — ');
    return {
      title: `${say(language, `event.${entry.what}`)}${about}`,
      state: 'done',
      at: entry.at,
      role: entry.role,
      ...(entry.unitName ? { unit: entry.unitName[language] } : {}),
      ...(note === '' ? {} : { note: <UserText>{note}</UserText> }),
    };
  });
  const open = file.tasks.map((task): TimelineItem => ({
    title: task.step[language],
    state: task.pauses === undefined ? 'current' : 'paused',
    at: task.openedAt,
    role: task.role as Role | 'applicant',
    ...(task.unitName ? { unit: task.unitName[language] } : {}),
    ...(task.due === undefined ? {} : { due: task.due }),
  }));
  const due = file.state.payments
    .filter((one) => one.status === 'due')
    .map((one): TimelineItem => ({
      title: say(language, 'payment.due'),
      state: 'current',
      role: 'applicant',
      note: <MoneyText language={language} amount={one.amount} />,
    }));
  return [...done, ...open, ...due];
}

const DECISIONS = ['complete', 'correct', 'refuse', 'approve', 'return'] as const;

function isDecision(value: string): value is (typeof DECISIONS)[number] {
  return (DECISIONS as readonly string[]).includes(value);
}
