// Where a case stands, in words beside the drawing and as badges on it: a sign and a word for each mark, never a colour alone.
import type { JSX } from 'preact';
import type { Drawing, DrawnShape } from '#engine/drawing.ts';
import type { Language } from '#base/text.ts';
import { kindText, passages, stateText, type KnownMark, type Marks, type MarkState, type Passage } from './diagram-marks.ts';
import { languageOfName, widthOf } from './diagram-text.ts';
import { MARK_SIGNS } from './diagram-signs.tsx';
import { round } from './diagram-shape.tsx';
import { numberText } from './numbers.ts';
import { Details, Tag } from './parts.tsx';
import type { Tone } from './parts.tsx';
import { Foreign, UserText } from './show.tsx';
import { words } from './words/diagram.ts';

const TONES: { readonly [state in MarkState]: Tone } = { done: 'success', here: 'info', failed: 'danger' };

type ListProps = {
  readonly language: Language;
  readonly drawing: Drawing;
  readonly marks: Marks;
  readonly hrefs: { readonly [elementId: string]: string };
  readonly id: string;
};

/** What is passed folded away, then where the case is and what failed; each leads to its place in the drawing. */
export function MarkList({ language, drawing, marks, hrefs, id }: ListProps): JSX.Element | null {
  const all = passages(drawing, marks);
  if (all.length === 0) return null;
  const passed = all.filter(({ mark }) => mark.state === 'done');
  const standing = all.filter(({ mark }) => mark.state !== 'done');
  const items = (some: readonly Passage[]): readonly JSX.Element[] =>
    some.map((one) => <Item key={one.id} language={language} passage={one} href={hrefs[one.id]} id={id} />);
  return (
    <>
      {standing.length > 0 && (
        <ol class="diagram-list" aria-label={words(language, 'diagram.where')}>
          {items(standing)}
        </ol>
      )}
      {passed.length > 0 && (
        <Details summary={words(language, 'diagram.passed', { count: passed.length })}>
          <ol class="diagram-list">{items(passed)}</ol>
        </Details>
      )}
    </>
  );
}

type ItemProps = {
  readonly language: Language;
  readonly passage: Passage;
  readonly href: string | undefined;
  readonly id: string;
};

function Item({ language, passage: { id: element, shape, mark }, href, id }: ItemProps): JSX.Element {
  const name = shape?.name || (shape ? kindText(language, shape) : element);
  const shown = languageOfName(name) === language ? name : <Foreign language={languageOfName(name)}>{name}</Foreign>;
  return (
    <li>
      {shape ? <a href={`#${encodeURIComponent(`${id}-${element}`)}`}>{shown}</a> : shown}{' '}
      <Tag tone={TONES[mark.state]}>
        <svg class={`mark-sign ${mark.state}`} viewBox="-8 -8 16 16" aria-hidden="true">
          <path d={MARK_SIGNS[mark.state]} />
        </svg>{' '}
        {stateText(language, mark)}
      </Tag>
      {mark.text !== undefined && (
        <span class="soft">
          {' '}
          <UserText>{mark.text}</UserText>
        </span>
      )}
      {href !== undefined && (
        <>
          {' '}
          <a href={href}>
            {words(language, 'diagram.details')}
            <span class="away"> {name}</span>
          </a>
        </>
      )}
    </li>
  );
}

const BADGE = { height: 20, size: 11.5, sign: 20 };

/** On the corner of a shape, at the side where its name is not. */
export function MarkBadge({
  language,
  shape,
  mark: { state, count },
}: {
  readonly language: Language;
  readonly shape: DrawnShape;
  readonly mark: KnownMark;
}): JSX.Element {
  const word = state === 'done' ? '' : words(language, `mark.${state}`);
  const text = [word, count > 1 ? `×${numberText(language, count)}` : ''].filter((part) => part !== '').join(' ');
  const width = text === '' ? BADGE.height : BADGE.sign + widthOf(text, BADGE.size) * 1.06 + 8;
  const { x, y } = corner(shape, width);
  const rtl = language === 'fa';
  return (
    <g class="badge" transform={`translate(${round(x)} ${round(y)})`} aria-hidden="true">
      <rect width={round(width)} height={BADGE.height} rx={BADGE.height / 2} />
      <path d={MARK_SIGNS[state]} transform={`translate(${round(text === '' || !rtl ? 10 : width - 10)} 10)`} />
      {text !== '' && (
        <text x={round((width + (rtl ? 8 : BADGE.sign) - (rtl ? BADGE.sign : 8)) / 2)} y="14.3" direction={rtl ? 'rtl' : 'ltr'}>
          {text}
        </text>
      )}
    </g>
  );
}

/** On the upper right corner; a wide badge over the middle of a small shape, or under it where its name is above. */
function corner(drawn: DrawnShape, width: number): { readonly x: number; readonly y: number } {
  const { shape, bounds, label } = drawn;
  const { x, y, width: wide, height } = bounds;
  const half = BADGE.height / 2;
  if (shape !== 'event' && shape !== 'gateway') return { x: x + wide - width + 8, y: y - half };
  const over = label !== undefined && label.y < y;
  // Of an event on an edge outside the activity, on whose name it would lie.
  if (shape === 'event' && drawn.at === 'boundary' && width > BADGE.height)
    return { x: x - width + 8, y: y + height / 2 + (over ? -BADGE.height - 3 : 3) };
  if (width > BADGE.height) return { x: x + (wide - width) / 2, y: over ? y + height - half + 2 : y - half - 6 };
  return { x: x + wide * 0.84 - half, y: y + height * (over ? 0.9 : 0.1) - half };
}
