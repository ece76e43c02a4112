// The public list of inquiry types: owner, deadline, and real figures; the same table as a file. Without a login.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { FIGURE_DAYS, inquiryTypeList } from '#work/views/inquiry-figures.ts';
import type { ListedType } from '#work/views/inquiry-figures.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { durationText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { percentText } from '#portal/ui/numbers.ts';
import { Heading } from '#portal/ui/parts.tsx';
import { Num } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { sendCsv } from './csv.ts';
import { typeWords } from './type-words.ts';
import { secondsText } from './unit-parts.tsx';
import { words } from './words.ts';

export function typeListRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/inquiries/types', (request) => typesPage(road, request));
  page(server, '/inquiries/types.csv', async (request) => {
    const { language } = request;
    const rows = await inquiryTypeList(road);
    const head = (['type', 'owner', 'deadline', 'answered', 'median', 'at-once', 'letters'] as const).map((one) =>
      typeWords(language, `col.${one}`),
    );
    const lines = rows.map(({ type, owner, figures }) => [
      type.title[language],
      owner[language],
      type.deadline,
      figures.answered,
      figures.medianSeconds === undefined ? '' : Math.round(figures.medianSeconds),
      figures.atOnce,
      figures.letters,
    ]);
    return sendCsv(request, 'inquiries', [['id', ...head], ...lines.map((line, at) => [rows[at]?.type.id ?? '', ...line])]);
  });
}

export async function typesPage(road: Road, request: PageRequest): Promise<string> {
  const { language, visitor } = request;
  const title = typeWords(language, 'list.title');
  const body = (
    <>
      <Heading title={title} lead={typeWords(language, 'list.lead')} />
      <Types language={language} rows={await inquiryTypeList(road)} />
      <p>
        <a href={href(language, '/inquiries/types.csv')}>{typeWords(language, 'list.csv')}</a>
      </p>
      <p class="soft">{typeWords(language, 'list.formula')}</p>
      {visitor ? (
        <p>{words(language, 'ask.none-more')}</p>
      ) : (
        <p>
          <a href={href(language, '/sign-in?next=/inquiries')}>{typeWords(language, 'list.ask')}</a>
        </p>
      )}
    </>
  );
  return composePage(road, request, { title, body, wide: true });
}

function Types({ language, rows }: { readonly language: Language; readonly rows: readonly ListedType[] }): JSX.Element {
  return (
    <Table
      language={language}
      caption={typeWords(language, 'list.caption', { days: FIGURE_DAYS })}
      columns={[
        { key: 'type', label: typeWords(language, 'col.type') },
        { key: 'owner', label: typeWords(language, 'col.owner') },
        { key: 'deadline', label: typeWords(language, 'col.deadline') },
        { key: 'answered', label: typeWords(language, 'col.answered'), number: true },
        { key: 'median', label: typeWords(language, 'col.median') },
        { key: 'atOnce', label: typeWords(language, 'col.at-once'), number: true },
        { key: 'letters', label: typeWords(language, 'col.letters'), number: true },
      ]}
      rows={rows.map(({ type, owner, figures }) => ({
        key: type.id,
        cells: {
          type: (
            <>
              <a href={href(language, `/inquiries/types/${type.id}`)}>{type.title[language]}</a>
              <div class="soft">{type.summary[language]}</div>
            </>
          ),
          owner: owner[language],
          deadline: durationText(language, type.deadline, true),
          answered: <Num language={language} value={figures.answered} />,
          median: medianText(language, figures),
          atOnce: figures.answered === 0 ? '' : percentText(language, figures.atOnce / figures.answered),
          letters: <Num language={language} value={figures.letters} />,
        },
      }))}
    />
  );
}

export function medianText(language: Language, { answered, medianSeconds }: ListedType['figures']): string {
  if (medianSeconds !== undefined) return secondsText(language, medianSeconds);
  return answered === 0 ? '' : typeWords(language, 'few');
}
