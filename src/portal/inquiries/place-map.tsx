// A parcel, its neighbours and what is near it, drawn on the server without a script or anybody's tiles; the same said as a table.
// A strip is the stroke around its feature: as wide as its law, with round joins.
import type { JSX } from 'preact';
import type { Language } from '#base/text.ts';
import type { NearShape, Place, Shape } from '#work/views/place.ts';
import { assetUrl } from '#portal/ui/assets.ts';
import { Section } from '#portal/ui/cards.tsx';
import { SummaryList } from '#portal/ui/case-parts.tsx';
import { numberText, percentText } from '#portal/ui/numbers.ts';
import { Notice } from '#portal/ui/parts.tsx';
import { Table } from '#portal/ui/table.tsx';
import { words } from './place-words.ts';

export type PlaceMapProps = { readonly language: Language; readonly place: Place };

/** A map and a register that differ by more than this are worth a look. */
const TOLERANCE = 0.02;

export function PlaceMap({ language, place }: PlaceMapProps): JSX.Element {
  const { area, landArea, near, within } = place;
  const square = (metres: number): string => words(language, 'square', { metres: numberText(language, round(metres)) });
  const share = landArea !== undefined && landArea > 0 ? Math.abs(area - landArea) / landArea : 0;
  return (
    <Section title={words(language, 'title')} id="place">
      <link rel="stylesheet" href={assetUrl('place.css')} />
      <Drawing language={language} place={place} />
      <SummaryList
        language={language}
        rows={[
          { label: words(language, 'area'), value: square(area) },
          ...(landArea === undefined ? [] : [{ label: words(language, 'land-area'), value: square(landArea) }]),
        ]}
      />
      {share > TOLERANCE && (
        <Notice language={language} tone="warning" title={words(language, 'differs', { share: percentText(language, share) })} />
      )}
      {near.length === 0 ? (
        <p>{words(language, 'alone', { within: numberText(language, within) })}</p>
      ) : (
        <Table
          language={language}
          caption={words(language, 'near')}
          columns={[
            { key: 'name', label: words(language, 'name') },
            { key: 'distance', label: words(language, 'distance'), number: true },
            { key: 'strip', label: words(language, 'strip'), number: true },
            { key: 'zone', label: words(language, 'zone') },
          ]}
          rows={near.map((one) => ({
            key: `${one.layer}-${one.id}`,
            cells: {
              name: one.name[language],
              distance: numberText(language, one.distance),
              strip: numberText(language, one.strip),
              zone: words(language, `zone.${one.zone}`),
            },
          }))}
        />
      )}
    </Section>
  );
}

function round(metres: number): number {
  return Math.round(metres * 10) / 10;
}

/** Always left to right: a map is not mirrored. */
function Drawing({ language, place }: PlaceMapProps): JSX.Element {
  const { half, key, features, neighbours, parcel, gap, near, within } = place;
  const unit = half / 100;
  const label = words(language, 'drawn', { key, within: numberText(language, within) });
  return (
    <figure class="place">
      <svg viewBox={`${-half} ${-half} ${2 * half} ${2 * half}`} role="img" aria-label={label}>
        {neighbours.map((one) => (
          <path key={one.id} class="neighbour" d={pathOf(one)} stroke-width={unit} />
        ))}
        <g class="strips">
          {features.map((one) => (
            <Strip key={one.id} shape={one} />
          ))}
        </g>
        {features.map((one) => (
          <path key={one.id} class={featureClass(one)} d={pathOf(one)} stroke-width={unit * 2} />
        ))}
        <path class="parcel" d={pathOf(parcel)} stroke-width={unit * 1.2} />
        {gap && (
          <path
            class="gap"
            d={`M${point(gap.from)}L${point(gap.to)}`}
            stroke-width={unit}
            stroke-dasharray={`${unit * 3} ${unit * 2}`}
          />
        )}
        {gap && near[0] && (
          <Name
            language={language}
            at={[(gap.from[0] + gap.to[0]) / 2 + unit * 22, (gap.from[1] + gap.to[1]) / 2]}
            size={unit * 8}
            text={words(language, 'metres', { metres: numberText(language, near[0].distance) })}
          />
        )}
        <Scale language={language} half={half} />
      </svg>
      <figcaption>
        <ul class="place-key">
          {(['parcel', 'feature', 'in-strip', 'neighbour'] as const).map((one) => (
            <li key={one}>
              <svg viewBox="0 0 20 12" class="sign" aria-hidden="true" focusable="false">
                <path
                  class={one === 'feature' ? 'feature' : one}
                  d={one === 'feature' ? 'M1 6H19' : 'M2 2H18V10H2Z'}
                  stroke-width="2"
                />
              </svg>
              {words(language, one)}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

/** What the parcel lies in as a whole is an outline, not a thing beside it. */
function featureClass({ isClosed, kind }: NearShape): string {
  if (kind === 'district') return 'feature around';
  return isClosed ? 'feature closed' : 'feature';
}

function Strip({ shape }: { readonly shape: NearShape }): JSX.Element {
  return <path class={shape.isClosed ? 'in-strip closed' : 'in-strip line'} d={pathOf(shape)} stroke-width={shape.strip * 2} />;
}

/** A length that is easy to compare with, at the lower left; north is up. */
function Scale({ language, half }: { readonly language: Language; readonly half: number }): JSX.Element {
  const unit = half / 100;
  const length = [10, 20, 50, 100, 200].findLast((one) => one <= half * 0.7) ?? 10;
  const [x, y] = [-half + unit * 6, half - unit * 8];
  return (
    <g class="scale">
      <path d={`M${x} ${y - unit * 2}V${y}H${x + length}V${y - unit * 2}`} stroke-width={unit} />
      <Name
        language={language}
        at={[x + length / 2, -(y - unit * 4)]}
        size={unit * 7}
        text={words(language, 'metres', { metres: numberText(language, length) })}
      />
      <path
        d={`M${half - unit * 9} ${-half + unit * 22}V${-half + unit * 12}l${-unit * 2.5} ${unit * 4}m${unit * 2.5} ${-unit * 4}l${unit * 2.5} ${unit * 4}`}
        stroke-width={unit}
      />
      <Name language={language} at={[half - unit * 9, half - unit * 9]} size={unit * 8} text={words(language, 'north')} />
    </g>
  );
}

type NameProps = {
  readonly language: Language;
  readonly at: readonly [number, number];
  readonly size: number;
  readonly text: string;
};

function Name({ language, at: [east, north], size, text }: NameProps): JSX.Element {
  return (
    <text
      direction={language === 'fa' ? 'rtl' : 'ltr'}
      x={round(east)}
      y={round(-north)}
      font-size={round(size)}
      stroke-width={round(size / 4)}
    >
      {text}
    </text>
  );
}

/** Centimetres are enough; north is up, and an SVG counts downwards. */
function point([east, north]: readonly [number, number]): string {
  return `${Math.round(east * 100) / 100} ${Math.round(-north * 100) / 100}`;
}

function pathOf({ lines, isClosed }: Shape): string {
  return lines.map((line) => `M${line.map(point).join('L')}${isClosed ? 'Z' : ''}`).join('');
}
