// How alike two texts are: Jaro–Winkler for names, one slip of the hand (Damerau) for digits, shared words for addresses.
// Knows no field and no weight.

/** M. A. Jaro (1989) with W. E. Winkler's prefix (1990): 1 for the same, 0 for nothing in common. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const jaro = jaroOf(a, b);
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** Bit sets hold the places that found a partner; names are shorter than 31 letters, what lies behind is not looked at. */
const PLACES = 31;

function jaroOf(a: string, b: string): number {
  const lengthA = Math.min(a.length, PLACES);
  const lengthB = Math.min(b.length, PLACES);
  const reach = Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1);
  let takenA = 0;
  let takenB = 0;
  let common = 0;
  for (let i = 0; i < lengthA; i++) {
    const last = Math.min(lengthB - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= last; j++) {
      if (((takenB >> j) & 1) === 0 && a.charCodeAt(i) === b.charCodeAt(j)) {
        takenA |= 1 << i;
        takenB |= 1 << j;
        common++;
        break;
      }
    }
  }
  if (common === 0) return 0;
  let moved = 0;
  for (let i = 0, j = 0; i < lengthA; i++) {
    if (((takenA >> i) & 1) === 0) continue;
    while (((takenB >> j) & 1) === 0) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) moved++;
    j++;
  }
  return (common / lengthA + common / lengthB + (common - moved / 2) / common) / 3;
}

/** One slip of a hand apart: a character changed, left out, added, or two neighbours swapped. The same text is no slip. */
export function isOneSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || short === long) return false;
  let at = 0;
  while (at < short.length && short.charCodeAt(at) === long.charCodeAt(at)) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  const isSwap = a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
  return isSwap || a.slice(at + 1) === b.slice(at + 1);
}

/** Of the words of both, the part they share (Dice): 1 for the same words in any order. A word counts as often as it stands. */
export function sharedWords(a: string, b: string): number {
  const left = a.split(' ');
  const right = b.split(' ');
  const rest = [...right];
  let shared = 0;
  for (const word of left) {
    const at = rest.indexOf(word);
    if (at < 0) continue;
    rest.splice(at, 1);
    shared++;
  }
  return (2 * shared) / (left.length + right.length);
}
