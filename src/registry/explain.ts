// Says why two records look like one: which comparison gave how many bits, in the steward's words. For the side-by-side view.
// Never decides: the score and the verdict are the judge's.
import { LEVELS } from './compare.ts';
import type { Text } from '#base/text.ts';
import { persianDigits } from '#base/persian.ts';
import { bare } from './keys.ts';
import { isForbidden, verdictOf, weigh, type Judge } from './judge.ts';
import type { Row } from './row.ts';
import type { Evidence, Explanation, Verdict } from './types.ts';

/** What is compared, by the name a scheme gives it. */
const COMPARISONS: Readonly<Record<string, Text>> = {
  nationalId: { fa: 'کد ملی', en: 'National id' },
  legalId: { fa: 'شناسهٔ ملی', en: 'Legal id' },
  licence: { fa: 'شمارهٔ پروانهٔ اشتغال', en: 'Licence number' },
  registrationNumber: { fa: 'شمارهٔ ثبت', en: 'Registration number' },
  renovationCode: { fa: 'کد نوسازی', en: 'Renovation code' },
  registrationPlate: { fa: 'پلاک ثبتی', en: 'Registration plate' },
  fileNumber: { fa: 'شمارهٔ پروندهٔ منطقه', en: 'District file number' },
  postalCode: { fa: 'کد پستی', en: 'Postal code' },
  birthDate: { fa: 'تاریخ تولد', en: 'Day of birth' },
  mobile: { fa: 'تلفن همراه', en: 'Mobile number' },
  phone: { fa: 'تلفن', en: 'Telephone' },
  name: { fa: 'نام و نام خانوادگی', en: 'Given and family name' },
  fatherName: { fa: 'نام پدر', en: "Father's name" },
  firm: { fa: 'نام کسب‌وکار', en: 'Name of the firm' },
  manager: { fa: 'مدیر', en: 'Manager' },
  owner: { fa: 'مالک', en: 'Owner' },
  home: { fa: 'کد پستی و نشانی', en: 'Postal code and address' },
  address: { fa: 'نشانی', en: 'Address' },
  chassis: { fa: 'شمارهٔ شاسی', en: 'Chassis number' },
  plate: { fa: 'پلاک خودرو', en: 'Vehicle plate' },
  model: { fa: 'مدل', en: 'Model' },
};

const SAID: Readonly<Record<(typeof LEVELS)[keyof typeof LEVELS][number] | 'silent', Text>> = {
  exact: { fa: 'یکی است', en: 'the same' },
  near: { fa: 'نزدیک است', en: 'nearly the same' },
  slip: { fa: 'یک لغزش تفاوت دارد', en: 'one slip apart' },
  swapped: { fa: 'جابه‌جا نوشته شده است', en: 'the two are swapped' },
  part: { fa: 'نیمی نیامده و نیم دیگر یکی است', en: 'half is missing, the other half agrees' },
  family: { fa: 'نام خانوادگی یکی است و نام نه', en: 'the family name agrees, the given name does not' },
  given: { fa: 'نام یکی است و نام خانوادگی نه', en: 'the given name agrees, the family name does not' },
  year: { fa: 'تنها سال یکی است', en: 'the year alone agrees' },
  differ: { fa: 'تفاوت دارد', en: 'different' },
  silent: { fa: 'یکی از دو سو نگفته است', en: 'one side is silent' },
};

const VERDICTS: Readonly<Record<Verdict | 'forbidden', Text>> = {
  match: { fa: 'هر دو یکی هستند', en: 'These are one' },
  review: { fa: 'باید کسی ببیند', en: 'A person should look' },
  'non-match': { fa: 'دو تا هستند', en: 'These are two' },
  forbidden: { fa: 'دو کلید درست و ناهمسان: یکی نمی‌شوند', en: 'Two valid keys that differ: never one' },
};

const RIVALS: Readonly<Record<string, Text>> = {
  relative: { fa: 'اگر نه، خویشاوند هم‌خانه‌اند', en: 'If not, they are relatives under one roof' },
  stranger: { fa: 'اگر نه، هم‌نام‌اند', en: 'If not, they are namesakes' },
  other: { fa: 'اگر نه، دو تا هستند', en: 'If not, they are two' },
};

/** Every comparison of a pair with its bits against the likeliest rival, and what they come to. */
export function explain(judge: Judge, a: Row, b: Row): Explanation {
  const weighed = judge.steps.map((step) => ({ step, found: weigh(judge, step, a, b) }));
  const sums = judge.scheme.rivals.map(({ prior }, rival) =>
    weighed.reduce((sum, { found }) => sum + (found?.bits[rival] ?? 0), prior),
  );
  const score = Math.min(...sums);
  const nearest = sums.indexOf(score);
  const evidence = weighed.map(({ step: { rule, at }, found }): Evidence => {
    const level = (found && LEVELS[rule.method][found.level]) ?? 'silent';
    const weight = found?.bits[nearest] ?? 0;
    const values = (row: Row): readonly string[] => at.map((column) => bare(row[column] ?? ''));
    return { comparison: rule.name, level, weight, words: said(rule.name, level, weight), left: values(a), right: values(b) };
  });
  const forbidden = isForbidden(judge, a, b);
  const verdict = forbidden ? 'non-match' : verdictOf(judge.scheme, score);
  const words = withBits(VERDICTS[forbidden ? 'forbidden' : verdict], score);
  return { score, verdict, forbidden, evidence, rival: rivalOf(judge, nearest), words };
}

function rivalOf(judge: Judge, nearest: number): Explanation['rival'] {
  const { name, prior } = judge.scheme.rivals[nearest] ?? judge.scheme.rivals[0];
  return { name, prior, words: withBits(RIVALS[name] ?? { fa: name, en: name }, prior) };
}

function said(comparison: string, level: keyof typeof SAID, weight: number): Text {
  const what = COMPARISONS[comparison] ?? { fa: comparison, en: comparison };
  const how = SAID[level];
  return withBits({ fa: `${what.fa}: ${how.fa}`, en: `${what.en}: ${how.en}` }, weight);
}

function withBits({ fa, en }: Text, bits: number): Text {
  const sign = bits < 0 ? '−' : '+';
  const number = Math.abs(bits).toFixed(1);
  return { fa: `${fa} (${sign}${persianDigits(number).replace('.', '٫')})`, en: `${en} (${sign}${number})` };
}
