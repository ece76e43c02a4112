// What a page gives to the document around it.
import type { ComponentChildren } from 'preact';
import type { Language } from '#base/text.ts';
import type { Role } from '#cases/types.ts';
import type { PageError } from './errors.tsx';
import type { Link } from './parts.tsx';

export type PageUser = { readonly name: string; readonly role: Role; readonly unit?: string | undefined };

export type PageProps = {
  readonly language: Language;
  readonly title: string;
  /** The page's address without the language's prefix, with its query: what the language link keeps. */
  readonly path: string;
  readonly body: ComponentChildren;
  readonly user?: PageUser | undefined;
  /** Entries of the user's menu, before "sign out". */
  readonly userLinks?: readonly Link[];
  readonly navigation?: readonly Link[];
  /** Empty or absent: all is well. */
  readonly errors?: readonly PageError[];
  readonly step?: { readonly now: number; readonly of: number } | undefined;
  readonly breadcrumbs?: readonly Link[];
  /** Where "back" leads; instead of breadcrumbs. */
  readonly back?: string;
  /** Worklists and case files: the whole width, denser. */
  readonly wide?: boolean;
  /** The city's own name, beside درگاه. */
  readonly city?: string;
  /** URLs of modules an island page needs, beyond the enhancement. */
  readonly scripts?: readonly string[];
  /** Not for search engines: everything personal. */
  readonly personal?: boolean;
};
