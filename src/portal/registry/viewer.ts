// Who opens a page of the registry. Throws Refusal `login-required`, or `not-permitted` for people who hold nothing in the organisation.
import { deskViewer } from '#portal/desk/viewer.ts';
import type { PageRequest } from '#portal/page-route.ts';
import type { RegistryViewer } from '#work/views/registry.ts';

export function registryViewer(request: PageRequest): RegistryViewer {
  const { actor, reader } = deskViewer(request);
  return { actor, reader };
}

/** A number in an address; 0, which is nobody's, where it is none. */
export function numberIn(text: string | undefined): number {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : 0;
}
