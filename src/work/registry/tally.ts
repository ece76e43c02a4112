// Changes of the sums behind the quality of sources, gathered over a batch: records that came, changed or went, and how many entities they are of.
import { minus, NO_RECORDS, ONE_ENTITY, plus, tallyOf } from '#registry/quality.ts';
import type { Counted, Tally } from '#registry/quality.ts';

export type Tallies = {
  readonly add: (source: string, counted: Counted) => void;
  readonly drop: (source: string, counted: Counted) => void;
  readonly addEntity: (source: string) => void;
  readonly dropEntity: (source: string) => void;
  readonly changes: ReadonlyMap<string, Tally>;
};

export function tallies(): Tallies {
  const changes = new Map<string, Tally>();
  const change = (source: string, combined: typeof plus, by: Tally): void =>
    void changes.set(source, combined(changes.get(source) ?? NO_RECORDS, by));
  return {
    add: (source, counted) => change(source, plus, tallyOf(counted)),
    drop: (source, counted) => change(source, minus, tallyOf(counted)),
    addEntity: (source) => change(source, plus, ONE_ENTITY),
    dropEntity: (source) => change(source, minus, ONE_ENTITY),
    changes,
  };
}
