// Who sits at the desk. Throws Refusal `login-required`, or `not-permitted` for people who hold nothing in the organisation.
import { Refusal } from '#base/refusal.ts';
import { viewerOf } from '#portal/page-route.ts';
import type { PageRequest } from '#portal/page-route.ts';

export function deskViewer(request: PageRequest): ReturnType<typeof viewerOf> {
  const viewer = viewerOf(request);
  if (viewer.visitor.assignments.length === 0) throw new Refusal('not-permitted', { command: 'desk' });
  return viewer;
}
