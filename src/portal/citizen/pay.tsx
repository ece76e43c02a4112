// Paying: what for, then the bank; and coming back, when the bank's own word is asked and told plainly.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { typedCaseId } from '#base/ids.ts';
import { Refusal } from '#base/refusal.ts';
import type { WaitId } from '#engine/types.ts';
import { beginPayment, settlePayment } from '#work/pay.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { Fee } from '#portal/fee.tsx';
import { intentOf } from '#portal/intent.ts';
import { page, post, viewerOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button } from '#portal/ui/actions.tsx';
import { href } from '#portal/ui/href.ts';
import { Heading } from '#portal/ui/parts.tsx';
import { CaseNumber, MoneyText } from '#portal/ui/show.tsx';
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
          <Fee language={language} fee={file.state.fee} of={file} />
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
  post(server, '/cases/:id/pay/:payment', (request) => goToBank(road, request));
  page(server, '/pay/:id/:attempt', (request) => comeBack(road, request));
}

/** Pressed twice it is one attempt; pressed again after the bank said no (on a page that "back" showed) it is a new one. */
async function goToBank(road: Road, request: PageRequest): Promise<FastifyReply> {
  const { language, params, body } = request;
  const viewer = viewerOf(request);
  const { id, state } = await loadCaseFile(road, viewer, params['id'] ?? '');
  const payment = state.payments.find((one) => one.id === params['payment']);
  if (payment && payment.status !== 'due') return request.go(`/cases/${id}`);
  const over = payment?.attempts.filter((one) => one.result !== 'pending').length ?? 0;
  const key = intentOf(request, body, over);
  const { redirect } = await beginPayment(road, id, { actor: viewer.actor, key, payment: params['payment'] as WaitId, language });
  return request.reply.redirect(redirect, 303);
}

/** The browser only says that somebody is back; what happened, the provider tells. Works without a session, and any number of times. */
async function comeBack(road: Road, request: PageRequest): Promise<FastifyReply> {
  const id = typedCaseId(request.params['id'] ?? '');
  const attempt = request.params['attempt'] ?? '';
  if (!id) throw new Refusal('payment-mismatch', { attempt });
  await settlePayment(road, id, attempt).catch((error: unknown) => {
    // Nobody may be told "nothing was taken" before the bank has said so: the case's page says that the outcome is awaited.
    if (!(error instanceof Refusal) || error.code !== 'payment-unavailable') throw error;
  });
  return request.go(`/cases/${id}?attempt=${encodeURIComponent(attempt)}`);
}
