// A tariff says where its numbers come from: where a decision table has the column `citation`, every rule fills it, and says from when.
import type { Finding } from '#base/finding.ts';
import type { DmnModel } from '#rules/dmn/model.ts';
import { problem, warning } from './findings.ts';
import { tablesOf, type Table } from '#rules/dmn/check-model.ts';

export function checkCitations(model: DmnModel): readonly Finding[] {
  return tablesOf(model).flatMap(({ owner, table }) => checkTable(owner, table));
}

function checkTable(owner: string, table: Table): readonly Finding[] {
  const citation = table.annotations.indexOf('citation');
  if (citation < 0) return [];
  const from = table.annotations.indexOf('from');
  return table.rules.flatMap((rule, at) => {
    const place = `${owner}: rule ${at + 1}`;
    const bare = rule.annotations[citation] ?? '';
    const cited = bare.trim() !== '';
    const day = from < 0 ? undefined : rule.annotations[from];
    return [
      ...(cited
        ? []
        : [
            problem(
              { code: 'rule-without-citation', file: '', place },
              [`قاعدهٔ ${at + 1} مستند ندارد.`, `Rule ${at + 1} names no citation.`],
              ['مستند آن را در ستون citation بنویسید.', 'Name its act in the column citation.'],
            ),
          ]),
      ...(day === undefined || /^\d{4}-\d{2}-\d{2}$/.test(day.trim())
        ? []
        : [
            warning(
              { code: 'rule-without-date', file: '', place },
              [`قاعدهٔ ${at + 1} نمی‌گوید از چه روزی است.`, `Rule ${at + 1} does not say from when it holds.`],
              ['تاریخ را مانند 1405-01-01 در ستون from بنویسید.', 'Write a date like 1405-01-01 in the column from.'],
            ),
          ]),
    ];
  });
}
