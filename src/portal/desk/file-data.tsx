// What is known in a case: the application with its files, what registers said, what units answered. Each with its source.
import type { JSX } from 'preact';
import { isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import type { Field, Form } from '#forms/types.ts';
import type { CaseFile, TaskAnswer } from '#work/views/case-file.ts';
import { applicationForm } from '#work/views/draft.ts';
import { answerRows } from '#portal/answers.tsx';
import { textIn } from '#portal/fee.tsx';
import { WithOrigin } from '#portal/own-data/origin.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { SummaryList, who } from '#portal/ui/case-parts.tsx';
import { wordsOf } from '#portal/ui/form.tsx';
import { codeText, dateTimeText, sizeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Details, Tag } from '#portal/ui/parts.tsx';
import { UserText } from '#portal/ui/show.tsx';
import { words as fileWords } from './file-words.ts';
import { words } from './words.ts';

type Props = { readonly language: Language; readonly file: CaseFile };

/** The application as it stands: the process's variable, or the draft before there is one. */
export function applicationOf({ variables, state }: CaseFile): JsonObject {
  const { application } = variables;
  return isObject(application) ? application : state.draft;
}

export function Application({ language, file }: Props): JSX.Element {
  const { package: pkg } = file;
  const application = applicationOf(file);
  const form = applicationForm(pkg);
  const rows = answerRows(shownFields(form, application), application, { language, texts: pkg.texts }).map(({ key, ...row }) => ({
    ...row,
    value: (
      <WithOrigin language={language} origin={file.origins?.get(key)}>
        {row.value}
      </WithOrigin>
    ),
  }));
  return <SummaryList language={language} rows={rows} />;
}

/** A field that other answers hide has no answer: it is no row. */
function shownFields(form: Form, answers: JsonObject): Form {
  // Nor is one that a register could give and did not.
  const isShown = ({ key, hide, from, by }: Field): boolean => (hide ?? from ?? by) === undefined || answers[key] !== undefined;
  return {
    ...form,
    pages: form.pages.map((page) => ({ ...page, fields: page.fields.filter(isShown) })),
  };
}

/** Every file of the case under the label of the field it was given for. */
export function Attachments({ language, file }: Props): JSX.Element | null {
  const { files } = file.state;
  if (files.length === 0) return null;
  const { texts, forms } = file.package;
  const fields = Object.values(forms).flatMap((form) => form.pages.flatMap((page) => page.fields));
  const labelOf = (id: string): string | undefined => {
    const label = fields.find((field) => field.kind === 'file' && id.startsWith(`${field.key}-`))?.label;
    return label === undefined ? undefined : wordsOf(texts, language, label);
  };
  return (
    <>
      <h3>{fileWords(language, 'file.files')}</h3>
      <ul>
        {files.map((one) => (
          <li key={one.file}>
            {labelOf(one.file) !== undefined && `${labelOf(one.file)}: `}
            <a href={href(language, `/cases/${file.id}/files/${one.file}`)}>
              <bdi>{one.name}</bdi>
            </a>{' '}
            <span class="soft">({sizeText(language, one.size)})</span>
          </li>
        ))}
      </ul>
    </>
  );
}

export function Registers({ language, file }: Props): JSX.Element | null {
  if (file.registers.length === 0) return null;
  return (
    <Section title={fileWords(language, 'file.register')} id="register">
      {file.registers.map((one, index) => (
        <div key={index}>
          <p class="soft">
            {fileWords(language, 'file.source', { step: one.step[language], at: dateTimeText(language, one.at) })}
          </p>
          <SummaryList language={language} rows={recordRows(language, one.record)} />
        </div>
      ))}
    </Section>
  );
}

type WordKey = Parameters<typeof fileWords>[1];
const LABELS = [
  'renovationCode',
  'postalCode',
  'registrationPlate',
  'district',
  'address',
  'use',
  'landArea',
  'builtArea',
  'permittedArea',
  'floors',
  'units',
  'parkings',
  'regionalPrice',
  'buildingValue',
  'unpaidYears',
] as const satisfies readonly (WordKey extends `property.${infer Name}` ? Name : string)[];
const CODES: ReadonlySet<string> = new Set(['renovationCode', 'postalCode', 'registrationPlate', 'district']);
const USES = ['residential', 'commercial', 'office', 'industrial'] as const;

/** What the city has words for, in their order. Others' national ids are no business of the desk. */
function recordRows(language: Language, record: JsonObject) {
  return LABELS.filter((name) => record[name] !== undefined).map((name) => ({
    label: fileWords(language, `property.${name}`),
    value: <bdi dir={CODES.has(name) ? 'ltr' : undefined}>{memberText(language, name, record[name])}</bdi>,
  }));
}

function memberText(language: Language, name: string, value: Json | undefined): string {
  if (Array.isArray(value)) {
    const years = (value as readonly Json[]).map((one) => codeText(language, String(one)));
    return years.length === 0 ? '—' : years.join(language === 'fa' ? '، ' : ', ');
  }
  if (CODES.has(name)) return codeText(language, String(value));
  if (typeof value === 'number') return numberText(language, value);
  const use = USES.find((one) => name === 'use' && one === value);
  return use ? fileWords(language, `use.${use}`) : textIn(value, language);
}

/** What each unit answered, in the words of its own form; the latest opened. */
export function UnitAnswers({ language, file }: Props): JSX.Element | null {
  const answered = file.answers.filter((one) => one.form !== undefined);
  if (answered.length === 0) return null;
  return (
    <Section title={fileWords(language, 'file.answers')} id="answers">
      {answered.map((one, index) => (
        <Answer key={index} language={language} file={file} answer={one} isOpen={index === answered.length - 1} />
      ))}
    </Section>
  );
}

function Answer({
  language,
  file,
  answer,
  isOpen,
}: Props & { readonly answer: TaskAnswer; readonly isOpen: boolean }): JSX.Element {
  const by = fileWords(language, 'file.by', {
    name: answer.personName?.[language] ?? '',
    who: who(language, answer.role as never, answer.unitName?.[language]),
    at: dateTimeText(language, answer.at),
  });
  const rows = answer.form
    ? answerRows(shownFields(answer.form, answer.answers), answer.answers, { language, texts: file.package.texts })
    : [];
  const corrections = correctionRows(language, file, answer);
  return (
    <Details
      summary={
        <>
          {answer.step[language]} {answer.isInquiry && <Tag tone="info">{words(language, 'inquiry')}</Tag>}
          {answer.isVisit && <Tag tone="info">{words(language, 'visit')}</Tag>}
        </>
      }
      open={isOpen}
    >
      <p class="soft">{by}</p>
      <SummaryList language={language} rows={rows} />
      {corrections.length > 0 && (
        <>
          <h3>{fileWords(language, 'file.asked')}</h3>
          <SummaryList language={language} rows={corrections} />
        </>
      )}
    </Details>
  );
}

function correctionRows(language: Language, file: CaseFile, { answers }: TaskAnswer) {
  const { corrections } = answers;
  if (!Array.isArray(corrections)) return [];
  const { texts } = file.package;
  const fields = applicationForm(file.package).pages.flatMap((page) => page.fields);
  return (corrections as readonly Json[]).filter(isObject).map((one) => {
    const label = fields.find((field) => field.key === one['field'])?.label;
    return {
      label: label === undefined ? String(one['field']) : wordsOf(texts, language, label),
      value: <UserText>{String(one['reason'])}</UserText>,
    };
  });
}
