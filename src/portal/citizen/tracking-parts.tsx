// Parts of the tracking page that stand below the story: what was submitted, documents, payments, and the case's standing in the ledger.
import type { JSX } from 'preact';
import { isObject } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import type { Standing } from '#work/receipt.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { applicationForm } from '#work/views/draft.ts';
import { answerRows } from '#portal/answers.tsx';
import { WithOrigin } from '#portal/own-data/origin.tsx';
import { Actions, ButtonLink } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { dateTimeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { Details, Tag } from '#portal/ui/parts.tsx';
import { Code, JalaliDateText, JalaliTime, MoneyText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { say } from '#portal/ui/words.ts';
import { words } from './words.ts';

type Props = { readonly language: Language; readonly file: CaseFile };

/** The answers as they stand: corrections are in them. */
export function Submitted({ language, file }: Props): JSX.Element | null {
  const { application } = file.variables;
  if (!isObject(application)) return null;
  const { texts } = file.package;
  const form = applicationForm(file.package);
  const unanswered = form.pages
    .flatMap((one) => one.fields)
    .filter((field) => (field.hide ?? field.from ?? field.by) !== undefined && application[field.key] === undefined);
  const rows = answerRows(form, application, {
    language,
    texts,
    hidden: new Set(unanswered.map((field) => field.key)),
    fileHref: (id) => href(language, `/cases/${file.id}/files/${id}`),
  }).map(({ key, ...row }) => ({
    ...row,
    value: (
      <WithOrigin language={language} origin={file.origins?.get(key)}>
        {row.value}
      </WithOrigin>
    ),
  }));
  return (
    <Details summary={words(language, 'case.answers')}>
      <SummaryList language={language} rows={rows} />
    </Details>
  );
}

/** The receipt, and how much of the case is in the ledger by now. */
export function Proof({ language, file, standing }: Props & { readonly standing: Standing }): JSX.Element | null {
  if (file.state.submittedAt === undefined) return null;
  const { placed, last = 0, checkpoint } = standing;
  const isSealed = placed >= file.seq && checkpoint !== undefined && last < checkpoint.size;
  return (
    <Section title={words(language, 'proof.title')} id="proof">
      <p>
        {words(language, isSealed ? 'proof.sealed' : 'proof.placed', { placed, count: file.seq })}{' '}
        {checkpoint && words(language, 'proof.checkpoint', { size: checkpoint.size, at: dateTimeText(language, checkpoint.at) })}
      </p>
      <Actions>
        <ButtonLink href={href(language, `/cases/${file.id}/receipt`)} weight="secondary">
          {words(language, 'case.receipt')}
        </ButtonLink>
        <ButtonLink href={href(language, '/verify-receipt')} weight="quiet">
          {words(language, 'proof.check')}
        </ButtonLink>
      </Actions>
    </Section>
  );
}

export function Documents({ language, file }: Props): JSX.Element | null {
  if (file.state.documents.length === 0) return null;
  return (
    <Section title={words(language, 'case.documents')} id="documents">
      {file.state.documents.map((one) => (
        <div key={one.code}>
          <p>
            {file.package.manifest.output?.title[language]} <Code language={language} code={one.number} />{' '}
            <Tag tone={one.status === 'valid' ? 'success' : 'danger'}>{say(language, `document.${one.status}`)}</Tag>
          </p>
          <p class="soft">
            {words(language, 'document.issued')} <JalaliDateText language={language} at={one.issuedAt} />
            {one.validUntil !== undefined && (
              <>
                {' · '}
                {words(language, 'document.until')} <JalaliDateText language={language} at={one.validUntil} />
              </>
            )}
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

export function Payments({ language, file }: Props): JSX.Element | null {
  const attempts = file.state.payments.flatMap((payment) => payment.attempts.map((one) => ({ ...one, amount: payment.amount })));
  if (attempts.length === 0) return null;
  const isTwice = file.timeline.some((one) => one.what === 'RefundOwed');
  return (
    <Section title={words(language, 'case.payments')} id="payments">
      {isTwice && <p>{words(language, 'pay.refund')}</p>}
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
            result: (
              <>
                {words(language, `pay.attempt.${one.result}`)}{' '}
                {one.result === 'pending' && (
                  <a href={href(language, `/pay/${file.id}/${one.id}`)}>{words(language, 'pay.ask')}</a>
                )}
              </>
            ),
            reference: one.reference === undefined ? '—' : <bdi>{one.reference}</bdi>,
          },
        }))}
      />
    </Section>
  );
}
