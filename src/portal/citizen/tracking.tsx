// The tracking page's body: expected of you first, then what came of it, where the case is and how it got there, then money and proofs.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Role } from '#cases/types.ts';
import type { Standing } from '#work/receipt.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { Fee, textIn } from '#portal/fee.tsx';
import { Actions, ButtonLink } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { StatusTag, SummaryList, Timeline, who } from '#portal/ui/case-parts.tsx';
import type { SummaryRow } from '#portal/ui/case-parts.tsx';
import { moneyText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { Heading, Notice, Panel } from '#portal/ui/parts.tsx';
import { CaseNumber, JalaliDateText, JalaliTime, UserText } from '#portal/ui/show.tsx';
import { say } from '#portal/ui/words.ts';
import { timelineItems } from './timeline.tsx';
import { Documents, Payments, Proof, Submitted } from './tracking-parts.tsx';
import { words } from './words.ts';

export type TrackingProps = {
  readonly language: Language;
  readonly file: CaseFile;
  readonly standing: Standing;
  readonly query: Readonly<Record<string, string | undefined>>;
};

export function Tracking({ language, file, standing, query }: TrackingProps): JSX.Element {
  const { state } = file;
  const outcome = outcomeOf(file, query['attempt']);
  return (
    <>
      <Opening language={language} file={file} submitted={query['submitted'] === '1'} />
      {outcome && (
        <Notice
          language={language}
          tone={outcome === 'paid' ? 'success' : 'warning'}
          title={words(language, `pay.${outcome}`)}
          live
        >
          {outcome === 'pending' && (
            <ButtonLink href={href(language, `/pay/${file.id}/${query['attempt']}`)} weight="secondary">
              {words(language, 'pay.ask')}
            </ButtonLink>
          )}
        </Notice>
      )}
      {outcome !== 'pending' && <Expected language={language} file={file} />}
      <Documents language={language} file={file} />
      <SummaryList language={language} rows={facts(language, file)} />
      <Section title={words(language, 'case.timeline')} id="timeline">
        <Timeline language={language} items={timelineItems(language, file)} />
      </Section>
      {state.fee && (
        <Section title={say(language, 'fee.title')} id="fee">
          <Fee language={language} fee={state.fee} of={file} />
        </Section>
      )}
      <Payments language={language} file={file} />
      <Submitted language={language} file={file} />
      <Proof language={language} file={file} standing={standing} />
      {state.endedAt === undefined && (
        <Actions>
          <ButtonLink href={href(language, `/cases/${file.id}/withdraw`)} weight="quiet">
            {words(language, 'case.withdraw')}
          </ButtonLink>
        </Actions>
      )}
    </>
  );
}

/** Right after submitting, the number is the heading. */
function Opening({
  language,
  file,
  submitted,
}: {
  readonly language: Language;
  readonly file: CaseFile;
  readonly submitted: boolean;
}): JSX.Element {
  const number = <CaseNumber language={language} id={file.id} />;
  const title = file.package.manifest.title[language];
  if (!submitted) return <Heading title={title} caption={number} />;
  return (
    <>
      <Panel title={words(language, 'done.title')}>
        <p>
          {words(language, 'done.number')} <strong>{number}</strong>
        </p>
      </Panel>
      <h2>{title}</h2>
      <p>{words(language, 'done.next')}</p>
      <p>
        <a href={href(language, `/cases/${file.id}/receipt`)}>{words(language, 'case.receipt')}</a>
      </p>
    </>
  );
}

/** What became of an attempt, as the case knows it now: an old address never says "failed" of what was paid since. */
export function outcomeOf(
  { state }: Pick<CaseFile, 'state'>,
  attempt: string | undefined,
): 'paid' | 'failed' | 'abandoned' | 'pending' | undefined {
  const payment = state.payments.find((one) => one.attempts.some((each) => each.id === attempt));
  if (payment?.status === 'paid') return 'paid';
  return payment?.attempts.find((one) => one.id === attempt)?.result;
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

function facts(language: Language, file: CaseFile): readonly SummaryRow[] {
  const { state, tasks } = file;
  const { clock } = state;
  const isPaused = clock?.state === 'paused';
  const pause = isPaused ? tasks.find((task) => task.pauses !== undefined) : undefined;
  const since = clock?.pauses.at(-1)?.from;
  return [
    { label: say(language, 'case.status'), value: <StatusTag language={language} status={state.status} /> },
    ...(state.reason === undefined || state.reason === ''
      ? []
      : [{ label: words(language, 'case.reason'), value: <UserText>{textIn(state.reason, language)}</UserText> }]),
    ...(state.submittedAt === undefined
      ? []
      : [{ label: say(language, 'case.submitted'), value: <JalaliTime language={language} at={state.submittedAt} /> }]),
    ...(tasks.length === 0 ? [] : [{ label: say(language, 'case.holder'), value: <Holders language={language} file={file} /> }]),
    ...(clock?.state === 'running' && clock.due !== undefined
      ? [{ label: say(language, 'case.due'), value: <JalaliDateText language={language} at={clock.due} shape="full" /> }]
      : []),
    ...(isPaused
      ? [
          {
            label: say(language, 'case.due'),
            value: (
              <>
                {pause ? words(language, 'case.paused-why', { step: pause.step[language] }) : say(language, 'case.clock-paused')}{' '}
                {since !== undefined && <Since language={language} at={since} />}
              </>
            ),
          },
        ]
      : []),
  ];
}

/** Who holds the case, each by role and unit, and since when. */
function Holders({ language, file }: { readonly language: Language; readonly file: CaseFile }): JSX.Element {
  return (
    <>
      {file.tasks.map((task) => (
        <div key={task.id}>
          {who(language, task.role as Role | 'applicant', task.unitName?.[language])}{' '}
          <Since language={language} at={task.openedAt} />
        </div>
      ))}
    </>
  );
}

function Since({ language, at }: { readonly language: Language; readonly at: CaseFile['state']['openedAt'] }): JSX.Element {
  return (
    <span class="soft">
      ({say(language, 'case.since')} <JalaliTime language={language} at={at} />)
    </span>
  );
}
