// The public page of one inquiry type: what is asked and answered, by whom, by when, what silence means, who may ask what, and real figures.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { JsonObject } from '#base/json.ts';
import type { Language } from '#base/text.ts';
import type { InquiryType, RegisterResponder, Responder } from '#inquiries/types.ts';
import type { Road } from '#work/road.ts';
import { FIGURE_DAYS, inquiryTypePage } from '#work/views/inquiry-figures.ts';
import type { TypePage } from '#work/views/inquiry-figures.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import { Section, Stats } from '#portal/ui/cards.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { codeText, durationText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { numberText, percentText } from '#portal/ui/numbers.ts';
import { Heading } from '#portal/ui/parts.tsx';
import { Code, JalaliDateText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { membersOf } from './schema-form.tsx';
import type { Member } from './schema-form.tsx';
import { typeWords } from './type-words.ts';
import { medianText } from './types.tsx';
import { words } from './words.ts';

export function typePageRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/inquiries/types/:type', async (request) => {
    const { language } = request;
    const view = await inquiryTypePage(road, request.params['type'] ?? '');
    const title = view.type.title[language];
    return composePage(road, request, {
      title,
      breadcrumbs: [
        { href: href(language, '/inquiries/types'), label: typeWords(language, 'list.name') },
        { href: href(language, `/inquiries/types/${view.type.id}`), label: title },
      ],
      body: <Page language={language} view={view} />,
    });
  });
}

type PageOf = { readonly language: Language; readonly view: TypePage };

function Page({ language, view }: PageOf): JSX.Element {
  const { type } = view;
  const caption = typeWords(language, 'type.caption', { version: codeText(language, type.version) });
  return (
    <>
      <Heading
        title={type.title[language]}
        caption={type.sample ? `${caption} · ${typeWords(language, 'type.sample')}` : caption}
        lead={type.summary[language]}
      />
      <Figures language={language} view={view} />
      <Schema language={language} title={typeWords(language, 'type.question')} schema={type.question} id="question" />
      <Schema language={language} title={typeWords(language, 'type.answer')} schema={type.answer} id="answer" />
      <Section title={typeWords(language, 'type.who')} id="who">
        <Who language={language} view={view} />
      </Section>
      <Section title={typeWords(language, 'type.contracts')} id="contracts">
        <Contracts language={language} view={view} />
      </Section>
      {view.services.length > 0 && (
        <Section title={typeWords(language, 'type.services')} id="services">
          <ul>
            {view.services.map((one) => (
              <li key={one.id}>
                <a href={href(language, `/services/${one.id}`)}>{one.title[language]}</a>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Versions language={language} view={view} />
    </>
  );
}

function Figures({ language, view }: PageOf): JSX.Element {
  const { figures } = view;
  const title = typeWords(language, 'type.figures', { days: FIGURE_DAYS });
  return (
    <Section title={title} id="figures">
      {figures.answered === 0 ? (
        <p>{typeWords(language, 'type.none-yet')}</p>
      ) : (
        <Stats
          items={[
            { label: typeWords(language, 'col.answered'), value: numberText(language, figures.answered) },
            { label: typeWords(language, 'col.median'), value: medianText(language, figures) },
            { label: typeWords(language, 'col.at-once'), value: percentText(language, figures.atOnce / figures.answered) },
            { label: typeWords(language, 'col.letters'), value: numberText(language, figures.letters) },
          ]}
        />
      )}
      <p>
        <a href={href(language, '/inquiries/types')}>{typeWords(language, 'all-types')}</a>
      </p>
    </Section>
  );
}

type SchemaOf = { readonly language: Language; readonly title: string; readonly schema: JsonObject; readonly id: string };

/** A schema in words: each member, what it takes, whether it must be there. */
function Schema({ language, title, schema, id }: SchemaOf): JSX.Element {
  return (
    <Section title={title} id={id}>
      <Table
        language={language}
        caption={title}
        captionAway
        columns={[
          { key: 'label', label: typeWords(language, 'type.member') },
          { key: 'kind', label: typeWords(language, 'type.kind') },
          { key: 'required', label: typeWords(language, 'type.required') },
        ]}
        rows={membersOf(schema, language).map((one) => ({
          key: one.name,
          cells: { label: one.label, kind: kindText(language, one), required: words(language, one.isRequired ? 'yes' : 'no') },
        }))}
      />
    </Section>
  );
}

function kindText(language: Language, { kind, choices }: Member): string {
  if (kind !== 'choice') return typeWords(language, `kind.${kind}`);
  const listed = choices.map((one) => one.label).join(language === 'fa' ? '، ' : ', ');
  return typeWords(language, 'kind.choice', { choices: listed });
}

function Who({ language, view }: PageOf): JSX.Element {
  const { type, owner, asks } = view;
  return (
    <SummaryList
      language={language}
      rows={[
        { label: typeWords(language, 'type.owner'), value: owner[language] },
        {
          label: typeWords(language, 'type.turn'),
          value: (
            <ol>
              {type.responders.map((one, index) => (
                <li key={index}>{responderText(language, one, view)}</li>
              ))}
            </ol>
          ),
        },
        { label: typeWords(language, 'type.deadline'), value: durationText(language, type.deadline, true) },
        { label: typeWords(language, 'type.silence'), value: typeWords(language, `silence.${type.silence}`) },
        { label: typeWords(language, 'type.reuse'), value: reuseText(language, type) },
        { label: typeWords(language, 'type.legal'), value: type.legal[language] },
        {
          label: typeWords(language, 'type.asks'),
          value:
            asks.length === 0
              ? typeWords(language, 'type.asks-none')
              : asks.map((one) => one[language]).join(language === 'fa' ? '، ' : ', '),
        },
      ]}
    />
  );
}

function responderText(language: Language, one: Responder, view: TypePage): string {
  const { unitName, connectorName } = view;
  switch (one.by) {
    case 'register':
      return typeWords(language, 'by.register', { register: readBy(language, one, view) });
    case 'connector':
      return typeWords(language, 'by.connector', { name: connectorName(one.connector)[language] });
    case 'unit':
      return typeWords(language, 'by.unit', { unit: unitName(one.unit)[language] });
  }
}

/** Every register and layer of the map that the rule reads. */
function readBy(language: Language, rule: RegisterResponder, { registerName, layerName }: TypePage): string {
  const registers = [rule.register, ...(rule.with ?? [])].map((one) => registerName(one)[language]);
  const layers = (rule.near ?? []).map(({ layer }) => typeWords(language, 'by.map', { layer: layerName(layer)[language] }));
  return [...registers, ...layers].join(language === 'fa' ? '، ' : ', ');
}

function reuseText(language: Language, { reuse }: InquiryType): string {
  return reuse === undefined ? typeWords(language, 'type.reuse-none') : durationText(language, reuse);
}

function Contracts({ language, view }: PageOf): JSX.Element {
  const { type, contracts } = view;
  if (contracts.length === 0) return <p>{typeWords(language, 'type.contracts-none')}</p>;
  const labels = new Map(membersOf(type.answer, language).map((one) => [one.name, one.label]));
  return (
    <Table
      language={language}
      caption={typeWords(language, 'type.contracts')}
      captionAway
      columns={[
        { key: 'organisation', label: typeWords(language, 'type.organisation') },
        { key: 'purpose', label: typeWords(language, 'type.purpose') },
        { key: 'fields', label: typeWords(language, 'type.fields') },
        { key: 'basis', label: typeWords(language, 'type.basis') },
      ]}
      rows={contracts.map((one) => ({
        key: one.id,
        cells: {
          organisation: one.organisation.name[language],
          purpose: one.purpose[language],
          fields: (one.types[type.id]?.fields ?? [])
            .map((name) => labels.get(name) ?? name)
            .join(language === 'fa' ? '، ' : ', '),
          basis: one.legal[language],
        },
      }))}
    />
  );
}

function Versions({ language, view }: PageOf): JSX.Element {
  const title = typeWords(language, 'type.versions');
  return (
    <Section title={title} id="versions">
      <Table
        language={language}
        caption={title}
        captionAway
        columns={[
          { key: 'version', label: typeWords(language, 'type.version') },
          { key: 'published', label: typeWords(language, 'type.published') },
          { key: 'hash', label: typeWords(language, 'type.hash') },
        ]}
        rows={view.versions.map((one) => ({
          key: one.definition,
          cells: {
            version: <Code language={language} code={one.version} />,
            published: <JalaliDateText language={language} at={one.publishedAt} />,
            hash: <bdi dir="ltr">{one.definition.slice(0, 12)}</bdi>,
          },
        }))}
      />
    </Section>
  );
}
