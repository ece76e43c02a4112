// A native table with a caption. On a narrow screen each row becomes a block that names its columns; sorting and paging are addresses.
import type { ComponentChildren, JSX } from 'preact';
import type { Language } from '#base/text.ts';
import { say } from './words.ts';

export type Column = {
  readonly key: string;
  readonly label: string;
  /** Numbers stand at the line's end, digits under digits. */
  readonly number?: boolean;
  /** Where sorting by this column leads, and how it is sorted now. */
  readonly sort?: { readonly href: string; readonly now?: 'ascending' | 'descending' };
};
export type Row = {
  readonly key: string;
  readonly cells: { readonly [column: string]: ComponentChildren };
  readonly tone?: 'warning' | 'danger';
};

export type TableProps = {
  readonly language: Language;
  readonly caption: ComponentChildren;
  readonly captionAway?: boolean;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly foot?: Row;
};

/** Roles are written out: a browser drops them where CSS makes blocks of rows. The first column names the row. */
export function Table({ language, caption, captionAway, columns, rows, foot }: TableProps): JSX.Element {
  return (
    <table class="table" role="table">
      <caption class={captionAway ? 'away' : undefined}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <HeadCell key={column.key} language={language} column={column} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <BodyRow key={row.key} row={row} columns={columns} />
        ))}
      </tbody>
      {foot && (
        <tfoot role="rowgroup">
          <BodyRow row={foot} columns={columns} />
        </tfoot>
      )}
    </table>
  );
}

function HeadCell({ language, column }: { readonly language: Language; readonly column: Column }): JSX.Element {
  const { label, sort, number } = column;
  return (
    <th scope="col" role="columnheader" class={number ? 'number' : undefined} aria-sort={sort?.now}>
      {sort ? (
        <a href={sort.href} class={`sort ${sort.now ?? ''}`} aria-label={say(language, 'action.sort-by', { column: label })}>
          {label}
        </a>
      ) : (
        label
      )}
    </th>
  );
}

function BodyRow({ row, columns }: { readonly row: Row; readonly columns: readonly Column[] }): JSX.Element {
  return (
    <tr role="row" class={row.tone}>
      {columns.map(({ key, label, number }, index) => {
        const shape = { 'data-label': label, class: number ? 'number' : undefined };
        return index === 0 ? (
          <th key={key} scope="row" role="rowheader" {...shape}>
            {row.cells[key]}
          </th>
        ) : (
          <td key={key} role="cell" {...shape}>
            {row.cells[key]}
          </td>
        );
      })}
    </tr>
  );
}

export type PaginationProps = {
  readonly language: Language;
  readonly now: number;
  readonly of: number;
  readonly hrefOf: (page: number) => string;
};

/** Previous, where we are, next. Absent where there is one page. */
export function Pagination({ language, now, of, hrefOf }: PaginationProps): JSX.Element | null {
  if (of <= 1) return null;
  return (
    <nav class="pagination" aria-label={say(language, 'nav.pages')}>
      {now > 1 && (
        <a rel="prev" href={hrefOf(now - 1)}>
          {say(language, 'nav.previous')}
        </a>
      )}
      <span>{say(language, 'nav.page-of', { now, of })}</span>
      {now < of && (
        <a rel="next" href={hrefOf(now + 1)}>
          {say(language, 'nav.next')}
        </a>
      )}
    </nav>
  );
}
