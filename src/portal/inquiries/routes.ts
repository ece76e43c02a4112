// Pages of inquiries: asking under a contract, answering for a unit, who asked about oneself, systems outside.
import type { FastifyInstance } from 'fastify';
import type { Road } from '#work/road.ts';
import { answeringRoutes } from './answering.tsx';
import { askingRoutes } from './asking.tsx';
import { caseInquiryRoutes } from './case-inquiries.tsx';
import { connectorRoutes } from './connectors.tsx';
import { deadRoutes } from './dead.tsx';
import { inboxRoutes } from './inbox.tsx';
import { looksRoutes } from './looks.tsx';
import { sentRoutes } from './sent.tsx';

export function inquiryRoutes(server: FastifyInstance, road: Road): void {
  askingRoutes(server, road);
  inboxRoutes(server, road);
  sentRoutes(server, road);
  answeringRoutes(server, road);
  caseInquiryRoutes(server, road);
  looksRoutes(server, road);
  connectorRoutes(server, road);
  deadRoutes(server, road);
}
