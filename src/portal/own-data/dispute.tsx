// A person's own dispute: how it stands, what was answered, and taking it back while it is open.
import type { FastifyInstance } from 'fastify';
import { takesFile } from './evidence-reply.ts';
import type { DisputeId } from '#work/views/own-data.ts';
import { withdrawDispute } from '#work/disputes/dispute.ts';
import type { Road } from '#work/road.ts';
import { disputeEvidence, disputeView } from '#work/views/own-data.ts';
import { Refusal } from '#base/refusal.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page, post } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, ButtonForm, ButtonLink } from '#portal/ui/actions.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { DisputeBody } from './parts.tsx';
import { backOf, dataViewer } from './viewer.ts';
import { words } from './words.ts';

export function disputeRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/mine/disputes/:id', (request) => disputePage(road, request));
  post(server, '/mine/disputes/:id/withdraw', async (request) => {
    const { id } = await withdrawDispute(road, dataViewer(request), (request.params['id'] ?? '') as DisputeId);
    return request.go(`/mine/disputes/${id}`);
  });
  page(server, '/mine/disputes/:id/evidence', async (request) =>
    takesFile(request, await disputeEvidence(road, dataViewer(request), request.params['id'] ?? '')),
  );
}

async function disputePage(road: Road, request: PageRequest): Promise<string> {
  const { language, query } = request;
  const view = await disputeView(road, dataViewer(request), request.params['id'] ?? '');
  // The unit that decides reads it at the desk.
  if (!view.own) throw new Refusal('dispute-not-found', { dispute: view.state.id });
  const back = backOf(query['back']);
  const title = words(language, 'dispute.title', { title: view.title[language] });
  const body = (
    <>
      {query['done'] === '1' && <Notice language={language} tone="success" title={words(language, 'dispute.done')} live />}
      <Heading title={title} caption={view.register[language]} />
      <DisputeBody language={language} view={view} evidence={href(language, `/mine/disputes/${view.state.id}/evidence`)} />
      <Actions>
        {back !== undefined && <ButtonLink href={href(language, back)}>{words(language, 'dispute.back')}</ButtonLink>}
        {view.state.status === 'open' && (
          <ButtonForm action={href(language, `/mine/disputes/${view.state.id}/withdraw`)} weight="quiet">
            {words(language, 'dispute.withdraw')}
          </ButtonForm>
        )}
      </Actions>
    </>
  );
  return composePage(road, request, { title, body, back: href(language, '/mine/data'), personal: true });
}
