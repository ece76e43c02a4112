// The words that say nothing of who or where: titles, company forms, address words and their abbreviations, each as search text.
// Tables alone. A word that is also a name (میر، علی) is not here.

/** Before any name; search text, several words as one phrase. */
export const TITLES: readonly string[] = [
  'جناب اقای',
  'سرکار خانم',
  'جناب',
  'سرکار',
  'اقای',
  'اقا',
  'خانم',
  'بانو',
  'دکتر',
  'مهندس',
  'استاد',
  'پروفسور',
  'مرحوم',
  'مرحومه',
  'شادروان',
  'شهید',
  'dr',
  'eng',
  'mr',
  'mrs',
  'ms',
];

/** Before a given name alone: as part of a family name (حاجی‌زاده، مشهدی) they say who it is. */
export const HONOURS: readonly string[] = [
  'حجت الاسلام والمسلمین',
  'حجت الاسلام و المسلمین',
  'حجه الاسلام',
  'حجت الاسلام',
  'ایت الله',
  'سیده',
  'سید',
  'حاجیه خانم',
  'حاجیه',
  'حاجی',
  'حاج',
  'کربلایی',
  'کربلائی',
  'مشهدی',
];

/** Marks of descent that some registers write and others leave out, also without a space: سیدعلی، زهراسادات. */
export const DESCENT = { before: ['سیده', 'سید'], after: ['السادات', 'سادات'] } as const;

/** What a firm is, not which. */
export const COMPANY_FORMS: readonly string[] = [
  'با مسیولیت محدود',
  'بامسیولیت محدود',
  'مسیولیت محدود',
  'با م م',
  'م م',
  'سهامی خاص',
  'سهامی عام',
  'س خ',
  'س ع',
  'سهامی',
  'خاص',
  'تعاونی',
  'تضامنی',
  'شرکت',
  'موسسه',
  'بنگاه',
  'هلدینگ',
  'فروشگاه',
  'کارگاه',
  'دفتر',
  'co',
  'company',
  'ltd',
  'llc',
  'inc',
];

/** Words of an address: first the one that stands, then how else people write it. */
export const ADDRESS_WORDS: readonly (readonly [string, ...string[]])[] = [
  ['خیابان', 'خ', 'خی', 'خیابون', 'st', 'street'],
  ['کوچه', 'ک', 'کو', 'alley'],
  ['پلاک', 'پ', 'پلا', 'no'],
  ['طبقه', 'ط', 'طب', 'floor'],
  ['واحد', 'واح', 'unit'],
  ['بلوار', 'بل', 'blvd'],
  ['میدان', 'فلکه', 'sq'],
  ['ساختمان', 'ساخ'],
  ['بزرگراه', 'بزرگ راه', 'اتوبان', 'hwy'],
  ['منطقه', 'منط'],
  ['بنبست', 'بن بست', 'ب ب'],
];

/** Before every address in the city, hence said of none. Further on they are part of a name: تهران نو، ایران زمین. */
export const ADDRESS_FILLERS: readonly string[] = ['استان تهران', 'شهر تهران', 'تهران', 'ایران', 'tehran', 'iran'];

/** Whole numbers that people write in words in an address: `کوچه دوم`, `طبقه اول`, `همکف`. */
export const ORDINALS: Readonly<Record<string, string>> = {
  همکف: '0',
  اول: '1',
  یکم: '1',
  دوم: '2',
  سوم: '3',
  چهارم: '4',
  پنجم: '5',
  ششم: '6',
  هفتم: '7',
  هشتم: '8',
  نهم: '9',
  دهم: '10',
};

/** Letters that sound alike in Persian, each to one. */
export const SOUNDS: Readonly<Record<string, string>> = {
  ث: 'س',
  ص: 'س',
  ذ: 'ز',
  ض: 'ز',
  ظ: 'ز',
  ط: 'ت',
  ح: 'ه',
  غ: 'ق',
};

/** Vowels and breaths: what falls away first when a name is heard or hurried. */
export const UNHEARD: ReadonlySet<string> = new Set(['ا', 'و', 'ی', 'ه', 'ع']);
