// Where a boxed expression stands: the names in scope, the types of its model, and where findings go.
import type { Finding } from '#base/finding.ts';
import type { Scope } from '#rules/compiler.ts';
import type { Shape } from '#rules/grammar.ts';
import type { Types } from './item-types.ts';

export type Site = {
  readonly owner: string;
  readonly shape: Shape;
  readonly scope: Scope | undefined;
  readonly types: Types;
  readonly findings: Finding[];
};
