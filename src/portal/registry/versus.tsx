// Two records side by side, also on a telephone: each field over its two values, then what each comparison says, in bits and in words.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { PairPage } from '#work/views/registry.ts';
import { assetUrl } from '#portal/ui/assets.ts';
import { Section } from '#portal/ui/cards.tsx';
import { href } from '#portal/ui/href.ts';
import { JalaliDateText, Num } from '#portal/ui/show.tsx';
import { Table } from '#portal/ui/table.tsx';
import { Value } from './value.tsx';
import { words } from './words.ts';

type VersusProps = { readonly language: Language; readonly pair: PairPage };

export function Versus({ language, pair }: VersusProps): JSX.Element {
  return (
    <>
      <link rel="stylesheet" href={assetUrl('registry.css')} />
      <Sides language={language} pair={pair} />
      <Section title={words(language, 'pair.reasons')} id="reasons">
        {pair.explanation ? <Reasons language={language} pair={pair} /> : <p>{words(language, 'pair.gone')}</p>}
      </Section>
    </>
  );
}

function Sides({ language, pair }: VersusProps): JSX.Element {
  const { sides, fields, nameOf } = pair;
  const heads = ['pair.left', 'pair.right'] as const;
  return (
    <table class="versus">
      <caption class="away">{words(language, 'pair.sides')}</caption>
      <thead>
        <tr>
          {sides.map(({ number, source, asOf }, at) => (
            <th scope="col" key={number}>
              {words(language, heads[at] ?? 'pair.left')}
              <span class="soft pair">
                {nameOf(source)[language]}
                {language === 'fa' ? '، ' : ', '}
                <JalaliDateText language={language} at={asOf} shape="short" />
              </span>
              <a href={href(language, `/registry/entities/${number}`)}>
                {words(language, 'pair.whole')}
                <span class="away"> {words(language, heads[at] ?? 'pair.left')}</span>
              </a>
            </th>
          ))}
        </tr>
      </thead>
      {fields.map(({ field, title }) => (
        <tbody key={field}>
          <tr>
            <th scope="rowgroup" colspan={2}>
              {title[language]}
            </th>
          </tr>
          <tr>
            {sides.map((side) => (
              <td key={side.number}>
                <Value language={language} value={side.fields[field]} />
              </td>
            ))}
          </tr>
        </tbody>
      ))}
    </table>
  );
}

function Reasons({ language, pair }: VersusProps): JSX.Element {
  const { explanation } = pair;
  const evidence = explanation?.evidence ?? [];
  const bits = (weight: number): JSX.Element => <Num language={language} value={Math.round(weight * 10) / 10} />;
  return (
    <>
      <p>{words(language, 'pair.reasons-lead')}</p>
      <Table
        language={language}
        caption={words(language, 'pair.reasons')}
        captionAway
        columns={[
          { key: 'comparison', label: words(language, 'pair.comparison') },
          { key: 'bits', label: words(language, 'pair.bits'), number: true },
        ]}
        rows={[
          ...(explanation
            ? [
                {
                  key: 'rival',
                  cells: { comparison: bare(explanation.rival.words[language]), bits: bits(explanation.rival.prior) },
                },
              ]
            : []),
          ...evidence.map((one) => ({
            key: one.comparison,
            cells: { comparison: bare(one.words[language]), bits: bits(one.weight) },
          })),
        ]}
        foot={{
          key: 'total',
          cells: {
            comparison: `${words(language, 'pair.total')}: ${bare(explanation?.words[language] ?? '')}`,
            bits: bits(explanation?.score ?? 0),
          },
        }}
      />
    </>
  );
}

/** The bits stand in a column of their own. */
function bare(text: string): string {
  return text.replace(/ \([+−][^)]*\)$/, '');
}
