// Revoking a document: a page of its own that says what follows, asks for the reason, and asks once more.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Refusal } from '#base/refusal.ts';
import { perform } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import type { CaseFile } from '#work/views/case-file.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { intentOf } from '#portal/intent.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button, ButtonLink } from '#portal/ui/actions.tsx';
import { Checkbox } from '#portal/ui/choices.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import { codeText } from '#portal/ui/format.ts';
import { href } from '#portal/ui/href.ts';
import { TextArea } from '#portal/ui/inputs.tsx';
import { Heading, Notice } from '#portal/ui/parts.tsx';
import { CaseNumber } from '#portal/ui/show.tsx';
import { sendTrouble } from './case-file.tsx';
import { words } from './file-words.ts';
import { isTrouble } from './trouble.ts';
import { deskViewer } from './viewer.ts';

const LONGEST_REASON = 2000;

export function revokeRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/cases/:id/documents/:code/revoke', async (request) => {
    const { file, document } = await revocable(road, request);
    // Already revoked, or not theirs to revoke: the file says so.
    if (!file.mayRevoke || document.status === 'revoked') return request.go(`/desk/cases/${file.id}`);
    return revokePage(road, request, { file, number: document.number, reason: '', isSure: false, isSent: false });
  });
  post(server, '/desk/cases/:id/documents/:code/revoke', (request) => revoke(road, request));
}

async function revocable(road: Road, request: PageRequest) {
  const file = await loadCaseFile(road, deskViewer(request), request.params['id'] ?? '');
  const document = file.state.documents.find((one) => one.code === request.params['code']);
  if (!document) throw new Refusal('document-not-found', { code: request.params['code'] });
  return { file, document };
}

async function revoke(road: Road, request: PageRequest): Promise<FastifyReply> {
  const { actor } = deskViewer(request);
  const { file, document } = await revocable(road, request);
  const reason = textOf(request.body, 'reason').trim().slice(0, LONGEST_REASON);
  const isSure = textOf(request.body, 'sure') === 'true';
  if (reason === '' || !isSure) {
    return request.reply
      .code(422)
      .type('text/html; charset=utf-8')
      .send(revokePage(road, request, { file, number: document.number, reason, isSure, isSent: true }));
  }
  const key = intentOf(request, request.body);
  try {
    await perform(road, file.id, { actor, key, command: { type: 'RevokeDocument', code: document.code, reason } });
  } catch (error) {
    if (isTrouble(error)) return sendTrouble(road, request, error);
    throw error;
  }
  return request.go(`/desk/cases/${file.id}?revoked=1`);
}

type Shown = {
  readonly file: CaseFile;
  readonly number: string;
  readonly reason: string;
  readonly isSure: boolean;
  /** Judged only once it was sent. */
  readonly isSent: boolean;
};

function revokePage(road: Road, request: PageRequest, { file, number, reason, isSure, isSent }: Shown): string {
  const { language } = request;
  const title = words(language, 'revoke.title', { number: codeText(language, number) });
  const noReason = isSent && reason === '' ? words(language, 'revoke.reason-needed') : undefined;
  const notSure = isSent && !isSure ? words(language, 'revoke.sure-needed') : undefined;
  const errors = [
    ...(noReason === undefined ? [] : [{ message: noReason, field: fieldId('reason') }]),
    ...(notSure === undefined ? [] : [{ message: notSure, field: fieldId('sure') }]),
  ];
  const body = (
    <>
      <Heading title={title} caption={<CaseNumber language={language} id={file.id} />} />
      <Notice language={language} tone="warning" title={words(language, 'revoke.lead')} />
      <form method="post" action={href(language, request.path)} novalidate data-keep={`revoke-${file.id}`}>
        <Key />
        <TextArea
          language={language}
          name="reason"
          label={words(language, 'revoke.reason')}
          value={reason}
          maxLength={LONGEST_REASON}
          error={noReason}
        />
        <Checkbox language={language} name="sure" label={words(language, 'revoke.sure')} checked={isSure} error={notSure} />
        <Actions>
          <Button weight="danger">{words(language, 'revoke.do')}</Button>
          <ButtonLink href={href(language, `/desk/cases/${file.id}`)} weight="quiet">
            {words(language, 'revoke.keep')}
          </ButtonLink>
        </Actions>
      </form>
    </>
  );
  return composePage(road, request, { title, body, errors, back: href(language, `/desk/cases/${file.id}`), personal: true });
}
