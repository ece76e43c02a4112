// Withdrawing an application, or discarding a draft: asked on a page of its own, for it cannot be undone.
import type { FastifyInstance } from 'fastify';
import { Refusal } from '#base/refusal.ts';
import { perform } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { intentOf } from '#portal/intent.ts';
import { page, post, textOf, viewerOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button } from '#portal/ui/actions.tsx';
import { href } from '#portal/ui/href.ts';
import { TextArea } from '#portal/ui/inputs.tsx';
import { Heading } from '#portal/ui/parts.tsx';
import { CaseNumber } from '#portal/ui/show.tsx';
import { ownCase } from './draft.ts';
import { words } from './words.ts';

const LONGEST_REASON = 2000;

export function withdrawRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/cases/:id/withdraw', (request) => askPage(road, request));
  post(server, '/cases/:id/withdraw', async (request) => {
    const viewer = viewerOf(request);
    const { id } = await loadCaseFile(road, viewer, request.params['id'] ?? '');
    const reason = textOf(request.body, 'reason').trim().slice(0, LONGEST_REASON);
    const command = { type: 'WithdrawCase', ...(reason === '' ? {} : { reason }) } as const;
    await perform(road, id, { actor: viewer.actor, key: intentOf(request, request.body), command });
    return request.go(`/cases/${id}`);
  });
}

async function askPage(road: Road, request: PageRequest): Promise<string> {
  const { language } = request;
  const file = await ownCase(road, request);
  const { id, state } = file;
  if (state.endedAt !== undefined) throw new Refusal('wrong-state', { command: 'WithdrawCase', status: state.status });
  const isDraft = state.status === 'draft';
  const title = words(language, isDraft ? 'apply.discard' : 'case.withdraw');
  const body = (
    <>
      <Heading
        title={title}
        caption={
          <>
            {file.package.manifest.title[language]} · <CaseNumber language={language} id={id} />
          </>
        }
        lead={words(language, isDraft ? 'apply.discard-lead' : 'case.withdraw-lead')}
      />
      <form method="post" action={href(language, `/cases/${id}/withdraw`)}>
        <Key />
        {!isDraft && (
          <TextArea
            language={language}
            name="reason"
            label={words(language, 'case.withdraw-reason')}
            required={false}
            value=""
            rows={4}
            maxLength={LONGEST_REASON}
          />
        )}
        <Actions>
          <Button weight="danger">{words(language, isDraft ? 'apply.discard-confirm' : 'case.withdraw-confirm')}</Button>
        </Actions>
      </form>
    </>
  );
  const back = href(language, isDraft ? `/cases/${id}/apply` : `/cases/${id}`);
  return composePage(road, request, { title, body, back, personal: true });
}
