// The one view of an entity: each field with whose word stands and why, who agrees and who differs; its records, merges, history and ties.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { entityPage, fieldTitle } from '#work/views/registry.ts';
import type { EntityPage } from '#work/views/registry.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Section } from '#portal/ui/cards.tsx';
import { dateText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { numberText, percentText } from '#portal/ui/numbers.ts';
import { Details, Empty, Heading, Notice, Tag } from '#portal/ui/parts.tsx';
import { JalaliDateText, JalaliTime, UserText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { FoundTable } from './home.tsx';
import { Value, valueText } from './value.tsx';
import { numberIn, registryViewer } from './viewer.ts';
import { words } from './words.ts';

export function entityRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/registry/entities/:number', async (request) => {
    const entity = await entityPage(road, registryViewer(request), numberIn(request.params['number']));
    return onePage(road, request, entity);
  });
}

type Shown = { readonly language: Language; readonly entity: EntityPage };

function onePage(road: Road, request: PageRequest, entity: EntityPage): string {
  const { language, query } = request;
  const title = words(language, 'entity.title', { kind: words(language, `kind.${entity.kind}`) });
  const done = query['done'] === 'merge' || query['done'] === 'part' ? query['done'] : undefined;
  const shown = { language, entity };
  const body = (
    <>
      {done && <Notice language={language} tone="success" title={words(language, `entity.done-${done}`)} live />}
      <Heading title={title} lead={words(language, 'entity.lead')} />
      {entity.torn !== null && (
        <Notice language={language} tone="warning">
          <p>{words(language, 'entity.torn', { field: fieldTitle(entity.kind, entity.torn)[language] })}</p>
        </Notice>
      )}
      <Section title={words(language, 'entity.fields')} id="fields">
        {entity.fields.length === 0 ? <Empty title={words(language, 'entity.empty')} /> : <Fields {...shown} />}
      </Section>
      {entity.related.length > 0 && (
        <Section title={words(language, 'entity.related')} id="related">
          <FoundTable language={language} found={entity.related} caption={words(language, 'entity.related')} captionAway />
        </Section>
      )}
      <Section title={words(language, 'entity.records')} id="records">
        <Records {...shown} />
      </Section>
      {entity.merges.length > 0 && (
        <Section title={words(language, 'entity.merges')} id="merges">
          <Merges {...shown} />
        </Section>
      )}
      <Section title={words(language, 'entity.steps')} id="steps">
        {entity.steps.length === 0 ? <p>{words(language, 'entity.steps-none')}</p> : <Steps {...shown} />}
      </Section>
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/registry'), personal: true });
}

function Fields({ language, entity }: Shown): JSX.Element {
  return (
    <Table
      language={language}
      caption={words(language, 'entity.fields')}
      captionAway
      columns={[
        { key: 'field', label: words(language, 'entity.field') },
        { key: 'value', label: words(language, 'entity.value') },
        { key: 'source', label: words(language, 'entity.source') },
        { key: 'asOf', label: words(language, 'entity.as-of') },
        { key: 'confidence', label: words(language, 'entity.confidence'), number: true },
        { key: 'rule', label: words(language, 'entity.rule') },
        { key: 'others', label: words(language, 'entity.others') },
      ]}
      rows={entity.fields.map((one) => ({
        key: one.field,
        ...(one.against.length > 0 ? { tone: 'warning' as const } : {}),
        cells: {
          field: one.title[language],
          value: <Value language={language} value={one.claim.value} />,
          source: entity.nameOf(one.claim.source)[language],
          asOf: <JalaliDateText language={language} at={one.claim.asOf} shape="short" />,
          confidence: percentText(language, one.claim.confidence),
          rule: words(language, `rule.${one.rule}`),
          others: <Others language={language} entity={entity} field={one} />,
        },
      }))}
    />
  );
}

type OthersProps = Shown & { readonly field: EntityPage['fields'][number] };

function Others({ language, entity, field }: OthersProps): JSX.Element {
  const nameOf = (source: string): string => entity.nameOf(source)[language];
  const agreeing = [...new Set(field.agreeing.map(({ source }) => nameOf(source)))];
  return (
    <>
      {agreeing.length > 0 && (
        <span class="pair">{words(language, 'entity.agree', { sources: agreeing.join(language === 'fa' ? '، ' : ', ') })}</span>
      )}
      {field.against.map(({ source, record, value }) => (
        <span class="pair" key={record}>
          {words(language, 'entity.against', { source: nameOf(source), value: valueText(language, value) })}
        </span>
      ))}
      {field.history.length > 0 && (
        <Details summary={words(language, 'entity.history')}>
          <ul>
            {field.history.map(({ source, value, asOf }, at) => (
              <li key={at}>
                {words(language, 'entity.before', {
                  value: valueText(language, value),
                  source: nameOf(source),
                  date: dateText(language, asOf, 'short'),
                })}
              </li>
            ))}
          </ul>
        </Details>
      )}
    </>
  );
}

function Records({ language, entity }: Shown): JSX.Element {
  return (
    <Table
      language={language}
      caption={words(language, 'entity.records')}
      captionAway
      columns={[
        { key: 'record', label: words(language, 'entity.record') },
        { key: 'source', label: words(language, 'entity.source') },
        { key: 'asOf', label: words(language, 'entity.as-of') },
        { key: 'state', label: words(language, 'entity.state') },
      ]}
      rows={entity.records.map((one) => ({
        key: one.id,
        cells: {
          record: <UserText>{one.key}</UserText>,
          source: entity.nameOf(one.source)[language],
          asOf: <JalaliDateText language={language} at={one.asOf} shape="short" />,
          state: one.isGone ? <Tag tone="warning">{words(language, 'entity.gone')}</Tag> : words(language, 'entity.here'),
        },
      }))}
    />
  );
}

/** A record as people tell it: its source and its key there. */
function recordText(language: Language, entity: EntityPage, record: string): string {
  const slash = record.indexOf('/');
  return `${entity.nameOf(record.slice(0, slash))[language]} · ${record.slice(slash + 1)}`;
}

function Merges({ language, entity }: Shown): JSX.Element {
  const name = (record: string): string => recordText(language, entity, record);
  return (
    <Table
      language={language}
      caption={words(language, 'entity.merges')}
      captionAway
      columns={[
        { key: 'merge', label: words(language, 'entity.merge') },
        { key: 'score', label: words(language, 'entity.score'), number: true },
        { key: 'part', label: words(language, 'entity.part') },
      ]}
      rows={entity.merges.map(({ merge, one, other, score }) => ({
        key: merge,
        cells: {
          merge: words(language, 'entity.merge-of', { one: name(one), other: name(other) }),
          score: numberText(language, Math.round(score * 10) / 10),
          part: (
            <a href={href(language, `/registry/merges/${merge}`)}>
              {words(language, 'entity.part')}
              <span class="away"> {words(language, 'entity.merge-of', { one: name(one), other: name(other) })}</span>
            </a>
          ),
        },
      }))}
    />
  );
}

function Steps({ language, entity }: Shown): JSX.Element {
  const name = (record: string | null): string => recordText(language, entity, record ?? '');
  return (
    <Table
      language={language}
      caption={words(language, 'entity.steps')}
      captionAway
      columns={[
        { key: 'what', label: words(language, 'entity.what') },
        { key: 'when', label: words(language, 'entity.when') },
        { key: 'by', label: words(language, 'entity.by') },
        { key: 'why', label: words(language, 'entity.why') },
      ]}
      rows={entity.steps.map(({ type, one, other, by, at, data, who }, index) => ({
        key: String(index),
        cells: {
          what: isStep(type) ? words(language, `step.${type}`, { one: name(one), other: name(other) }) : type,
          when: <JalaliTime language={language} at={at} shape="short" />,
          by: by === 'matcher' ? words(language, 'entity.matcher') : (who?.[language] ?? by),
          why: data.reason === undefined ? '' : <UserText>{data.reason}</UserText>,
        },
      }))}
    />
  );
}

const STEPS = ['RecordsMerged', 'RecordsParted', 'PairKeptApart'] as const;
const isStep = (type: string): type is (typeof STEPS)[number] => STEPS.some((one) => one === type);
