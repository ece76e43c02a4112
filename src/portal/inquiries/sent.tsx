// What a unit has asked: of whom, since when, due when, answered or silent, and late answers that are new to the reader.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import { printedCaseId } from '#base/ids.ts';
import type { CaseId } from '#base/ids.ts';
import type { Instant } from '#base/instant.ts';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { sent, SENT_STATES } from '#work/views/unit-inquiries.ts';
import type { Paged, SentView } from '#work/views/unit-inquiries.ts';
import { composePage } from '#portal/compose-page.tsx';
import { DueText } from '#portal/desk/due.tsx';
import { FilterChoice } from '#portal/desk/filters.tsx';
import { deskViewer } from '#portal/desk/viewer.ts';
import { page } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Button } from '#portal/ui/actions.tsx';
import { href } from '#portal/ui/href.ts';
import { Empty, Heading, Tag } from '#portal/ui/parts.tsx';
import { Code, JalaliTime, UserText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { say } from '#portal/ui/words.ts';
import { inquirer } from './inquirer.ts';
import { lineOf } from './schema-form.tsx';
import { addressOf, Marks, UnitTabs } from './unit-parts.tsx';
import { unitWords } from './unit-words.ts';
import { words } from './words.ts';

export function sentRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/inquiries/sent', (request) => sentPage(road, request));
}

async function sentPage(road: Road, request: PageRequest): Promise<string> {
  deskViewer(request);
  const { language, query } = request;
  const state = SENT_STATES.find((one) => one === query['state']);
  const type = query['type'] === '' ? undefined : query['type'];
  const { before } = query;
  const found = await sent(road, inquirer(request), { state, type, before });
  const title = unitWords(language, 'sent.title');
  const to = (place?: string): string => href(language, addressOf('/desk/inquiries/sent', { state, type, before: place }));
  const body = (
    <>
      <Heading title={title} lead={unitWords(language, 'sent.lead')} />
      <UnitTabs language={language} now="sent" />
      <form
        class="filters"
        method="get"
        action={href(language, '/desk/inquiries/sent')}
        aria-label={unitWords(language, 'filter.label')}
      >
        <FilterChoice
          name="type"
          label={unitWords(language, 'filter.type')}
          value={type}
          options={[
            ['', unitWords(language, 'filter.every-type')],
            ...road.catalogue.inquiryTypes().map(({ inquiry }) => [inquiry.type.id, inquiry.type.title[language]] as const),
          ]}
        />
        <FilterChoice
          name="state"
          label={unitWords(language, 'filter.state')}
          value={state}
          options={[
            ['', unitWords(language, 'filter.any')],
            ...SENT_STATES.map((one) => [one, unitWords(language, `sent.${one}`)] as const),
          ]}
        />
        <Button weight="secondary">{say(language, 'action.filter')}</Button>
        {(type ?? state) !== undefined && <a href={href(language, '/desk/inquiries/sent')}>{say(language, 'action.clear')}</a>}
      </form>
      {found.rows.length === 0 ? (
        <Empty title={unitWords(language, 'sent.none')} />
      ) : (
        <Rows language={language} found={found} now={road.ports.world.now()} />
      )}
      {(found.next ?? before) !== undefined && (
        <nav class="pagination" aria-label={title}>
          {before !== undefined && <a href={to()}>{unitWords(language, 'list.first')}</a>}
          {found.next !== undefined && (
            <a rel="next" href={to(found.next)}>
              {unitWords(language, 'list.more')}
            </a>
          )}
        </nav>
      )}
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/desk'), personal: true });
}

type RowsProps = { readonly language: Language; readonly found: Paged<SentView>; readonly now: Instant };

function Rows({ language, found, now }: RowsProps): JSX.Element {
  return (
    <Table
      language={language}
      caption={unitWords(language, 'sent.caption', { count: found.rows.length })}
      columns={[
        { key: 'type', label: words(language, 'inbox.type') },
        { key: 'question', label: unitWords(language, 'inbox.question') },
        { key: 'case', label: unitWords(language, 'sent.case') },
        { key: 'with', label: unitWords(language, 'sent.with') },
        { key: 'asked', label: words(language, 'one.asked') },
        { key: 'due', label: words(language, 'one.due') },
        { key: 'status', label: words(language, 'one.status') },
      ]}
      rows={found.rows.map((one) => ({ key: one.id, cells: cellsOf(language, one, now) }))}
    />
  );
}

function cellsOf(language: Language, one: SentView, now: Instant): { readonly [column: string]: JSX.Element | string } {
  const isOpen = one.status === 'asked' || one.status === 'waiting' || one.status === 'dead';
  const number = one.caseId ?? '';
  return {
    type: (
      <a href={href(language, one.seesCase ? `/desk/cases/${number}/inquiries/${one.id}` : `/desk/inquiries/${one.id}`)}>
        {one.type.title[language]}
      </a>
    ),
    question: <UserText>{lineOf(language, one.type.question, one.question)}</UserText>,
    case: one.seesCase ? (
      <a href={href(language, `/desk/cases/${number}`)}>
        <Code language={language} code={printedCaseId(number as CaseId)} />
      </a>
    ) : (
      <Code language={language} code={printedCaseId(number as CaseId)} />
    ),
    with:
      one.answer?.provenance.responder === 'register' ? unitWords(language, 'sent.register') : (one.unitName?.[language] ?? ''),
    asked: <JalaliTime language={language} at={one.askedAt} shape="short" />,
    due: isOpen ? (
      <DueText language={language} due={one.due} now={now} />
    ) : (
      <JalaliTime language={language} at={one.due} shape="short" />
    ),
    status: (
      <div>
        <Tag tone={one.status === 'answered' ? 'success' : 'info'}>{words(language, `status.${one.status}`)}</Tag>{' '}
        <Marks language={language} of={one} lateNew={one.lateNew} />
      </div>
    ),
  };
}
