// The living style page: every part of the kit on one page, for eyes, tests and axe. Never reads or writes anything.
import type { JSX } from 'preact';
import { caseId } from '#base/ids.ts';
import { instant } from '#base/instant.ts';
import type { Language } from '#base/text.ts';
import { ButtonForm, ButtonLink, Actions } from './actions.tsx';
import { fieldId } from './errors.tsx';
import { GalleryForms } from './gallery-forms.tsx';
import { GalleryCase } from './gallery-case.tsx';
import { GalleryDiagram } from './gallery-diagram.tsx';
import { sample } from './gallery-words.ts';
import { Cards, Columns, Hero, Section, Stats } from './cards.tsx';
import { href } from './href.ts';
import { renderPage } from './page.tsx';
import { Details, Empty, Notice, Panel, SearchBox, Steps, Tabs, Tag } from './parts.tsx';
import { CaseNumber, JalaliDateText, Num } from './show.tsx';
import { durationText } from './format.ts';
import { percentText } from './numbers.ts';
import { say } from './words.ts';

export const GALLERY_NOW = instant('2026-11-24T09:00:00+03:30');
export const GALLERY_CASE = caseId(1405, 482_190_347);

/** The whole page, as a browser gets it. */
export function galleryPage(language: Language, wide = false): string {
  return renderPage({
    language,
    title: sample(language, 'title'),
    path: '/gallery',
    wide,
    user: { name: sample(language, 'person'), role: 'officer', unit: sample(language, 'unit') },
    userLinks: [{ href: href(language, '/cases'), label: say(language, 'nav.cases') }],
    navigation: (['services', 'cases', 'documents', 'duties'] as const).map((key) => ({
      href: href(language, `/${key}`),
      label: say(language, `nav.${key}`),
      current: key === 'services',
    })),
    breadcrumbs: [
      { href: href(language, '/'), label: say(language, 'nav.home') },
      { href: href(language, '/services'), label: say(language, 'nav.services') },
      { href: href(language, '/gallery'), label: sample(language, 'title') },
    ],
    errors: [
      { message: sample(language, 'nationalIdFault'), field: fieldId('nationalId') },
      { message: sample(language, 'useFault'), field: fieldId('use') },
      { message: sample(language, 'birthFault'), field: fieldId('birth') },
    ],
    step: { now: 2, of: 4 },
    body: <Gallery language={language} />,
  });
}

export function Gallery({ language }: { readonly language: Language }): JSX.Element {
  return (
    <>
      <Hero title={sample(language, 'title')} lead={sample(language, 'lead')}>
        <SearchBox
          language={language}
          action={href(language, '/services')}
          label={sample(language, 'services')}
          hint={sample(language, 'servicesHint')}
        />
      </Hero>
      <ServiceCards language={language} />
      <Section id="forms" title={sample(language, 'forms')}>
        <GalleryForms language={language} />
      </Section>
      <Section id="pieces" title={sample(language, 'pieces')}>
        <Pieces language={language} />
      </Section>
      <Section id="case" title={sample(language, 'case')}>
        <GalleryCase language={language} />
      </Section>
      <Section id="diagrams" title={sample(language, 'diagrams')}>
        <GalleryDiagram language={language} />
      </Section>
    </>
  );
}

function ServiceCards({ language }: { readonly language: Language }): JSX.Element {
  const card = (key: 'service' | 'other' | 'tree', text: 'serviceText' | 'otherText' | 'treeText', remote: boolean) => ({
    href: href(language, `/services/${key}`),
    title: sample(language, key),
    text: sample(language, text),
    tags: (
      <>
        <Tag tone="info">{say(language, remote ? 'mode.remote' : 'mode.semi-in-person')}</Tag>
        <Tag>{say(language, remote ? 'kind.certificate' : 'kind.permit')}</Tag>
      </>
    ),
    meta: durationText(language, remote ? 'P1D' : 'P10D', true),
  });
  return (
    <Cards items={[card('service', 'serviceText', false), card('other', 'otherText', true), card('tree', 'treeText', false)]} />
  );
}

function Pieces({ language }: { readonly language: Language }): JSX.Element {
  return (
    <>
      <Notice language={language} tone="success" live>
        <p>{sample(language, 'saved')}</p>
      </Notice>
      <Notice language={language} tone="warning">
        <p>{sample(language, 'pause')}</p>
      </Notice>
      <Notice language={language} tone="danger" title={sample(language, 'refused')}>
        <p>{sample(language, 'refusedWhy')}</p>
      </Notice>
      <Notice language={language} tone="info">
        <p>{sample(language, 'next')}</p>
      </Notice>
      <Panel title={sample(language, 'applicationDone')}>
        <p>{say(language, 'case.number')}</p>
        <p>
          <CaseNumber language={language} id={GALLERY_CASE} />
        </p>
      </Panel>
      <Steps language={language} now={3} of={5} />
      <Tabs
        language={language}
        links={[
          { href: '#case', label: say(language, 'case.tracking'), current: true },
          { href: '#forms', label: say(language, 'nav.documents') },
          { href: '#pieces', label: say(language, 'fee.title') },
        ]}
      />
      <Columns label={sample(language, 'help')} aside={<p>{sample(language, 'helpText')}</p>}>
        <Figures language={language} />
        <Details summary={sample(language, 'why')}>
          <p>{sample(language, 'because')}</p>
        </Details>
      </Columns>
      <Empty title={sample(language, 'noCases')}>
        <p>
          <a href={href(language, '/services')}>{say(language, 'action.start')}</a>
        </p>
      </Empty>
      <Actions>
        <ButtonLink href={href(language, '/services')}>{say(language, 'action.start')}</ButtonLink>
        <ButtonForm action={href(language, '/claim')} weight="secondary" hidden={{ task: 'w1' }}>
          {say(language, 'command.ClaimTask')}
        </ButtonForm>
        <ButtonForm action={href(language, '/withdraw')} weight="danger">
          {say(language, 'command.WithdrawCase')}
        </ButtonForm>
      </Actions>
    </>
  );
}

function Figures({ language }: { readonly language: Language }): JSX.Element {
  return (
    <Stats
      items={[
        {
          label: sample(language, 'days'),
          value: durationText(language, 'P6D', true),
          note: <JalaliDateText language={language} at={GALLERY_NOW} />,
        },
        { label: sample(language, 'trips'), value: <Num language={language} value={18_432} /> },
        { label: sample(language, 'onTime'), value: percentText(language, 0.943) },
      ]}
    />
  );
}
