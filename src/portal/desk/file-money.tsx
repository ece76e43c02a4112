// What a case owes and why: fee lines, payments with their attempts, and every rule that hit, with its inputs and what it rests on.
import type { JSX } from 'preact';
import type { Json } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { Fee, textIn } from '#portal/fee.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { codeText } from '#portal/ui/format.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { JalaliTime, MoneyText } from '#portal/ui/show.tsx';
import { Tag } from '#portal/ui/parts.tsx';
import { Table } from '#portal/ui/table.tsx';
import { say } from '#portal/ui/words.ts';
import { words as fileWords } from './file-words.ts';
import { valueText } from './values.ts';

type Props = { readonly language: Language; readonly file: CaseFile };

export function Fees({ language, file }: Props): JSX.Element | null {
  const { fee } = file.state;
  if (!fee) return null;
  return (
    <Section title={say(language, 'fee.title')} id="fee">
      <Fee language={language} fee={fee} of={file} />
    </Section>
  );
}

const TONE = { due: 'warning', paid: 'success', cancelled: 'neutral' } as const;

export function Payments({ language, file }: Props): JSX.Element | null {
  const { payments } = file.state;
  if (payments.length === 0) return null;
  return (
    <Section title={fileWords(language, 'file.payments')} id="payments">
      {payments.map((payment) => (
        <div key={payment.id}>
          <p>
            <MoneyText language={language} amount={payment.amount} />{' '}
            <Tag tone={TONE[payment.status]}>{say(language, `payment.${payment.status}`)}</Tag>
          </p>
          {payment.attempts.length === 0 ? (
            <p class="soft">{fileWords(language, 'file.no-attempt')}</p>
          ) : (
            <Attempts language={language} attempts={payment.attempts} />
          )}
        </div>
      ))}
    </Section>
  );
}

type Attempt = CaseFile['state']['payments'][number]['attempts'][number];

function Attempts({ language, attempts }: { readonly language: Language; readonly attempts: readonly Attempt[] }): JSX.Element {
  return (
    <Table
      language={language}
      caption={fileWords(language, 'file.payments')}
      captionAway
      columns={[
        { key: 'at', label: fileWords(language, 'file.attempt') },
        { key: 'result', label: say(language, 'case.status') },
        { key: 'reference', label: fileWords(language, 'file.reference') },
      ]}
      rows={attempts.map((one) => ({
        key: one.id,
        cells: {
          at: <JalaliTime language={language} at={one.startedAt} shape="short" />,
          result: fileWords(language, `attempt.${one.result}`),
          reference: one.reference === undefined ? '—' : <bdi dir="ltr">{one.reference}</bdi>,
        },
      }))}
    />
  );
}

/** Decision tables number their rules from 1, as a modeler shows them: what stands here can be looked up there. */
export function Rules({ language, file }: Props): JSX.Element | null {
  const hits = file.decisions.flatMap((one) => one.hits.map((hit) => ({ hit, at: one.at })));
  if (hits.length === 0) return null;
  return (
    <Section title={fileWords(language, 'file.rules')} id="rules">
      <p>{fileWords(language, 'file.rules-lead')}</p>
      <Table
        language={language}
        caption={fileWords(language, 'file.rules')}
        captionAway
        columns={[
          { key: 'rule', label: fileWords(language, 'file.rule') },
          { key: 'inputs', label: fileWords(language, 'file.inputs') },
          { key: 'outputs', label: fileWords(language, 'file.outputs') },
          { key: 'citation', label: fileWords(language, 'file.citation') },
        ]}
        rows={hits.map(({ hit }, index) => ({
          key: String(index),
          cells: {
            rule: fileWords(language, 'file.rule-of', { decision: hit.decision, rule: numberText(language, hit.rule) }),
            inputs: (
              <Pairs
                language={language}
                pairs={hit.inputs.map((one) => [one.expression, one.value as Json | undefined] as const)}
              />
            ),
            outputs: <Pairs language={language} pairs={Object.entries(hit.outputs as { readonly [name: string]: Json })} />,
            citation: <Basis language={language} annotations={hit.annotations} />,
          },
        }))}
      />
    </Section>
  );
}

/** `landArea = 180`: names and values as the model writes them, left to right whatever the page. */
function Pairs({
  language,
  pairs,
}: {
  readonly language: Language;
  readonly pairs: readonly (readonly [string, Json | undefined])[];
}): JSX.Element {
  return (
    <>
      {pairs.map(([name, value], index) => (
        <span class="pair" key={index}>
          <bdi dir="ltr">
            <span lang="en">{name}</span> = <bdi>{valueText(language, value)}</bdi>
          </bdi>
        </span>
      ))}
    </>
  );
}

/** The act a rule rests on, and since when it holds: annotation columns of the table. */
function Basis({
  language,
  annotations,
}: {
  readonly language: Language;
  readonly annotations: { readonly [name: string]: string };
}): JSX.Element {
  const { citation, from, ...others } = annotations;
  const texts = [citation, ...Object.values(others)].filter((one) => one !== undefined && one !== '');
  return (
    <>
      {texts.map((one) => textIn(one, language)).join(' · ')}
      {from !== undefined && from !== '' && (
        <span class="pair soft">{fileWords(language, 'file.from', { date: codeText(language, from.replaceAll('-', '/')) })}</span>
      )}
    </>
  );
}
