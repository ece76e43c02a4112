// The worklist's table: a row a task, named by its case number, with the one thing that can be done to it.
import type { JSX } from 'preact';
import { randomUUID } from 'node:crypto';
import { printedCaseId } from '#base/ids.ts';
import type { Instant } from '#base/instant.ts';
import type { Language } from '#base/text.ts';
import type { WorkItem } from '#work/views/lists.ts';
import { ButtonForm } from '#portal/ui/actions.tsx';
import { codeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { Tag } from '#portal/ui/parts.tsx';
import { CaseNumber, JalaliTime } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { say } from '#portal/ui/words.ts';
import { words as fileWords } from './file-words.ts';
import { DueText, isLate } from './due.tsx';
import { words } from './words.ts';

export type WorkTableProps = {
  readonly language: Language;
  readonly rows: readonly WorkItem[];
  readonly now: Instant;
  readonly me: string;
  readonly caption: string;
};

export function WorkTable({ language, rows, now, me, caption }: WorkTableProps): JSX.Element {
  return (
    <Table
      language={language}
      caption={caption}
      columns={[
        { key: 'number', label: say(language, 'case.number') },
        { key: 'service', label: say(language, 'case.service') },
        { key: 'step', label: words(language, 'list.step') },
        { key: 'opened', label: words(language, 'list.opened') },
        { key: 'due', label: words(language, 'list.task-due') },
        { key: 'caseDue', label: words(language, 'list.due') },
        { key: 'holder', label: words(language, 'list.holder') },
        { key: 'action', label: words(language, 'list.action') },
      ]}
      rows={rows.map((row) => ({
        key: `${row.caseId}-${row.task}`,
        ...(isLate(row.caseDueAt, now) || isLate(row.dueAt, now) ? { tone: 'danger' as const } : {}),
        cells: cellsOf({ language, row, now, me }),
      }))}
    />
  );
}

type RowProps = Omit<WorkTableProps, 'rows' | 'caption'> & { readonly row: WorkItem };

function cellsOf({ language, row, now, me }: RowProps) {
  return {
    number: (
      <a href={href(language, `/desk/cases/${row.caseId}`)}>
        <CaseNumber language={language} id={row.caseId} />
      </a>
    ),
    service: row.title[language],
    step: (
      <span>
        {row.step[language]} {row.inquiry !== null && <Tag tone="info">{words(language, 'inquiry')}</Tag>}
        {row.visit !== null && <Tag tone="info">{words(language, 'visit')}</Tag>}
      </span>
    ),
    opened: <JalaliTime language={language} at={row.openedAt} shape="short" />,
    due: row.dueAt === null ? words(language, 'list.no-due') : <DueText language={language} due={row.dueAt} now={now} />,
    caseDue:
      row.caseDueAt === null ? say(language, 'case.clock-paused') : <DueText language={language} due={row.caseDueAt} now={now} />,
    holder: holderOf({ language, row, now, me }),
    action: actionOf({ language, row, now, me }),
  };
}

function holderOf({ language, row, me }: RowProps): string {
  if (row.assignee === null) return words(language, 'list.free-task');
  return row.assignee === me ? words(language, 'list.me') : (row.assigneeName?.[language] ?? row.assignee);
}

/** Claim what is free, go on with what is mine; another's is only looked at. The case's number is said with each. */
function actionOf({ language, row, me }: RowProps): JSX.Element {
  const task = `/desk/cases/${row.caseId}/tasks/${row.task}`;
  const number = <span class="away"> {codeText(language, printedCaseId(row.caseId))}</span>;
  if (row.assignee === null) {
    return (
      <ButtonForm action={href(language, `${task}/claim`)} hidden={{ key: randomUUID() }} weight="secondary">
        {words(language, 'list.claim')}
        {number}
      </ButtonForm>
    );
  }
  const isMine = row.assignee === me;
  return (
    <a href={href(language, isMine ? task : `/desk/cases/${row.caseId}`)}>
      {isMine ? fileWords(language, 'file.work') : say(language, 'action.show')}
      {number}
    </a>
  );
}
