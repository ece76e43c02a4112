// The tracking page's body: expected of you first, then where the case is and how it got there, then money, documents and proofs.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Role } from '#cases/types.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { Fee, textIn } from '#portal/fee.tsx';
import { Actions, ButtonLink } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { StatusTag, SummaryList, Timeline } from '#portal/ui/case-parts.tsx';
import type { TimelineItem } from '#portal/ui/case-parts.tsx';
import { moneyText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { Heading, Notice, Panel, Tag } from '#portal/ui/parts.tsx';
import { CaseNumber, Code, JalaliDateText, JalaliTime, MoneyText, UserText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { say } from '#portal/ui/words.ts';
import { words } from './words.ts';

type Props = {
  readonly language: Language;
  readonly file: CaseFile;
  readonly query: Readonly<Record<string, string | undefined>>;
};

const OUTCOMES = ['paid', 'failed', 'abandoned', 'pending'] as const;

export function Tracking({ language, file, query }: Props): JSX.Element {
  const { state, package: pkg } = file;
  const outcome = OUTCOMES.find((one) => one === query['payment']);
  const isEnded = state.endedAt !== undefined;
  return (
    <>
      {query['submitted'] === '1' ? (
        <Panel title={words(language, 'done.title')}>
          <p>
            {words(language, 'done.number')}{' '}
            <strong>
              <CaseNumber language={language} id={file.id} />
            </strong>
          </p>
        </Panel>
      ) : (
        <Heading title={pkg.manifest.title[language]} caption={<CaseNumber language={language} id={file.id} />} />
      )}
      {query['submitted'] === '1' && <p>{words(language, 'done.next')}</p>}
      {outcome && (
        <Notice
          language={language}
          tone={outcome === 'paid' ? 'success' : 'warning'}
          title={words(language, `pay.${outcome}`)}
          live
        />
      )}
      <Expected language={language} file={file} />
      <SummaryList language={language} rows={facts(language, file)} />
      <Section title={words(language, 'case.timeline')} id="timeline">
        <Timeline language={language} items={timelineItems(language, file)} />
      </Section>
      {state.fee && (
        <Section title={say(language, 'fee.title')} id="fee">
          <Fee language={language} fee={state.fee} />
        </Section>
      )}
      {state.documents.length > 0 && <Documents language={language} file={file} />}
      {state.payments.some((one) => one.attempts.length > 0) && <Payments language={language} file={file} />}
      <Actions>
        {state.submittedAt !== undefined && (
          <ButtonLink href={href(language, `/cases/${file.id}/receipt`)} weight="secondary">
            {words(language, 'case.receipt')}
          </ButtonLink>
        )}
        {!isEnded && (
          <ButtonLink href={href(language, `/cases/${file.id}/withdraw`)} weight="quiet">
            {words(language, 'case.withdraw')}
          </ButtonLink>
        )}
      </Actions>
    </>
  );
}

/** What the applicant must do now, if anything: one banner, one button. */
function Expected({ language, file }: { readonly language: Language; readonly file: CaseFile }): JSX.Element | null {
  const correction = file.tasks.find((task) => task.role === 'applicant');
  const due = file.state.payments.find((one) => one.status === 'due');
  if (correction) {
    return (
      <Notice language={language} tone="warning" title={correction.step[language]}>
        <p>{words(language, 'case.paused-for')}</p>
        <ButtonLink href={href(language, `/cases/${file.id}/correct/${correction.id}`)}>
          {words(language, 'case.correct')}
        </ButtonLink>
      </Notice>
    );
  }
  if (due) {
    return (
      <Notice language={language} tone="warning" title={words(language, 'case.expected')}>
        <ButtonLink href={href(language, `/cases/${file.id}/pay/${due.id}`)}>
          {words(language, 'case.pay', { amount: moneyText(language, due.amount) })}
        </ButtonLink>
      </Notice>
    );
  }
  if (file.state.endedAt !== undefined) return null;
  return <p>{words(language, file.tasks.length > 0 ? 'case.nothing' : 'case.processing')}</p>;
}

function facts(language: Language, { state }: CaseFile) {
  const { clock } = state;
  return [
    { label: say(language, 'case.status'), value: <StatusTag language={language} status={state.status} /> },
    ...(state.reason === undefined || state.reason === ''
      ? []
      : [{ label: words(language, 'case.reason'), value: <UserText>{textIn(state.reason, language)}</UserText> }]),
    ...(state.submittedAt === undefined
      ? []
      : [{ label: say(language, 'case.submitted'), value: <JalaliTime language={language} at={state.submittedAt} /> }]),
    ...(clock?.state === 'running' && clock.due !== undefined
      ? [{ label: say(language, 'case.due'), value: <JalaliDateText language={language} at={clock.due} shape="full" /> }]
      : []),
    ...(clock?.state === 'paused' ? [{ label: say(language, 'case.due'), value: say(language, 'case.clock-paused') }] : []),
  ];
}

/** Past events as done, then every open step as what holds it now. */
function timelineItems(language: Language, file: CaseFile): readonly TimelineItem[] {
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

function Documents({ language, file }: { readonly language: Language; readonly file: CaseFile }): JSX.Element {
  return (
    <Section title={words(language, 'case.documents')} id="documents">
      {file.state.documents.map((one) => (
        <div key={one.code}>
          <p>
            {file.package.manifest.output?.title[language]} <Code language={language} code={one.number} />{' '}
            <Tag tone={one.status === 'valid' ? 'success' : 'danger'}>{say(language, `document.${one.status}`)}</Tag>
          </p>
          <Actions>
            <ButtonLink href={href(language, `/cases/${file.id}/documents/${one.code}`)}>
              {words(language, 'case.download')}
            </ButtonLink>
            <ButtonLink href={href(language, `/verify/${one.code}`)} weight="secondary">
              {words(language, 'case.verify')}
            </ButtonLink>
          </Actions>
        </div>
      ))}
    </Section>
  );
}

function Payments({ language, file }: { readonly language: Language; readonly file: CaseFile }): JSX.Element {
  const attempts = file.state.payments.flatMap((payment) => payment.attempts.map((one) => ({ ...one, amount: payment.amount })));
  return (
    <Section title={words(language, 'case.payments')} id="payments">
      <Table
        language={language}
        caption={words(language, 'case.payments')}
        captionAway
        columns={[
          { key: 'at', label: words(language, 'pay.at') },
          { key: 'amount', label: say(language, 'fee.amount'), number: true },
          { key: 'result', label: say(language, 'case.status') },
          { key: 'reference', label: words(language, 'pay.reference') },
        ]}
        rows={attempts.map((one) => ({
          key: one.id,
          cells: {
            at: <JalaliTime language={language} at={one.startedAt} shape="short" />,
            amount: <MoneyText language={language} amount={one.amount} />,
            result: words(language, `pay.attempt.${one.result}`),
            reference: one.reference === undefined ? '—' : <bdi>{one.reference}</bdi>,
          },
        }))}
      />
    </Section>
  );
}
