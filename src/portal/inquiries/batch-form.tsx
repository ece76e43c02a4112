// The form of answering like questions together: the common answer once, and folded away for each inquiry where it differs. What was typed as answers.
import type { JSX } from 'preact';
import type { FieldFault } from '#base/refusal.ts';
import type { JsonObject } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import type { InquiryView } from '#work/views/inquiries.ts';
import { Key } from '#portal/compose-page.tsx';
import { textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { datePartNames } from '#portal/ui/date-input.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import type { PageError } from '#portal/ui/errors.tsx';
import { href } from '#portal/ui/href.ts';
import { Details } from '#portal/ui/parts.tsx';
import { UserText } from '#portal/ui/show.tsx';
import { errorsOf } from './again.ts';
import { lineOf, membersOf, SchemaFields, typedTexts, typedValue } from './schema-form.tsx';
import type { Member } from './schema-form.tsx';
import { unitWords } from './unit-words.ts';
import { words } from './words.ts';

type Body = PageRequest['body'];

/** In a row: this inquiry has no answer in this point. */
const NONE = '-';

function rowField(id: string, member: string): string {
  return `r-${id}-${member}`;
}

/** The answer of one inquiry: the common one, with what its row says otherwise. */
export function answerIn(members: readonly Member[], body: Body, id: string): JsonObject {
  const own = members.flatMap((member) => {
    const text = textOf(body, rowField(id, member.name)).trim();
    const names = namesOf(member);
    if (text === '') return names.map((name) => [name, textOf(body, name)] as const);
    // A day in a row is one box: 1405/9/3.
    const parts = text === NONE ? [] : member.kind === 'date' ? text.split(/[-/]/) : [text];
    return names.map((name, at) => [name, parts[at] ?? ''] as const);
  });
  return typedValue(members, Object.fromEntries(own));
}

function namesOf({ name, kind }: Member): readonly string[] {
  if (kind !== 'date') return [`m-${name}`];
  const { year, month, day } = datePartNames(`m-${name}`);
  return [year, month, day];
}

/** Faults beside the common field where the row says nothing of its own, else beside the row's. */
export type BatchErrors = {
  readonly common: { readonly [member: string]: string };
  readonly rows: { readonly [field: string]: string };
  readonly listed: readonly PageError[];
};

export function batchErrors(
  language: Language,
  body: Body,
  faults: ReadonlyMap<string, readonly FieldFault[]>,
  views: readonly InquiryView[],
): BatchErrors {
  const common: { [member: string]: string } = {};
  const rows: { [field: string]: string } = {};
  const listed: PageError[] = [];
  for (const view of views) {
    for (const [member, message] of Object.entries(errorsOf(language, faults.get(view.id) ?? []))) {
      const field = rowField(view.id, member);
      const isOwn = textOf(body, field).trim() !== '';
      if (isOwn) {
        rows[field] = message;
        const question = lineOf(language, view.type.question, view.question);
        listed.push({ message: unitWords(language, 'batch.row-wrong', { question, message }), field: fieldId(field) });
      } else if (common[member] === undefined) {
        common[member] = message;
        listed.push({ message, field: fieldId(`m-${member}`) });
      }
    }
  }
  return { common, rows, listed };
}

export type BatchFormProps = {
  readonly language: Language;
  readonly views: readonly InquiryView[];
  readonly body: Body;
  readonly errors: BatchErrors | undefined;
};

export function BatchForm({ language, views, body, errors }: BatchFormProps): JSX.Element {
  const members = membersOf(views[0]?.type.answer ?? {}, language);
  return (
    <form method="post" action={href(language, '/desk/inquiries/batch')} novalidate>
      <Key />
      {views.map((one) => (
        <input key={one.id} type="hidden" name="id" value={one.id} />
      ))}
      <Section title={unitWords(language, 'batch.common')} id="common">
        <SchemaFields language={language} members={members} typed={typedTexts(members, body)} errors={errors?.common ?? {}} />
      </Section>
      <Section title={unitWords(language, 'batch.rows')} id="rows">
        <p class="hint">{unitWords(language, 'batch.rows-hint')}</p>
        {views.map((view) => (
          <OwnFields key={view.id} language={language} view={view} members={members} of={{ body, errors }} />
        ))}
      </Section>
      <Actions>
        <Button name="do" value="see">
          {unitWords(language, 'batch.see')}
        </Button>
      </Actions>
    </form>
  );
}

type OwnFieldsProps = {
  readonly language: Language;
  readonly view: InquiryView;
  readonly members: readonly Member[];
  readonly of: Pick<BatchFormProps, 'body' | 'errors'>;
};

/** Folded away unless something stands in it: most rows have the common answer. */
function OwnFields({ language, view, members, of: { body, errors } }: OwnFieldsProps): JSX.Element {
  const question = lineOf(language, view.type.question, view.question);
  const isOpen = members.some(({ name }) => textOf(body, rowField(view.id, name)).trim() !== '');
  return (
    <Details summary={<UserText>{question}</UserText>} open={isOpen}>
      {members.map((member) => {
        const name = rowField(view.id, member.name);
        const of = { member, name, value: textOf(body, name), error: errors?.rows[name] };
        return <RowField key={name} language={language} of={of} />;
      })}
    </Details>
  );
}

type RowFieldOf = {
  readonly member: Member;
  readonly name: string;
  readonly value: string;
  readonly error: string | undefined;
};

function RowField({ language, of }: { readonly language: Language; readonly of: RowFieldOf }): JSX.Element {
  const { member, name, value, error } = of;
  const id = fieldId(name);
  const shared = {
    id,
    name,
    class: 'input full',
    'aria-invalid': error === undefined ? undefined : true,
    'aria-describedby': error === undefined ? undefined : `${id}-error`,
  };
  const choices =
    member.kind === 'truth'
      ? [
          { value: 'true', label: words(language, 'yes') },
          { value: 'false', label: words(language, 'no') },
        ]
      : member.choices;
  return (
    <div class={error === undefined ? 'field' : 'field wrong'}>
      <label class="label" for={id}>
        {member.label}
        {member.kind === 'date' && <span class="hint"> {unitWords(language, 'batch.day')}</span>}
      </label>
      {error !== undefined && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {choices.length > 0 ? (
        <select {...shared}>
          <option value="">{unitWords(language, 'batch.same')}</option>
          {choices.map((one) => (
            <option key={one.value} value={one.value} selected={one.value === value}>
              {one.label}
            </option>
          ))}
          {!member.isRequired && (
            <option value={NONE} selected={value === NONE}>
              {NONE}
            </option>
          )}
        </select>
      ) : (
        <input {...shared} type="text" dir="auto" placeholder=" " value={value} />
      )}
    </div>
  );
}
