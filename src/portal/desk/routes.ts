// Pages for those who work cases: worklist, messages, case file, tasks, revoking. People without an assignment are refused.
import type { FastifyInstance } from 'fastify';
import type { Road } from '#work/road.ts';
import { fileRoutes } from './case-file.tsx';
import { claimRoutes } from './claim.ts';
import { messageRoutes } from './messages.tsx';
import { revokeRoutes } from './revoke.tsx';
import { taskRoutes } from './task.tsx';
import { worklistRoutes } from './worklist.tsx';

export function deskRoutes(server: FastifyInstance, road: Road): void {
  worklistRoutes(server, road);
  messageRoutes(server, road);
  fileRoutes(server, road);
  claimRoutes(server, road);
  taskRoutes(server, road);
  revokeRoutes(server, road);
}
