// Pages of a person's data: what the city holds of them, saying that it is wrong, and the desk of those who put it right.
import type { FastifyInstance } from 'fastify';
import type { Road } from '#work/road.ts';
import { datumRoutes } from './datum.tsx';
import { deskDisputeRoutes } from './desk.tsx';
import { disputeRoutes } from './dispute.tsx';
import { mineDataRoutes } from './mine.tsx';

export function ownDataRoutes(server: FastifyInstance, road: Road): void {
  mineDataRoutes(server, road);
  datumRoutes(server, road);
  disputeRoutes(server, road);
  deskDisputeRoutes(server, road);
}
