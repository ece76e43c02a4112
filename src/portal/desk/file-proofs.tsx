// What came out of a case and what proves it: documents, events with who did them, incidents, the case's standing in the ledger.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Role } from '#cases/types.ts';
import type { Standing } from '#work/receipt.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { ButtonLink, Actions } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { SummaryList, Timeline } from '#portal/ui/case-parts.tsx';
import type { TimelineItem } from '#portal/ui/case-parts.tsx';
import { wordsOf } from '#portal/ui/form.tsx';
import { dateTimeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Notice, Tag } from '#portal/ui/parts.tsx';
import { Code, JalaliTime, UserText } from '#portal/ui/show.tsx';
import { say } from '#portal/ui/words.ts';
import { words as fileWords } from './file-words.ts';

type Props = { readonly language: Language; readonly file: CaseFile };

export function Documents({ language, file }: Props): JSX.Element | null {
  const { documents } = file.state;
  if (documents.length === 0) return null;
  return (
    <Section title={fileWords(language, 'file.documents')} id="documents">
      {documents.map((one) => (
        <div key={one.code}>
          <SummaryList
            language={language}
            rows={[
              { label: fileWords(language, 'file.number'), value: <Code language={language} code={one.number} /> },
              { label: fileWords(language, 'file.issued'), value: <JalaliTime language={language} at={one.issuedAt} /> },
              {
                label: say(language, 'case.status'),
                value: <Tag tone={one.status === 'valid' ? 'success' : 'danger'}>{say(language, `document.${one.status}`)}</Tag>,
              },
            ]}
          />
          <Actions>
            <ButtonLink href={href(language, `/cases/${file.id}/documents/${one.code}`)} weight="secondary">
              {fileWords(language, 'file.download')}
            </ButtonLink>
            <ButtonLink href={href(language, `/verify/${one.code}`)} weight="quiet">
              {say(language, 'nav.verify')}
            </ButtonLink>
            {file.mayRevoke && one.status === 'valid' && (
              <ButtonLink href={href(language, `/desk/cases/${file.id}/documents/${one.code}/revoke`)} weight="danger">
                {fileWords(language, 'revoke.open')}
              </ButtonLink>
            )}
          </Actions>
        </div>
      ))}
    </Section>
  );
}

export function Incidents({ language, file }: Props): JSX.Element | null {
  if (file.incidents.length === 0) return null;
  return (
    <Section title={fileWords(language, 'file.incidents')} id="incidents">
      <Notice language={language} tone="danger" title={fileWords(language, 'file.incidents-lead')}>
        <ul>
          {file.incidents.map((one) => (
            <li key={one.id}>
              <bdi>{one.element}</bdi>, <JalaliTime language={language} at={one.at} shape="short" />:{' '}
              <UserText>{one.reason}</UserText>
            </li>
          ))}
        </ul>
      </Notice>
    </Section>
  );
}

/** Names stand here and nowhere an applicant reads. */
export function History({ language, file }: Props): JSX.Element {
  const items = file.timeline.map((entry): TimelineItem => {
    const decision = entry.decision === undefined ? undefined : decisionText(language, file, entry.decision);
    const notes = [entry.personName?.[language], decision].filter(Boolean).join(language === 'fa' ? '؛ ' : '; ');
    return {
      title: `${say(language, `event.${entry.what}`)}${entry.step ? `: ${entry.step[language]}` : ''}`,
      state: 'done',
      at: entry.at,
      role: entry.role as Role,
      ...(entry.unitName ? { unit: entry.unitName[language] } : {}),
      note: (
        <>
          {notes !== '' && <bdi>{notes}</bdi>}
          {entry.reason !== undefined && (
            <p>
              <UserText>{entry.reason}</UserText>
            </p>
          )}
        </>
      ),
    };
  });
  return (
    <Section title={fileWords(language, 'file.history')} id="history">
      <Timeline language={language} items={items} />
    </Section>
  );
}

/** A decision in the words of the form that offered it. */
function decisionText(language: Language, { package: pkg }: CaseFile, decision: string): string {
  const option = Object.values(pkg.forms)
    .flatMap((form) => form.pages.flatMap((page) => page.fields))
    .filter((field) => field.key === 'decision')
    .flatMap((field) => field.options ?? [])
    .find((one) => one.value === decision);
  return option ? wordsOf(pkg.texts, language, option.label) : decision;
}

export function Integrity({ language, file, standing }: Props & { readonly standing: Standing }): JSX.Element {
  const { placed, last = 0, checkpoint } = standing;
  const all = placed >= file.seq;
  const rows = [
    { label: fileWords(language, 'file.events'), value: numberText(language, file.seq) },
    {
      label: fileWords(language, 'file.placed'),
      value: all
        ? fileWords(language, 'file.placed-all', { count: file.seq, last })
        : fileWords(language, 'file.placed-some', { placed, count: file.seq }),
    },
    ...(checkpoint
      ? [
          {
            label: fileWords(language, 'file.checkpoint'),
            value: fileWords(language, 'file.checkpoint-of', {
              size: checkpoint.size,
              at: dateTimeText(language, checkpoint.at),
            }),
          },
        ]
      : []),
  ];
  return (
    <Section title={fileWords(language, 'file.integrity')} id="integrity">
      <SummaryList language={language} rows={rows} />
      {file.state.submittedAt !== undefined && (
        <p>
          <a href={href(language, `/cases/${file.id}/receipt`)}>{fileWords(language, 'file.receipt')}</a>
        </p>
      )}
    </Section>
  );
}
