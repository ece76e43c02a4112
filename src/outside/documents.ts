// The document port: render, then sign. A fault of either is one refusal that is tried again.
import { Refusal } from '#base/refusal.ts';
import type { DocumentPort } from '#work/ports.ts';
import type { DocumentKeys } from './keys.ts';
import type { Renderer } from './render.ts';
import { signPdf } from './sign-pdf.ts';

export function openDocuments(render: Renderer, keys: DocumentKeys): DocumentPort {
  return {
    async issue({ template, data, reason, at }) {
      try {
        return await signPdf(await render({ template, data, at }), keys, { reason, at });
      } catch (error) {
        throw new Refusal('signing-unavailable', { reason: error instanceof Error ? error.message : String(error) });
      }
    },
  };
}
