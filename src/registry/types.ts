// One view of the city's data: what sources say of a person, business, property, engineer or vehicle, and what stands of it.
// Never holds a source's data apart from where it came from: a value without a claim does not exist.
import type { Instant } from '#base/instant.ts';
import type { Json } from '#base/json.ts';
import type { Text } from '#base/text.ts';

export const KINDS = ['person', 'business', 'property', 'engineer', 'vehicle'] as const;
export type Kind = (typeof KINDS)[number];

/** What a record of kind `property` describes; the value of its field `part`. */
export const PROPERTY_PARTS = ['parcel', 'building', 'unit'] as const;

export type SourceId = string;
/** A record of a source: `civil-registry/481516`. */
export type RecordId = string & { readonly __record: true };

export type Fields = Readonly<Record<string, Json>>;

/** One record as a source gave it, at the instant the source says it holds of. `key` is the source's own. */
export type SourceRecord = {
  readonly source: SourceId;
  readonly key: string;
  readonly kind: Kind;
  readonly asOf: Instant;
  readonly fields: Fields;
};

/** How much a source is believed, 0 to 1: for a field by itself, or for all others by `*`. */
export type Confidence = Readonly<Record<string, number>>;

/** What one source says a field is. */
export type Claim = {
  readonly value: Json;
  readonly source: SourceId;
  readonly record: RecordId;
  readonly asOf: Instant;
  readonly confidence: number;
};

/** Which claim to a field wins. A rule that cannot decide hands on to the next. */
export type Rule =
  | { readonly by: 'priority'; readonly sources: readonly SourceId[] }
  | { readonly by: 'newest' }
  | { readonly by: 'most-confident' }
  | { readonly by: 'agreed'; readonly sources: number };

/** Rules in order for each field; `*` for the fields not named. The last resort is a fixed order, so that a view is one view. */
export type Rules = Readonly<Record<string, readonly Rule[]>>;

/** A field as it stands: the claim that won and by which rule, who says the same, who says otherwise, and what the same records said before. */
export type FieldView = {
  readonly claim: Claim;
  readonly rule: Rule['by'] | 'only' | 'unanimous' | 'well-formed' | 'order';
  readonly agreeing: readonly Claim[];
  readonly against: readonly Claim[];
  readonly history: readonly Claim[];
};

/** What the city knows of one person, business, property, engineer or vehicle. `id` is that of its eldest record. */
export type GoldenView = {
  readonly id: RecordId;
  readonly kind: Kind;
  readonly records: readonly RecordId[];
  readonly fields: Readonly<Record<string, FieldView>>;
};

/** A field on which sources differ, with the rule that decided. */
export type Conflict = {
  readonly entity: RecordId;
  readonly field: string;
  readonly rule: FieldView['rule'];
  readonly stands: Claim;
  readonly against: readonly Claim[];
};

export type Verdict = 'match' | 'review' | 'non-match';

/** How one comparison spoke for or against two records being one: weight in bits (log2 m/u). */
export type Evidence = {
  readonly comparison: string;
  readonly level: string;
  readonly weight: number;
  readonly words: Text;
  readonly left: readonly string[];
  readonly right: readonly string[];
};

/** A pair as the steward sees it, side by side. `forbidden` where a guard says that the two cannot be one. */
export type Explanation = {
  readonly score: number;
  readonly verdict: Verdict;
  readonly forbidden: boolean;
  readonly evidence: readonly Evidence[];
  /** What they would be if not one, and the bits that were there before any evidence: with those of the evidence they make the score. */
  readonly rival: { readonly name: string; readonly prior: number; readonly words: Text };
  readonly words: Text;
};

export function recordId({ source, key }: Pick<SourceRecord, 'source' | 'key'>): RecordId {
  return `${source}/${key}` as RecordId;
}
