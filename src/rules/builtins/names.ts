// The names of built-in functions that have spaces: the grammar must know them before it reads. Kept equal to the functions by a test.

const SPACED = [
  'string length', 'upper case', 'lower case', 'substring before', 'substring after', 'starts with', 'ends with', 'string join',
  'list contains', 'insert before', 'list replace', 'index of', 'distinct values', 'round up', 'round down', 'round half up',
  'round half down', 'met by', 'overlaps before', 'overlaps after', 'finished by', 'started by', 'day of year', 'day of week',
  'month of year', 'week of year', 'get value', 'get entries', 'context put', 'context merge', 'years and months duration', 'date and time',
] as const;

export const SPACED_BUILTINS: { readonly [name: string]: true } = Object.fromEntries(SPACED.map((name) => [name, true as const]));
