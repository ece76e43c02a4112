// The worklist: a native table of the units' open tasks, oldest first; filters are addresses; claiming is one button a row.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import { randomUUID } from 'node:crypto';
import { printedCaseId, typedCaseId } from '#base/ids.ts';
import type { Language } from '#base/text.ts';
import type { WaitId } from '#engine/types.ts';
import { perform } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { unitLoad, unitMessages, worklist } from '#work/views/lists.ts';
import type { WorkItem } from '#work/views/lists.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { ButtonForm } from '#portal/ui/actions.tsx';
import { Stats } from '#portal/ui/cards.tsx';
import { who } from '#portal/ui/case-parts.tsx';
import { codeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Empty, Heading, Notice, Tabs, Tag } from '#portal/ui/parts.tsx';
import { CaseNumber, JalaliTime } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { say } from '#portal/ui/words.ts';
import { deskViewer } from './viewer.ts';
import { words } from './words.ts';

const MOST = 200;
const LISTS = ['all', 'inquiries', 'visits', 'mine', 'free'] as const;
type List = (typeof LISTS)[number];

export function worklistRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk', (request) => worklistPage(road, request));
  page(server, '/desk/messages', (request) => messagesPage(road, request));
  post(server, '/desk/cases/:id/tasks/:task/claim', async (request) => {
    const { actor } = deskViewer(request);
    const id = typedCaseId(request.params['id'] ?? '');
    if (!id) return request.go('/desk');
    const key = textOf(request.body, 'key') || request.request.id;
    await perform(road, id, { actor, key, command: { type: 'ClaimTask', task: request.params['task'] as WaitId } });
    return request.go(`/desk/cases/${id}`);
  });
}

async function worklistPage(road: Road, request: PageRequest): Promise<string> {
  const viewer = deskViewer(request);
  const { language, query } = request;
  const list = LISTS.find((one) => one === query['list']) ?? 'all';
  const after = query['after'];
  const rows = await worklist(road, viewer, {
    most: MOST,
    ...(list === 'mine' || list === 'free' ? { whose: list } : {}),
    ...(after === undefined ? {} : { after }),
  });
  const shown = rows.filter((row) =>
    list === 'inquiries' ? row.inquiry !== null : list === 'visits' ? row.visit !== null : true,
  );
  const load = await unitLoad(road, viewer.reader);
  const done = typedCaseId(query['done'] ?? '');
  const now = road.ports.world.now();
  const last = rows.at(-1);
  const body = (
    <>
      {done && (
        <Notice
          language={language}
          tone="success"
          title={words(language, 'list.done', { number: codeText(language, printedCaseId(done)) })}
          live
        />
      )}
      <Heading title={words(language, 'list.title')} />
      <Stats
        items={load.map((one) => ({
          label: `${who(language, one.role as never)}، ${road.catalogue.unitName(one.unit)[language]}`,
          value: numberText(language, one.open),
          note: words(language, 'list.claimed', { count: numberText(language, one.claimed) }),
        }))}
      />
      <Lists language={language} now={list} />
      {shown.length === 0 ? (
        <Empty title={words(language, 'list.none')} />
      ) : (
        <Work language={language} rows={shown} now={now} me={viewer.visitor.id} />
      )}
      {rows.length === MOST && last && (
        <p>
          <a href={href(language, `/desk?list=${list}&after=${encodeURIComponent(last.openedAt)}`)}>
            {words(language, 'list.more')}
          </a>
        </p>
      )}
    </>
  );
  return composePage(road, request, { title: words(language, 'list.title'), body, wide: true, personal: true });
}

export function Lists({ language, now }: { readonly language: Language; readonly now: List | 'messages' }): JSX.Element {
  const links = LISTS.map((one) => ({
    href: href(language, one === 'all' ? '/desk' : `/desk?list=${one}`),
    label: words(language, `list.${one}`),
    current: now === one,
  }));
  return (
    <Tabs
      language={language}
      links={[
        ...links,
        { href: href(language, '/desk/messages'), label: words(language, 'list.messages'), current: now === 'messages' },
      ]}
    />
  );
}

type WorkProps = { readonly language: Language; readonly rows: readonly WorkItem[]; readonly now: string; readonly me: string };

function Work({ language, rows, now, me }: WorkProps): JSX.Element {
  return (
    <Table
      language={language}
      caption={words(language, 'list.title')}
      captionAway
      columns={[
        { key: 'number', label: say(language, 'case.number') },
        { key: 'service', label: say(language, 'case.service') },
        { key: 'step', label: words(language, 'list.step') },
        { key: 'opened', label: words(language, 'list.opened') },
        { key: 'due', label: words(language, 'list.due') },
        { key: 'holder', label: words(language, 'list.holder') },
        { key: 'action', label: words(language, 'list.open') },
      ]}
      rows={rows.map((row) => ({
        key: `${row.caseId}-${row.task}`,
        ...(row.caseDueAt !== null && row.caseDueAt < now ? { tone: 'danger' as const } : {}),
        cells: cellsOf({ language, row, now, me }),
      }))}
    />
  );
}

function cellsOf({ language, row, now, me }: Omit<WorkProps, 'rows'> & { readonly row: WorkItem }) {
  const isOverdue = row.caseDueAt !== null && row.caseDueAt < now;
  const holder = row.assignee === null ? words(language, 'list.free-task') : (row.assigneeName?.[language] ?? row.assignee);
  return {
    number: (
      <a href={href(language, `/desk/cases/${row.caseId}`)}>
        <CaseNumber language={language} id={row.caseId} />
      </a>
    ),
    service: row.title[language],
    step: (
      <>
        {row.step[language]} {row.inquiry !== null && <Tag tone="info">{words(language, 'inquiry')}</Tag>}{' '}
        {row.visit !== null && <Tag tone="info">{words(language, 'visit')}</Tag>}
      </>
    ),
    opened: <JalaliTime language={language} at={row.openedAt} shape="short" />,
    due:
      row.caseDueAt === null ? (
        say(language, 'case.clock-paused')
      ) : (
        <>
          <JalaliTime language={language} at={row.caseDueAt} shape="short" />{' '}
          {isOverdue && <Tag tone="danger">{words(language, 'list.overdue')}</Tag>}
        </>
      ),
    holder,
    action:
      row.assignee === null ? (
        <ButtonForm
          action={href(language, `/desk/cases/${row.caseId}/tasks/${row.task}/claim`)}
          hidden={{ key: randomUUID() }}
          weight="secondary"
        >
          {words(language, 'list.claim')}
          <span class="away"> {codeText(language, printedCaseId(row.caseId))}</span>
        </ButtonForm>
      ) : row.assignee === me ? (
        <a href={href(language, `/desk/cases/${row.caseId}/tasks/${row.task}`)}>{words(language, 'file.work')}</a>
      ) : (
        '—'
      ),
  };
}

async function messagesPage(road: Road, request: PageRequest): Promise<string> {
  const { reader } = deskViewer(request);
  const { language } = request;
  const messages = await unitMessages(road, reader);
  const table = (
    <Table
      language={language}
      caption={words(language, 'messages.title')}
      captionAway
      columns={[
        { key: 'text', label: words(language, 'messages.text') },
        { key: 'number', label: say(language, 'case.number') },
        { key: 'at', label: words(language, 'messages.at') },
      ]}
      rows={messages.map((one) => ({
        key: `${one.caseId}-${one.id}`,
        cells: {
          text: one.text[language],
          number: (
            <a href={href(language, `/desk/cases/${one.caseId}`)}>
              <CaseNumber language={language} id={one.caseId} />
            </a>
          ),
          at: <JalaliTime language={language} at={one.at} shape="short" />,
        },
      }))}
    />
  );
  const body = (
    <>
      <Heading title={words(language, 'messages.title')} />
      <Lists language={language} now="messages" />
      {messages.length === 0 ? <Empty title={words(language, 'messages.none')} /> : table}
    </>
  );
  return composePage(road, request, { title: words(language, 'messages.title'), body, wide: true, personal: true });
}
