// Arrangements of a page: cards that lead somewhere, figures with their meaning, two columns, the opening of the home page.
import type { ComponentChildren, JSX } from 'preact';

export type CardItem = {
  readonly href: string;
  readonly title: string;
  readonly text?: ComponentChildren;
  readonly tags?: ComponentChildren;
  readonly meta?: ComponentChildren;
};

/** A list of links, each with what it is. The whole card is the link's target. `level` of its titles follows the page's outline. */
export function Cards({
  items,
  level = 'h2',
}: {
  readonly items: readonly CardItem[];
  readonly level?: 'h2' | 'h3';
}): JSX.Element {
  const Title = level;
  return (
    <ul class="cards">
      {items.map(({ href, title, text, tags, meta }) => (
        <li class="card" key={href}>
          <Title>
            <a href={href}>{title}</a>
          </Title>
          {text && <p>{text}</p>}
          {tags && <p class="card-tags">{tags}</p>}
          {meta && <p class="soft">{meta}</p>}
        </li>
      ))}
    </ul>
  );
}

export type StatItem = {
  readonly label: ComponentChildren;
  readonly value: ComponentChildren;
  readonly note?: ComponentChildren;
};

export function Stats({ items }: { readonly items: readonly StatItem[] }): JSX.Element {
  return (
    <dl class="stats">
      {items.map(({ label, value, note }, index) => (
        <div key={index}>
          <dt>{label}</dt>
          <dd class="stat-value">{value}</dd>
          {note && <dd class="soft">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** Two thirds and a third; one under the other on a narrow screen. */
export function Columns({
  children,
  aside,
  label,
}: {
  readonly children: ComponentChildren;
  readonly aside: ComponentChildren;
  readonly label: string;
}): JSX.Element {
  return (
    <div class="columns">
      <div>{children}</div>
      <aside aria-label={label}>{aside}</aside>
    </div>
  );
}

/** The opening of a page that welcomes: a heading, a sentence, and the one thing to do. */
export function Hero({
  title,
  lead,
  children,
}: {
  readonly title: ComponentChildren;
  readonly lead?: ComponentChildren;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="hero">
      <h1>{title}</h1>
      {lead && <p class="lead">{lead}</p>}
      {children}
    </div>
  );
}

/** A titled part of a page; the title's level follows the outline. */
export function Section({
  title,
  id,
  children,
}: {
  readonly title: ComponentChildren;
  readonly id: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section class="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
