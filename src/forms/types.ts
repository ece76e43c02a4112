// What the forms room gives and takes: a subset of the form-js schema, read; raw input in, normalised answers or faults out.
import type { FieldFault } from '#base/refusal.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Text } from '#base/text.ts';

/** A form read from a form-js file. Top-level groups are its pages: one thing per page. */
export type Form = { readonly id: string; readonly pages: readonly Page[] };
export type Page = {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly fields: readonly Field[];
};

export type FieldKind = 'text' | 'paragraph' | 'number' | 'checkbox' | 'choice' | 'choices' | 'select' | 'date' | 'file' | 'note';

/** One field. Labels are keys into the package's fa.json / en.json when they start with `$`, else plain text. */
export type Field = {
  readonly key: string;
  readonly id: string;
  readonly kind: FieldKind;
  readonly label: string;
  readonly hint?: string;
  readonly required: boolean;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: string;
  readonly max?: string;
  readonly decimals?: number;
  readonly pattern?: string;
  /** A kind of base validators: `national-id`, `legal-id`, `postal-code`, `iban`, `mobile`, `renovation-code`, `plate`. */
  readonly format?: string;
  /** FEEL: hidden when true. Hidden fields have no answer, whatever was sent. */
  readonly hide?: string;
  readonly readonly?: boolean;
  /** A register's key (`property.renovation-code`): the answer must be known there. With `from` or `by`, a datum that the register gives. */
  readonly register?: string;
  /** The register's record is that of who applies. */
  readonly from?: 'applicant';
  /** The register's record is that of the key typed into this field, on an earlier page. */
  readonly by?: string;
  /** The words of the rule that lets the applicant state another value than the register's. */
  readonly mayDiffer?: string;
  /** For files. */
  readonly accept?: readonly ('pdf' | 'png' | 'jpeg')[];
  readonly maxBytes?: number;
  readonly multiple?: boolean;
};

/** As a browser form or an API sends it: text, or lists of text, or JSON scalars. */
export type RawAnswers = { readonly [key: string]: Json | undefined };
export type Answers = JsonObject;

export type Validated = { readonly answers: Answers; readonly faults: readonly FieldFault[] };

/** Texts of a package by language: key → words. */
export type Texts = { readonly fa: { readonly [key: string]: string }; readonly en: { readonly [key: string]: string } };
export type { Text };
