// What a dispute looks like to both sides: what was held, what is claimed, why, and how it stands.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Role } from '#cases/types.ts';
import type { DisputeView } from '#work/views/own-data.ts';
import { Section } from '#portal/ui/cards.tsx';
import { SummaryList, Timeline } from '#portal/ui/case-parts.tsx';
import type { SummaryRow } from '#portal/ui/case-parts.tsx';
import { sizeText } from '#portal/ui/format.ts';
import { Tag } from '#portal/ui/parts.tsx';
import type { Tone } from '#portal/ui/parts.tsx';
import { JalaliDateText, UserText } from '#portal/ui/show.tsx';
import { sourceText } from './known.tsx';
import { DataValue } from './value.tsx';
import { words } from './words.ts';

type Status = DisputeView['state']['status'];
const TONES: Readonly<Record<Status, Tone>> = { open: 'info', accepted: 'success', refused: 'danger', withdrawn: 'neutral' };

export function StatusOf({ language, status }: { readonly language: Language; readonly status: Status }): JSX.Element {
  return <Tag tone={TONES[status]}>{words(language, `dispute.status.${status}`)}</Tag>;
}

type BodyProps = {
  readonly language: Language;
  readonly view: DisputeView;
  /** Where the file of the evidence is opened. */
  readonly evidence: string;
};

export function DisputeBody({ language, view, evidence }: BodyProps): JSX.Element {
  return (
    <>
      <SummaryList language={language} rows={[...claimRows({ language, view, evidence }), ...answerRows(language, view)]} />
      <Section title={words(language, 'dispute.history')} id="history">
        <Timeline language={language} items={view.events.map((one) => eventItem(language, one))} />
      </Section>
    </>
  );
}

function claimRows({ language, view: { state, type, source }, evidence }: BodyProps): readonly SummaryRow[] {
  const held = (
    <>
      <DataValue language={language} type={type} value={state.held.value} />
      <p class="hint">{sourceText(language, source)}</p>
    </>
  );
  const claimed = (
    <strong>
      <DataValue language={language} type={type} value={state.claimed} />
    </strong>
  );
  const file = state.evidence && (
    <>
      <a href={evidence}>
        <bdi>{state.evidence.name}</bdi>
      </a>{' '}
      <span class="soft">({sizeText(language, state.evidence.size)})</span>
    </>
  );
  return [
    { label: words(language, 'dispute.status'), value: <StatusOf language={language} status={state.status} /> },
    { label: words(language, 'dispute.held'), value: held },
    { label: words(language, 'dispute.claimed'), value: claimed },
    { label: words(language, 'dispute.reason'), value: <UserText>{state.reason}</UserText> },
    ...(file ? [{ label: words(language, 'dispute.evidence'), value: file }] : []),
  ];
}

function answerRows(language: Language, { state, unitName }: DisputeView): readonly SummaryRow[] {
  const { decision } = state;
  return [
    { label: words(language, 'dispute.unit'), value: unitName[language] },
    { label: words(language, 'dispute.due'), value: <Due language={language} state={state} shape="full" /> },
    ...(decision && decision.reason !== ''
      ? [{ label: words(language, 'dispute.answer'), value: <UserText>{decision.reason}</UserText> }]
      : []),
  ];
}

type DueProps = { readonly language: Language; readonly state: DisputeView['state']; readonly shape: 'short' | 'full' };

export function Due({ language, state, shape }: DueProps): JSX.Element {
  const isOver = state.status === 'open' && state.overdueAt !== undefined;
  return (
    <>
      <JalaliDateText language={language} at={state.due} shape={shape} />{' '}
      {isOver && <Tag tone="warning">{words(language, 'dispute.overdue')}</Tag>}
    </>
  );
}

type Event = DisputeView['events'][number];

const EVENTS = {
  DisputeOpened: 'event.DisputeOpened',
  DisputeAccepted: 'event.DisputeAccepted',
  DisputeRefused: 'event.DisputeRefused',
  DisputeWithdrawn: 'event.DisputeWithdrawn',
  DisputeOverdue: 'event.DisputeOverdue',
} as const satisfies { readonly [type in Event['type']]: string };

function eventItem(language: Language, { type, at, role, unitName }: Event) {
  return {
    title: words(language, EVENTS[type]),
    state: 'done' as const,
    at,
    role: role as Role,
    ...(unitName && { unit: unitName[language] }),
  };
}
