// A process drawn on the server, with where a case stands in it: an SVG that needs no script, and the same said as a list.
// Brings its own style sheet, so that pages without a diagram carry none of it.
import type { JSX } from 'preact';
import type { Drawing, DrawnShape } from '#engine/drawing.ts';
import type { Language } from '#base/text.ts';
import { assetUrl } from './assets.ts';
import { EdgeEnds, EdgeLine, EdgeName } from './diagram-edge.tsx';
import { MarkBadge, MarkList } from './diagram-list.tsx';
import { markOf, marksOn, shapeText, type Marks } from './diagram-marks.ts';
import { round, ShapeSign } from './diagram-shape.tsx';
import { words } from './words/diagram.ts';

export type { Mark, Marks, MarkState } from './diagram-marks.ts';

export type DiagramProps = {
  readonly language: Language;
  readonly drawing: Drawing;
  readonly marks?: Marks;
  /** Where an element leads: a mark to its incident below, a step to its form. */
  readonly hrefs?: { readonly [elementId: string]: string };
  /** Names in the page's language, by element id, in place of the file's own. */
  readonly names?: { readonly [elementId: string]: string };
  /** What is drawn, in the page's language; without it the process's own name. */
  readonly title?: string;
  /** Sets two diagrams on one page apart. */
  readonly id?: string;
};

/** The fragment that leads to an element in the diagram. */
export function diagramId(elementId: string, id = 'diagram'): string {
  return `${id}-${elementId}`;
}

/** Wider ones shrink to the page on a desktop: then their reading size is offered. */
const WIDE = 1_100;

export function Diagram(props: DiagramProps): JSX.Element {
  const { language, marks = {}, hrefs = {}, names = {}, title, id = 'diagram' } = props;
  const drawing = named(props.drawing, names);
  const drawings = [drawing, ...drawing.insides];
  const wide = drawings.some(({ bounds }) => bounds.width > WIDE);
  return (
    <div class="diagram">
      <link rel="stylesheet" href={assetUrl('diagram.css')} />
      {drawing.shapes.length === 0 && <p>{words(language, 'diagram.empty')}</p>}
      <MarkList language={language} drawing={drawing} marks={marks} hrefs={hrefs} id={id} />
      {wide && (
        <p class="diagram-size">
          <input type="checkbox" id={`${id}--full`} />
          <label for={`${id}--full`}>{words(language, 'diagram.full')}</label>
        </p>
      )}
      {drawing.shapes.length > 0 &&
        drawings.map((one, index) => (
          <Sheet
            key={one.id}
            language={language}
            drawing={one}
            marks={marksOn(one, marks)}
            hrefs={hrefs}
            title={words(language, index === 0 ? 'diagram.title' : 'diagram.inside', {
              name: (index === 0 && title) || one.name || one.id,
            })}
            id={id}
            index={index}
          />
        ))}
      {!drawing.complete && drawing.shapes.length > 0 && <p>{words(language, 'diagram.cut')}</p>}
    </div>
  );
}

function named(drawing: Drawing, names: { readonly [elementId: string]: string }): Drawing {
  const inWords = <Item extends { readonly id: string }>(item: Item): Item => {
    const name = Object.hasOwn(names, item.id) ? names[item.id] : undefined;
    return name === undefined ? item : { ...item, name };
  };
  const { shapes, edges, insides } = drawing;
  return {
    ...inWords(drawing),
    shapes: shapes.map(inWords),
    edges: edges.map(inWords),
    insides: insides.map((one) => named(one, names)),
  };
}

type SheetProps = Required<Omit<DiagramProps, 'names'>> & { readonly index: number };

function Sheet({ language, drawing, marks, hrefs, title, id, index }: SheetProps): JSX.Element {
  const { x, y, width, height } = drawing.bounds;
  const caption = `${id}--caption-${index}`;
  const ends = `${id}--ends-${index}`;
  const linked = drawing.shapes.some((shape) => Object.hasOwn(hrefs, shape.id));
  return (
    <figure>
      <figcaption id={caption}>{title}</figcaption>
      <div class="diagram-scroll" dir="ltr" role="region" tabindex={0} aria-labelledby={caption}>
        <svg
          viewBox={[x, y, width, height].map(round).join(' ')}
          width={round(width)}
          height={round(height)}
          role={linked ? 'list' : 'img'}
          aria-labelledby={caption}
        >
          <EdgeEnds id={ends} />
          <g aria-hidden="true">
            {drawing.edges.map((edge) => (
              <EdgeLine key={edge.id} edge={edge} id={ends} taken={markOf(marks, edge.id) !== undefined} />
            ))}
          </g>
          {drawing.shapes.map((shape) => (
            <Shape key={shape.id} language={language} shape={shape} marks={marks} hrefs={hrefs} id={id} linked={linked} />
          ))}
          <g aria-hidden="true">
            {drawing.edges.map((edge) => (
              <EdgeName key={edge.id} edge={edge} />
            ))}
          </g>
        </svg>
      </div>
    </figure>
  );
}

type ShapeProps = Omit<SheetProps, 'drawing' | 'title' | 'index'> & { readonly shape: DrawnShape; readonly linked: boolean };

function Shape({ language, shape, marks, hrefs, id, linked }: ShapeProps): JSX.Element {
  const mark = markOf(marks, shape.id);
  const text = shapeText(language, shape, mark);
  const href = Object.hasOwn(hrefs, shape.id) ? hrefs[shape.id] : undefined;
  const { x, y, width, height } = shape.bounds;
  return (
    <g
      id={diagramId(shape.id, id)}
      class={mark ? `shape ${mark.state}` : 'shape'}
      role={linked ? 'listitem' : undefined}
      aria-label={href === undefined ? text : undefined}
    >
      <title>{text}</title>
      <ShapeSign shape={shape} />
      {mark && <MarkBadge language={language} shape={shape} mark={mark} />}
      {href !== undefined && (
        <a href={href} aria-label={text}>
          <rect class="cover" x={x} y={y} width={width} height={height}>
            <title>{text}</title>
          </rect>
        </a>
      )}
    </g>
  );
}
