// What an organisation keeps of its contract: keys, webhook and test environment, each real and for tests; and what was sent to its system.
import type { JSX } from 'preact';
import { canonical } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import type { KeyUse } from '#inquiries/agreement-types.ts';
import type { ContractView } from '#work/views/contracts.ts';
import { Key } from '#portal/compose-page.tsx';
import { Actions, Button, HiddenInputs } from '#portal/ui/actions.tsx';
import { TextArea, TextInput } from '#portal/ui/inputs.tsx';
import { Notice } from '#portal/ui/parts.tsx';
import { JalaliTime } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import type { Errors } from './again.ts';
import { LongCode, personName } from './parts.tsx';
import { words } from './words.ts';

export type KeptProps = {
  readonly language: Language;
  readonly view: ContractView;
  readonly use: KeyUse;
  readonly action: string;
  readonly errors: Errors;
  readonly typed: { readonly [field: string]: string };
};

export function Keys({ language, view, use, action, errors, typed }: KeptProps): JSX.Element {
  const keys = view.state.keys[use];
  const name = `key-${use}`;
  return (
    <>
      {keys.length === 0 ? (
        <p>{words(language, 'keys.none')}</p>
      ) : (
        <Table
          language={language}
          caption={words(language, use === 'real' ? 'keys.title' : 'twin.keys')}
          captionAway
          columns={[
            { key: 'kid', label: words(language, 'keys.kid') },
            { key: 'kind', label: words(language, 'keys.kind') },
            { key: 'by', label: words(language, 'keys.by') },
            { key: 'when', label: words(language, 'keys.when') },
            { key: 'withdraw', label: words(language, 'keys.withdraw') },
          ]}
          rows={keys.map(({ jwk, by, at }) => ({
            key: String(jwk['kid']),
            cells: {
              kid: <LongCode text={String(jwk['kid'])} />,
              kind: <LongCode text={`${String(jwk['crv'] ?? jwk['kty'])} ${String(jwk['alg'])}`} />,
              by: personName({ language, view }, by),
              when: <JalaliTime language={language} at={at} shape="short" />,
              withdraw: <Withdraw language={language} use={use} action={action} kid={String(jwk['kid'])} />,
            },
          }))}
        />
      )}
      <form method="post" action={action} novalidate>
        <Key />
        <HiddenInputs values={{ do: 'register-key', use }} />
        <TextArea
          language={language}
          name={name}
          label={words(language, 'keys.new')}
          value={typed[name]}
          error={errors[name]}
          rows={4}
        />
        <Actions>
          <Button weight="secondary">{words(language, 'keys.do')}</Button>
        </Actions>
      </form>
    </>
  );
}

type WithdrawProps = Pick<KeptProps, 'language' | 'use' | 'action'> & { readonly kid: string };

function Withdraw({ language, use, action, kid }: WithdrawProps): JSX.Element {
  return (
    <form method="post" action={action} class="button-form">
      <Key />
      <HiddenInputs values={{ do: 'withdraw-key', use, kid }} />
      <Button weight="quiet">
        {words(language, 'keys.withdraw')}
        <span class="away"> {kid}</span>
      </Button>
    </form>
  );
}

/** `secret`: just made, shown this once. */
export function Hook({
  language,
  view,
  use,
  action,
  errors,
  typed,
  secret,
}: KeptProps & { readonly secret: string | undefined }): JSX.Element {
  const name = `url-${use}`;
  const now = view.hooks[use]?.url;
  return (
    <>
      <p>{words(language, 'hook.lead')}</p>
      {secret !== undefined && (
        <Notice language={language} tone="success" title={words(language, 'hook.secret-title')} live>
          <p>
            <LongCode text={secret} />
          </p>
          <p>{words(language, 'hook.secret-lead')}</p>
        </Notice>
      )}
      {now !== undefined && <p>{words(language, 'hook.now', { url: now })}</p>}
      <form method="post" action={action} novalidate>
        <Key />
        <HiddenInputs values={{ do: 'set-webhook', use }} />
        <TextInput
          language={language}
          name={name}
          label={words(language, 'hook.url')}
          value={typed[name] ?? now}
          error={errors[name]}
          content="code"
          maxLength={500}
        />
        <Actions>
          <Button weight="secondary">{words(language, 'hook.do')}</Button>
        </Actions>
      </form>
    </>
  );
}

export function Samples({ language, view }: Pick<KeptProps, 'language' | 'view'>): JSX.Element {
  const samples = view.types.flatMap(({ type, samples: all }) => all.map((one) => ({ type, ...one })));
  return (
    <Table
      language={language}
      caption={words(language, 'twin.samples')}
      columns={[
        { key: 'type', label: words(language, 'twin.type') },
        { key: 'question', label: words(language, 'twin.question') },
        { key: 'answer', label: words(language, 'twin.answer') },
      ]}
      rows={samples.map(({ type, title, question, answer, isLater }, index) => ({
        key: String(index),
        cells: {
          type: (
            <>
              <LongCode text={type.id} />
              <span class="soft"> {title[language]}</span>
            </>
          ),
          question: <LongCode text={canonical(question)} />,
          answer: (
            <>
              {isLater && <span class="soft">{words(language, answer ? 'twin.later' : 'twin.waiting')} </span>}
              {answer && <LongCode text={canonical(answer)} />}
            </>
          ),
        },
      }))}
    />
  );
}

export function Deliveries({ language, view, action }: Pick<KeptProps, 'language' | 'view' | 'action'>): JSX.Element {
  if (view.deliveries.length === 0) return <p>{words(language, 'deliveries.none')}</p>;
  return (
    <Table
      language={language}
      caption={words(language, 'deliveries.title')}
      captionAway
      columns={[
        { key: 'id', label: words(language, 'deliveries.id') },
        { key: 'when', label: words(language, 'deliveries.when') },
        { key: 'status', label: words(language, 'deliveries.status') },
        { key: 'last', label: words(language, 'deliveries.last') },
        { key: 'again', label: words(language, 'deliveries.again') },
      ]}
      rows={view.deliveries.map((one) => {
        const last = one.outcomes.at(-1);
        return {
          key: one.id,
          cells: {
            id: <LongCode text={one.id} />,
            when: <JalaliTime language={language} at={one.createdAt} shape="short" />,
            status: words(language, `deliveries.${one.status}`, { count: one.attempts }),
            last: last
              ? words(language, 'deliveries.outcome', { what: String(last.status ?? last.fault), millis: last.millis })
              : '',
            again: (
              <form method="post" action={action} class="button-form">
                <Key />
                <HiddenInputs values={{ do: 'resend', delivery: one.id }} />
                <Button weight="quiet">
                  {words(language, 'deliveries.again')}
                  <span class="away"> {one.id}</span>
                </Button>
              </form>
            ),
          },
        };
      })}
    />
  );
}
