// How a load stands, in a word.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { ShownLoad } from '#work/views/sources.ts';
import { Tag } from '#portal/ui/parts.tsx';
import type { Tone } from '#portal/ui/parts.tsx';
import { words } from './source-words.ts';

const TONES: Readonly<Record<ShownLoad['status'], Tone>> = {
  running: 'info',
  finished: 'success',
  failed: 'danger',
  stopped: 'warning',
};

export function Status({ language, load }: { readonly language: Language; readonly load: ShownLoad | undefined }): JSX.Element {
  if (load === undefined) return <>{words(language, 'status.never')}</>;
  return <Tag tone={TONES[load.status]}>{words(language, `status.${load.status}`)}</Tag>;
}
