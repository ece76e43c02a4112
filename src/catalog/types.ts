// What the catalog room gives: a service package, read from its files and compiled. A package is data; nothing of it is code.
import type { Finding } from '#base/finding.ts';
import type { JsonObject } from '#base/json.ts';
import type { Text } from '#base/text.ts';
import type { InquiryType } from '#inquiries/types.ts';
import type { Plan } from '#engine/plan.ts';
import type { EngineState, EngineEnv, EngineInput, ElementInfo, StepResult } from '#engine/types.ts';
import type { Form, Texts } from '#forms/types.ts';
import type { Labels } from '#rules/tariff-labels.ts';
import type { DecisionLibrary } from '#rules/types.ts';

export type ServiceKind = 'permit' | 'certificate' | 'inquiry' | 'service';
export type ServiceMode = 'remote' | 'semi-in-person';

/** service.yaml, read. docs/packages.md has the meaning of each key. */
export type Manifest = {
  readonly id: string;
  readonly version: string;
  readonly title: Text;
  readonly summary: Text;
  readonly kind: ServiceKind;
  readonly mode: ServiceMode;
  readonly visits: { readonly applicant: number; readonly city: number };
  readonly baselineVisits?: { readonly applicant: number };
  readonly audience: readonly ('citizen' | 'business' | 'engineer')[];
  readonly status: 'offered' | 'announced' | 'withdrawn';
  readonly expected?: string;
  readonly duties: {
    readonly steward: string;
    readonly owner: string;
    readonly executors: readonly { readonly step: string; readonly unit: string; readonly role: string }[];
    readonly infrastructure: readonly { readonly unit: string; readonly provides: Text }[];
  };
  readonly legal: readonly { readonly cite: Text; readonly url?: string }[];
  readonly needs: readonly { readonly what: Text; readonly source: 'registry' | 'upload' | 'applicant'; readonly from?: Text }[];
  readonly fees: { readonly decision?: string; readonly summary: Text; readonly free?: boolean; readonly date?: TariffDateRule };
  readonly deadline: {
    readonly time: string;
    readonly norm: string;
    readonly calendar: string;
    readonly silence: 'escalate' | 'issue' | 'refuse' | 'none';
    readonly legal: Text;
  };
  readonly inquiries: readonly string[];
  readonly application: string;
  readonly output?: {
    readonly document: string;
    readonly title: Text;
    readonly validity?: string;
    readonly revocable: boolean;
    readonly public: readonly string[];
  };
  readonly retention: string;
  readonly sample: boolean;
};

/** Which day of a case rules its tariff, and the act that says so. `step`: where completeness is judged. */
export type TariffDateRule = {
  readonly rule: 'submission' | 'completeness' | 'assessment';
  readonly step?: string;
  readonly legal: Text;
};

/** File path inside the package → its text. */
export type PackageFiles = { readonly [path: string]: string };

export type ServicePackage = {
  readonly manifest: Manifest;
  /** The process, compiled: what cases/ steps. */
  readonly process: {
    readonly plan: Plan;
    readonly elements: readonly ElementInfo[];
    step(state: EngineState | undefined, input: EngineInput, env: EngineEnv): StepResult;
  };
  readonly decisions: DecisionLibrary;
  /** What people call the decision tables, their inputs and outputs. */
  readonly labels: Labels;
  readonly forms: { readonly [id: string]: Form };
  readonly texts: Texts;
  readonly template?: string;
  readonly examples: { readonly [file: string]: JsonObject };
  readonly files: PackageFiles;
};

/** A package that has errors among its findings is not usable: `package` is absent. */
export type ReadPackage = { readonly package?: ServicePackage; readonly findings: readonly Finding[] };

/** An inquiry type, read from its folder, its rule compiled. */
export type InquiryPackage = {
  readonly type: InquiryType;
  readonly decisions: DecisionLibrary;
  readonly files: PackageFiles;
};
