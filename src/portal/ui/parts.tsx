// Pieces of a page that show and do not ask: notices, tags, steps, tabs, breadcrumbs. Each says in words what it shows in colour.
import type { ComponentChildren, JSX } from 'preact';
import type { Language } from '#base/text.ts';
import { say } from './words.ts';

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

export function Tag({ tone = 'neutral', children }: { readonly tone?: Tone; readonly children: ComponentChildren }): JSX.Element {
  return <strong class={`tag ${tone}`}>{children}</strong>;
}

/** The page's heading, with what it belongs to above it. */
export function Heading({
  title,
  caption,
  lead,
}: {
  readonly title: ComponentChildren;
  readonly caption?: ComponentChildren;
  readonly lead?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="heading">
      {caption && <p class="caption">{caption}</p>}
      <h1>{title}</h1>
      {lead && <p class="lead">{lead}</p>}
    </div>
  );
}

export type NoticeProps = {
  readonly language: Language;
  readonly tone: Exclude<Tone, 'neutral'>;
  readonly title?: ComponentChildren;
  readonly children?: ComponentChildren;
  /** Says what just happened: announced when the page arrives. */
  readonly live?: boolean;
};

export function Notice({ language, tone, title, children, live }: NoticeProps): JSX.Element {
  return (
    <div class={`notice ${tone}`} role={live ? 'status' : undefined}>
      <p class="notice-kind">{say(language, `notice.${tone}`)}</p>
      {title && <p class="notice-title">{title}</p>}
      {children}
    </div>
  );
}

/** The end of a thing well done: its number, large. */
export function Panel({
  title,
  children,
}: {
  readonly title: ComponentChildren;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="panel">
      <svg class="panel-sign" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
        <path d="m24 2 6.400 6.600L39.600 8.400l-.2 9.200L46 24l-6.600 6.400.2 9.200-9.200-.2L24 46l-6.400-6.600-9.200.2.2-9.200L2 24l6.600-6.400-.2-9.200 9.200.2z" />
        <path class="tick" d="m15.500 24.500 6 6 11-12.500" />
      </svg>
      <h1>{title}</h1>
      {children && <div class="panel-body">{children}</div>}
    </div>
  );
}

export function Details({
  summary,
  children,
  open,
}: {
  readonly summary: ComponentChildren;
  readonly children: ComponentChildren;
  readonly open?: boolean;
}): JSX.Element {
  return (
    <details class="details" open={open}>
      <summary>{summary}</summary>
      <div class="details-body">{children}</div>
    </details>
  );
}

/** گام ۲ از ۴, with a bar that repeats it for the eye alone. */
export function Steps({
  language,
  now,
  of,
}: {
  readonly language: Language;
  readonly now: number;
  readonly of: number;
}): JSX.Element {
  return (
    <div class="steps">
      <p>{say(language, 'step.of', { now, of })}</p>
      <span class="steps-bar" aria-hidden="true">
        {Array.from({ length: of }, (_, index) => (
          <span key={index} class={index < now ? 'on' : undefined} />
        ))}
      </span>
    </div>
  );
}

export function Empty({
  title,
  children,
}: {
  readonly title: ComponentChildren;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

export type Link = { readonly href: string; readonly label: string; readonly current?: boolean | undefined };

/** Where this page stands; the last one is the page itself and no link. */
export function Breadcrumbs({ language, links }: { readonly language: Language; readonly links: readonly Link[] }): JSX.Element {
  return (
    <nav class="breadcrumbs" aria-label={say(language, 'nav.breadcrumbs')}>
      <ol>
        {links.map(({ href, label }, index) => (
          <li key={href}>{index === links.length - 1 ? <span aria-current="page">{label}</span> : <a href={href}>{label}</a>}</li>
        ))}
      </ol>
    </nav>
  );
}

export function BackLink({ language, href }: { readonly language: Language; readonly href: string }): JSX.Element {
  return (
    <nav aria-label={say(language, 'action.back')}>
      <a class="back" href={href}>
        {say(language, 'action.back')}
      </a>
    </nav>
  );
}

/** Tabs that are pages: each has its own address. */
export function Tabs({
  language,
  links,
  label,
}: {
  readonly language: Language;
  readonly links: readonly Link[];
  readonly label?: string;
}): JSX.Element {
  return (
    <nav class="tabs" aria-label={label ?? say(language, 'nav.tabs')}>
      <ul>
        {links.map((link) => (
          <li key={link.href}>
            <a href={link.href} aria-current={link.current ? 'page' : undefined}>
              {link.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export type SearchProps = {
  readonly language: Language;
  readonly action: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly name?: string;
  readonly hint?: string;
};

export function SearchBox({ language, action, label, value, name = 'q', hint }: SearchProps): JSX.Element {
  return (
    <form class="search" role="search" method="get" action={action}>
      <label class="label" for={`search-${name}`}>
        {label}
      </label>
      {hint && (
        <p class="hint" id={`search-${name}-hint`}>
          {hint}
        </p>
      )}
      <div class="search-row">
        <input
          class="input full"
          id={`search-${name}`}
          type="search"
          name={name}
          dir="auto"
          placeholder=" "
          value={value}
          aria-describedby={hint ? `search-${name}-hint` : undefined}
        />
        <button type="submit" class="button primary">
          {say(language, 'action.search')}
        </button>
      </div>
    </form>
  );
}
