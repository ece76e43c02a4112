// Taking a task and giving it back. Whoever comes second sees on the case file whose it is.
import type { FastifyInstance } from 'fastify';
import type { WaitId } from '#engine/types.ts';
import { perform } from '#work/perform.ts';
import type { Road } from '#work/road.ts';
import { loadCaseFile } from '#work/views/case-file.ts';
import { intentOf } from '#portal/intent.ts';
import { page, post } from '#portal/page-route.ts';
import { sendTrouble } from './case-file.tsx';
import { isTrouble } from './trouble.ts';
import { deskViewer } from './viewer.ts';

export function claimRoutes(server: FastifyInstance, road: Road): void {
  for (const [verb, type] of [
    ['claim', 'ClaimTask'],
    ['release', 'ReleaseTask'],
  ] as const) {
    // Opened again, after a sign-in or from a history: the file shows whose the task is.
    page(server, `/desk/cases/:id/tasks/:task/${verb}`, (request) =>
      request.go(`/desk/cases/${encodeURIComponent(request.params['id'] ?? '')}`),
    );
    post(server, `/desk/cases/:id/tasks/:task/${verb}`, async (request) => {
      const viewer = deskViewer(request);
      const { id } = await loadCaseFile(road, viewer, request.params['id'] ?? '');
      const key = intentOf(request, request.body);
      try {
        await perform(road, id, { actor: viewer.actor, key, command: { type, task: request.params['task'] as WaitId } });
      } catch (error) {
        if (isTrouble(error)) return sendTrouble(road, request, error);
        throw error;
      }
      return request.go(type === 'ClaimTask' ? `/desk/cases/${id}` : '/desk');
    });
  }
}
