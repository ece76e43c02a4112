// Paying: what for, then the bank; and coming back, when the bank's own word is asked and told plainly.
import type { FastifyInstance } from 'fastify';
import { typedCaseId } from '#base/ids.ts';
import { Refusal } from '#base/refusal.ts';
import type { WaitId } from '#engine/types.ts';
import { beginPayment, settlePayment } from '#work/pay.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { Fee } from '#portal/fee.tsx';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button } from '#portal/ui/actions.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading } from '#portal/ui/parts.tsx';
import { CaseNumber, MoneyText } from '#portal/ui/show.tsx';
import { viewerOf } from './apply.tsx';
import { words } from './words.ts';

export function payRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/cases/:id/pay/:payment', async (request) => {
    const { language, params } = request;
    const file = await loadCaseFile(road, viewerOf(request), params['id'] ?? '');
    const payment = file.state.payments.find((one) => one.id === params['payment']);
    if (!payment || !file.own) throw new Refusal('payment-settled', { payment: params['payment'] });
    if (payment.status !== 'due') return request.go(`/cases/${file.id}`);
    const body = (
      <>
        <Heading
          title={words(language, 'pay.title')}
          caption={<CaseNumber language={language} id={file.id} />}
          lead={words(language, 'pay.lead')}
        />
        {file.state.fee && file.state.fee.total === payment.amount ? (
          <Fee language={language} fee={file.state.fee} />
        ) : (
          <p>
            {words(language, 'pay.other')}: <MoneyText language={language} amount={payment.amount} />
          </p>
        )}
        <form method="post" action={href(language, `/cases/${file.id}/pay/${payment.id}`)}>
          <Key />
          <Actions>
            <Button>{words(language, 'pay.go')}</Button>
          </Actions>
        </form>
      </>
    );
    return composePage(road, request, {
      title: words(language, 'pay.title'),
      body,
      back: href(language, `/cases/${file.id}`),
      personal: true,
    });
  });
  post(server, '/cases/:id/pay/:payment', async (request) => {
    const viewer = viewerOf(request);
    const { id } = await loadCaseFile(road, viewer, request.params['id'] ?? '');
    const key = textOf(request.body, 'key') || request.request.id;
    const { redirect } = await beginPayment(road, id, { actor: viewer.actor, key, payment: request.params['payment'] as WaitId });
    return request.reply.redirect(redirect, 303);
  });
  page(server, '/pay/:id/:attempt', (request) => comeBack(road, request));
}

/** The browser only says that somebody is back; what happened, the provider tells. Works without a session, and any number of times. */
async function comeBack(road: Road, request: PageRequest) {
  const id = typedCaseId(request.params['id'] ?? '');
  const attempt = request.params['attempt'] ?? '';
  if (!id) throw new Refusal('payment-mismatch', { attempt });
  const state = await settlePayment(road, id, attempt);
  const result = state.payments.flatMap((one) => one.attempts).find((one) => one.id === attempt)?.result ?? 'pending';
  return request.go(`/cases/${id}?payment=${result}`);
}
