// Pages of contracts: the organisation's people keep theirs, owners draft, owners and the steward oversee.
import type { FastifyInstance } from 'fastify';
import type { Road } from '#work/road.ts';
import { cityContractRoutes } from './city.tsx';
import { draftRoutes } from './draft.tsx';
import { partnerContractRoutes } from './partner.tsx';

export function contractRoutes(server: FastifyInstance, road: Road): void {
  partnerContractRoutes(server, road);
  draftRoutes(server, road);
  cityContractRoutes(server, road);
}
