// What the analysis of a decision table says of it, in both languages.
import type { Finding } from '#base/finding.ts';
import { found, numbers, type Words } from './check-findings.ts';
import type { Table } from './check-model.ts';

export function gapFinding(owner: string, inputs: string): Finding {
  return found({
    severity: 'warning',
    code: 'table-gap',
    owner,
    reason: [`هیچ قاعده‌ای این ورودی را نمی‌گیرد: ${inputs}.`, `No rule takes this input: ${inputs}.`],
    mend: ['قاعده‌ای برای آن بیفزایید یا مقدار پیش‌فرض بدهید.', 'Add a rule for it, or give the outputs a default.'],
  });
}

type Overlap = { readonly owner: string; readonly table: Table; readonly rule: number; readonly others: readonly number[] };

export function overlapFinding({ owner, table, rule, others }: Overlap, inputs: string): Finding {
  const list = numbers([...others, rule]);
  const isAny = table.hitPolicy === 'ANY';
  return found({
    severity: 'error',
    code: isAny ? 'table-contradicts' : 'table-overlap',
    owner,
    rule,
    reason: isAny
      ? [
          `قاعده‌های ${list} این ورودی را می‌گیرند و پاسخشان یکی نیست، اما جدول ANY است: ${inputs}.`,
          `Rules ${list} take the same input and answer differently, but the table is ANY: ${inputs}.`,
        ]
      : [
          `قاعده‌های ${list} این ورودی را با هم می‌گیرند، اما جدول UNIQUE است: ${inputs}.`,
          `Rules ${list} take the same input, but the table is UNIQUE: ${inputs}.`,
        ],
    mend: ['مرزها را از هم جدا کنید یا سیاست جدول را عوض کنید.', 'Part their bounds, or change the hit policy.'],
  });
}

export function neverFinding(owner: string, rule: number): Finding {
  return found({
    severity: 'warning',
    code: 'rule-never-decides',
    owner,
    rule,
    reason: [
      `قاعدهٔ ${rule + 1} هیچ‌گاه به کار نمی‌آید: یکی از خانه‌هایش هیچ مقداری را نمی‌گیرد.`,
      `Rule ${rule + 1} never decides anything: one of its cells takes no value.`,
    ],
    mend: ['آن خانه را درست کنید یا قاعده را بردارید.', 'Correct that cell, or remove the rule.'],
  });
}

export function maskedFinding(owner: string, rule: number, by: readonly number[]): Finding {
  const isOne = by.length === 1;
  return found({
    severity: 'warning',
    code: 'rule-never-decides',
    owner,
    rule,
    reason: [
      `قاعدهٔ ${rule + 1} هیچ‌گاه به کار نمی‌آید: ${isOne ? 'قاعدهٔ' : 'قاعده‌های'} ${numbers(by)} همهٔ ورودی‌هایش را می‌گیرند و به جای آن تصمیم می‌گیرند.`,
      `Rule ${rule + 1} never decides anything: ${isOne ? 'rule' : 'rules'} ${numbers(by)} ${isOne ? 'takes all its inputs and decides' : 'take all its inputs and decide'} instead.`,
    ],
    mend: ['آن را بردارید یا ترتیب و شرط‌ها را درست کنید.', 'Remove it, or correct the order and its conditions.'],
  });
}

export function notAnalysed(owner: string, why: Words): Finding {
  return found({
    severity: 'warning',
    code: 'table-not-analysed',
    owner,
    reason: [`این جدول تنها تا جایی سنجیده شد که می‌شد: ${why[0]}.`, `This table was judged only in part: ${why[1]}.`],
    mend: [
      'خانه‌ها را با عدد، متن، تاریخ و بازه بنویسید و محاسبه را به عبارت ورودی ببرید.',
      'Write the cells as numbers, texts, dates and intervals, and move what is computed into the input expression.',
    ],
  });
}
