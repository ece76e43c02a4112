// Patterns of text fields: regular expressions written by a process owner, run on what anyone sends.

/** A pattern matches whole answers. Throws SyntaxError (reading a form lists it as a finding first). */
export function patternOf(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'u');
}

/** True for a repeated group that ends in a repetition, like `(a+)+`: input made for it takes exponential time. */
export function isSlowPattern(pattern: string): boolean {
  return /[*+}]\)[*+{]/.test(pattern.replace(/\\./g, ''));
}
