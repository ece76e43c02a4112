// For the unit that answers for a source: what people say is wrong in it, side by side with what it holds, and the decision.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import { Refusal } from '#base/refusal.ts';
import { decideDispute } from '#work/disputes/dispute.ts';
import type { Road } from '#work/road.ts';
import { disputeEvidence, disputeView, unitDisputes } from '#work/views/own-data.ts';
import type { DisputeId, DisputeView } from '#work/views/own-data.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { deskViewer } from '#portal/desk/viewer.ts';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button } from '#portal/ui/actions.tsx';
import { Section } from '#portal/ui/cards.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { fieldId } from '#portal/ui/errors.tsx';
import { href } from '#portal/ui/href.ts';
import { TextArea } from '#portal/ui/inputs.tsx';
import { Empty, Heading, Notice } from '#portal/ui/parts.tsx';
import { Code } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { takesFile } from './evidence-reply.ts';
import { DisputeBody, Due, StatusOf } from './parts.tsx';
import { DataValue } from './value.tsx';
import { dataViewer } from './viewer.ts';
import { words } from './words.ts';

const LONGEST_REASON = 2000;

export function deskDisputeRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/desk/disputes', (request) => listPage(road, request));
  page(server, '/desk/disputes/:id', async (request) => onePage(road, request, { view: await viewOf(road, request) }));
  post(server, '/desk/disputes/:id', (request) => decide(road, request));
  page(server, '/desk/disputes/:id/evidence', async (request) => {
    deskViewer(request);
    return takesFile(request, await disputeEvidence(road, dataViewer(request), request.params['id'] ?? ''));
  });
}

async function viewOf(road: Road, request: PageRequest): Promise<DisputeView> {
  deskViewer(request);
  return disputeView(road, dataViewer(request), request.params['id'] ?? '');
}

async function listPage(road: Road, request: PageRequest): Promise<string> {
  deskViewer(request);
  const { language, query } = request;
  const all = await unitDisputes(road, dataViewer(request));
  const open = all.filter((one) => one.state.status === 'open');
  const decided = all.filter((one) => one.state.status !== 'open');
  const title = words(language, 'desk.title');
  const body = (
    <>
      {query['done'] === '1' && <Notice language={language} tone="success" title={words(language, 'desk.done')} live />}
      <Heading title={title} lead={words(language, 'desk.lead')} />
      {open.length === 0 ? (
        <Empty title={words(language, 'desk.none')} />
      ) : (
        <DisputeTable language={language} disputes={open} caption={title} />
      )}
      {decided.length > 0 && (
        <Section title={words(language, 'desk.decided')} id="decided">
          <DisputeTable language={language} disputes={decided} caption={words(language, 'desk.decided')} />
        </Section>
      )}
    </>
  );
  return composePage(road, request, { title, body, wide: true, back: href(language, '/desk'), personal: true });
}

type TableProps = { readonly language: Language; readonly disputes: readonly DisputeView[]; readonly caption: string };

/** Names of people are on the page of each, where looking is noted. */
function DisputeTable({ language, disputes, caption }: TableProps): JSX.Element {
  return (
    <Table
      language={language}
      caption={caption}
      captionAway
      columns={[
        { key: 'field', label: words(language, 'mine.field') },
        { key: 'register', label: words(language, 'datum.source') },
        { key: 'held', label: words(language, 'dispute.held') },
        { key: 'claimed', label: words(language, 'dispute.claimed') },
        { key: 'due', label: words(language, 'dispute.due') },
        { key: 'status', label: words(language, 'dispute.status') },
      ]}
      rows={disputes.map(({ state, title, type, source }) => ({
        key: state.id,
        cells: {
          field: <a href={href(language, `/desk/disputes/${state.id}`)}>{title[language]}</a>,
          register: source.source[language],
          held: <DataValue language={language} type={type} value={state.held.value} />,
          claimed: <DataValue language={language} type={type} value={state.claimed} />,
          due: <Due language={language} state={state} shape="short" />,
          status: <StatusOf language={language} status={state.status} />,
        },
      }))}
    />
  );
}

async function decide(road: Road, request: PageRequest): Promise<FastifyReply> {
  const view = await viewOf(road, request);
  const { body, language } = request;
  const reason = textOf(body, 'reason').slice(0, LONGEST_REASON);
  const accept = textOf(body, 'do') === 'accept';
  try {
    await decideDispute(road, dataViewer(request), view.state.id as DisputeId, { accept, reason });
    return request.go('/desk/disputes?done=1');
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-answers') throw error;
    return request.reply
      .code(422)
      .type('text/html; charset=utf-8')
      .send(onePage(road, request, { view, reason, error: words(language, 'desk.needed') }));
  }
}

type Shown = { readonly view: DisputeView; readonly reason?: string; readonly error?: string };

function onePage(road: Road, request: PageRequest, { view, reason, error }: Shown): string {
  const { language } = request;
  const { state } = view;
  const title = words(language, 'dispute.title', { title: view.title[language] });
  const body = (
    <>
      <Heading title={title} caption={view.register[language]} />
      <SummaryList
        language={language}
        rows={[
          { label: words(language, 'desk.person'), value: <bdi>{view.personName?.[language] ?? ''}</bdi> },
          { label: words(language, 'desk.key'), value: <Code language={language} code={state.key} /> },
        ]}
      />
      <DisputeBody language={language} view={view} evidence={href(language, `/desk/disputes/${state.id}/evidence`)} />
      {state.status === 'open' && !view.mayDecide && (
        <Notice language={language} tone="warning" title={words(language, 'desk.own')} />
      )}
      {view.mayDecide && (
        <Section title={words(language, 'desk.decide')} id="decide">
          <form method="post" action={href(language, `/desk/disputes/${state.id}`)} novalidate data-keep={`dispute-${state.id}`}>
            <Key />
            <TextArea
              language={language}
              name="reason"
              label={words(language, 'desk.reason')}
              hint={words(language, 'desk.reason-hint')}
              value={reason}
              error={error}
              maxLength={LONGEST_REASON}
              rows={3}
            />
            <Actions>
              <Button name="do" value="accept">
                {words(language, 'desk.accept')}
              </Button>
              <Button name="do" value="refuse" weight="secondary">
                {words(language, 'desk.refuse')}
              </Button>
            </Actions>
          </form>
        </Section>
      )}
    </>
  );
  const errors = error === undefined ? [] : [{ message: error, field: fieldId('reason') }];
  return composePage(road, request, { title, body, errors, back: href(language, '/desk/disputes'), personal: true });
}
