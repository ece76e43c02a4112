// A text in the portal's two languages. Never a single-language string where a person will read it.

export type Language = 'fa' | 'en';
export const LANGUAGES: readonly Language[] = ['fa', 'en'];

export type Text = { readonly fa: string; readonly en: string };
