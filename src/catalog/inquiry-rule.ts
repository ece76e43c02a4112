// What an inquiry type's own expressions and rule say of a question and a register's record. Pure; looks nothing up.
import type { Json, JsonObject } from '#base/json.ts';
import { isObject } from '#base/json.ts';
import type { InquiryType } from '#inquiries/types.ts';
import { compileExpression } from '#rules/expression.ts';
import type { CompiledExpression } from '#rules/expression.ts';
import { fromFeel, toFeel } from '#rules/values.ts';
import type { FeelContext } from '#rules/types.ts';
import type { InquiryPackage } from './types.ts';

/** The register's key that a question names, or undefined where it names none. */
export function registerKey(key: string, question: JsonObject): string | undefined {
  const value = evaluated(key, { question });
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What the rule reads beside the question: `record` is null where the register has none; `beside` what its other registers and layers say, by name. */
export type Known = { readonly record: Json; readonly beside?: JsonObject };

/** The rule's answer; null where it gives way to the next responder. */
export function answerByRule(
  { type, decisions }: Pick<InquiryPackage, 'type' | 'decisions'>,
  question: JsonObject,
  known: Known,
): JsonObject | null {
  const responder = type.responders.find((one) => one.by === 'register');
  if (!responder) return null;
  const value = fromFeel(decisions.evaluate(responder.decision, contextOf(question, known)).value);
  return isObject(value) ? value : null;
}

function contextOf(question: JsonObject, { record, beside }: Known): FeelContext {
  const own = { question: toFeel(question), found: record !== null, record: toFeel(record) };
  return beside ? { ...(toFeel(beside) as FeelContext), ...own } : own;
}

/** Members of an answer that the registers know already, for people to complete; none where the type drafts nothing. */
export function draftOf(
  { type, decisions }: Pick<InquiryPackage, 'type' | 'decisions'>,
  question: JsonObject,
  known: Known,
): JsonObject {
  const decision = type.responders.find((one) => one.by === 'unit')?.draft;
  if (decision === undefined) return {};
  const value = fromFeel(decisions.evaluate(decision, contextOf(question, known)).value);
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null)) : {};
}

/** Whom and what a question is about, as far as the record tells. */
export function subjectOf(
  type: InquiryType,
  question: JsonObject,
  record: Json,
): { readonly person?: string; readonly property?: string } {
  const context = { question, found: record !== null, record };
  const { person, property } = type.subject;
  const text = (feel: string | undefined): string | undefined => {
    const value = feel === undefined ? undefined : evaluated(feel, context);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [who, what] = [text(person), text(property)];
  return { ...(who !== undefined && { person: who }), ...(what !== undefined && { property: what }) };
}

/** The expressions of published types are few, and read with every question. */
const compiled = new Map<string, CompiledExpression>();

function evaluated(feel: string, context: JsonObject): Json {
  const names = Object.fromEntries(Object.entries(context).map(([name, value]) => [name, toFeel(value)]));
  const known = compiled.get(feel) ?? compileExpression(feel);
  if (compiled.size < 1000) compiled.set(feel, known);
  return fromFeel(known.evaluate(names).value);
}
