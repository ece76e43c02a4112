// The worklist's way into the registry, for those whose unit keeps a source, for stewards and infrastructure.
import type { JSX } from 'preact';
import type { Road } from '#work/road.ts';
import { registryAccess } from '#work/views/registry-quality.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { href } from '#portal/ui/href.ts';
import { registryViewer } from './viewer.ts';
import { words } from './words.ts';

export async function registryLink(road: Road, request: PageRequest): Promise<JSX.Element | null> {
  const { seesNumbers } = await registryAccess(road, registryViewer(request));
  if (!seesNumbers) return null;
  return (
    <p>
      <a href={href(request.language, '/registry')}>{words(request.language, 'home.title')}</a>
    </p>
  );
}
