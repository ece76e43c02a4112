// Pieces that both sides' pages of a contract share: its text, who signed, signing, ending it.
import type { JSX } from 'preact';
import { plusMillis } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import type { AgreementState, Terms } from '#inquiries/agreement-types.ts';
import type { TermsSignature } from '#inquiries/types.ts';
import type { ContractRow, ContractView } from '#work/views/contracts.ts';
import { Key } from '#portal/compose-page.tsx';
import { Actions, Button, HiddenInputs } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { dateText, dateTimeText, durationText } from '#portal/ui/format.ts';
import { TextArea } from '#portal/ui/inputs.tsx';
import { Heading, Notice, Tag } from '#portal/ui/parts.tsx';
import type { Tone } from '#portal/ui/parts.tsx';
import { JalaliTime, UserText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import type { Errors } from './again.ts';
import { words } from './words.ts';

type Shown = { readonly language: Language; readonly view: ContractView };

const TONES: { readonly [status in ContractRow['status']]: Tone } = {
  draft: 'warning',
  'in-force': 'success',
  'not-begun': 'info',
  ended: 'neutral',
  revoked: 'danger',
};

export function contractTitle(language: Language, { terms }: Shown['view']): string {
  return `${terms.organisation.name[language]}: ${terms.purpose[language]}`;
}

/** What both sides see of a contract first: whether something was just done, its name, how it stands, its text. */
export function ContractHead({ language, view, isDone }: Shown & { readonly isDone: boolean }): JSX.Element {
  return (
    <>
      {isDone && <Notice language={language} tone="success" title={words(language, 'done')} live />}
      <Heading title={contractTitle(language, view)} />
      <p>
        <ContractTag language={language} row={view} />
      </p>
      <ContractText language={language} view={view} />
    </>
  );
}

export function ContractTag({ language, row }: { readonly language: Language; readonly row: ContractRow }): JSX.Element {
  return (
    <>
      <Tag tone={TONES[row.status]}>{words(language, `status.${row.status}`)}</Tag>
      {row.state.draft && row.status !== 'draft' && <Tag tone="warning">{words(language, 'status.draft')}</Tag>}
    </>
  );
}

/** For machines, as it is: Latin, left to right, broken where the line ends. */
export function LongCode({ text }: { readonly text: string }): JSX.Element {
  return (
    <code dir="ltr" class="long-code">
      {text}
    </code>
  );
}

export function personName({ language, view }: Shown, id: string): string {
  return view.people.find((one) => one.id === id)?.name[language] ?? id;
}

/** The version in force with its signatures, and the draft that is to follow it. */
function ContractText({ language, view }: Shown): JSX.Element {
  const { current, draft, revoked } = view.state;
  return (
    <>
      {revoked && current && (
        <Notice
          language={language}
          tone="warning"
          title={words(language, 'revoke.was', {
            date: dateTimeText(language, revoked.at),
            side: words(language, `side.${revoked.side}`),
            reason: revoked.reason,
          })}
        />
      )}
      {current && (
        <Section title={words(language, 'terms.title')} id="terms">
          <TermsList language={language} view={view} terms={current.terms} />
          <h3>{words(language, 'sign.title')}</h3>
          <Signatures language={language} view={view} signatures={current.signatures} />
        </Section>
      )}
      {draft && (
        <Section title={words(language, current ? 'terms.draft' : 'terms.title')} id="draft">
          {current && <p>{words(language, 'terms.draft-lead')}</p>}
          <p>
            {words(language, 'draft.by', {
              person: personName({ language, view }, draft.drafter),
              date: dateTimeText(language, draft.at),
            })}
          </p>
          <TermsList language={language} view={view} terms={draft.terms} />
          <h3>{words(language, 'sign.title')}</h3>
          <Signatures language={language} view={view} signatures={draft.signatures} />
        </Section>
      )}
    </>
  );
}

function TermsList({ language, view, terms }: Shown & { readonly terms: Terms }): JSX.Element {
  const { organisation, purpose, legal, ratePerMinute, visibility, from, until, persons } = terms;
  return (
    <SummaryList
      language={language}
      rows={[
        { label: words(language, 'terms.id'), value: <LongCode text={terms.id} /> },
        { label: words(language, 'terms.organisation'), value: organisation.name[language] },
        { label: words(language, 'terms.purpose'), value: <UserText>{purpose[language]}</UserText> },
        { label: words(language, 'terms.legal'), value: <UserText>{legal[language]}</UserText> },
        { label: words(language, 'terms.types'), value: <TypeList language={language} view={view} types={terms.types} /> },
        { label: words(language, 'terms.rate'), value: words(language, 'terms.rate-value', { rate: ratePerMinute }) },
        {
          label: words(language, 'terms.visibility'),
          value: isObject(visibility)
            ? words(language, 'terms.visibility-after', { time: durationText(language, String(visibility['after'])) })
            : words(language, `terms.visibility-${visibility === 'now' ? 'now' : 'court'}`),
        },
        {
          label: words(language, 'terms.validity'),
          value: words(language, 'terms.validity-value', {
            from: dateText(language, from),
            // It ends with a day, and so at the beginning of the next.
            until: dateText(language, plusMillis(until, -1)),
          }),
        },
        {
          label: words(language, 'terms.persons'),
          value: persons.map((one) => personName({ language, view }, one)).join(language === 'fa' ? '، ' : ', '),
        },
      ]}
    />
  );
}

function TypeList({ language, view, types }: Shown & { readonly types: Terms['types'] }): JSX.Element {
  return (
    <ul>
      {Object.entries(types).map(([id, { fields }]) => {
        const known = view.types.find((one) => one.type.id === id);
        const titles = fields.map((name) => known?.members.find((one) => one.name === name)?.title[language] ?? name);
        return (
          <li key={id}>
            {known?.type.title[language] ?? id}: {titles.join(language === 'fa' ? '، ' : ', ')}
          </li>
        );
      })}
    </ul>
  );
}

function Signatures({ language, view, signatures }: Shown & { readonly signatures: readonly TermsSignature[] }): JSX.Element {
  if (signatures.length === 0) return <p>{words(language, 'sign.none')}</p>;
  return (
    <Table
      language={language}
      caption={words(language, 'sign.title')}
      captionAway
      columns={[
        { key: 'side', label: words(language, 'sign.side') },
        { key: 'who', label: words(language, 'sign.who') },
        { key: 'when', label: words(language, 'sign.when') },
        { key: 'how', label: words(language, 'sign.how') },
      ]}
      rows={signatures.map((one) => ({
        key: one.side,
        cells: {
          side: words(language, `side.${one.side}`),
          who: personName({ language, view }, one.person),
          when: <JalaliTime language={language} at={one.at} shape="short" />,
          how: words(language, `how.${one.how}`),
        },
      }))}
    />
  );
}

export type FormProps = { readonly language: Language; readonly action: string; readonly errors: Errors };

export function SignForm({
  language,
  action,
  state,
}: Omit<FormProps, 'errors'> & { readonly state: AgreementState }): JSX.Element {
  return (
    <form method="post" action={action}>
      <Key />
      <HiddenInputs values={{ do: 'sign', hash: state.draft?.hash ?? '' }} />
      <p>{words(language, 'sign.lead')}</p>
      <Actions>
        <Button>{words(language, 'sign.do')}</Button>
      </Actions>
    </form>
  );
}

export function RevokeForm({ language, action, errors, reason }: FormProps & { readonly reason?: string }): JSX.Element {
  return (
    <Section title={words(language, 'revoke.title')} id="revoke">
      <p>{words(language, 'revoke.lead')}</p>
      <form method="post" action={action} novalidate>
        <Key />
        <HiddenInputs values={{ do: 'revoke' }} />
        <TextArea
          language={language}
          name="reason"
          label={words(language, 'revoke.reason')}
          value={reason}
          error={errors['reason']}
          maxLength={2000}
          rows={3}
        />
        <Actions>
          <Button weight="danger">{words(language, 'revoke.do')}</Button>
        </Actions>
      </form>
    </Section>
  );
}
