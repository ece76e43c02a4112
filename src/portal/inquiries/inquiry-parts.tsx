// An inquiry as its reader sees it: a row of a list, and its page's body: question, state, where it went, the answer with its source, what came late.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { InquiryView } from '#work/views/inquiries.ts';
import { Section } from '#portal/ui/cards.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { dateTimeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { Notice, Tag } from '#portal/ui/parts.tsx';
import { JalaliTime, UserText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { Outside } from './outside.tsx';
import { PlaceMap } from './place-map.tsx';
import { SchemaValue } from './schema-form.tsx';
import { Marks } from './unit-parts.tsx';
import { unitWords } from './unit-words.ts';
import { words } from './words.ts';

type InquiryTableProps = { readonly language: Language; readonly inquiries: readonly InquiryView[]; readonly to: string };

export function InquiryTable({ language, inquiries, to }: InquiryTableProps): JSX.Element {
  return (
    <Table
      language={language}
      caption={words(language, 'inbox.title')}
      captionAway
      columns={[
        { key: 'type', label: words(language, 'inbox.type') },
        { key: 'by', label: words(language, 'one.by') },
        { key: 'asked', label: words(language, 'one.asked') },
        { key: 'due', label: words(language, 'one.due') },
        { key: 'status', label: words(language, 'one.status') },
      ]}
      rows={inquiries.map((one) => ({
        key: one.id,
        cells: {
          type: <a href={href(language, `${to}/${one.id}`)}>{one.type.title[language]}</a>,
          by: (one.organisation ?? one.askerUnit)?.[language] ?? '',
          asked: <JalaliTime language={language} at={one.askedAt} shape="short" />,
          due: <JalaliTime language={language} at={one.due} shape="short" />,
          status: (
            <div>
              <Tag tone={one.status === 'answered' ? 'success' : 'info'}>{words(language, `status.${one.status}`)}</Tag>{' '}
              <Marks language={language} of={one} />
            </div>
          ),
        },
      }))}
    />
  );
}

/** What was asked, how it stands, and the answer with where it comes from. */
export function InquiryBody({ language, view }: { readonly language: Language; readonly view: InquiryView }): JSX.Element {
  const { type, status, answer } = view;
  const unit = view.unitName?.[language] ?? '';
  return (
    <>
      <SummaryList
        language={language}
        rows={[
          { label: words(language, 'one.status'), value: words(language, `status.${status}`) },
          { label: words(language, 'one.asked'), value: <JalaliTime language={language} at={view.askedAt} /> },
          { label: words(language, 'one.due'), value: <JalaliTime language={language} at={view.due} /> },
        ]}
      />
      <Section title={words(language, 'one.question')} id="question">
        <SchemaValue language={language} schema={type.question} value={view.question} />
      </Section>
      {view.place && <PlaceMap language={language} place={view.place} />}
      {status === 'waiting' && unit !== '' && (
        <Notice
          language={language}
          tone="info"
          title={words(language, 'one.waiting', { unit, date: dateTimeText(language, view.due) })}
        />
      )}
      <Outside language={language} view={view} />
      {status === 'silent' && <Notice language={language} tone="warning" title={words(language, 'one.silent')} />}
      {status === 'dead' && <Notice language={language} tone="warning" title={words(language, 'one.dead')} />}
      {view.escalatedAt !== undefined && status !== 'answered' && (
        <Notice
          language={language}
          tone="warning"
          title={unitWords(language, 'silence.escalated', { date: dateTimeText(language, view.escalatedAt) })}
        />
      )}
      <Trace language={language} view={view} />
      {answer && (
        <Section title={words(language, 'one.answer')} id="answer">
          {view.isLate && <Tag tone="warning">{unitWords(language, 'mark.late')}</Tag>}
          <SchemaValue language={language} schema={type.answer} value={answer.value} />
          <p>
            {words(language, 'one.source', {
              source: answer.provenance.source,
              date: dateTimeText(language, answer.provenance.asOf),
            })}
            {answer.provenance.reused !== undefined && ` · ${words(language, 'one.reused')}`}
            {answer.until !== undefined && ` · ${words(language, 'one.until', { date: dateTimeText(language, answer.until) })}`}
          </p>
        </Section>
      )}
      {view.late.map((one) => (
        <Section key={one.at} title={words(language, 'one.late')} id={`late-${one.at}`}>
          <SchemaValue language={language} schema={type.answer} value={one.value} />
        </Section>
      ))}
    </>
  );
}

/** Where it was forwarded, why and by whom as far as the reader may know. */
function Trace({ language, view }: { readonly language: Language; readonly view: InquiryView }): JSX.Element | null {
  if (view.forwarded.length === 0) return null;
  return (
    <Section title={unitWords(language, 'trace.title')} id="trace">
      <ol>
        {view.forwarded.map((one) => (
          <li key={one.at}>
            {unitWords(language, 'trace.step', {
              date: dateTimeText(language, one.at),
              from: one.from[language],
              to: one.to[language],
            })}
            {one.by && ` ${unitWords(language, 'trace.by', { name: one.by[language] })}`}
            {one.reason !== undefined && (
              <>
                {': '}
                <UserText>{one.reason}</UserText>
              </>
            )}
          </li>
        ))}
      </ol>
      {view.returns > 0 && <p>{unitWords(language, 'trace.returns', { count: view.returns })}</p>}
    </Section>
  );
}
