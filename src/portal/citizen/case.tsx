// Following a case: what happened, who holds it, what is expected of whom; its documents, receipt and withdrawal.
import type { FastifyInstance } from 'fastify';
import { Refusal } from '#base/refusal.ts';
import { openDocument, openFile } from '#work/files.ts';
import { perform } from '#work/perform.ts';
import { loadReceipt } from '#work/receipt.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import { ownCases } from '#work/views/lists.ts';
import { composePage, Key } from '#portal/compose-page.tsx';
import { page, post, textOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { Actions, Button, ButtonLink } from '#portal/ui/actions.tsx';
import { StatusTag } from '#portal/ui/case-parts.tsx';
import { href } from '#portal/ui/href.ts';
import { TextArea } from '#portal/ui/inputs.tsx';
import { Empty, Heading } from '#portal/ui/parts.tsx';
import { CaseNumber, JalaliTime } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { say } from '#portal/ui/words.ts';
import { viewerOf } from './apply.tsx';
import { correctRoutes } from './correct.tsx';
import { Tracking } from './tracking.tsx';
import { words } from './words.ts';

export function caseRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/my', (request) => mine(road, request));
  page(server, '/cases/:id', async (request) => {
    const file = await loadCaseFile(road, viewerOf(request), request.params['id'] ?? '');
    // Those who work the case read it at the desk.
    if (!file.own) return request.go(`/desk/cases/${file.id}`);
    if (file.state.status === 'draft') return request.go(`/cases/${file.id}/apply`);
    const title = `${say(request.language, 'case.tracking')}: ${file.package.manifest.title[request.language]}`;
    const body = <Tracking language={request.language} file={file} query={request.query} />;
    return composePage(road, request, { title, body, personal: true });
  });
  page(server, '/cases/:id/receipt', async (request) => {
    const { reader } = viewerOf(request);
    const file = await loadCaseFile(road, viewerOf(request), request.params['id'] ?? '');
    const receipt = await loadReceipt(road, reader, file.id);
    return request.reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="${file.id}.dargah-receipt.json"`)
      .send(`${JSON.stringify(receipt, null, 2)}\n`);
  });
  fileRoutes(server, road);
  withdrawRoutes(server, road);
  correctRoutes(server, road);
}

async function mine(road: Road, request: PageRequest): Promise<string> {
  const { language } = request;
  const cases = await ownCases(road, viewerOf(request).reader, { most: 100 });
  const table = (
    <Table
      language={language}
      caption={words(language, 'mine.title')}
      captionAway
      columns={[
        { key: 'service', label: say(language, 'case.service') },
        { key: 'number', label: say(language, 'case.number') },
        { key: 'status', label: say(language, 'case.status') },
        { key: 'updated', label: words(language, 'mine.updated') },
      ]}
      rows={cases.map((one) => ({
        key: one.id,
        cells: {
          service: <a href={href(language, `/cases/${one.id}`)}>{one.title[language]}</a>,
          number: <CaseNumber language={language} id={one.id} />,
          status: <StatusTag language={language} status={one.status} />,
          updated: <JalaliTime language={language} at={one.updatedAt} shape="short" />,
        },
      }))}
    />
  );
  const empty = (
    <Empty title={words(language, 'mine.none')}>
      <ButtonLink href={href(language, '/services')}>{words(language, 'mine.find')}</ButtonLink>
    </Empty>
  );
  const body = (
    <>
      <Heading title={words(language, 'mine.title')} />
      {cases.length > 0 ? table : empty}
    </>
  );
  return composePage(road, request, { title: words(language, 'mine.title'), body, personal: true });
}

function fileRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/cases/:id/files/:file', async (request) => {
    const viewer = viewerOf(request);
    const { id } = await loadCaseFile(road, viewer, request.params['id'] ?? '');
    const { file, stream } = await openFile(road, viewer, { id, file: request.params['file'] ?? '' });
    return request.reply
      .type(file.type)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      .header('content-security-policy', "sandbox; default-src 'none'")
      .send(stream);
  });
  page(server, '/cases/:id/documents/:code', async (request) => {
    const viewer = viewerOf(request);
    const { id } = await loadCaseFile(road, viewer, request.params['id'] ?? '');
    const { name, stream } = await openDocument(road, viewer, { id, code: request.params['code'] ?? '' });
    return request.reply.type('application/pdf').header('content-disposition', `attachment; filename="${name}"`).send(stream);
  });
}

function withdrawRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/cases/:id/withdraw', async (request) => {
    const { language } = request;
    const file = await loadCaseFile(road, viewerOf(request), request.params['id'] ?? '');
    if (!file.own || file.state.endedAt !== undefined)
      throw new Refusal('wrong-state', { command: 'WithdrawCase', status: file.state.status });
    const body = (
      <>
        <Heading title={words(language, 'case.withdraw')} lead={words(language, 'case.withdraw-lead')} />
        <form method="post" action={href(language, `/cases/${file.id}/withdraw`)}>
          <Key />
          <TextArea
            language={language}
            name="reason"
            label={words(language, 'case.withdraw-reason')}
            required={false}
            value=""
            rows={4}
          />
          <Actions>
            <Button weight="danger">{words(language, 'case.withdraw-confirm')}</Button>
          </Actions>
        </form>
      </>
    );
    return composePage(road, request, {
      title: words(language, 'case.withdraw'),
      body,
      back: href(language, `/cases/${file.id}`),
      personal: true,
    });
  });
  post(server, '/cases/:id/withdraw', async (request) => {
    const viewer = viewerOf(request);
    const { id } = await loadCaseFile(road, viewer, request.params['id'] ?? '');
    const reason = textOf(request.body, 'reason').trim().slice(0, 2000);
    const key = textOf(request.body, 'key') || request.request.id;
    await perform(road, id, {
      actor: viewer.actor,
      key,
      command: { type: 'WithdrawCase', ...(reason === '' ? {} : { reason }) },
    });
    return request.go(`/cases/${id}`);
  });
}
