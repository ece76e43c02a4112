// Wraps a name into lines of a width, on the server, where no browser measures: Vazirmatn's own advances stand in. Draws nothing.
import type { Language } from '#base/text.ts';

/** Advances in thousandths of an em, as Chromium measures the font: of letters that stand alone, or end a joined run. */
const ADVANCE = table([
  [244, "ijlI|'"],
  [270, 'اآأإ ./:!،؛;,'],
  [345, 'رزژ()tfr-۱`'],
  [430, '؟ءوؤ۰"*^\\'],
  [475, '۶۹«»?y_'],
  [520, 'هةدذcekvsxz۲~'],
  [565, '0123456789abdghnopquEFJLTPSBRYZX۴$<>=+#&%'],
  [600, 'عغ۵۷۸'],
  [650, 'من۳ACDKUV…–'],
  [690, 'جچحخلقGHNOQ'],
  [745, 'یئطظwي'],
  [880, 'mMW@'],
  [935, 'بپتثفکگك'],
  [1240, 'سش'],
  [1275, 'صض'],
  [0, '\u200C\u200D\u200E\u200F\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652\u0654'],
]);
/** Of letters that join the one after them. */
const JOINED = table([
  [320, 'لن'],
  [360, 'بپتثیئي'],
  [500, 'هفقکگك'],
  [575, 'عغم'],
  [680, 'جچحخطظ'],
  [860, 'سشصض'],
]);
const OTHER = 650;

function table(rows: readonly (readonly [advance: number, letters: string])[]): ReadonlyMap<string, number> {
  return new Map(rows.flatMap(([advance, letters]) => [...letters].map((letter) => [letter, advance] as const)));
}

/** Width in pixels at a font size, rather too wide than too narrow. */
export function widthOf(text: string, size: number): number {
  const letters = [...text];
  let sum = 0;
  for (const [index, letter] of letters.entries()) {
    const joined = /[\u0621-\u064A\u0671-\u06D3]/.test(letters[index + 1] ?? '') ? JOINED.get(letter) : undefined;
    sum += joined ?? ADVANCE.get(letter) ?? OTHER;
  }
  return (sum * size) / 1000;
}

export type Room = { readonly width: number; readonly lines: number; readonly size: number };

/** At most so many lines; what does not fit ends in an ellipsis. Words break only where one alone is wider than the room. */
export function wrap(text: string, { width, lines, size }: Room): readonly string[] {
  const words = text.split(' ').flatMap((word) => pieces(word, width, size));
  const wrapped: string[] = [];
  for (const word of words) {
    const longer = wrapped.length === 0 ? word : `${wrapped.at(-1)} ${word}`;
    if (wrapped.length > 0 && widthOf(longer, size) <= width) wrapped[wrapped.length - 1] = longer;
    else wrapped.push(word);
  }
  if (wrapped.length <= lines) return wrapped;
  return [...wrapped.slice(0, lines - 1), shortened(wrapped.slice(lines - 1).join(' '), width, size)];
}

function pieces(word: string, width: number, size: number): readonly string[] {
  if (widthOf(word, size) <= width) return [word];
  const found = [''];
  for (const letter of word) {
    const longer = `${found.at(-1)}${letter}`;
    if (widthOf(longer, size) <= width) found[found.length - 1] = longer;
    else found.push(letter);
  }
  return found;
}

function shortened(text: string, width: number, size: number): string {
  const letters = [...text];
  let kept = '';
  for (const letter of letters) {
    if (widthOf(`${kept}${letter}…`, size) > width) return `${kept.trimEnd()}…`;
    kept += letter;
  }
  return kept;
}

/** The language a name is written in, by its letters: names come from the process file, not from the page's words. */
export function languageOfName(name: string): Language {
  return /[\u0600-\u06FF]/.test(name) ? 'fa' : 'en';
}
