// Where an answer of a submitted application comes from, under it: a register with its date, or the applicant; and how a dispute of it stands.
import type { ComponentChildren, JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { AnswerOrigin } from '#work/views/known.ts';
import { Tag } from '#portal/ui/parts.tsx';
import { sourceText } from './known.tsx';
import { StatusOf } from './parts.tsx';
import { valueText } from './value.tsx';
import { words } from './words.ts';

type Props = { readonly language: Language; readonly origin: AnswerOrigin | undefined; readonly children: ComponentChildren };

export function WithOrigin({ language, origin, children }: Props): JSX.Element {
  if (!origin) return <>{children}</>;
  return (
    <>
      {children}
      <p class="hint">
        {originText(language, origin)}{' '}
        {origin.dispute !== undefined && (
          <>
            <Tag tone="warning">{words(language, 'known.disputed')}</Tag> <StatusOf language={language} status={origin.dispute} />
          </>
        )}
      </p>
    </>
  );
}

function originText(language: Language, { by, told, differs, type }: AnswerOrigin): string {
  if (by === 'register' && told) return sourceText(language, told);
  if (told && differs !== undefined)
    return words(language, 'origin.differs', { source: told.source[language], value: valueText(language, type, differs) });
  return words(language, 'origin.stated');
}
