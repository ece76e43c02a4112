// Cuts Vazirmatn (SIL Open Font License 1.1) to the characters the portal shows: Persian, ASCII, a little punctuation.
// Run by hand after a new version of the font; its output in src/portal/public-assets is committed. Never runs on a server.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const root = new URL('../', import.meta.url);
const source = new URL('node_modules/vazirmatn/', root);
const target = new URL('src/portal/public-assets/', root);

/** Every character from the first to the last, ends included. */
function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join('');
}

const CHARACTERS = [
  range(0x20, 0x7e), // ASCII
  '\u00a0«»×·±²³°§©–—‘’“”•…−≤≥', // general punctuation, units of area, comparison
  '\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069', // ZWNJ, ZWJ and the marks that keep directions apart
  'ءآأؤئابةتثجحخدذرزسشصضطظعغفقلمنهوپچژکگیۀ', // the letters of Persian
  'يك', // their Arabic twins, as they arrive from older registers
  'ًٌٍَُِّْٰٔ', // vowel marks
  '،؛؟٪٫٬ـ', // Persian punctuation
  range(0x6f0, 0x6f9), // Persian digits
].join('');

await mkdir(target, { recursive: true });
for (const weight of ['Regular', 'Bold']) {
  const font = await readFile(new URL(`fonts/ttf/Vazirmatn-${weight}.ttf`, source));
  const cut = await subsetFont(font, CHARACTERS, {
    targetFormat: 'woff2',
    noHinting: true,
    keepFeatures: [
      'init',
      'medi',
      'fina',
      'isol',
      'rlig',
      'liga',
      'calt',
      'ccmp',
      'locl',
      'mark',
      'mkmk',
      'kern',
      'curs',
      'tnum',
    ],
  });
  await writeFile(new URL(`vazirmatn-${weight.toLowerCase()}.woff2`, target), cut);
  console.log(`vazirmatn-${weight.toLowerCase()}.woff2 ${cut.length} bytes`);
}
await copyFile(new URL('OFL.txt', source), fileURLToPath(new URL('vazirmatn-OFL.txt', target)));
