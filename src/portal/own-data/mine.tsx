// "My data": every field that the city holds of the person signed in and of what they own, with its source, and the way to say that it is wrong.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { ownData, ownDisputes } from '#work/views/own-data.ts';
import type { Datum, DisputeView, OwnRecord } from '#work/views/own-data.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import { Section } from '#portal/ui/cards.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { codeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { Details, Empty, Heading, Tag } from '#portal/ui/parts.tsx';
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
    const [selves, owned] = [records.filter((one) => one.isSelf), records.filter((one) => !one.isSelf)];
    const title = words(language, 'mine.title');
    const body = (
      <>
        <Heading title={title} lead={words(language, 'mine.lead')} />
        {records.length === 0 && <Empty title={words(language, 'mine.none')} />}
        {selves.map((one) => (
          <Section key={one.register} title={one.title[language]} id={one.register}>
            <Rows language={language} record={one} />
          </Section>
        ))}
        {owned.length > 0 && (
          <Section title={words(language, 'mine.owned')} id="owned">
            {owned.map((one) => (
              <Details key={`${one.register} ${one.key}`} summary={summaryOf(language, one)}>
                <Rows language={language} record={one} />
              </Details>
            ))}
          </Section>
        )}
        <Section title={words(language, 'mine.disputes')} id="disputes">
          <Disputes language={language} disputes={disputes} />
        </Section>
      </>
    );
    return composePage(road, request, { title, body, back: href(language, '/my'), personal: true });
  });
}

function summaryOf(language: Language, { title, key }: OwnRecord): string {
  return words(language, 'mine.of', { register: title[language], key: codeText(language, key) });
}

function Rows({ language, record }: { readonly language: Language; readonly record: OwnRecord }): JSX.Element {
  const rows = record.data.map((one) => ({ label: one.title[language], value: <Value language={language} datum={one} /> }));
  return <SummaryList language={language} rows={rows} />;
}

function Value({ language, datum }: { readonly language: Language; readonly datum: Datum }): JSX.Element {
  return (
    <>
      <DataValue language={language} type={datum.type} value={datum.value} />
      <p class="hint">
        {sourceText(language, datum)}{' '}
        {datum.disputed !== undefined && <Tag tone="warning">{words(language, 'known.disputed')}</Tag>}
      </p>
      <p class="hint">
        <a href={href(language, datumPath(datum))}>
          {words(language, 'mine.more')}
          <span class="away"> ({datum.title[language]})</span>
        </a>
      </p>
    </>
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
