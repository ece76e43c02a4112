// Sending a file, and the ones that were sent already. A browser never gives a chosen file back, so the server's list stands in for it.
import type { JSX } from 'preact';
import { Field, described } from './field.tsx';
import type { FieldProps } from './field.tsx';
import { fieldId } from './errors.tsx';
import { sizeText } from './format.ts';
import { say } from './words.ts';

export type UploadedFile = { readonly name: string; readonly size: number; readonly href?: string | undefined };
export type FileKind = 'pdf' | 'png' | 'jpeg';

const MIME = { pdf: 'application/pdf', png: 'image/png', jpeg: 'image/jpeg' } as const;

export type FileProps = FieldProps & {
  readonly accept?: readonly FileKind[] | undefined;
  readonly maxBytes?: number | undefined;
  readonly multiple?: boolean | undefined;
  readonly uploaded?: readonly UploadedFile[] | undefined;
};

function limits({ language, accept, maxBytes }: FileProps): string | undefined {
  if (!accept || maxBytes === undefined) return undefined;
  const types = accept.map((kind) => kind.toUpperCase()).join(say(language, 'file.or'));
  return say(language, 'file.limits', { types, size: sizeText(language, maxBytes) });
}

export function FileInput(props: FileProps): JSX.Element {
  const { language, name, accept = ['pdf', 'png', 'jpeg'], multiple, uploaded = [] } = props;
  const shown = { ...props, hint: [props.hint, limits(props)].filter(Boolean).join(' ') || undefined };
  const id = fieldId(name);
  const { 'aria-describedby': by, ...aria } = described(shown);
  const listId = uploaded.length > 0 ? `${id}-files` : undefined;
  return (
    <Field {...shown}>
      {listId && (
        <div class="uploaded" id={listId}>
          <p>{say(language, 'file.already')}</p>
          <ul>
            {uploaded.map((file, index) => (
              <li key={index}>
                <bdi>{file.href === undefined ? file.name : <a href={file.href}>{file.name}</a>}</bdi>{' '}
                <span class="soft">({sizeText(language, file.size)})</span>
              </li>
            ))}
          </ul>
          <p class="soft">{say(language, multiple ? 'file.add' : 'file.replace')}</p>
        </div>
      )}
      <input
        class="input file"
        id={id}
        name={name}
        type="file"
        accept={accept.map((kind) => MIME[kind]).join(',')}
        multiple={multiple}
        aria-describedby={[by, listId].filter(Boolean).join(' ') || undefined}
        {...aria}
      />
    </Field>
  );
}
