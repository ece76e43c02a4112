// The decision tables of a model, wherever they stand, with what is known of their inputs. Judges nothing.
import type { Cell } from './check-cell.ts';
import { scopeOf, type Typed } from './check-types.ts';
import type { Boxed, DmnModel, Variable } from './model.ts';

export type Table = Extract<Boxed, { is: 'table' }>;
/** A table, the element it decides with all of its logic, and the names its expressions may read that have a type. */
export type Owned = {
  readonly owner: string;
  readonly table: Table;
  readonly logic: Boxed | undefined;
  readonly scope: readonly Variable[];
};
/** With the types of its inputs, and its cells read. */
export type Judged = {
  readonly owner: string;
  readonly table: Table;
  readonly inputs: readonly Typed[];
  readonly cellOf: (text: string) => Cell;
};

/** Every table of a model: the logic of decisions and functions, and those inside boxed expressions. */
export function tablesOf(model: DmnModel): readonly Owned[] {
  return [...model.decisions, ...model.functions].flatMap((one) =>
    tablesIn(one.logic).map((table) => ({ owner: one.name, table, logic: one.logic, scope: scopeOf(model, one.logic) })),
  );
}

function tablesIn(logic: Boxed | undefined): readonly Table[] {
  switch (logic?.is) {
    case 'table':
      return [logic];
    case 'function':
      return tablesIn(logic.body);
    case 'context':
      return logic.entries.flatMap((entry) => tablesIn(entry.value));
    case 'list':
      return logic.items.flatMap(tablesIn);
    case 'conditional':
      return [logic.whenTrue, logic.whenFalse].flatMap(tablesIn);
    case 'for':
    case 'some':
    case 'every':
      return tablesIn(logic.body);
    default:
      return [];
  }
}
