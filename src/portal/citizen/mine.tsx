// A person's own cases: those that wait for them first, each with what is expected of whom and the next thing to do.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { ownCases } from '#work/views/lists.ts';
import type { OwnCase } from '#work/views/lists.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page, viewerOf } from '#portal/page-route.ts';
import { ButtonLink } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { StatusTag } from '#portal/ui/case-parts.tsx';
import { href } from '#portal/ui/href.ts';
import { Empty, Heading } from '#portal/ui/parts.tsx';
import { CaseNumber, JalaliDateText, JalaliTime } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { say } from '#portal/ui/words.ts';
import { words as dataWords } from '#portal/own-data/words.ts';
import { words } from './words.ts';

/** How many cases a page shows; the ones before are a link away. */
const MOST = 50;

export function mineRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/my', async (request) => {
    const { language, query } = request;
    const before = query['before'];
    const page = { most: MOST, ...(before !== undefined && !Number.isNaN(Date.parse(before)) ? { before } : {}) };
    const cases = await ownCases(road, viewerOf(request).reader, page);
    const last = cases.length === MOST ? cases.at(-1) : undefined;
    const body = (
      <>
        <Mine language={language} cases={cases} />
        <p>
          <a href={href(language, '/my/looks')}>{say(language, 'nav.access')}</a>
        </p>
        <p>
          <a href={href(language, '/mine/data')}>{dataWords(language, 'mine.link')}</a>
        </p>
        {last && (
          <p>
            <a href={href(language, `/my?before=${encodeURIComponent(last.openedAt)}`)}>{words(language, 'mine.earlier')}</a>
          </p>
        )}
      </>
    );
    return composePage(road, request, { title: words(language, 'mine.title'), body, personal: true });
  });
}

export function Mine({ language, cases }: { readonly language: Language; readonly cases: readonly OwnCase[] }): JSX.Element {
  const waiting = cases.filter((one) => nextStep(language, one) !== undefined);
  const others = cases.filter((one) => nextStep(language, one) === undefined);
  return (
    <>
      <Heading title={words(language, 'mine.title')} />
      {cases.length === 0 && (
        <Empty title={words(language, 'mine.none')}>
          <ButtonLink href={href(language, '/services')}>{words(language, 'mine.find')}</ButtonLink>
        </Empty>
      )}
      {waiting.length > 0 && (
        <Section title={words(language, 'mine.waiting')} id="waiting">
          <CaseTable language={language} cases={waiting} caption={words(language, 'mine.waiting')} />
        </Section>
      )}
      {others.length > 0 && (
        <Section title={words(language, waiting.length > 0 ? 'mine.others' : 'mine.all')} id="others">
          <CaseTable language={language} cases={others} caption={words(language, 'mine.others')} />
        </Section>
      )}
    </>
  );
}

/** What the person themself must do next, and where. */
export function nextStep(language: Language, one: OwnCase): { readonly href: string; readonly label: string } | undefined {
  if (one.status === 'draft') return { href: href(language, `/cases/${one.id}/apply`), label: words(language, 'case.continue') };
  if (one.asked !== null)
    return { href: href(language, `/cases/${one.id}/correct/${one.asked}`), label: words(language, 'case.correct') };
  if (one.owed !== null) return { href: href(language, `/cases/${one.id}/pay/${one.owed}`), label: say(language, 'action.pay') };
  return undefined;
}

function CaseTable({
  language,
  cases,
  caption,
}: {
  readonly language: Language;
  readonly cases: readonly OwnCase[];
  readonly caption: string;
}): JSX.Element {
  return (
    <Table
      language={language}
      caption={caption}
      captionAway
      columns={[
        { key: 'service', label: say(language, 'case.service') },
        { key: 'number', label: say(language, 'case.number') },
        { key: 'status', label: say(language, 'case.status') },
        { key: 'now', label: words(language, 'mine.now') },
        { key: 'updated', label: words(language, 'mine.updated') },
      ]}
      rows={cases.map((one) => ({
        key: one.id,
        cells: {
          service: <a href={href(language, `/cases/${one.id}`)}>{one.title[language]}</a>,
          number: <CaseNumber language={language} id={one.id} />,
          status: <StatusTag language={language} status={one.status} />,
          now: <Now language={language} one={one} />,
          updated: <JalaliTime language={language} at={one.updatedAt} shape="short" />,
        },
      }))}
    />
  );
}

function Now({ language, one }: { readonly language: Language; readonly one: OwnCase }): JSX.Element {
  const step = nextStep(language, one);
  if (step) return <a href={step.href}>{step.label}</a>;
  if (one.endedAt !== null) return <>{words(language, 'mine.ended')}</>;
  const holders = one.holderNames.map((name) => name[language]).join(language === 'fa' ? '، ' : ', ');
  return (
    <>
      {holders === '' ? words(language, 'mine.system') : words(language, 'mine.held', { unit: holders })}
      {one.dueAt !== null && (
        <span class="soft">
          {' · '}
          {say(language, 'timeline.due')} <JalaliDateText language={language} at={one.dueAt} shape="short" />
        </span>
      )}
    </>
  );
}
