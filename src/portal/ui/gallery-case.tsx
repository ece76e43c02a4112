// The style page's case: task list, answers, timeline, fee, worklist.
import type { JSX } from 'preact';
import { caseId } from '#base/ids.ts';
import { instant } from '#base/instant.ts';
import { money } from '#base/money.ts';
import type { Language } from '#base/text.ts';
import { FeeLines, StatusTag, SummaryList, TaskList, Timeline } from './case-parts.tsx';
import { sample } from './gallery-words.ts';
import { href } from './href.ts';
import { Tag } from './parts.tsx';
import { CaseNumber, Code, JalaliDateText } from './show.tsx';
import { Pagination, Table } from './table.tsx';
import { say } from './words.ts';

type Props = { readonly language: Language };

export function GalleryCase({ language }: Props): JSX.Element {
  const words = (key: Parameters<typeof sample>[1]): string => sample(language, key);
  return (
    <>
      <TaskList
        language={language}
        tasks={[
          { title: words('your'), hint: words('yourHint'), href: '#your', state: 'done' },
          { title: words('property'), href: '#property', state: 'in-progress' },
          { title: words('uploads'), href: '#uploads', state: 'not-started' },
          { title: words('fee'), state: 'cannot-start' },
        ]}
      />
      <SummaryList
        language={language}
        rows={[
          { label: words('name'), value: <bdi>{words('person')}</bdi>, change: '#f-fullName' },
          { label: words('nationalId'), value: <Code language={language} code="0012345679" />, change: '#f-nationalId' },
          { label: say(language, 'case.status'), value: <StatusTag language={language} status="open" /> },
        ]}
      />
      <History language={language} />
      <FeeLines
        language={language}
        lines={[
          {
            code: 'renovation',
            label: words('renovation'),
            basis: words('renovationBasis'),
            citation: words('act'),
            amount: money(61_200_000),
          },
          {
            code: 'issue',
            label: words('service1'),
            basis: words('serviceBasis'),
            citation: words('act'),
            amount: money(850_000),
          },
        ]}
        total={money(62_050_000)}
      />
      <Worklist language={language} />
    </>
  );
}

function History({ language }: Props): JSX.Element {
  const words = (key: Parameters<typeof sample>[1]): string => sample(language, key);
  const unit = words('unit');
  return (
    <Timeline
      language={language}
      items={[
        {
          title: say(language, 'event.ApplicationSubmitted'),
          state: 'done',
          at: instant('2026-11-21T09:12:00+03:30'),
          role: 'applicant',
        },
        { title: words('checked'), state: 'done', at: instant('2026-11-22T11:40:00+03:30'), role: 'officer', unit },
        {
          title: words('visit'),
          state: 'current',
          at: instant('2026-11-22T11:40:00+03:30'),
          role: 'engineer',
          unit,
          due: instant('2026-11-28T14:00:00+03:30'),
          note: words('visitNote'),
        },
        { title: words('review'), state: 'expected', role: 'officer', unit },
        { title: words('issue'), state: 'expected' },
      ]}
    />
  );
}

function Worklist({ language }: Props): JSX.Element {
  const words = (key: Parameters<typeof sample>[1]): string => sample(language, key);
  const row = (random: number, service: 'service' | 'tree', late: boolean) => {
    const id = caseId(1405, random);
    return {
      key: id,
      cells: {
        case: (
          <a href={href(language, `/desk/cases/${id}`)}>
            <CaseNumber language={language} id={id} />
          </a>
        ),
        service: words(service),
        due: <JalaliDateText language={language} at={instant('2026-11-28T14:00:00+03:30')} shape="short" />,
        status: late ? (
          <Tag tone="warning">{say(language, 'timeline.paused')}</Tag>
        ) : (
          <StatusTag language={language} status="open" />
        ),
      },
      ...(late && { tone: 'warning' as const }),
    };
  };
  return (
    <>
      <Table
        language={language}
        caption={words('worklist')}
        columns={[
          { key: 'case', label: say(language, 'case.number') },
          { key: 'service', label: say(language, 'case.service') },
          { key: 'due', label: say(language, 'case.due'), sort: { href: '?sort=-due', now: 'ascending' } },
          { key: 'status', label: say(language, 'case.status'), sort: { href: '?sort=status' } },
        ]}
        rows={[row(482_190_347, 'service', false), row(102_345_678, 'tree', true), row(998_877_665, 'service', false)]}
      />
      <Pagination language={language} now={2} of={7} hrefOf={(page) => `?page=${page}`} />
    </>
  );
}
