// The part of bpmn-moddle that read.ts uses; the package ships types of BPMN's elements, none of its entry point.
declare module 'bpmn-moddle' {
  export type ModdleWarning = {
    readonly message: string;
    readonly element?: unknown;
    readonly property?: string;
    readonly value?: string;
  };
  export class BpmnModdle {
    constructor(packages?: { readonly [prefix: string]: object });
    fromXML(xml: string): Promise<{ readonly rootElement: unknown; readonly warnings: readonly ModdleWarning[] }>;
  }
}
