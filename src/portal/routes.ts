// All pages on one server: public, citizen, desk, and the files they need.
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import type { Road } from '#work/road.ts';
import { applyRoutes } from './citizen/apply.tsx';
import { caseRoutes } from './citizen/case.tsx';
import { payRoutes } from './citizen/pay.tsx';
import { contractRoutes } from './contracts/routes.ts';
import { deskRoutes } from './desk/routes.ts';
import { inquiryRoutes } from './inquiries/routes.ts';
import { oversightRoutes } from './oversight/routes.ts';
import { ownDataRoutes } from './own-data/routes.ts';
import { accessibilityRoutes } from './public/accessibility.tsx';
import { assetRoutes } from './public/assets-route.ts';
import { dutyRoutes } from './public/duties.tsx';
import { homeRoutes } from './public/home.tsx';
import { ledgerRoutes } from './public/ledger.tsx';
import { receiptRoutes } from './public/receipt.tsx';
import { serviceRoutes } from './public/services.tsx';
import { verifyRoutes } from './public/verify.tsx';
import { registryRoutes } from './registry/routes.ts';

export async function portalRoutes(server: FastifyInstance, road: Road): Promise<void> {
  await server.register(async (portal) => {
    await portal.register(formbody, { bodyLimit: 256 * 1024 });
    await portal.register(multipart, { limits: { fieldSize: 100_000 }, throwFileSizeLimit: false });
    assetRoutes(portal);
    homeRoutes(portal, road);
    serviceRoutes(portal, road);
    dutyRoutes(portal, road);
    verifyRoutes(portal, road);
    receiptRoutes(portal, road);
    ledgerRoutes(portal, road);
    accessibilityRoutes(portal, road);
    applyRoutes(portal, road);
    caseRoutes(portal, road);
    payRoutes(portal, road);
    deskRoutes(portal, road);
    oversightRoutes(portal, road);
    contractRoutes(portal, road);
    inquiryRoutes(portal, road);
    registryRoutes(portal, road);
    ownDataRoutes(portal, road);
  });
}

/** What the door shows for a refusal of a page. */
export { sendProblemPage } from './problem-page.tsx';
