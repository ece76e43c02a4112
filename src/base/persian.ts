// Persian text and digits as people type and read them. Pure text in, text out; knows no field and no form.

const PERSIAN_DIGITS = '۰۱۲۳۴۵۶۷۸۹';
const ARABIC_DIGITS = '٠١٢٣٤٥٦٧٨٩';
/** Bidirectional marks and isolates, zero-width space and BOM: invisible, typed by accident, never meant. */
const STRAY_MARKS = /[\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g;

/** Persian and Arabic digits to Latin; everything else stays. */
export function latinDigits(text: string): string {
  return text.replace(/[۰-۹٠-٩]/g, (digit) => {
    const persian = PERSIAN_DIGITS.indexOf(digit);
    return String(persian >= 0 ? persian : ARABIC_DIGITS.indexOf(digit));
  });
}

/** Latin digits to Persian, for display. */
export function persianDigits(text: string): string {
  return text.replace(/[0-9]/g, (digit) => PERSIAN_DIGITS[Number(digit)] as string);
}

/** Words of plain letters, digits and signs with single spaces between them: most of what comes, and normal as it is. */
const NORMAL = /^[!-~آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئؤأ۰-۹،؛]+(?: [!-~آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئؤأ۰-۹،؛]+)*$/;

/** Text as it is stored: Persian yeh and kaf for Arabic ones, stray marks gone, white space single, ends trimmed. ZWNJ inside words stays. */
export function normalText(text: string): string {
  if (NORMAL.test(text)) return text;
  return text
    .normalize('NFC')
    .replace(STRAY_MARKS, '')
    .replace(/[يى]/g, 'ی')
    .replace(/ك/g, 'ک')
    .replace(/[ \t\u00A0]+/g, ' ')
    .replace(/\s*\u200C\s*/g, '\u200C')
    .replace(/^[\s\u200C]+|[\s\u200C]+$/g, '');
}

/** Text as it is compared and searched: normal, without ZWNJ or diacritics, digits Latin, case folded, alef and heh forms one. */
export function searchText(text: string): string {
  return latinDigits(normalText(text))
    .replace(/[\u064B-\u065F\u0670\u0640]/g, '')
    .replace(/[آأإٱ]/g, 'ا')
    .replace(/[ۀة]/g, 'ه')
    .replace(/ؤ/g, 'و')
    .replace(/ئ/g, 'ی')
    .replace(/\u200C/g, ' ')
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .trim();
}

/** A number as typed: digits Latin, grouping marks, spaces and ZWNJ gone, Persian decimal mark as a point. */
export function typedNumber(text: string): string {
  return latinDigits(text)
    .replace(STRAY_MARKS, '')
    .replace(/[\s\u00A0\u200C,٬،]/g, '')
    .replace(/[٫]/g, '.')
    .replace(/^[\u2212]/, '-');
}
