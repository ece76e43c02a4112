// Who asked about me: each look at a person's data, by whom, what for, under which law; delayed only where a contract says so.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import { printedCaseId } from '#base/ids.ts';
import type { CaseId } from '#base/ids.ts';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { looksAt } from '#work/views/looks.ts';
import type { Look } from '#work/views/looks.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import { href } from '#portal/ui/href.ts';
import { Empty, Heading } from '#portal/ui/parts.tsx';
import { Code, JalaliTime, UserText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { say } from '#portal/ui/words.ts';
import { inquirer } from './inquirer.ts';
import { words } from './words.ts';

export function looksRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/my/looks', async (request) => {
    const { language } = request;
    const looks = await looksAt(road, inquirer(request));
    const title = words(language, 'looks.title');
    const body = (
      <>
        <Heading title={title} lead={words(language, 'looks.lead')} />
        {looks.length === 0 ? <Empty title={words(language, 'looks.none')} /> : <Looks language={language} looks={looks} />}
      </>
    );
    return composePage(road, request, { title, body, back: href(language, '/my'), personal: true });
  });
}

function Looks({ language, looks }: { readonly language: Language; readonly looks: readonly Look[] }): JSX.Element {
  return (
    <Table
      language={language}
      caption={words(language, 'looks.title')}
      captionAway
      columns={[
        { key: 'when', label: words(language, 'looks.when') },
        { key: 'who', label: words(language, 'looks.who') },
        { key: 'what', label: words(language, 'looks.what') },
        { key: 'why', label: words(language, 'looks.why') },
      ]}
      rows={looks.map((one) => ({
        key: one.id,
        cells: {
          when: <JalaliTime language={language} at={one.at} shape="short" />,
          who: [
            ...(one.role === undefined ? [] : [say(language, `role.${one.role}`)]),
            ...(one.by ? [one.by[language]] : []),
          ].join(' · '),
          what: <What language={language} look={one} />,
          why: why(language, one),
        },
      }))}
    />
  );
}

function What({ language, look }: { readonly language: Language; readonly look: Look }): JSX.Element {
  switch (look.kind) {
    case 'inquiry':
      return (
        <>
          {look.title[language]}{' '}
          <UserText>
            {Object.values(look.question)
              .filter((value) => typeof value === 'string')
              .join(' · ')}
          </UserText>
        </>
      );
    case 'case':
      return (
        <>
          {words(language, 'looks.file')} <CaseLink language={language} id={look.case} />
        </>
      );
    case 'registry':
      return <>{words(language, 'looks.registry')}</>;
  }
}

function CaseLink({ language, id }: { readonly language: Language; readonly id: CaseId }): JSX.Element {
  return (
    <a href={href(language, `/cases/${id}`)}>
      <Code language={language} code={printedCaseId(id)} />
    </a>
  );
}

function why(language: Language, look: Look): string {
  switch (look.kind) {
    case 'inquiry':
      return [look.purpose?.[language], look.case === undefined ? undefined : words(language, 'looks.case'), look.legal[language]]
        .filter((part) => part !== undefined)
        .join(' · ');
    case 'case':
      return words(language, 'looks.case');
    case 'registry':
      return words(language, 'looks.upkeep');
  }
}
