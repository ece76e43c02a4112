// A refusal in the words of its reader: what happened and how to mend it, in both languages.
import type { Text } from '#base/text.ts';

/** `{name}` in a text is the refusal's fact of that name. */
export type Problem = { readonly status: number; readonly title: Text; readonly mend: Text };
