// Every way an answer to a form field can be at fault. words.ts says each to a person; the compiler sees that none is left out.

export const FAULT_CODES = [
  'required',
  'must-accept',
  'not-text',
  'too-short',
  'too-long',
  'pattern',
  'not-a-number',
  'too-many-decimals',
  'too-small',
  'too-large',
  'date-incomplete',
  'not-a-date',
  'too-early',
  'too-late',
  'not-an-option',
  'malformed-national-id',
  'malformed-legal-id',
  'malformed-owner-id',
  'malformed-postal-code',
  'malformed-iban',
  'malformed-mobile',
  'malformed-renovation-code',
  'malformed-plate',
  'malformed-file',
  'file-too-large',
  'file-type-refused',
  'too-many-files',
  // found by the rooms above, of a form's field all the same
  'unknown-register-key',
  'register-mismatch',
  'register-changed',
  'unknown-field',
  'corrections-empty',
] as const;

export type FaultCode = (typeof FAULT_CODES)[number];
