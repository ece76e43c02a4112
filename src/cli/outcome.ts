// What every verb of the command takes and gives.

export type Options = {
  /** Say how long it took. */
  readonly time: boolean;
  readonly json: boolean;
  readonly language: 'fa' | 'en';
  readonly data: string | undefined;
  readonly key: string | undefined;
  readonly authority: string | undefined;
  /** The languages asked for: both where none was named. */
  readonly languages: readonly ('fa' | 'en')[];
  readonly inputs: readonly string[];
  readonly property: string | undefined;
  readonly date: string | undefined;
  /** Of `load` alone. */
  readonly load?: LoadOptions;
};

/** How a source is loaded. */
export type LoadOptions = {
  readonly isRehearsal: boolean;
  readonly full: boolean;
  readonly acceptGone: boolean;
  readonly rejects: string | undefined;
  readonly mended: string | undefined;
};
/** `ok` decides the exit code; `lines` are for people, `result` for programs. */
export type Outcome = { readonly ok: boolean; readonly lines: readonly string[]; readonly result: unknown };
