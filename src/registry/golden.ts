// The one view of an entity from all that sources say of it: for each field the claim that stands, by which rule, and all that stand against it.
// Never mixes values: what stands is what some source said, as it said it.
import { canonical } from '#base/json.ts';
import type { Json } from '#base/json.ts';
import { compared, isWellFormed, type FieldType } from './keys.ts';
import { recordId } from './types.ts';
import type { Claim, Confidence, Conflict, FieldView, GoldenView, Rule, Rules, SourceId, SourceRecord } from './types.ts';

/** A source's record as it is now, and as it was before, newest first. */
export type Held = { readonly now: SourceRecord; readonly before: readonly SourceRecord[] };

export type Policy = {
  readonly rules: Rules;
  readonly confidence: Readonly<Record<SourceId, Confidence>>;
  /** What fields are, so that two spellings of one value are no conflict and a malformed key never stands against a good one. */
  readonly types: Readonly<Record<string, FieldType>>;
};

/** Where no source and no field is rated. */
const HALF = 0.5;

/** The view of one entity; `records` are those of its group, eldest first, at least one. */
export function golden(records: readonly [Held, ...Held[]], policy: Policy): GoldenView {
  const current = records.flatMap(({ now }) => claimsOf(now, policy));
  const past = records.flatMap(({ before }) => before.flatMap((record) => claimsOf(record, policy)));
  const names = [...new Set(current.map(({ field }) => field))].sort();
  const view = (field: string): FieldView => {
    const history = past.filter((one) => one.field === field).map(({ claim }) => claim);
    const claims = current.filter((one) => one.field === field).map(({ claim }) => claim);
    return { ...decided(field, claims, policy), history: history.sort(newestFirst) };
  };
  const [{ now: eldest }] = records;
  return {
    id: recordId(eldest),
    kind: eldest.kind,
    records: records.map(({ now }) => recordId(now)),
    fields: Object.fromEntries(names.map((field) => [field, view(field)])),
  };
}

function claimsOf(record: SourceRecord, policy: Policy): readonly { readonly field: string; readonly claim: Claim }[] {
  const rated = policy.confidence[record.source];
  return Object.entries(record.fields).flatMap(([field, value]) => {
    if (value === null || value === '') return [];
    const confidence = rated?.[field] ?? rated?.['*'] ?? HALF;
    return [{ field, claim: { value, source: record.source, record: recordId(record), asOf: record.asOf, confidence } }];
  });
}

const newestFirst = (a: Claim, b: Claim): number => (a.asOf < b.asOf ? 1 : a.asOf > b.asOf ? -1 : a.record < b.record ? -1 : 1);

type Spoken = { readonly claim: Claim; readonly same: string; readonly isGood: boolean };

function decided(field: string, claims: readonly Claim[], policy: Policy): Omit<FieldView, 'history'> {
  const type = policy.types[field];
  const spoken = claims.map((claim): Spoken => ({ claim, ...spelled(type, claim.value) }));
  const { winners, rule } = winning(spoken, policy.rules[field] ?? policy.rules['*'] ?? []);
  const [best] = winners.map(({ claim }) => claim).sort(newestFirst);
  const same = winners.find(({ claim }) => claim === best)?.same;
  if (!best || same === undefined) throw new TypeError(`${field}: no claims`);
  const rest = spoken.filter(({ claim }) => claim !== best);
  const among = (agrees: boolean): readonly Claim[] =>
    rest
      .filter((one) => (one.same === same) === agrees)
      .map(({ claim }) => claim)
      .sort(newestFirst);
  return { claim: best, rule, agreeing: among(true), against: among(false) };
}

/** A value without the accidents of its spelling, and whether it is well formed. */
function spelled(type: FieldType | undefined, value: Json): Omit<Spoken, 'claim'> {
  const form = type === undefined ? '' : compared(type, value);
  return form === '' ? { same: canonical(value), isGood: true } : { same: form, isGood: isWellFormed(form) };
}

const isOneValue = (spoken: readonly Spoken[]): boolean => spoken.every(({ same }) => same === spoken[0]?.same);

/** Each rule narrows the claims; the first that leaves one value decides. */
function winning(
  spoken: readonly Spoken[],
  rules: readonly Rule[],
): { readonly winners: readonly Spoken[]; readonly rule: FieldView['rule'] } {
  if (spoken.length === 1) return { winners: spoken, rule: 'only' };
  if (isOneValue(spoken)) return { winners: spoken, rule: 'unanimous' };
  const good = spoken.filter(({ isGood }) => isGood);
  let winners = good.length > 0 ? good : spoken;
  if (isOneValue(winners)) return { winners, rule: 'well-formed' };
  for (const rule of rules) {
    const narrowed = narrow(winners, rule);
    if (narrowed.length > 0) winners = narrowed;
    if (isOneValue(winners)) return { winners, rule: rule.by };
  }
  const [first] = winners.toSorted((a, b) => newestFirst(a.claim, b.claim));
  return { winners: first ? [first] : [], rule: 'order' };
}

function narrow(spoken: readonly Spoken[], rule: Rule): readonly Spoken[] {
  switch (rule.by) {
    case 'priority': {
      const source = rule.sources.find((one) => spoken.some(({ claim }) => claim.source === one));
      return spoken.filter(({ claim }) => claim.source === source);
    }
    case 'newest': {
      const newest = spoken
        .map(({ claim }) => claim.asOf)
        .sort()
        .at(-1);
      return spoken.filter(({ claim }) => claim.asOf === newest);
    }
    case 'most-confident': {
      const most = Math.max(...spoken.map(({ claim }) => claim.confidence));
      return spoken.filter(({ claim }) => claim.confidence === most);
    }
    case 'agreed': {
      const voices = (same: string): number =>
        new Set(spoken.filter((one) => one.same === same).map(({ claim }) => claim.source)).size;
      const most = Math.max(...spoken.map(({ same }) => voices(same)));
      return most < rule.sources ? [] : spoken.filter(({ same }) => voices(same) === most);
    }
  }
}

/** The fields of a view on which sources differ, with the rule that decided. */
export function conflicts({ id, fields }: GoldenView): readonly Conflict[] {
  return Object.entries(fields).flatMap(([field, { claim, rule, against }]) =>
    against.length === 0 ? [] : [{ entity: id, field, rule, stands: claim, against }],
  );
}
