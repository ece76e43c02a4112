// What the chapters of type inference share: scopes of names with their types, findings, the names of types for people.
import type { Finding } from '#base/finding.ts';
import type { Text } from '#base/text.ts';
import type { SyntaxNode } from '@lezer/common';
import type { Kind } from './kinds.ts';
import type { Place, ProblemCode } from './run.ts';
import type { FeelType } from './typing.ts';

/** A frame of local names; `item` is the type of the filtered items whose entries are names too. */
export type Frame = {
  readonly names: Map<string, FeelType>;
  readonly item: FeelType | undefined;
  readonly up: Frame | undefined;
};

export type Inference = {
  readonly source: string;
  /** What was parsed: the source with the same offsets. */
  readonly text: string;
  readonly findings: Finding[];
  /** Types of the root context by normal name. */
  readonly root: ReadonlyMap<string, FeelType>;
  /** All names of the root context, with a type or without. */
  readonly declared: ReadonlySet<string>;
  /** Whether `typeNamed` knows all types that there are. */
  readonly typesKnown: boolean;
  typeNamed(name: string): FeelType | undefined;
  infer(node: SyntaxNode, frame: Frame | undefined): FeelType;
};

export function simple(kind: Kind): FeelType {
  return { is: 'simple', kind };
}

const MEND: Text = {
  fa: 'عبارت را با نوع مقدارها سازگار کنید، یا نوع اعلام‌شده را اصلاح کنید.',
  en: 'Make the expression fit the types of its values, or mend the declared type.',
};

export function fault(c: Inference, at: Place, code: ProblemCode, reason: Text): void {
  c.findings.push({
    code,
    severity: 'error',
    place: c.source,
    at: { from: at.from, to: at.to },
    reason,
    mend: MEND,
  });
}

const KINDS: { readonly [kind in Kind]: Text } = {
  null: { fa: 'null', en: 'null' },
  boolean: { fa: 'مقدار منطقی', en: 'a boolean' },
  string: { fa: 'متن', en: 'a string' },
  number: { fa: 'عدد', en: 'a number' },
  list: { fa: 'فهرست', en: 'a list' },
  context: { fa: 'بافت', en: 'a context' },
  range: { fa: 'بازه', en: 'a range' },
  function: { fa: 'تابع', en: 'a function' },
  date: { fa: 'تاریخ', en: 'a date' },
  time: { fa: 'زمان روز', en: 'a time' },
  'date and time': { fa: 'تاریخ و زمان', en: 'a date and time' },
  'years and months duration': { fa: 'مدت به سال و ماه', en: 'a years and months duration' },
  'days and time duration': { fa: 'مدت به روز و ساعت', en: 'a days and time duration' },
};

export function typeName(type: FeelType): Text {
  switch (type.is) {
    case 'simple':
      return KINDS[type.kind];
    case 'restricted':
      return typeName(type.of);
    case 'any':
    case 'unknown':
      return { fa: 'مقداری ناشناخته', en: 'an unknown value' };
    default:
      return KINDS[type.is];
  }
}
