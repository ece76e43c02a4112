// Following a case: its tracking page, receipt, files and documents. What the person does to it is in the files beside this one.
import type { FastifyInstance } from 'fastify';
import { openDocument, openFile } from '#work/files.ts';
import { ledgerStanding, loadReceipt } from '#work/receipt.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import { composePage } from '#portal/compose-page.tsx';
import { page, viewerOf } from '#portal/page-route.ts';
import { say } from '#portal/ui/words.ts';
import { correctRoutes } from './correct.tsx';
import { mineRoutes } from './mine.tsx';
import { Tracking } from './tracking.tsx';
import { withdrawRoutes } from './withdraw.tsx';

export function caseRoutes(server: FastifyInstance, road: Road): void {
  page(server, '/cases/:id', async (request) => {
    const file = await loadCaseFile(road, viewerOf(request), request.params['id'] ?? '');
    // Those who work the case read it at the desk.
    if (!file.own) return request.go(`/desk/cases/${file.id}`);
    if (file.state.status === 'draft') return request.go(`/cases/${file.id}/apply`);
    const title = `${say(request.language, 'case.tracking')}: ${file.package.manifest.title[request.language]}`;
    const standing = await ledgerStanding(road, file.id);
    const body = <Tracking language={request.language} file={file} standing={standing} query={request.query} />;
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
  mineRoutes(server, road);
  withdrawRoutes(server, road);
  correctRoutes(server, road);
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
