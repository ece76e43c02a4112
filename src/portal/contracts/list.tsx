// A list of contracts, for either side.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { ContractRow } from '#work/views/contracts.ts';
import { href } from '#portal/ui/href.ts';
import { numberText } from '#portal/ui/numbers.ts';
import { Empty, Tag } from '#portal/ui/parts.tsx';
import { JalaliDateText } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { ContractTag } from './parts.tsx';
import { words } from './words.ts';

export type ContractTableProps = {
  readonly language: Language;
  readonly contracts: readonly ContractRow[];
  readonly to: string;
  /** Of each contract: flags that nobody has seen. */
  readonly flags?: ReadonlyMap<string, number>;
};

export function ContractTable({ language, contracts, to, flags }: ContractTableProps): JSX.Element {
  if (contracts.length === 0) return <Empty title={words(language, 'list.none')} />;
  return (
    <Table
      language={language}
      caption={words(language, 'list.title')}
      captionAway
      columns={[
        { key: 'organisation', label: words(language, 'list.organisation') },
        { key: 'purpose', label: words(language, 'list.purpose') },
        { key: 'until', label: words(language, 'list.until') },
        { key: 'status', label: words(language, 'list.status') },
        ...(flags ? [{ key: 'flags', label: words(language, 'list.flags') }] : []),
      ]}
      rows={contracts.map((row) => {
        const count = flags?.get(row.state.id) ?? 0;
        return {
          key: row.state.id,
          cells: {
            organisation: <a href={href(language, `${to}/${row.state.id}`)}>{row.terms.organisation.name[language]}</a>,
            purpose: row.terms.purpose[language],
            until: <JalaliDateText language={language} at={row.terms.until} shape="short" />,
            status: <ContractTag language={language} row={row} />,
            flags: count > 0 ? <Tag tone="danger">{numberText(language, count)}</Tag> : '',
          },
        };
      })}
    />
  );
}
