// What a case looks like: task list, check answers, timeline, status, fee. Shows what it is given; decides nothing.
import type { ComponentChildren, JSX } from 'preact';
import type { Instant } from '#base/instant.ts';
import type { Money } from '#base/money.ts';
import type { Language } from '#base/text.ts';
import type { Role, Status } from '#cases/types.ts';
import { Tag } from './parts.tsx';
import type { Tone } from './parts.tsx';
import { JalaliDateText, JalaliTime, MoneyText } from './show.tsx';
import { Table } from './table.tsx';
import { say } from './words.ts';

const STATUS_TONE: { readonly [status in Status]: Tone } = {
  draft: 'neutral',
  open: 'info',
  issued: 'success',
  refused: 'danger',
  withdrawn: 'neutral',
  lapsed: 'warning',
  completed: 'success',
};

export function StatusTag({ language, status }: { readonly language: Language; readonly status: Status }): JSX.Element {
  return <Tag tone={STATUS_TONE[status]}>{say(language, `status.${status}`)}</Tag>;
}

export type TaskItem = {
  readonly title: string;
  readonly hint?: string | undefined;
  /** Absent where it cannot be started yet. */
  readonly href?: string | undefined;
  readonly state: 'not-started' | 'in-progress' | 'done' | 'cannot-start' | 'correct';
};

const TASK_TONE: { readonly [state in TaskItem['state']]: Tone | undefined } = {
  'not-started': 'info',
  'in-progress': 'warning',
  done: undefined,
  'cannot-start': undefined,
  correct: 'danger',
};

/** The parts of an application, each with how far it is. */
export function TaskList({ language, tasks }: { readonly language: Language; readonly tasks: readonly TaskItem[] }): JSX.Element {
  return (
    <ul class="task-list">
      {tasks.map(({ title, hint, href, state }, index) => {
        const id = `task-${index + 1}`;
        const tone = TASK_TONE[state];
        const words = say(language, `task-list.${state}`);
        return (
          <li key={id}>
            <div>
              {href === undefined ? (
                <span class="task-title">{title}</span>
              ) : (
                <a class="task-title" href={href} aria-describedby={`${id}-state`}>
                  {title}
                </a>
              )}
              {hint && <p class="hint">{hint}</p>}
            </div>
            <span class={`task-state ${state}`} id={`${id}-state`}>
              {tone ? <Tag tone={tone}>{words}</Tag> : words}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

export type SummaryRow = { readonly label: string; readonly value: ComponentChildren; readonly change?: string | undefined };

/** Check answers, and any list of facts. `change` leads to where the answer was given. */
export function SummaryList({
  language,
  rows,
}: {
  readonly language: Language;
  readonly rows: readonly SummaryRow[];
}): JSX.Element {
  return (
    <dl class="summary">
      {rows.map(({ label, value, change }, index) => (
        <div key={index}>
          <dt>{label}</dt>
          <dd>{value}</dd>
          {change !== undefined && (
            <dd class="change">
              <a href={change}>
                {say(language, 'action.change')}
                <span class="away"> {label}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

export type TimelineItem = {
  readonly title: string;
  readonly state: 'done' | 'current' | 'paused' | 'expected';
  readonly at?: Instant | undefined;
  readonly role?: Role | 'applicant' | undefined;
  readonly unit?: string | undefined;
  readonly due?: Instant | undefined;
  readonly note?: ComponentChildren;
};

const TIMELINE_TONE = { current: 'info', paused: 'warning', expected: 'neutral' } as const;

/** What happened, who holds it, what comes: in that order. Names of people stay out; role and unit answer. */
export function Timeline({
  language,
  items,
}: {
  readonly language: Language;
  readonly items: readonly TimelineItem[];
}): JSX.Element {
  return (
    <ol class="timeline">
      {items.map((item, index) => (
        <li key={index} class={item.state} aria-current={item.state === 'current' ? 'step' : undefined}>
          <p class="timeline-title">
            {item.title}{' '}
            {item.state === 'done' ? (
              <span class="away">({say(language, 'timeline.done')})</span>
            ) : (
              <Tag tone={TIMELINE_TONE[item.state]}>{say(language, `timeline.${item.state}`)}</Tag>
            )}
          </p>
          {item.role && <p class="timeline-who">{who(language, item.role, item.unit)}</p>}
          {item.at && (
            <p class="timeline-when">
              <JalaliTime language={language} at={item.at} shape="full" />
            </p>
          )}
          {item.due && (
            <p class="timeline-when">
              {say(language, 'timeline.due')} <JalaliDateText language={language} at={item.due} shape="full" />
            </p>
          )}
          {item.note && <div class="timeline-note">{item.note}</div>}
        </li>
      ))}
    </ol>
  );
}

/** کارشناس، منطقهٔ ۳. */
export function who(language: Language, role: Role | 'applicant', unit?: string): string {
  const words = say(language, `role.${role}`);
  return unit === undefined ? words : say(language, 'timeline.by', { role: words, unit });
}

export type FeeLine = {
  readonly code: string;
  readonly label: string;
  readonly basis?: ComponentChildren;
  readonly citation?: string;
  readonly amount: Money;
};

/** Every line with how it was computed and under which act; the total last. */
export function FeeLines({
  language,
  lines,
  total,
  caption,
  captionAway,
}: {
  readonly language: Language;
  readonly lines: readonly FeeLine[];
  readonly total: Money;
  readonly caption?: string;
  /** The section around it says the caption already. */
  readonly captionAway?: boolean;
}): JSX.Element {
  return (
    <div class="fee">
      <Table
        language={language}
        caption={caption ?? say(language, 'fee.title')}
        captionAway={captionAway ?? false}
        columns={[
          { key: 'line', label: say(language, 'fee.line') },
          { key: 'basis', label: say(language, 'fee.basis') },
          { key: 'citation', label: say(language, 'fee.citation') },
          { key: 'amount', label: say(language, 'fee.amount'), number: true },
        ]}
        rows={lines.map(({ code, label, basis, citation, amount }) => ({
          key: code,
          cells: { line: label, basis, citation, amount: <MoneyText language={language} amount={amount} /> },
        }))}
        foot={{
          key: 'total',
          cells: { line: say(language, 'fee.total'), amount: <MoneyText language={language} amount={total} /> },
        }}
      />
    </div>
  );
}
