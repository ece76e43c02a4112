// What the reader's units were told: escalations above all. Read here; answered by working the case or the inquiry.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { CaseId } from '#base/ids.ts';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { unitMessages } from '#work/views/lists.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import { href } from '#portal/ui/href.ts';
import { Empty, Heading } from '#portal/ui/parts.tsx';
import { CaseNumber, JalaliTime } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { KindTabs } from './filters.tsx';
import { deskViewer } from './viewer.ts';
import { words } from './words.ts';

type Messages = Awaited<ReturnType<typeof unitMessages>>;

export function messageRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/messages', async (request) => {
    const { reader } = deskViewer(request);
    const { language } = request;
    const messages = await unitMessages(road, reader);
    const title = words(language, 'messages.title');
    const body = (
      <>
        <Heading title={title} />
        <KindTabs language={language} filter={{}} now="messages" />
        <Messages language={language} messages={messages} unitName={(id) => road.catalogue.unitName(id)[language]} />
      </>
    );
    return composePage(road, request, { title, body, wide: true, personal: true });
  });
}

export function Messages({
  language,
  messages,
  unitName,
}: {
  readonly language: Language;
  readonly messages: Messages;
  readonly unitName: (id: string) => string;
}): JSX.Element {
  if (messages.length === 0) return <Empty title={words(language, 'messages.none')} />;
  return (
    <Table
      language={language}
      caption={words(language, 'messages.title')}
      captionAway
      columns={[
        { key: 'number', label: words(language, 'messages.about') },
        { key: 'text', label: words(language, 'messages.text') },
        { key: 'unit', label: words(language, 'messages.unit') },
        { key: 'at', label: words(language, 'messages.at') },
      ]}
      rows={messages.map((one) => ({
        key: `${one.caseId}-${one.id}`,
        cells: {
          number: one.link ? (
            <a href={href(language, one.link)}>
              {words(language, one.link.startsWith('/desk/disputes/') ? 'messages.dispute' : 'messages.inquiry')}
            </a>
          ) : (
            <a href={href(language, `/desk/cases/${one.caseId}`)}>
              <CaseNumber language={language} id={one.caseId as CaseId} />
            </a>
          ),
          text: one.text[language],
          unit: one.unit === null ? '' : unitName(one.unit),
          at: <JalaliTime language={language} at={one.at} shape="short" />,
        },
      }))}
    />
  );
}
