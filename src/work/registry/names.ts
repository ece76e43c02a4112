// How common names are, kept as records come and go, and a judge that knows it for the names at hand.
import type { PoolClient } from 'pg';
import { countsOf, nameColumns } from '#registry/commonness.ts';
import type { Commonness } from '#registry/commonness.ts';
import { judgeOf } from '#registry/judge.ts';
import type { Judge } from '#registry/judge.ts';
import type { Row } from '#registry/row.ts';
import { SCHEMES } from '#registry/schemes.ts';
import type { Scheme } from '#registry/scheme.ts';
import type { Kind } from '#registry/types.ts';
import { addNames, listNames } from '#store/linkage.ts';

type Name = { readonly at: number; readonly field: string; readonly name: string };

function namesIn(scheme: Scheme, row: Row): readonly Name[] {
  return nameColumns(scheme).flatMap((at) => {
    const name = row[at] ?? '';
    return name === '' ? [] : [{ at, field: scheme.columns[at]?.field ?? '', name }];
  });
}

export async function keepNames(
  client: PoolClient,
  kind: Kind,
  taken: readonly { readonly was: Row | undefined; readonly row: Row | undefined }[],
): Promise<void> {
  const changes = new Map<string, { readonly field: string; readonly name: string; count: number }>();
  const count = (row: Row | undefined, by: 1 | -1): void => {
    for (const { field, name } of row ? namesIn(SCHEMES[kind], row) : []) {
      const change = changes.get(`${field} ${name}`) ?? { field, name, count: 0 };
      change.count += by;
      changes.set(`${field} ${name}`, change);
    }
  };
  for (const { was, row } of taken) {
    count(was, -1);
    count(row, 1);
  }
  await addNames(
    client,
    kind,
    [...changes.values()].filter((change) => change.count !== 0),
  );
}

/** A judge of these rows. */
export async function judgeAmong(client: PoolClient, scheme: Scheme, rows: readonly Row[]): Promise<Judge> {
  const names = new Map(rows.flatMap((row) => namesIn(scheme, row)).map((one) => [`${one.field} ${one.name}`, one]));
  const wanted = [...names.values()].map(({ field, name }) => ({ field, name }));
  const { counts, totals } = await listNames(client, scheme.kind, wanted);
  const of = Map.groupBy(counts, ({ field }) => field);
  const commonness: Commonness = new Map(
    nameColumns(scheme).flatMap((at) => {
      const field = scheme.columns[at]?.field ?? '';
      const sums = totals.find((one) => one.field === field);
      const seen = new Map(of.get(field)?.map(({ name, count }) => [name, count]));
      return sums && sums.total > 0 ? [[at, countsOf(seen, sums.total, sums.squares)] as const] : [];
    }),
  );
  return judgeOf(scheme, commonness);
}
