// Pages of the registry: finding an entity, its one view, the steward's queue, quality and conflicts of sources.
import type { FastifyInstance } from 'fastify';
import type { Road } from '#work/road.ts';
import { conflictRoutes } from './conflicts.tsx';
import { entityRoutes } from './entity.tsx';
import { homeRoutes } from './home.tsx';
import { pairRoutes } from './pair.tsx';
import { qualityRoutes } from './quality.tsx';
import { queueRoutes } from './queue.tsx';
import { sourceRoutes } from './source.tsx';
import { sourcesRoutes } from './sources.tsx';

export function registryRoutes(server: FastifyInstance, road: Road): void {
  homeRoutes(server, road);
  entityRoutes(server, road);
  queueRoutes(server, road);
  pairRoutes(server, road);
  qualityRoutes(server, road);
  conflictRoutes(server, road);
  sourcesRoutes(server, road);
  sourceRoutes(server, road);
}
