// Pages for those who own processes: where cases stand still, mending one, and which versions run. Others are refused.
import type { FastifyInstance } from 'fastify';
import type { Road } from '#work/road.ts';
import { incidentRoutes } from './incidents.tsx';
import { mendRoutes } from './mend.tsx';
import { migrateRoutes } from './migrate.tsx';
import { stuckCaseRoutes } from './stuck-case.tsx';

export function oversightRoutes(server: FastifyInstance, road: Road): void {
  incidentRoutes(server, road);
  stuckCaseRoutes(server, road);
  mendRoutes(server, road);
  migrateRoutes(server, road);
}
