// One case for its process's owner: where it stands in the diagram, what failed and why, and what has happened.
import type { FastifyInstance } from 'fastify';
import type { JSX } from 'preact';
import { printedCaseId } from '#base/ids.ts';
import type { Language } from '#base/text.ts';
import type { Road } from '#work/road.ts';
import { overseeCase } from '#work/views/oversight.ts';
import type { Overseen } from '#work/views/oversight.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { History } from '#portal/desk/file-proofs.tsx';
import { ButtonLink } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { Diagram } from '#portal/ui/diagram.tsx';
import { codeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { JalaliTime, UserText } from '#portal/ui/show.tsx';
import { overseer } from './overseer.ts';
import { words } from './words.ts';

export function stuckCaseRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/oversight/cases/:id', async (request) => {
    const overseen = await overseeCase(road, overseer(request), request.params['id'] ?? '');
    return casePage(road, request, overseen);
  });
}

function casePage(road: Road, request: PageRequest, overseen: Overseen): string {
  const { language } = request;
  const { file } = overseen;
  const title = words(language, 'case.title', { number: codeText(language, printedCaseId(file.id)) });
  const body = (
    <>
      <Heading title={file.package.manifest.title[language]} caption={title} />
      <StuckSteps language={language} overseen={overseen} />
      <Section title={words(language, 'case.diagram')} id="diagram">
        <Diagram
          language={language}
          drawing={overseen.drawing}
          marks={overseen.marks}
          names={Object.fromEntries(Object.entries(overseen.names).map(([id, name]) => [id, name[language]]))}
          title={file.package.manifest.title[language]}
          hrefs={Object.fromEntries(overseen.incidents.map((one) => [one.element, `#incident-${one.id}`]))}
        />
      </Section>
      <History language={language} file={file} />
      <p>
        <a href={href(language, `/desk/cases/${file.id}`)}>{words(language, 'case.file')}</a>
      </p>
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/oversight'), personal: true });
}

function StuckSteps({ language, overseen }: { readonly language: Language; readonly overseen: Overseen }): JSX.Element {
  const { file, incidents, mayMend } = overseen;
  if (incidents.length === 0) return <Notice language={language} tone="success" title={words(language, 'case.none')} />;
  return (
    <Section title={words(language, 'case.incidents')} id="incidents">
      {incidents.map((one) => (
        <div id={`incident-${one.id}`} key={one.id}>
          <Notice language={language} tone="danger" title={one.step[language]}>
            <p>
              <UserText>{one.reason}</UserText>
            </p>
            <p>
              <JalaliTime language={language} at={one.at} />
            </p>
            {mayMend && (
              <ButtonLink href={href(language, `/oversight/cases/${file.id}/incidents/${one.id}`)} weight="secondary">
                {words(language, 'case.mend')}
              </ButtonLink>
            )}
          </Notice>
        </div>
      ))}
    </Section>
  );
}
