// Who oversees. Throws Refusal `login-required`, or `not-permitted` for people who own no process.
import { Refusal } from '#base/refusal.ts';
import { viewerOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';

export function overseer(request: PageRequest): ReturnType<typeof viewerOf> {
  const viewer = viewerOf(request);
  if (viewer.reader.owns.length === 0) throw new Refusal('not-permitted', { command: 'oversight' });
  return viewer;
}
