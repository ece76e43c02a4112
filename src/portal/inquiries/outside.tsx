// Which organisation a question is with, and what passed over the wire for those who may have it.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { InquiryView } from '#work/views/inquiries.ts';
import { href } from '#portal/ui/href.ts';
import { Notice } from '#portal/ui/parts.tsx';
import { words } from './connector-words.ts';

type Props = { readonly language: Language; readonly view: InquiryView };

export function Outside({ language, view: { id, status, outside } }: Props): JSX.Element | null {
  if (!outside) return null;
  const word = outside.isDelivered ? 'outside.delivered' : 'outside.waiting';
  return (
    <>
      {status === 'waiting' && (
        <Notice language={language} tone="info" title={words(language, word, { organisation: outside.organisation[language] })} />
      )}
      {outside.hasExchange && (
        <p>
          <a href={href(language, `/desk/inquiries/${id}/exchange`)}>{words(language, 'exchange.link')}</a>
        </p>
      )}
    </>
  );
}
