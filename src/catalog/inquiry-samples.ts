// The examples of an inquiry type as the test environment answers them: at once by the rule over the example's own record, or later, as people would.
import { parse } from 'yaml';
import { canonical, isObject } from '#base/json.ts';
import type { Json, JsonObject } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import { answerByRule } from './inquiry-rule.ts';
import { besideIn } from './inquiry-type.ts';
import type { InquiryPackage } from './types.ts';

export type Sample = {
  readonly title: Text;
  readonly question: JsonObject;
  /** Absent where the example says of no answer: the question stays waiting. */
  readonly answer?: JsonObject;
  /** The rule gives way: people answer, after a 202. */
  readonly isLater: boolean;
};

export function samplesOf(inquiry: InquiryPackage): readonly Sample[] {
  const samples = Object.entries(inquiry.files)
    .filter(([file]) => /^examples\/.+\.yaml$/.test(file))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, text]) => sampleOf(inquiry, parse(text) as Json));
  // Examples may ask the same of another record: the first one answers.
  return [...new Map(samples.toReversed().map((one) => [canonical(one.question), one])).values()].toReversed();
}

function sampleOf(inquiry: InquiryPackage, example: Json): readonly Sample[] {
  if (!isObject(example) || !isObject(example['question'])) return [];
  const { question, record = null, later } = example as { readonly question: JsonObject } & JsonObject;
  const { fa, en } = isObject(example['title']) ? example['title'] : {};
  const title = { fa: String(fa ?? ''), en: String(en ?? '') };
  const answer = answerByRule(inquiry, question, { record, beside: besideIn(inquiry.type, example) });
  if (answer !== null) return [{ title, question, answer, isLater: false }];
  return [{ title, question, ...(isObject(later) && { answer: later }), isLater: true }];
}
