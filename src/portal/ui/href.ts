// Addresses in the two languages: Persian at `/…`, English at `/en/…`. Never a cookie: a link says what it opens.
import type { Language } from '#base/text.ts';

/** The address of a page in a language: Persian at `/…`, English at `/en/…`. `path` starts with a slash. */
export function href(language: Language, path: string): string {
  if (language === 'fa') return path;
  return path === '/' ? '/en' : `/en${path}`;
}

/** The language a request's address is in, and the address without its prefix. */
export function languageOf(url: string): { readonly language: Language; readonly path: string } {
  const rest = /^\/en(?=\/|\?|$)(.*)$/s.exec(url)?.[1];
  if (rest === undefined) return { language: 'fa', path: url };
  return { language: 'en', path: rest.startsWith('/') ? rest : `/${rest}` };
}
