// Pages for those who work cases: worklist, case file, tasks. People without an assignment are refused.
import type { FastifyInstance } from 'fastify';
import type { Road } from '#work/road.ts';
import { fileRoutes } from './case-file.tsx';
import { taskRoutes } from './task.tsx';
import { worklistRoutes } from './worklist.tsx';

export function deskRoutes(server: FastifyInstance, road: Road): void {
  worklistRoutes(server, road);
  fileRoutes(server, road);
  taskRoutes(server, road);
}
