// A DMN file as data, whatever its version: what read.ts gives and compile.ts takes.
import type { Finding } from '#base/finding.ts';

export type DmnVersion = '1.1' | '1.2' | '1.3' | '1.4' | '1.5';

export type DmnModel = {
  readonly version: DmnVersion;
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly imports: readonly { readonly name: string; readonly namespace: string }[];
  readonly items: readonly ItemDefinition[];
  readonly inputs: readonly InputData[];
  readonly decisions: readonly Decision[];
  readonly functions: readonly KnowledgeModel[];
  readonly services: readonly DecisionService[];
  readonly findings: readonly Finding[];
};

export type ItemDefinition = {
  readonly name: string;
  readonly typeRef: string | undefined;
  readonly isCollection: boolean;
  readonly components: readonly ItemDefinition[];
  /** Unary tests each value (each item of a collection) must pass. */
  readonly allowed: string | undefined;
  /** Unary tests the whole value must pass (DMN 1.5). */
  readonly constraint: string | undefined;
  readonly function: { readonly parameters: readonly Variable[]; readonly result: string | undefined } | undefined;
};

export type Variable = { readonly name: string; readonly typeRef: string | undefined };
/** `namespace#id`, or `#id` in the same file. */
export type Reference = string;

export type InputData = { readonly id: string; readonly name: string; readonly variable: Variable };
export type Decision = InputData & { readonly requires: readonly Reference[]; readonly logic: Boxed | undefined };
export type KnowledgeModel = InputData & { readonly requires: readonly Reference[]; readonly logic: Boxed | undefined };
export type DecisionService = InputData & {
  readonly outputs: readonly Reference[];
  readonly inputDecisions: readonly Reference[];
  readonly inputData: readonly Reference[];
};

type Common = { readonly id: string; readonly typeRef: string | undefined };

/** A boxed expression (DMN 1.5 chapters 7, 8 and 10.2). */
export type Boxed = Common &
  (
    | { readonly is: 'literal'; readonly text: string }
    | {
        readonly is: 'context';
        readonly entries: readonly { readonly variable: Variable | undefined; readonly value: Boxed | undefined }[];
      }
    | {
        readonly is: 'invocation';
        readonly callee: Boxed | undefined;
        readonly bindings: readonly { readonly parameter: string; readonly value: Boxed | undefined }[];
      }
    | {
        readonly is: 'function';
        readonly external: boolean;
        readonly parameters: readonly Variable[];
        readonly body: Boxed | undefined;
      }
    | { readonly is: 'list'; readonly items: readonly Boxed[] }
    | { readonly is: 'relation'; readonly columns: readonly Variable[]; readonly rows: readonly (readonly Boxed[])[] }
    | {
        readonly is: 'conditional';
        readonly test: Boxed | undefined;
        readonly whenTrue: Boxed | undefined;
        readonly whenFalse: Boxed | undefined;
      }
    | { readonly is: 'filter'; readonly source: Boxed | undefined; readonly match: Boxed | undefined }
    | {
        readonly is: 'for' | 'some' | 'every';
        readonly variable: string;
        readonly source: Boxed | undefined;
        readonly body: Boxed | undefined;
      }
    | ({ readonly is: 'table' } & DecisionTable)
  );

export type HitPolicy = 'UNIQUE' | 'ANY' | 'PRIORITY' | 'FIRST' | 'COLLECT' | 'RULE ORDER' | 'OUTPUT ORDER';
export type Aggregation = 'SUM' | 'COUNT' | 'MIN' | 'MAX';

export type DecisionTable = {
  /** What people call the table. */
  readonly label?: string;
  readonly hitPolicy: HitPolicy;
  readonly aggregation: Aggregation | undefined;
  readonly inputs: readonly {
    readonly text: string;
    /** What people call the input: modelers show it in place of the expression. */
    readonly label?: string;
    readonly typeRef: string | undefined;
    readonly values: string | undefined;
  }[];
  readonly outputs: readonly {
    readonly name: string;
    readonly label?: string;
    readonly typeRef: string | undefined;
    readonly values: string | undefined;
    readonly otherwise: string | undefined;
  }[];
  readonly annotations: readonly string[];
  readonly rules: readonly {
    readonly id: string;
    readonly tests: readonly string[];
    readonly results: readonly string[];
    readonly annotations: readonly string[];
  }[];
};
