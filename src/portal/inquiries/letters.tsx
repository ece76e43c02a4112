// Letters that a unit did not have to write, by subject and month, with the formula; and the same table as a file.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { unitLetters } from '#work/views/inquiry-figures.ts';
import type { UnitLetters } from '#work/views/inquiry-figures.ts';
import { composePage } from '#portal/compose-page.tsx';
import { deskViewer } from '#portal/desk/viewer.ts';
import { page } from '#portal/page-route.ts';
import { Stats } from '#portal/ui/cards.tsx';
import { jalaliMonthText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { numberText, plainNumberText } from '#portal/ui/numbers.ts';
import { Empty, Heading } from '#portal/ui/parts.tsx';
import { Num } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { inquirer } from './inquirer.ts';
import { sendCsv } from './csv.ts';
import { UnitTabs } from './unit-parts.tsx';
import { unitWords } from './unit-words.ts';

export function letterRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/inquiries/letters', async (request) => {
    deskViewer(request);
    const { language } = request;
    const { rows, letters } = await unitLetters(road, inquirer(request));
    const title = unitWords(language, 'letters.title');
    const body = (
      <>
        <Heading title={title} lead={unitWords(language, 'letters.lead')} />
        <UnitTabs language={language} now="letters" />
        {rows.length === 0 ? (
          <Empty title={unitWords(language, 'letters.none')} />
        ) : (
          <Letters language={language} rows={rows} sum={letters} />
        )}
      </>
    );
    return composePage(road, request, { title, body, wide: true, back: href(language, '/desk'), personal: true });
  });
  page(server, '/desk/inquiries/letters.csv', async (request) => {
    deskViewer(request);
    const { language } = request;
    const { rows } = await unitLetters(road, inquirer(request));
    const head = (['unit', 'type', 'month', 'asked', 'answered', 'avoided'] as const).map((one) =>
      unitWords(language, `letters.${one}`),
    );
    const lines = rows.map((one) => [one.unit[language], one.type[language], one.month, one.asked, one.answered, one.letters]);
    return sendCsv(request, 'letters', [head, ...lines]);
  });
}

type LettersProps = { readonly language: Language; readonly rows: readonly UnitLetters[]; readonly sum: number };

function Letters({ language, rows, sum }: LettersProps): JSX.Element {
  return (
    <>
      <Stats
        items={[
          {
            label: unitWords(language, 'letters.avoided'),
            value: numberText(language, sum),
            note: unitWords(language, 'letters.sum'),
          },
        ]}
      />
      <Table
        language={language}
        caption={unitWords(language, 'letters.caption')}
        columns={[
          { key: 'month', label: unitWords(language, 'letters.month') },
          { key: 'unit', label: unitWords(language, 'letters.unit') },
          { key: 'type', label: unitWords(language, 'letters.type') },
          { key: 'asked', label: unitWords(language, 'letters.asked'), number: true },
          { key: 'answered', label: unitWords(language, 'letters.answered'), number: true },
          { key: 'letters', label: unitWords(language, 'letters.avoided'), number: true },
        ]}
        rows={rows.map((one, index) => ({
          key: String(index),
          cells: {
            month: monthText(language, one.month),
            unit: one.unit[language],
            type: one.type[language],
            asked: <Num language={language} value={one.asked} />,
            answered: <Num language={language} value={one.answered} />,
            letters: <Num language={language} value={one.letters} />,
          },
        }))}
      />
      <p>
        <a href={href(language, '/desk/inquiries/letters.csv')}>{unitWords(language, 'letters.csv')}</a>
      </p>
    </>
  );
}

/** `1405-09` is آذر ۱۴۰۵. */
function monthText(language: Language, month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${jalaliMonthText(language, Number(number))} ${plainNumberText(language, Number(year))}`;
}
