// An explained fee as lines of a terminal, in one language: a person can add it up with a pencil.
import type { Json } from '#base/json.ts';
import type { Money } from '#base/money.ts';
import { persianDigits } from '#base/persian.ts';
import type { Language } from '#base/text.ts';
import { jalaliOf, printedJalali } from '#calendar/jalali.ts';
import type { ServicePackage } from '#catalog/types.ts';
import { roundingWords } from '#rules/tariff-rounding.ts';
import type { FeeExplanation, FeeLine } from '#rules/tariff.ts';
import type { RuleSeen } from '#rules/tariff-rules.ts';

type Told = { readonly explanation?: FeeExplanation; readonly tariffDate?: string; readonly undated?: true };

const WORDS = {
  fa: { by: 'تعرفهٔ روز', computed: 'محاسبه', rule: 'قاعده', force: 'در نفاذ', act: 'مستند', total: 'جمع', free: 'رایگان', nothing: 'چیزی برای پرداخت نیست.', since: 'از', until: 'تا', open: 'تا تعرفهٔ بعد', undated: 'این بها به روز درخواست بسته نیست؛ --date چیزی را عوض نمی‌کند.' },
  en: { by: 'tariff of', computed: 'computed', rule: 'rule', force: 'in force', act: 'rests on', total: 'Total', free: 'free of charge', nothing: 'Nothing is due.', since: 'from', until: 'to', open: 'until replaced', undated: 'This fee does not hang on a day of the case: --date changes nothing.' },
} as const; // prettier-ignore

export function feeLines(pkg: ServicePackage, { explanation, tariffDate, undated }: Told, language: Language): readonly string[] {
  const words = WORDS[language];
  const { manifest } = pkg;
  const title =
    tariffDate === undefined
      ? manifest.title[language]
      : `${manifest.title[language]} · ${words.by} ${dayText(language, tariffDate)}`;
  if (!explanation) return [title, `  ${manifest.fees.free === true ? words.free : manifest.fees.summary[language]}`, ''];
  const { lines, total, rounding } = explanation;
  return [
    title,
    '',
    ...(lines.length === 0 ? [`  ${words.nothing}`] : []),
    ...lines.flatMap((line, at) => oneLine(line, at + 1, language)),
    `  ${words.total}: ${amountText(language, total)}`,
    ...(undated ? [`  ${words.undated}`] : []),
    ...(rounding ? [`  ${digits(language, roundingWords(rounding)[language])}`] : []),
    '',
  ];
}

function oneLine(line: FeeLine, number: number, language: Language): readonly string[] {
  const words = WORDS[language];
  const basis = line.basis?.[language];
  const exact = line.exact === undefined || line.exact === line.amount ? '' : ` = ${line.exact} ≈ ${line.amount}`;
  return [
    `  ${digits(language, String(number))}. ${line.label[language]}: ${amountText(language, line.amount)}`,
    ...(basis === undefined ? [] : [`     ${words.computed}: ${basis}${exact}`]),
    ...line.rules.flatMap((rule) => ruleLines(rule, language)),
    ...(line.citation ? [`     ${words.act}: ${line.citation[language]}`] : []),
  ];
}

function ruleLines(rule: RuleSeen, language: Language): readonly string[] {
  const words = WORDS[language];
  const pairs = (list: RuleSeen['inputs']): string =>
    list
      .map(({ name, label, value, words: called }) => `${label?.[language] ?? name} = ${called?.[language] ?? valueText(value)}`)
      .join(', ');
  const title = rule.title ? `${rule.title[language]} (${rule.table})` : rule.table;
  const name = language === 'fa' ? `جدول ${title}، قاعدهٔ ${digits(language, String(rule.rule))}` : `${title}, rule ${rule.rule}`;
  const force = rule.from === undefined ? [] : [`     ${words.force}: ${periodText(language, rule)}`];
  return [`     ${words.rule}: ${name}: ${pairs(rule.inputs)} → ${pairs(rule.outputs)}`, ...force];
}

function periodText(language: Language, { from = '', until }: RuleSeen): string {
  const words = WORDS[language];
  const end = until === undefined ? words.open : `${words.until} ${dayText(language, until)}`;
  return `${words.since} ${dayText(language, from)} ${end}`;
}

function dayText(language: Language, day: string): string {
  const jalali = printedJalali(jalaliOf(day));
  return language === 'fa' ? persianDigits(jalali) : `${day} (${jalali})`;
}

function amountText(language: Language, amount: Money): string {
  const grouped = amount.replace(/\B(?=(?:\d{3})+$)/g, language === 'fa' ? '٬' : ',');
  return language === 'fa' ? `${persianDigits(grouped)} ریال` : `${grouped} rials`;
}

function digits(language: Language, text: string): string {
  return language === 'fa' ? persianDigits(text) : text;
}

function valueText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
