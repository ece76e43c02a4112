// "My data": every field that the city holds of the person signed in and of what they own, with its source, and the way to say that it is wrong.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { ownData, ownDisputes } from '#work/views/own-data.ts';
import type { DisputeView, OwnRecord } from '#work/views/own-data.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import { Section } from '#portal/ui/cards.tsx';
import { codeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { Empty, Heading, Tag } from '#portal/ui/parts.tsx';
import { JalaliDateText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { datumPath, sourceText } from './known.tsx';
import { StatusOf } from './parts.tsx';
import { DataValue } from './value.tsx';
import { dataViewer } from './viewer.ts';
import { words } from './words.ts';

export function mineDataRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/mine/data', async (request) => {
    const { language } = request;
    const viewer = dataViewer(request);
    const [records, disputes] = await Promise.all([ownData(road, viewer), ownDisputes(road, viewer)]);
    const title = words(language, 'mine.title');
    const body = (
      <>
        <Heading title={title} lead={words(language, 'mine.lead')} />
        {records.length === 0 && <Empty title={words(language, 'mine.none')} />}
        {records.map((one) => (
          <RecordSection key={`${one.register} ${one.key}`} language={language} record={one} />
        ))}
        <Section title={words(language, 'mine.disputes')} id="disputes">
          <Disputes language={language} disputes={disputes} />
        </Section>
      </>
    );
    return composePage(road, request, { title, body, back: href(language, '/my'), personal: true });
  });
}

function RecordSection({ language, record }: { readonly language: Language; readonly record: OwnRecord }): JSX.Element {
  const { register, key, isSelf, data } = record;
  const name = record.title[language];
  const title = isSelf ? name : words(language, 'mine.of', { register: name, key: codeText(language, key) });
  return (
    <Section title={title} id={`${register}-${data.findIndex((one) => one.isKey)}-${key.replace(/[^\dA-Za-z]+/g, '-')}`}>
      <Table
        language={language}
        caption={title}
        captionAway
        columns={[
          { key: 'field', label: words(language, 'mine.field') },
          { key: 'value', label: words(language, 'mine.value') },
          { key: 'source', label: words(language, 'mine.source') },
          { key: 'more', label: words(language, 'mine.more') },
        ]}
        rows={data.map((one) => ({
          key: one.member,
          cells: {
            field: one.title[language],
            value: <DataValue language={language} type={one.type} value={one.value} />,
            source: sourceText(language, one),
            more: (
              <>
                <a href={href(language, datumPath(one))}>
                  {words(language, 'mine.more')}
                  <span class="away"> ({one.title[language]})</span>
                </a>{' '}
                {one.disputed !== undefined && <Tag tone="warning">{words(language, 'known.disputed')}</Tag>}
              </>
            ),
          },
        }))}
      />
    </Section>
  );
}

function Disputes({
  language,
  disputes,
}: {
  readonly language: Language;
  readonly disputes: readonly DisputeView[];
}): JSX.Element {
  if (disputes.length === 0) return <p>{words(language, 'mine.no-disputes')}</p>;
  return (
    <Table
      language={language}
      caption={words(language, 'mine.disputes')}
      captionAway
      columns={[
        { key: 'field', label: words(language, 'mine.field') },
        { key: 'status', label: words(language, 'dispute.status') },
        { key: 'due', label: words(language, 'dispute.due') },
      ]}
      rows={disputes.map((one) => ({
        key: one.state.id,
        cells: {
          field: <a href={href(language, `/mine/disputes/${one.state.id}`)}>{one.title[language]}</a>,
          status: <StatusOf language={language} status={one.state.status} />,
          due: <JalaliDateText language={language} at={one.state.due} />,
        },
      }))}
    />
  );
}
