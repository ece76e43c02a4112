// Pages of inquiries: asking under a contract, answering for a unit, who asked about oneself, systems outside.
import type { FastifyInstance } from 'fastify';
import type { Road } from '#work/road.ts';
import { answeringRoutes } from './answering.tsx';
import { askingRoutes } from './asking.tsx';
import { batchResultRoutes } from './batch-result.tsx';
import { batchRoutes } from './batch.tsx';
import { caseInquiryRoutes } from './case-inquiries.tsx';
import { connectorRoutes } from './connectors.tsx';
import { deadRoutes } from './dead.tsx';
import { inboxRoutes } from './inbox.tsx';
import { letterRoutes } from './letters.tsx';
import { looksRoutes } from './looks.tsx';
import { sentRoutes } from './sent.tsx';
import { typePageRoutes } from './type-page.tsx';
import { typeListRoutes } from './types.tsx';

export function inquiryRoutes(server: FastifyInstance, road: Road): void {
  typeListRoutes(server, road);
  typePageRoutes(server, road);
  askingRoutes(server, road);
  inboxRoutes(server, road);
  batchRoutes(server, road);
  batchResultRoutes(server, road);
  sentRoutes(server, road);
  letterRoutes(server, road);
  answeringRoutes(server, road);
  caseInquiryRoutes(server, road);
  looksRoutes(server, road);
  connectorRoutes(server, road);
  deadRoutes(server, road);
}
