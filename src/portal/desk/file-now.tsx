// What is open in a case: my own tasks with what I may do, then everyone else's with why they are not mine. What may not be done is not offered.
import type { JSX } from 'preact';
import { randomUUID } from 'node:crypto';
import type { Instant } from '#base/instant.ts';
import type { Language } from '#base/text.ts';
import type { CaseFile, OpenTask } from '#work/views/case-file.ts';
import { Actions, ButtonForm, ButtonLink } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { who } from '#portal/ui/case-parts.tsx';
import { href } from '#portal/ui/href.ts';
import { Notice, Tag } from '#portal/ui/parts.tsx';
import { JalaliTime } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { DueText } from './due.tsx';
import { words as fileWords } from './file-words.ts';
import { refusalText } from './trouble.ts';
import { words } from './words.ts';

type NowProps = { readonly language: Language; readonly file: CaseFile; readonly now: Instant; readonly me: string };

export function Now({ language, file, now, me }: NowProps): JSX.Element {
  const mine = file.tasks.filter((task) => task.mine);
  const others = file.tasks.filter((task) => !task.mine);
  return (
    <Section title={fileWords(language, 'file.now')} id="now">
      {mine.length === 0 && <p>{fileWords(language, 'file.nothing')}</p>}
      {mine.map((task) => (
        <MyTask key={task.id} language={language} file={file} now={now} me={me} task={task} />
      ))}
      {others.length > 0 && <OthersTasks language={language} tasks={others} now={now} />}
    </Section>
  );
}

/** In words: an inquiry, a visit, or neither. */
export function KindTags({ language, task }: { readonly language: Language; readonly task: OpenTask }): JSX.Element {
  return (
    <>
      {task.inquiry !== undefined && <Tag tone="info">{words(language, 'inquiry')}</Tag>}
      {task.visit !== undefined && <Tag tone="info">{words(language, 'visit')}</Tag>}
    </>
  );
}

function MyTask({ language, file, now, me, task }: NowProps & { readonly task: OpenTask }): JSX.Element {
  const base = `/desk/cases/${file.id}/tasks/${task.id}`;
  const isHeld = task.assignee === me;
  return (
    <Notice language={language} tone="info" title={task.step[language]}>
      <p>
        {who(language, task.role as never, task.unitName?.[language])} <KindTags language={language} task={task} />
      </p>
      <p>
        {words(language, 'list.opened')} <JalaliTime language={language} at={task.openedAt} shape="short" />
        {task.due !== undefined && (
          <>
            {' · '}
            {words(language, 'list.task-due')} <DueText language={language} due={task.due} now={now} />
          </>
        )}
      </p>
      <p>{fileWords(language, isHeld ? 'file.yours' : 'file.free')}</p>
      <Actions>
        <ButtonLink href={href(language, base)}>{fileWords(language, 'file.work')}</ButtonLink>
        <ButtonForm
          action={href(language, `${base}/${isHeld ? 'release' : 'claim'}`)}
          hidden={{ key: randomUUID() }}
          weight={isHeld ? 'quiet' : 'secondary'}
        >
          {fileWords(language, isHeld ? 'file.release' : 'file.claim')}
        </ButtonForm>
      </Actions>
    </Notice>
  );
}

function OthersTasks({
  language,
  tasks,
  now,
}: {
  readonly language: Language;
  readonly tasks: readonly OpenTask[];
  readonly now: Instant;
}): JSX.Element {
  return (
    <Table
      language={language}
      caption={fileWords(language, 'file.others')}
      columns={[
        { key: 'step', label: words(language, 'list.step') },
        { key: 'who', label: words(language, 'list.holder') },
        { key: 'opened', label: words(language, 'list.opened') },
        { key: 'due', label: words(language, 'list.task-due') },
        { key: 'why', label: fileWords(language, 'file.why-not') },
      ]}
      rows={tasks.map((task) => ({
        key: task.id,
        cells: {
          step: (
            <span>
              {task.step[language]} <KindTags language={language} task={task} />
            </span>
          ),
          who: who(language, task.role as never, task.unitName?.[language]),
          opened: <JalaliTime language={language} at={task.openedAt} shape="short" />,
          due: task.due === undefined ? words(language, 'list.no-due') : <DueText language={language} due={task.due} now={now} />,
          why: whyNot(language, task),
        },
      }))}
    />
  );
}

/** The applicant's own tasks need no reason; another's name stands where they hold it. */
function whyNot(language: Language, task: OpenTask): string {
  if (task.role === 'applicant' || task.refusal === undefined) return '';
  const name = task.assigneeName?.[language];
  if (task.assignee !== undefined && name !== undefined) return fileWords(language, 'file.held', { name });
  // A step of another role is nobody's fault: it is not refused, it is simply not theirs.
  return task.refusal === 'not-permitted' ? fileWords(language, 'file.other-role') : refusalText(language, task.refusal);
}
