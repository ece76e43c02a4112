// Static files: hashed names, cached for ever; the demo's stand-in stylesheet under its own name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '#base/refusal.ts';
import { ASSET_CACHE, findAsset } from '#portal/ui/assets.ts';

export function assetRoutes(server: FastifyInstance): void {
  const sandbox = readFileSync(join(import.meta.dirname, '..', '..', '..', 'src', 'portal', 'public-assets', 'sandbox.css'));
  server.get('/assets/sandbox.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=300').send(sandbox),
  );
  server.get('/assets/*', async (request, reply) => {
    const asset = findAsset(request.url.split('?')[0] ?? '');
    if (!asset) throw new Refusal('page-not-found', { path: request.url });
    return reply.type(asset.type).header('cache-control', ASSET_CACHE).send(Buffer.from(asset.body));
  });
}
