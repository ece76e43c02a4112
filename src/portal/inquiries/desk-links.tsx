// From the desk to the connectors and to the questions nobody could answer: for those who have something to do with them, with how many there are.
import type { JSX } from 'preact';
import type { Road } from '#work/road.ts';
import { countOfDead, doesRun } from '#work/views/connectors.ts';
import type { PageRequest } from '#portal/page-route.ts';
import { href } from '#portal/ui/href.ts';
import { words } from './connector-words.ts';
import { inquirer } from './inquirer.ts';

export async function connectorLinks(road: Road, request: PageRequest): Promise<JSX.Element | null> {
  const { language } = request;
  const viewer = inquirer(request);
  const dead = await countOfDead(road, viewer);
  const isRunner = doesRun(viewer.actor);
  if (!isRunner && (dead ?? 0) === 0) return null;
  return (
    <p>
      {isRunner && (
        <>
          <a href={href(language, '/desk/connectors')}>{words(language, 'connectors.title')}</a> ·{' '}
        </>
      )}
      <a href={href(language, '/desk/dead-inquiries')}>{words(language, 'dead.link', { count: dead ?? 0 })}</a>
    </p>
  );
}
