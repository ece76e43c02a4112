// The duty register: for every service its steward, owner, executors by step, and who runs the infrastructure.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { dutyRegister } from '#work/views/public.ts';
import type { Duty } from '#work/views/public.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import { Section } from '#portal/ui/cards.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading } from '#portal/ui/parts.tsx';
import { Table } from '#portal/ui/table.tsx';
import { say } from '#portal/ui/words.ts';
import { words } from './words.ts';

export function dutyRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/duties', (request) => {
    const { language } = request;
    const body = (
      <>
        <Heading title={words(language, 'duties.title')} lead={words(language, 'duties.lead')} />
        <p>
          <a href={href(language, '/inquiries/types')}>{words(language, 'duties.inquiries')}</a>
        </p>
        {dutyRegister(road).map((duty) => (
          <DutyOf key={duty.service} language={language} duty={duty} />
        ))}
      </>
    );
    return composePage(road, request, { title: words(language, 'duties.title'), body });
  });
}

function DutyOf({ language, duty }: { readonly language: Language; readonly duty: Duty }): JSX.Element {
  return (
    <Section title={<a href={href(language, `/services/${duty.service}`)}>{duty.title[language]}</a>} id={`duty-${duty.service}`}>
      <SummaryList
        language={language}
        rows={[
          { label: words(language, 'duties.steward'), value: duty.steward[language] },
          { label: words(language, 'duties.owner'), value: duty.owner[language] },
          {
            label: words(language, 'duties.infrastructure'),
            value: duty.infrastructure.map((one, index) => (
              <div key={index}>{`${one.unit[language]}: ${one.provides[language]}`}</div>
            )),
          },
        ]}
      />
      {duty.executors.length === 0 ? (
        <p>{words(language, 'duties.none')}</p>
      ) : (
        <Table
          language={language}
          caption={words(language, 'duties.executors', { title: duty.title[language] })}
          columns={[
            { key: 'step', label: words(language, 'duties.step') },
            { key: 'unit', label: words(language, 'duties.unit') },
            { key: 'role', label: words(language, 'duties.role') },
          ]}
          rows={duty.executors.map((one, index) => ({
            key: String(index),
            cells: {
              step: one.step[language],
              unit: one.unit[language],
              role: say(language, `role.${one.role}` as 'role.officer'),
            },
          }))}
        />
      )}
    </Section>
  );
}
