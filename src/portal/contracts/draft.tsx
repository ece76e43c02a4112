// For owners: a contract drafted, or its next version; each fault beside its field, what was typed kept.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import { plusMillis } from '#base/instant.ts';
import type { Instant } from '#base/instant.ts';
import { isObject } from '#base/json.ts';
import type { JsonObject } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import type { Terms } from '#inquiries/agreement-types.ts';
import { actOnContract } from '#work/contracts/act.ts';
import type { Road } from '#work/road.ts';
import { contractFor, draftingFor, ORGANISATION_KINDS } from '#work/views/contracts.ts';
import type { Drafting } from '#work/views/contracts.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { inquirer } from '#portal/inquiries/inquirer.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button, HiddenInputs } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { Checkboxes, Radios, Select } from '#portal/ui/choices.tsx';
import { datePartNames, JalaliDate } from '#portal/ui/date-input.tsx';
import { jalaliNumbers } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { NumberInput, TextArea, TextInput } from '#portal/ui/inputs.tsx';
import { Heading } from '#portal/ui/parts.tsx';
import { actOrShow, listed } from './again.ts';
import type { Errors } from './again.ts';
import { words } from './words.ts';

export function draftRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/oversight/contracts/new', (request) => {
    draftingFor(road, inquirer(request));
    return formPage(road, request, { typed: {}, errors: {} });
  });
  post(server, '/oversight/contracts/new', (request) => draft(road, request));
  page(server, '/oversight/contracts/:id/draft', async (request) => {
    const viewer = inquirer(request);
    draftingFor(road, viewer);
    const { state, people } = await contractFor(road, viewer, request.params['id'] ?? '');
    const terms = (state.draft ?? state.current)?.terms;
    const numbers = people.filter((one) => terms?.persons.includes(one.id as never)).map((one) => one.nationalId);
    return formPage(road, request, { typed: terms ? textsOf(terms, numbers) : {}, errors: {} });
  });
  post(server, '/oversight/contracts/:id/draft', (request) => draft(road, request));
}

type Typed = { readonly [field: string]: string | readonly string[] };

async function draft(road: Road, request: PageRequest): Promise<FastifyReply | string> {
  const viewer = inquirer(request);
  const drafting = draftingFor(road, viewer);
  const typed = typedIn(request, drafting);
  const terms = termsOf(typed, drafting);
  const id = request.params['id'] ?? String(terms['id']);
  const [first] = drafting.types;
  return actOrShow(
    request,
    async () => {
      await actOnContract(road, viewer.actor, id, { do: 'draft', terms });
      return { go: `/oversight/contracts/${id}?done=1` };
    },
    (errors) => formPage(road, request, { typed, errors }),
    (pointer) => fieldOf(pointer, first?.type.id ?? ''),
  );
}

/** Where the form has what a pointer names. */
function fieldOf(pointer: string, firstType: string): string {
  const [, first = '', ...rest] = pointer.split('/');
  if (first === 'types') return `fields-${rest[0] ?? firstType}`;
  if (first === 'persons' || first === 'visibility') return first;
  return [first, ...rest].join('-');
}

const TEXTS = [
  'id',
  'organisation-id',
  'organisation-name-fa',
  'organisation-name-en',
  'organisation-kind',
  'purpose-fa',
  'purpose-en',
];
const MORE_TEXTS = ['legal-fa', 'legal-en', 'ratePerMinute', 'visibility', 'persons'];

function typedIn({ body, params }: PageRequest, { types }: Drafting): Typed {
  const date = (name: string): string => {
    const { year, month, day } = datePartNames(name);
    const parts = [year, month, day].map((part) => textOf(body, part).trim());
    return parts.some((part) => part !== '') ? parts.join('-') : '';
  };
  const list = (name: string): readonly string[] => [body[name]].flat().filter((one) => typeof one === 'string');
  return {
    ...Object.fromEntries([...TEXTS, ...MORE_TEXTS].map((name) => [name, textOf(body, name).trim()])),
    ...(params['id'] !== undefined && { id: params['id'] }),
    from: date('from'),
    until: date('until'),
    ...Object.fromEntries(types.map(({ type }) => [`fields-${type.id}`, list(`fields-${type.id}`)])),
  };
}

function termsOf(typed: Typed, { types }: Drafting): JsonObject {
  const text = (name: string): string => String(typed[name] ?? '');
  const both = (name: string): JsonObject => ({ fa: text(`${name}-fa`), en: text(`${name}-en`) });
  const chosen = types.flatMap(({ type }) => {
    const fields = typed[`fields-${type.id}`] ?? [];
    return fields.length > 0 ? [[type.id, { fields: [...fields] }] as const] : [];
  });
  const visibility = text('visibility');
  return {
    id: text('id'),
    organisation: { id: text('organisation-id'), name: both('organisation-name'), kind: text('organisation-kind') },
    purpose: both('purpose'),
    legal: both('legal'),
    types: Object.fromEntries(chosen),
    ratePerMinute: numberOf(text('ratePerMinute')),
    visibility: visibility.startsWith('P') ? { after: visibility } : visibility,
    from: text('from'),
    until: text('until'),
    persons: text('persons')
      .split(/[\s,،]+/)
      .filter((one) => one !== ''),
  };
}

/** Digits of any script. */
function numberOf(text: string): number {
  const latin = text.replace(/[۰-۹٠-٩]/g, (digit) => String('۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩'.indexOf(digit) % 10)).replaceAll(/[٬,]/g, '');
  return latin === '' ? Number.NaN : Number(latin);
}

/** A version's terms as the form has them, to be changed into the next. */
function textsOf(terms: Terms, numbers: readonly string[]): Typed {
  const { organisation, purpose, legal, visibility } = terms;
  return {
    id: terms.id,
    'organisation-id': organisation.id,
    'organisation-name-fa': organisation.name.fa,
    'organisation-name-en': organisation.name.en,
    'organisation-kind': organisation.kind,
    'purpose-fa': purpose.fa,
    'purpose-en': purpose.en,
    'legal-fa': legal.fa,
    'legal-en': legal.en,
    ratePerMinute: String(terms.ratePerMinute),
    visibility: isObject(visibility) ? String(visibility['after']) : String(visibility),
    from: dayText(terms.from),
    // It ends with a day, and so at the beginning of the next.
    until: dayText(plusMillis(terms.until, -1)),
    persons: numbers.join('\n'),
    ...Object.fromEntries(Object.entries(terms.types).map(([type, { fields }]) => [`fields-${type}`, fields])),
  };
}

function dayText(at: Instant): string {
  const { year, month, day } = jalaliNumbers(at);
  return [year, month, day].join('-');
}

type Shown = { readonly typed: Typed; readonly errors: Errors };

function formPage(road: Road, request: PageRequest, shown: Shown): string {
  const { language, params } = request;
  const id = params['id'];
  const title = words(language, id === undefined ? 'draft.title' : 'draft.again');
  const back = href(language, id === undefined ? '/oversight/contracts' : `/oversight/contracts/${id}`);
  const body = (
    <>
      <Heading title={title} />
      <form method="post" action={href(language, `/oversight/contracts/${id === undefined ? 'new' : `${id}/draft`}`)} novalidate>
        <Key />
        {id === undefined ? <Text {...field(language, shown, 'id')} code /> : <HiddenInputs values={{ id }} />}
        <Organisation language={language} {...shown} />
        <Purpose language={language} {...shown} />
        <Types language={language} drafting={draftingFor(road, inquirer(request))} {...shown} />
        <Limits language={language} {...shown} />
        <Actions>
          <Button>{words(language, 'draft.do')}</Button>
        </Actions>
      </form>
    </>
  );
  const errors = listed(shown.errors, (name) => labelOf(language, name));
  return composePage(road, request, { title, body, errors, back, personal: true });
}

const LABELS = {
  id: 'terms.id',
  'organisation-name-fa': 'terms.name-fa',
  'organisation-name-en': 'terms.name-en',
  'organisation-id': 'terms.organisation-id',
  'organisation-kind': 'terms.kind',
  persons: 'terms.persons',
  'purpose-fa': 'terms.purpose-fa',
  'purpose-en': 'terms.purpose-en',
  'legal-fa': 'terms.legal-fa',
  'legal-en': 'terms.legal-en',
  ratePerMinute: 'terms.rate',
  visibility: 'terms.visibility',
  from: 'terms.from',
  until: 'terms.until',
} as const;

function labelOf(language: Language, name: string): string {
  return words(language, Object.hasOwn(LABELS, name) ? LABELS[name as keyof typeof LABELS] : 'terms.types');
}

type Field = {
  readonly language: Language;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
};

function field(language: Language, { typed, errors }: Shown, name: keyof typeof LABELS): Field {
  return { language, name, label: labelOf(language, name), value: String(typed[name] ?? ''), error: errors[name] };
}

function Text({ code, ...props }: Field & { readonly code?: boolean }): JSX.Element {
  return <TextInput {...props} content={code ? 'code' : 'text'} maxLength={500} />;
}

type PartProps = Shown & { readonly language: Language };

function Organisation({ language, ...shown }: PartProps): JSX.Element {
  return (
    <Section title={words(language, 'terms.organisation')} id="organisation">
      <Text {...field(language, shown, 'organisation-name-fa')} />
      <Text {...field(language, shown, 'organisation-name-en')} />
      <Text {...field(language, shown, 'organisation-id')} code />
      <Select
        {...field(language, shown, 'organisation-kind')}
        options={ORGANISATION_KINDS.map((kind) => ({ value: kind, label: words(language, `kind.${kind}`) }))}
      />
      <TextArea {...field(language, shown, 'persons')} hint={words(language, 'terms.persons-hint')} rows={3} />
    </Section>
  );
}

function Purpose({ language, ...shown }: PartProps): JSX.Element {
  return (
    <Section title={words(language, 'terms.purpose')} id="purpose">
      <Text {...field(language, shown, 'purpose-fa')} />
      <Text {...field(language, shown, 'purpose-en')} />
      <Text {...field(language, shown, 'legal-fa')} />
      <Text {...field(language, shown, 'legal-en')} />
    </Section>
  );
}

function Types({ language, drafting, typed, errors }: PartProps & { readonly drafting: Drafting }): JSX.Element {
  return (
    <Section title={words(language, 'terms.types')} id="types">
      <p>{words(language, 'terms.type-hint')}</p>
      {drafting.types.map(({ type, members }) => {
        const name = `fields-${type.id}`;
        const values = typed[name];
        return (
          <Checkboxes
            key={type.id}
            language={language}
            name={name}
            label={type.title[language]}
            required={false}
            error={errors[name]}
            values={Array.isArray(values) ? (values as readonly string[]) : []}
            options={members.map((one) => ({ value: one.name, label: one.title[language] }))}
          />
        );
      })}
    </Section>
  );
}

function Limits({ language, ...shown }: PartProps): JSX.Element {
  const visibility = field(language, shown, 'visibility');
  return (
    <Section title={words(language, 'terms.validity')} id="limits">
      <NumberInput {...field(language, shown, 'ratePerMinute')} width="w8" />
      <Radios
        {...visibility}
        options={[
          { value: 'now', label: words(language, 'terms.visibility-now') },
          { value: 'P30D', label: words(language, 'terms.visibility-days') },
          { value: 'court', label: words(language, 'terms.visibility-court') },
        ]}
      />
      <JalaliDate {...field(language, shown, 'from')} />
      <JalaliDate {...field(language, shown, 'until')} />
    </Section>
  );
}
