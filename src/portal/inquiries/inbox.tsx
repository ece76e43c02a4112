// What a unit has to answer: overdue first, every filter and place in the address, several chosen to be answered together.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Instant } from '#base/instant.ts';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import type { InquiryView } from '#work/views/inquiries.ts';
import { inbox, waitingOf } from '#work/views/unit-inquiries.ts';
import type { Choice, Paged, Waiting } from '#work/views/unit-inquiries.ts';
import { composePage } from '#portal/compose-page.tsx';
import { DueText, isLate } from '#portal/desk/due.tsx';
import { FilterChoice } from '#portal/desk/filters.tsx';
import { deskViewer } from '#portal/desk/viewer.ts';
import { page } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button } from '#portal/ui/actions.tsx';
import { Stats } from '#portal/ui/cards.tsx';
import { href } from '#portal/ui/href.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Empty, Heading, Notice } from '#portal/ui/parts.tsx';
import { JalaliTime, UserText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { say } from '#portal/ui/words.ts';
import { inquirer } from './inquirer.ts';
import { lineOf } from './schema-form.tsx';
import { addressOf, Marks, secondsText, UnitTabs } from './unit-parts.tsx';
import { unitWords } from './unit-words.ts';
import { words } from './words.ts';

export function inboxRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/inquiries', (request) => inboxPage(road, request));
}

type Filter = {
  readonly type: string | undefined;
  readonly asker: string | undefined;
  readonly state: 'overdue' | 'forwarded' | undefined;
};

function filterOf({ type, asker, state }: PageRequest['query']): Filter {
  return {
    type: type === '' ? undefined : type,
    asker: asker === '' ? undefined : asker,
    state: state === 'overdue' || state === 'forwarded' ? state : undefined,
  };
}

async function inboxPage(road: Road, request: PageRequest): Promise<string> {
  deskViewer(request);
  const { language, query } = request;
  const viewer = inquirer(request);
  const filter = filterOf(query);
  const { type, asker, state } = filter;
  const asked = { type, asker, overdue: state === 'overdue', forwarded: state === 'forwarded', after: query['after'] };
  const [waiting, found] = [await waitingOf(road, viewer), await inbox(road, viewer, asked)];
  const title = words(language, 'inbox.title');
  const body = (
    <>
      <Done language={language} done={query['done']} />
      <Heading title={title} lead={words(language, 'inbox.lead')} />
      <UnitTabs language={language} now="inbox" />
      <Load language={language} load={waiting.load} />
      <Filters language={language} filter={filter} waiting={waiting} />
      {found.rows.length === 0 ? (
        <Empty title={waiting.load.length === 0 ? words(language, 'inbox.none') : unitWords(language, 'inbox.narrowed-none')} />
      ) : (
        <Rows language={language} found={found} now={road.ports.world.now()} />
      )}
      <More language={language} filter={filter} next={found.next} isLater={query['after'] !== undefined} />
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/desk'), personal: true });
}

function Done({ language, done }: { readonly language: Language; readonly done: string | undefined }): JSX.Element | null {
  const said = {
    1: words(language, 'answer.done'),
    2: words(language, 'forward.done'),
    3: unitWords(language, 'answer.late-done'),
  }[done ?? ''];
  return said === undefined ? null : <Notice language={language} tone="success" title={said} live />;
}

function Load({ language, load }: { readonly language: Language; readonly load: Waiting['load'] }): JSX.Element | null {
  if (load.length === 0) return null;
  return (
    <section aria-label={unitWords(language, 'load.label')}>
      <Stats
        items={load.map((one) => ({
          label: unitWords(language, 'load.waiting', { unit: one.name[language] }),
          value: numberText(language, one.waiting),
          note: unitWords(language, 'load.note', { overdue: one.overdue, span: secondsText(language, one.medianSeconds) }),
        }))}
      />
    </section>
  );
}

function Filters({
  language,
  filter,
  waiting,
}: {
  readonly language: Language;
  readonly filter: Filter;
  readonly waiting: Waiting;
}): JSX.Element {
  const { type, asker, state } = filter;
  const counted = ({ id, name, count }: Choice) =>
    [id, unitWords(language, 'filter.option', { name: name[language], count })] as const;
  return (
    <form
      class="filters"
      method="get"
      action={href(language, '/desk/inquiries')}
      aria-label={unitWords(language, 'filter.label')}
    >
      <FilterChoice
        name="type"
        label={unitWords(language, 'filter.type')}
        value={type}
        options={[['', unitWords(language, 'filter.every-type')], ...waiting.types.map(counted)]}
      />
      <FilterChoice
        name="asker"
        label={unitWords(language, 'filter.asker')}
        value={asker}
        options={[['', unitWords(language, 'filter.every-asker')], ...waiting.askers.map(counted)]}
      />
      <FilterChoice
        name="state"
        label={unitWords(language, 'filter.state')}
        value={state}
        options={[
          ['', unitWords(language, 'filter.any')],
          ['overdue', unitWords(language, 'filter.overdue')],
          ['forwarded', unitWords(language, 'filter.forwarded')],
        ]}
      />
      <Button weight="secondary">{say(language, 'action.filter')}</Button>
      {(type ?? asker ?? state) !== undefined && <a href={href(language, '/desk/inquiries')}>{say(language, 'action.clear')}</a>}
    </form>
  );
}

type RowsProps = { readonly language: Language; readonly found: Paged<InquiryView>; readonly now: Instant };

function Rows({ language, found, now }: RowsProps): JSX.Element {
  const columns = [
    { key: 'type', label: words(language, 'inbox.type') },
    { key: 'question', label: unitWords(language, 'inbox.question') },
    { key: 'by', label: words(language, 'one.by') },
    { key: 'asked', label: words(language, 'one.asked') },
    { key: 'due', label: words(language, 'one.due') },
    { key: 'choose', label: unitWords(language, 'inbox.choose') },
  ];
  return (
    <form method="get" action={href(language, '/desk/inquiries/batch')}>
      <Table
        language={language}
        caption={unitWords(language, 'inbox.caption', { count: found.rows.length })}
        columns={columns}
        rows={found.rows.map((one) => {
          const question = lineOf(language, one.type.question, one.question);
          return {
            key: one.id,
            ...(isLate(one.due, now) && { tone: 'danger' as const }),
            cells: {
              type: (
                <>
                  <a href={href(language, `/desk/inquiries/${one.id}`)}>{one.type.title[language]}</a>{' '}
                  <Marks language={language} of={one} />
                </>
              ),
              question: <UserText>{question}</UserText>,
              by: (one.organisation ?? one.askerUnit)?.[language] ?? '',
              asked: <JalaliTime language={language} at={one.askedAt} shape="short" />,
              due: <DueText language={language} due={one.due} now={now} />,
              choose: one.mine && (
                <input
                  type="checkbox"
                  name="id"
                  value={one.id}
                  aria-label={unitWords(language, 'inbox.choose-one', { question })}
                />
              ),
            },
          };
        })}
      />
      {found.rows.filter((one) => one.mine).length > 1 && (
        <>
          <p class="hint">{unitWords(language, 'inbox.batch-hint')}</p>
          <Actions>
            <Button weight="secondary">{unitWords(language, 'inbox.batch')}</Button>
          </Actions>
        </>
      )}
    </form>
  );
}

type MoreProps = {
  readonly language: Language;
  readonly filter: Filter;
  readonly next: string | undefined;
  readonly isLater: boolean;
};

function More({ language, filter, next, isLater }: MoreProps): JSX.Element | null {
  if (next === undefined && !isLater) return null;
  const to = (after?: string): string => href(language, addressOf('/desk/inquiries', { ...filter, after }));
  return (
    <nav class="pagination" aria-label={words(language, 'inbox.title')}>
      {isLater && <a href={to()}>{unitWords(language, 'list.first')}</a>}
      {next !== undefined && (
        <a rel="next" href={to(next)}>
          {unitWords(language, 'list.more')}
        </a>
      )}
    </nav>
  );
}
