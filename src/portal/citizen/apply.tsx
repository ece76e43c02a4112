// Beginning an application, and its task list: the parts with how far each is. The pages and the check of them are beside this file.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { open } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { draftPages } from '#work/views/draft.ts';
import { ownDraft } from '#work/views/lists.ts';
import { composePage } from '#portal/compose-page.tsx';
import { intentOf } from '#portal/intent.ts';
import { page, post, viewerOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, ButtonLink } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { TaskList } from '#portal/ui/case-parts.tsx';
import { wordsOf } from '#portal/ui/form.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { CaseNumber } from '#portal/ui/show.tsx';
import { checkRoutes } from './check.tsx';
import { ofDraft } from './draft.ts';
import type { DraftFile } from './draft.ts';
import { formPageRoutes } from './form-page.tsx';
import { words } from './words.ts';

export function applyRoutes(server: FastifyInstance, road: Road): void {
  post(server, '/services/:service/start', (request) => start(road, request));
  // Signing in leads back here by GET: the start is then one press away, on the service's own page.
  page(server, '/services/:service/start', (request) =>
    request.go(`/services/${encodeURIComponent(request.params['service'] ?? '')}`),
  );
  page(
    server,
    '/cases/:id/apply',
    ofDraft(road, (request, file) => taskListPage(road, request, file)),
  );
  formPageRoutes(server, road);
  checkRoutes(server, road);
}

async function start(road: Road, request: PageRequest): Promise<FastifyReply> {
  const { language, params, body } = request;
  const { manifest } = road.catalogue.current(params['service'] ?? '').package;
  // Nothing was typed yet: sign in first, then start from the same page.
  if (!request.visitor) return request.go(`/sign-in?next=${encodeURIComponent(href(language, `/services/${manifest.id}`))}`);
  const { visitor, actor, reader } = viewerOf(request);
  const draft = await ownDraft(road, reader, manifest.id);
  if (draft !== undefined) return request.go(`/cases/${draft}/apply`);
  const applicant = { id: actor.person as never, kind: visitor.kind, nationalId: visitor.nationalId, name: visitor.name.fa };
  const { id } = await open(road, {
    actor,
    key: intentOf(request, body),
    service: manifest.id,
    command: { type: 'OpenCase', applicant },
  });
  return request.go(`/cases/${id}/apply`);
}

function taskListPage(road: Road, request: PageRequest, file: DraftFile): string {
  const { language, query } = request;
  const { texts } = file.package;
  const title = words(language, 'apply.title', { service: file.package.manifest.title[language] });
  const tasks = draftPages(file.state, file.package, file.known.standings).map(({ page: one, state }) => ({
    title: wordsOf(texts, language, one.title),
    href: href(language, `/cases/${file.id}/apply/${one.id}`),
    state,
  }));
  const body = (
    <>
      {query['saved'] === '1' && <Notice language={language} tone="success" title={words(language, 'saved.later')} live />}
      <Heading title={title} caption={<CaseNumber language={language} id={file.id} />} lead={words(language, 'apply.lead')} />
      <Section title={words(language, 'apply.parts')} id="parts">
        <TaskList language={language} tasks={tasks} />
      </Section>
      <Actions>
        <ButtonLink href={href(language, `/cases/${file.id}/check`)}>{words(language, 'apply.check')}</ButtonLink>
        <ButtonLink href={href(language, `/cases/${file.id}/withdraw`)} weight="quiet">
          {words(language, 'apply.discard')}
        </ButtonLink>
      </Actions>
    </>
  );
  return composePage(road, request, { title, body, personal: true });
}
