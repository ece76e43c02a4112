// The shape of a finding's words: reason and mend, Persian first. `{what}` is filled with the fact of the finding.
export type Words = readonly [fa: string, en: string];
export type Row = { readonly reason: Words; readonly mend: Words; readonly severity?: 'warning' };
